"""Lists and search: the text of each case with its index, saved views, columns, and indexes of the lists."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from cases.models.search_sql import DROP, FILL, FUNCTIONS, TRIGGERS


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_places"),
        ("communities", "0003_handover_due"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseText",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunSQL(FUNCTIONS, DROP),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="casetext",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(models.F("text"), function="cjk_tokens"), fastupdate=False, name="case_text_tokens"
            ),
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Reverse("number"), name="text_pattern_ops"
                ),
                name="case_by_number_end",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["subdistrict", "-created_at", "-id"], name="case_newest"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["subdistrict", "due_at", "-id"], name="case_by_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["subdistrict", "state", "-created_at", "-id"], name="case_by_state_newest"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["community", "-created_at", "-id"], name="case_by_community_newest"),
        ),
        migrations.RemoveIndex(model_name="case", name="case_by_place"),
        migrations.RemoveIndex(model_name="case", name="case_by_category"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["category", "-created_at", "-id"], name="case_by_category"),
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "subdistrict",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.subdistrict",
                        verbose_name="sub-district",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("columns", models.JSONField(default=list)),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared with the office")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["name", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="saved_view_name_unique"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_shared", False), ("subdistrict__isnull", False), _connector="OR"),
                name="saved_view_shared_in_an_office",
            ),
        ),
        migrations.CreateModel(
            name="ExportJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("kind", models.CharField(choices=[("csv", "CSV"), ("xlsx", "Excel")], max_length=4)),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("columns", models.JSONField(default=list)),
                ("language", models.CharField(max_length=10)),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "being written"), ("ready", "ready"), ("failed", "failed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("request_key", models.CharField(max_length=120, unique=True)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="export_waiting")
                ],
            },
        ),
    ]
