"""Changed rules are noted by triggers. Whether they changed before nobody knows: all is counted anew once."""

import django.db.models.functions.datetime
from django.db import migrations, models

from cases.statistics.sql import DROP_RULE_TRIGGERS, RULE_TRIGGERS

NOTE_THIS_ONE = "INSERT INTO statistics_ruleschanged (what) SELECT 'migration' WHERE EXISTS (SELECT FROM cases_case)"


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0004_standing_indexes"),
        ("worktime", "0004_ladder_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="RulesChanged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=60)),
                ("first_on", models.DateField(null=True)),
                ("last_on", models.DateField(null=True)),
                ("named_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="CountingAnew",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_on", models.DateField(null=True)),
                ("last_on", models.DateField(null=True)),
                ("after", models.BigIntegerField(default=0)),
                ("last", models.BigIntegerField()),
                ("done", models.PositiveBigIntegerField(default=0)),
                ("total", models.PositiveBigIntegerField()),
                ("moved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="counting_anew_is_one_row")],
            },
        ),
        migrations.RunSQL(RULE_TRIGGERS, DROP_RULE_TRIGGERS),
        migrations.RunSQL(NOTE_THIS_ONE, migrations.RunSQL.noop),
    ]
