"""The hotline's orders, replies and sheets."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.sealed
import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_reporters"),
        ("intake", "0002_publications"),
        ("people", "0006_tables"),
        ("people", "__first__"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="HotlineExport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="made at")),
                        ("request_key", models.CharField(max_length=120, unique=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sheet of replies",
                        "verbose_name_plural": "sheets of replies",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["subdistrict", "-id"], name="hotline_export_newest")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The list of sheets of replies is append-only';",
                                    hash="d88ba0017e2ef752d27ccf6db8b58ac7c6711205",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_e8795",
                                    table="intake_hotlineexport",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The list of sheets of replies is append-only';",
                                    hash="84f3feca7ef119911b7d58a8b2136836d0baad6f",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_62f5c",
                                    table="intake_hotlineexport",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HotlineOrder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40, verbose_name="number of the order")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("consult", "enquiry"),
                                    ("help", "request for help"),
                                    ("complain", "complaint or report"),
                                    ("suggest", "suggestion"),
                                ],
                                max_length=8,
                                verbose_name="kind of call",
                            ),
                        ),
                        (
                            "urgency",
                            models.CharField(
                                choices=[("normal", "ordinary"), ("urgent", "urgent"), ("critical", "very urgent")],
                                max_length=8,
                                verbose_name="urgency",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                        ("called_at", models.DateTimeField(verbose_name="called at")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent to us at")),
                        ("accept_due_at", models.DateTimeField(verbose_name="to be accepted by")),
                        ("finish_due_at", models.DateTimeField(verbose_name="to be finished by")),
                        ("is_finish_ours", models.BooleanField(default=False, verbose_name="limit by our table")),
                        ("replied_at", models.DateTimeField(blank=True, null=True, verbose_name="replied at")),
                        ("exported_at", models.DateTimeField(blank=True, null=True, verbose_name="sent back at")),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hotline_order",
                                to="cases.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "order of the hotline",
                        "verbose_name_plural": "orders of the hotline",
                        "ordering": ["finish_due_at", "id"],
                        "indexes": [
                            models.Index(fields=["subdistrict", "finish_due_at", "id"], name="hotline_by_due"),
                            models.Index(
                                condition=models.Q(("replied_at", None)),
                                fields=["subdistrict", "finish_due_at", "id"],
                                name="hotline_unreplied",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "number"), name="hotline_number_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("number", ""), _negated=True), name="hotline_has_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["consult", "help", "complain", "suggest"])),
                                name="hotline_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("urgency__in", ["normal", "urgent", "critical"])),
                                name="hotline_urgency_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accept_due_at__gte", models.F("called_at")),
                                    ("finish_due_at__gte", models.F("called_at")),
                                ),
                                name="hotline_due_after_call",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("exported_at", None), ("replied_at__isnull", False), _connector="OR"
                                ),
                                name="hotline_sent_back_has_reply",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HotlineReply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="text of the reply")),
                        ("is_final", models.BooleanField(verbose_name="final")),
                        ("is_solved", models.BooleanField(null=True, verbose_name="solved")),
                        ("at", models.DateTimeField(verbose_name="when")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
                        (
                            "event",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.caseevent"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="intake.hotlineorder",
                                verbose_name="order",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reply to the hotline",
                        "verbose_name_plural": "replies to the hotline",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_final", True), ("is_solved__isnull", False)),
                                    models.Q(("is_final", False), ("is_solved", None)),
                                    _connector="OR",
                                ),
                                name="hotline_final_reply_says_solved",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The list of replies to the hotline is append-only';",
                                    hash="bec84711e976eb04e167c7b41abf8919fffa3e73",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_549c2",
                                    table="intake_hotlinereply",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The list of replies to the hotline is append-only';",
                                    hash="aa729b9ae979fe2a28b55f8aee8bd9f20646b7ca",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_31ca2",
                                    table="intake_hotlinereply",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HotlineExportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("cells", models.JSONField(verbose_name="cells")),
                        (
                            "export",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="intake.hotlineexport",
                                verbose_name="sheet of replies",
                            ),
                        ),
                        (
                            "reply",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="export_row",
                                to="intake.hotlinereply",
                                verbose_name="reply",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "row of a sheet of replies",
                        "verbose_name_plural": "rows of sheets of replies",
                        "ordering": ["id"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The rows of a sheet of replies is append-only';",
                                    hash="3ba09c6231bd5eb71376132ba5b117cc9f6c3f75",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_e1c94",
                                    table="intake_hotlineexportrow",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The rows of a sheet of replies is append-only';",
                                    hash="d70f6072e8dc4cefbb6ab2cf063ba28128142f45",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_dfded",
                                    table="intake_hotlineexportrow",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HotlineSheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="uploaded at")),
                        ("name", models.CharField(max_length=120, verbose_name="file")),
                        ("rows", citymgmt.sealed.SealedText(blank=True, verbose_name="rows")),
                        ("faults", models.JSONField(default=list, verbose_name="wrong rows")),
                        ("total", models.PositiveIntegerField(verbose_name="rows")),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="rows done")),
                        ("new", models.PositiveIntegerField(default=0, verbose_name="new orders")),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="taken in at")),
                        ("request_key", models.CharField(max_length=120, unique=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sheet of orders",
                        "verbose_name_plural": "sheets of orders",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["subdistrict", "-id"], name="hotline_sheet_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("done__lte", models.F("total")), ("new__lte", models.F("done"))),
                                name="hotline_sheet_counts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("finished_at", None), ("rows", ""), _connector="OR"),
                                name="hotline_sheet_done_is_empty",
                            ),
                        ],
                    },
                ),
            ],
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
