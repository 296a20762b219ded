"""Who reported is sealed, and who looked is kept; photos that nobody with a log-in sent."""

from typing import Any

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.sealed
import citymgmt.tables
import citymgmt.triggers


def seal_what_is_there(apps: Any, schema_editor: Any) -> None:
    """Names and numbers that were kept in the clear."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, name, phone FROM cases_reporter ORDER BY id")
        for pk, name, phone in cursor.fetchall():
            sealed = [citymgmt.sealed.seal(name), citymgmt.sealed.seal(phone), pk]
            cursor.execute("UPDATE cases_reporter SET name = %s, phone = %s WHERE id = %s", sealed)


def open_what_is_sealed(apps: Any, schema_editor: Any) -> None:
    """As they were kept before."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, name, phone FROM cases_reporter ORDER BY id")
        for pk, name, phone in cursor.fetchall():
            told = [citymgmt.sealed.unseal(name)[:60], citymgmt.sealed.unseal(phone)[:30], pk]
            cursor.execute("UPDATE cases_reporter SET name = %s, phone = %s WHERE id = %s", told)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_tables"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReporterLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("ask_back", "to ask back about the matter"),
                            ("answer", "to tell what was done, or to call back"),
                            ("request", "the person asked for it"),
                            ("other", "something else"),
                        ],
                        max_length=8,
                        verbose_name="purpose",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looked",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at a reporter",
                "verbose_name_plural": "looks at reporters",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["at"], name="look_by_moment")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purpose", "other"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="look_says_what_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["ask_back", "answer", "request", "other"])),
                        name="look_purpose_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'The list of looks at reporters is append-only';",
                            hash="a6ffb2794013b358aab021a7b6a80d34c0d3cf13",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_rows_1f397",
                            table="cases_reporterlook",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="append_only_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'The list of looks at reporters is append-only';",
                            hash="6acd67357b9564706e825e759ce4949cac28acea",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_append_only_table_6d1a0",
                            table="cases_reporterlook",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        citymgmt.tables.Together(
            [
                migrations.AddField(
                    model_name="reporter",
                    name="email",
                    field=citymgmt.sealed.SealedText(blank=True, verbose_name="e-mail of the reporter"),
                ),
                migrations.AddField(
                    model_name="reporter",
                    name="erased_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="erased at"),
                ),
                migrations.AlterField(
                    model_name="photo",
                    name="uploaded_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                migrations.AlterField(
                    model_name="reporter",
                    name="case",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reporter",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                migrations.AlterField(
                    model_name="reporter",
                    name="name",
                    field=citymgmt.sealed.SealedText(blank=True, verbose_name="name of the reporter"),
                ),
                migrations.AlterField(
                    model_name="reporter",
                    name="phone",
                    field=citymgmt.sealed.SealedText(blank=True, verbose_name="telephone of the reporter"),
                ),
            ]
        ),
        migrations.RunPython(seal_what_is_there, open_what_is_sealed),
        citymgmt.tables.Together(
            [
                migrations.AddIndex(
                    model_name="reporter",
                    index=models.Index(condition=models.Q(("erased_at", None)), fields=["case"], name="reporter_kept"),
                ),
                migrations.AddConstraint(
                    model_name="photo",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("case__isnull", False), ("uploaded_by__isnull", False), _connector="OR"),
                        name="photo_draft_is_somebodys",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reporter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at", None), models.Q(("email", ""), ("name", ""), ("phone", "")), _connector="OR"
                        ),
                        name="reporter_erased_is_empty",
                    ),
                ),
            ]
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
