import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("patrols", "0010_guards"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="BuildingPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(verbose_name="uploaded at")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="patrols.buildingevent",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper of a step",
                "verbose_name_plural": "papers of steps",
                "ordering": ["event", "ordinal"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "ordinal"), name="building_paper_ordinal_unique"),
                    models.UniqueConstraint(fields=("event", "sha256"), name="building_paper_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A paper of a step is append-only';",
                            hash="c4c6a58379ba7c1552930b4fe4bb96178dab847d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_rows_e633b",
                            table="patrols_buildingpaper",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A paper of a step is append-only';",
                            hash="bb18419694f4d70e220c66576d805f301029bd33",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_append_only_table_c3a84",
                            table="patrols_buildingpaper",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
