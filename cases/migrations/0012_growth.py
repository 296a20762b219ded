"""Indexes from which the daily pages read no more than they show; those that these or others replace go."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_savedview_tell_version"),
        ("communities", "0004_kept"),
        ("people", "0004_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="case_open_by_officer",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_open_by_team",
        ),
        migrations.RemoveIndex(
            model_name="escalation",
            name="escalation_open",
        ),
        migrations.AlterField(
            model_name="case",
            name="category",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="cases.category",
                verbose_name="category",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="community",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="communities.community",
                verbose_name="community",
            ),
        ),
        migrations.AlterField(
            model_name="escalation",
            name="department",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
                verbose_name="department",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("officer"),
                models.F("subdistrict"),
                models.OrderBy(models.F("due_at"), nulls_first=True),
                models.F("id"),
                condition=models.Q(("closed_at", None)),
                include=("state",),
                name="case_open_of_officer",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("team"),
                models.OrderBy(models.F("due_at"), nulls_first=True),
                models.F("id"),
                condition=models.Q(("closed_at", None)),
                include=("state", "handler"),
                name="case_open_of_team",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["dispatched", "escalated", "filed", "handling"])),
                fields=["subdistrict", "due_at", "id"],
                include=("state",),
                name="case_running_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["dispatched", "escalated", "filed", "handling"])),
                fields=["subdistrict", "ladder_code", "due_at", "id"],
                name="case_running_by_rung",
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["department", "due_at", "id"],
                name="escalation_open_of_department",
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["due_at", "id"], name="escalation_open_by_due"
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)),
                fields=["department", "-ended_at", "-id"],
                name="escalation_ended_of_department",
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)),
                fields=["-ended_at", "-id"],
                name="escalation_ended_newest",
            ),
        ),
    ]
