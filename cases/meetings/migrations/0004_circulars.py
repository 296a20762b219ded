import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_links_by_mail"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="Circular",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("information", "information"),
                                    ("commendation", "commendation"),
                                    ("criticism", "criticism"),
                                ],
                                default="information",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "Chinese"), ("en", "English")],
                                default="zh-hans",
                                max_length=8,
                                verbose_name="language of the paper",
                            ),
                        ),
                        ("title", models.CharField(max_length=100, verbose_name="title")),
                        ("issuer", models.CharField(max_length=60, verbose_name="issued by")),
                        ("body", models.TextField(max_length=6000, verbose_name="text")),
                        ("recipients", models.JSONField(default=list, verbose_name="recipients")),
                        ("cases", models.JSONField(default=list, verbose_name="cases")),
                        ("confirm_by", models.DateField(null=True, verbose_name="confirm receipt by")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("submitted", "submitted"), ("issued", "issued")],
                                default="draft",
                                max_length=9,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="sent back because")),
                        ("content", models.JSONField(null=True)),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("drafted_at", models.DateTimeField(verbose_name="drafted at")),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted at")),
                        ("issued_at", models.DateTimeField(null=True, verbose_name="issued at")),
                        ("year", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                        ("number", models.PositiveSmallIntegerField(null=True, verbose_name="number")),
                        ("request_key", models.CharField(max_length=120, null=True, unique=True)),
                        (
                            "corrects",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="meetings.circular",
                                verbose_name="corrects",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="drafted by",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="issued by",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "circular",
                        "verbose_name_plural": "circulars",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["subdistrict", "-id"], name="circular_of_office")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subdistrict", "year", "number"), name="circular_number_unique"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("issued_by", None),
                                        ("state", "draft"),
                                        ("submitted_at", None),
                                        ("submitted_by", None),
                                    ),
                                    models.Q(
                                        ("issued_by", None),
                                        ("state", "submitted"),
                                        ("submitted_at__isnull", False),
                                        ("submitted_by__isnull", False),
                                    ),
                                    models.Q(
                                        ("issued_by__isnull", False),
                                        ("state", "issued"),
                                        ("submitted_at__isnull", False),
                                        ("submitted_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="circular_step_by_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("issued_by", None),
                                    models.Q(
                                        models.Q(("issued_by", models.F("drafted_by")), _negated=True),
                                        models.Q(("issued_by", models.F("submitted_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="circular_four_eyes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("issued_at__isnull", False),
                                        ("number__gte", 1),
                                        ("state", "issued"),
                                        ("year__isnull", False),
                                        ("content__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state", "issued"), _negated=True),
                                        ("content", None),
                                        ("issued_at", None),
                                        ("number", None),
                                        ("year", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="circular_issued_with_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), ("state", "draft"), _connector="OR"),
                                name="circular_reason_of_a_draft",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("corrects", models.F("id")), _negated=True),
                                name="circular_corrects_another",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="corrects_issued",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM meetings_circular AS earlier\n        WHERE earlier.id = NEW.corrects_id AND earlier.state = 'issued' AND earlier.subdistrict_id = NEW.subdistrict_id\n    ) THEN\n        RAISE EXCEPTION 'a circular corrects an issued one of its office';\n    END IF;\n    RETURN NEW;\n",
                                    hash="c5041ac206d6c1930b2504534ca6353afd02ed87",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_corrects_issued_c243b",
                                    table="meetings_circular",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="begins",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF NEW.state <> 'draft' THEN\n        RAISE EXCEPTION 'circulars begin as drafts';\n    END IF;\n    RETURN NEW;\n",
                                    hash="5e883273dae21f5bf84e3ff0a04bd714e0ba4d25",
                                    operation="INSERT",
                                    pgid="pgtrigger_begins_8dba0",
                                    table="meetings_circular",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="steps",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF OLD.state = 'issued' THEN\n        RAISE EXCEPTION 'issued circulars do not change';\n    END IF;\n    IF OLD.state = 'submitted' AND NEW.state <> 'draft' AND (\n        NEW.subdistrict_id, NEW.kind, NEW.language, NEW.title, NEW.issuer, NEW.body, NEW.recipients, NEW.cases,\n        NEW.confirm_by, NEW.corrects_id, NEW.drafted_by_id, NEW.submitted_by_id\n    ) IS DISTINCT FROM (\n        OLD.subdistrict_id, OLD.kind, OLD.language, OLD.title, OLD.issuer, OLD.body, OLD.recipients, OLD.cases,\n        OLD.confirm_by, OLD.corrects_id, OLD.drafted_by_id, OLD.submitted_by_id\n    ) THEN\n        RAISE EXCEPTION 'submitted circulars keep their text';\n    END IF;\n    IF NEW.drafted_by_id <> OLD.drafted_by_id THEN\n        RAISE EXCEPTION 'who drafted a circular stays';\n    END IF;\n    IF (OLD.state, NEW.state) NOT IN (\n        ('draft', 'draft'), ('draft', 'submitted'), ('submitted', 'submitted'), ('submitted', 'draft'),\n        ('submitted', 'issued')\n    ) THEN\n        RAISE EXCEPTION 'circulars go from step to step';\n    END IF;\n    RETURN NEW;\n",
                                    hash="c93fe0c9437cc1f31a688ff4ad8e4eb88757ac7e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_steps_1a58a",
                                    table="meetings_circular",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="issued_stay",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF OLD.state <> 'draft' THEN\n        RAISE EXCEPTION 'only drafts of circulars are deleted';\n    END IF;\n    RETURN OLD;\n",
                                    hash="b5a176b4ee44a04e75ae39d302ea59ebd6ab874d",
                                    operation="DELETE",
                                    pgid="pgtrigger_issued_stay_a641f",
                                    table="meetings_circular",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="not_emptied",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'the table of circulars is not emptied';",
                                    hash="fe37d1ec88df278116cf1b01fcf9694633350789",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_not_emptied_d1c0b",
                                    table="meetings_circular",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_circularevent" ("body", "cases", "confirm_by", "corrects_id", "drafted_at", "drafted_by_id", "issued_at", "issued_by_id", "issuer", "kind", "language", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recipients", "state", "subdistrict_id", "submitted_at", "submitted_by_id", "title", "version", "year") VALUES (NEW."body", NEW."cases", NEW."confirm_by", NEW."corrects_id", NEW."drafted_at", NEW."drafted_by_id", NEW."issued_at", NEW."issued_by_id", NEW."issuer", NEW."kind", NEW."language", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."recipients", NEW."state", NEW."subdistrict_id", NEW."submitted_at", NEW."submitted_by_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="c3b6490578b547acb8322bf70ccce54c3c75a7b8",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a5cb1",
                                    table="meetings_circular",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."cases" IS DISTINCT FROM (NEW."cases") OR OLD."confirm_by" IS DISTINCT FROM (NEW."confirm_by") OR OLD."corrects_id" IS DISTINCT FROM (NEW."corrects_id") OR OLD."drafted_at" IS DISTINCT FROM (NEW."drafted_at") OR OLD."drafted_by_id" IS DISTINCT FROM (NEW."drafted_by_id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."recipients" IS DISTINCT FROM (NEW."recipients") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subdistrict_id" IS DISTINCT FROM (NEW."subdistrict_id") OR OLD."submitted_at" IS DISTINCT FROM (NEW."submitted_at") OR OLD."submitted_by_id" IS DISTINCT FROM (NEW."submitted_by_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                                    func='INSERT INTO "meetings_circularevent" ("body", "cases", "confirm_by", "corrects_id", "drafted_at", "drafted_by_id", "issued_at", "issued_by_id", "issuer", "kind", "language", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recipients", "state", "subdistrict_id", "submitted_at", "submitted_by_id", "title", "version", "year") VALUES (NEW."body", NEW."cases", NEW."confirm_by", NEW."corrects_id", NEW."drafted_at", NEW."drafted_by_id", NEW."issued_at", NEW."issued_by_id", NEW."issuer", NEW."kind", NEW."language", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."recipients", NEW."state", NEW."subdistrict_id", NEW."submitted_at", NEW."submitted_by_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="15961320f0e55c99ea645b12bd3ae54a909f4402",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c75e8",
                                    table="meetings_circular",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_circularevent" ("body", "cases", "confirm_by", "corrects_id", "drafted_at", "drafted_by_id", "issued_at", "issued_by_id", "issuer", "kind", "language", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recipients", "state", "subdistrict_id", "submitted_at", "submitted_by_id", "title", "version", "year") VALUES (OLD."body", OLD."cases", OLD."confirm_by", OLD."corrects_id", OLD."drafted_at", OLD."drafted_by_id", OLD."issued_at", OLD."issued_by_id", OLD."issuer", OLD."kind", OLD."language", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."recipients", OLD."state", OLD."subdistrict_id", OLD."submitted_at", OLD."submitted_by_id", OLD."title", OLD."version", OLD."year"); RETURN NULL;',
                                    hash="6e1319f79bd4e3bbcc16a54972c085c82c74a2a2",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_653dd",
                                    table="meetings_circular",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CircularEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("information", "information"),
                                    ("commendation", "commendation"),
                                    ("criticism", "criticism"),
                                ],
                                default="information",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "Chinese"), ("en", "English")],
                                default="zh-hans",
                                max_length=8,
                                verbose_name="language of the paper",
                            ),
                        ),
                        ("title", models.CharField(max_length=100, verbose_name="title")),
                        ("issuer", models.CharField(max_length=60, verbose_name="issued by")),
                        ("body", models.TextField(max_length=6000, verbose_name="text")),
                        ("recipients", models.JSONField(default=list, verbose_name="recipients")),
                        ("cases", models.JSONField(default=list, verbose_name="cases")),
                        ("confirm_by", models.DateField(null=True, verbose_name="confirm receipt by")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("submitted", "submitted"), ("issued", "issued")],
                                default="draft",
                                max_length=9,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="sent back because")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("drafted_at", models.DateTimeField(verbose_name="drafted at")),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted at")),
                        ("issued_at", models.DateTimeField(null=True, verbose_name="issued at")),
                        ("year", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                        ("number", models.PositiveSmallIntegerField(null=True, verbose_name="number")),
                        (
                            "corrects",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.circular",
                                verbose_name="corrects",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="drafted by",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="issued by",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="subdistrict_kind_language_title_issuer_body_recipients_cases_confirm_by_corrects_state_reason_version_drafted_at_drafted_by_submitted_at_submitted_by_issued_at_issued_by_year_number_events",
                                to="meetings.circular",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="53812a08557a3567647aed6c08f7bfd2b5fa7704",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_000e1",
                                    table="meetings_circularevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CircularFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel")], max_length=4
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("content", models.BinaryField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        (
                            "circular",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="meetings.circular",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("circular", "version", "kind"), name="circular_file_unique")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="file_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'a file of circulars does not change';",
                                    hash="1c2bf6c9937987b0c7f6640660f3640db4c0936c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_file_stays_3fc04",
                                    table="meetings_circularfile",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="file_goes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT FROM meetings_circular AS whole\n        WHERE whole.id = OLD.circular_id AND whole.state = 'issued' AND whole.version = OLD.version\n    ) THEN\n        RAISE EXCEPTION 'a file of issued circulars is not deleted';\n    END IF;\n    RETURN OLD;\n",
                                    hash="16dca90e64215eb595bcf19bd91e6f3c7476c31c",
                                    operation="DELETE",
                                    pgid="pgtrigger_file_goes_c59a8",
                                    table="meetings_circularfile",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="not_emptied",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'the table of files of circulars is not emptied';",
                                    hash="cbade96ac4ec1bcaeee63302ded914746860c5a9",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_not_emptied_13d38",
                                    table="meetings_circularfile",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CircularJob",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("version", models.PositiveIntegerField()),
                        (
                            "step",
                            models.CharField(
                                choices=[("charts", "charts"), ("word", "Word"), ("pdf", "PDF"), ("ledger", "ledger")],
                                default="charts",
                                max_length=8,
                            ),
                        ),
                        (
                            "trouble",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "no_pango",
                                        "The server lacks the library Pango, so there is no PDF. Word and Excel are there.",
                                    ),
                                    (
                                        "no_font",
                                        "The server has no Chinese font, so there is no PDF, and Word has no charts. Ask the administrator.",
                                    ),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "circular",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="jobs",
                                to="meetings.circular",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="circular_job_waiting"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("circular", "version"), name="circular_job_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CircularReceipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("received_at", models.DateTimeField(null=True, verbose_name="received at")),
                        ("is_by_link", models.BooleanField(default=False)),
                        (
                            "circular",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="meetings.circular",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="received by",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="meetings.memberunit",
                                verbose_name="member unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "receipt of a circular",
                        "verbose_name_plural": "receipts of circulars",
                        "ordering": ["circular", "unit__kind", "unit_id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_by_link", False), ("received_at", None), ("received_by", None)),
                                    models.Q(
                                        ("is_by_link", False),
                                        ("received_at__isnull", False),
                                        ("received_by__isnull", False),
                                    ),
                                    models.Q(
                                        ("is_by_link", True), ("received_at__isnull", False), ("received_by", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="circularreceipt_by_somebody",
                            ),
                            models.UniqueConstraint(
                                fields=("circular", "unit"), name="circular_receipt_of_a_unit_once"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_circularreceiptevent" ("circular_id", "is_by_link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "unit_id") VALUES (NEW."circular_id", NEW."is_by_link", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."unit_id"); RETURN NULL;',
                                    hash="de920284d6c34dee62678be673f97373b1cbc161",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_cb4b7",
                                    table="meetings_circularreceipt",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."circular_id" IS DISTINCT FROM (NEW."circular_id") OR OLD."is_by_link" IS DISTINCT FROM (NEW."is_by_link") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."received_by_id" IS DISTINCT FROM (NEW."received_by_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))',
                                    func='INSERT INTO "meetings_circularreceiptevent" ("circular_id", "is_by_link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "unit_id") VALUES (NEW."circular_id", NEW."is_by_link", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."unit_id"); RETURN NULL;',
                                    hash="c2ff76067f01a055ee75fea7e818087fc4d7a4c3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9819c",
                                    table="meetings_circularreceipt",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_circularreceiptevent" ("circular_id", "is_by_link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "unit_id") VALUES (OLD."circular_id", OLD."is_by_link", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."received_at", OLD."received_by_id", OLD."unit_id"); RETURN NULL;',
                                    hash="5240f291e4ba2a783e2fc7de94345f17d8fe2961",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_31a8c",
                                    table="meetings_circularreceipt",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CircularReceiptEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("received_at", models.DateTimeField(null=True, verbose_name="received at")),
                        ("is_by_link", models.BooleanField(default=False)),
                        (
                            "circular",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.circular",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="meetings.circularreceipt",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="received by",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.memberunit",
                                verbose_name="member unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="72f8711eda70257e46ac8372545afdcc9a69e64a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_7802c",
                                    table="meetings_circularreceiptevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CircularReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("reminded_at", models.DateTimeField()),
                        (
                            "circular",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="meetings.circular",
                            ),
                        ),
                        (
                            "reminded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["circular", "-on"],
                        "constraints": [
                            models.UniqueConstraint(fields=("circular", "on"), name="circular_reminded_once_a_day")
                        ],
                    },
                ),
            ]
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
