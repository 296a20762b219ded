"""Residents' reports, what is added to them, answered and judged; topics; programs that report."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0015_reporters"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "code",
                            models.CharField(
                                max_length=30,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]{1,29}\\Z", "Small letters, digits and underscores."
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("hint_zh", models.CharField(blank=True, max_length=200, verbose_name="what belongs to it")),
                        (
                            "hint_en",
                            models.CharField(blank=True, max_length=200, verbose_name="what belongs to it (English)"),
                        ),
                        ("icon", models.CharField(default="chat-left-text", max_length=40, verbose_name="icon")),
                        (
                            "emergency_number",
                            models.CharField(
                                blank=True,
                                choices=[("110", "police"), ("119", "fire and rescue"), ("120", "ambulance")],
                                default="",
                                max_length=3,
                                verbose_name="call instead",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.category",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "topic",
                        "verbose_name_plural": "topics",
                        "ordering": ["position", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("emergency_number", ""), ("category", None), _connector="OR"),
                                name="topic_stop_has_no_category",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("emergency_number__in", ["", "110", "119", "120"])),
                                name="topic_emergency_number_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="32625f7f547f638cc308b14a0d21094d33f2624f",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_59f11",
                                    table="intake_topic",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "intake_topicevent" ("category_id", "code", "emergency_number", "hint_en", "hint_zh", "icon", "id", "is_active", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."category_id", NEW."code", NEW."emergency_number", NEW."hint_en", NEW."hint_zh", NEW."icon", NEW."id", NEW."is_active", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;',
                                    hash="a433f44e735c4ca23a25a70b17705e85a5e1cc48",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_cdfee",
                                    table="intake_topic",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "intake_topicevent" ("category_id", "code", "emergency_number", "hint_en", "hint_zh", "icon", "id", "is_active", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."category_id", NEW."code", NEW."emergency_number", NEW."hint_en", NEW."hint_zh", NEW."icon", NEW."id", NEW."is_active", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                                    hash="527244709e79e082e0d6e0afbc02c830d6e49ce8",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_cd762",
                                    table="intake_topic",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "intake_topicevent" ("category_id", "code", "emergency_number", "hint_en", "hint_zh", "icon", "id", "is_active", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."category_id", OLD."code", OLD."emergency_number", OLD."hint_en", OLD."hint_zh", OLD."icon", OLD."id", OLD."is_active", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;',
                                    hash="bff1e58f25172dcdaf00a5133aaaba25d529823f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9db03",
                                    table="intake_topic",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "code",
                            models.CharField(
                                max_length=30,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]{1,29}\\Z", "Small letters, digits and underscores."
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "datatype",
                            models.CharField(
                                choices=[
                                    ("string", "a line of text"),
                                    ("number", "a number"),
                                    ("datetime", "a day and an hour"),
                                    ("text", "text of several lines"),
                                    ("singlevaluelist", "one of a list"),
                                    ("multivaluelist", "several of a list"),
                                ],
                                max_length=16,
                                verbose_name="kind of answer",
                            ),
                        ),
                        ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                        ("hint_zh", models.CharField(blank=True, max_length=200, verbose_name="help")),
                        ("hint_en", models.CharField(blank=True, max_length=200, verbose_name="help (English)")),
                        ("choices", models.JSONField(blank=True, default=list, verbose_name="list")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="intake.topic",
                                verbose_name="topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                        "ordering": ["topic", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("topic", "code"), name="question_code_unique"),
                            models.UniqueConstraint(fields=("topic", "position"), name="question_position_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("position__range", (1, 8))), name="question_position_counts"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("datatype__in", ["singlevaluelist", "multivaluelist"]),
                                        models.Q(("choices", []), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("datatype__in", ["singlevaluelist", "multivaluelist"]), _negated=True
                                        ),
                                        ("choices", []),
                                    ),
                                    _connector="OR",
                                ),
                                name="question_list_has_choices",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="d4e38759fa1f5e651688b614c3f40f47b894a429",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_95e83",
                                    table="intake_question",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "intake_questionevent" ("choices", "code", "datatype", "hint_en", "hint_zh", "id", "is_required", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "topic_id") VALUES (NEW."choices", NEW."code", NEW."datatype", NEW."hint_en", NEW."hint_zh", NEW."id", NEW."is_required", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."topic_id"); RETURN NULL;',
                                    hash="3b2a125147f99f4d91540eebc4b62ec5bc33c66b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_80108",
                                    table="intake_question",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "intake_questionevent" ("choices", "code", "datatype", "hint_en", "hint_zh", "id", "is_required", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "topic_id") VALUES (NEW."choices", NEW."code", NEW."datatype", NEW."hint_en", NEW."hint_zh", NEW."id", NEW."is_required", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."topic_id"); RETURN NULL;',
                                    hash="5984aacc3931a7f08c796e20bafa7b9ace128868",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_67641",
                                    table="intake_question",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "intake_questionevent" ("choices", "code", "datatype", "hint_en", "hint_zh", "id", "is_required", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "topic_id") VALUES (OLD."choices", OLD."code", OLD."datatype", OLD."hint_en", OLD."hint_zh", OLD."id", OLD."is_required", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."topic_id"); RETURN NULL;',
                                    hash="14fc6376cc2bbdf1beb449d27dca212d46eb7223",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_577fb",
                                    table="intake_question",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiClient",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("contact", models.CharField(max_length=120, verbose_name="who answers for it")),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "made_by",
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
                        "verbose_name": "program that reports",
                        "verbose_name_plural": "programs that report",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "name"), name="api_client_name_unique")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "intake_apiclientevent" ("contact", "ended_at", "id", "made_at", "made_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id") VALUES (NEW."contact", NEW."ended_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="045e966b9ade9e53cebecaccd3c270be30e8ec42",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f22e9",
                                    table="intake_apiclient",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."contact" IS DISTINCT FROM (NEW."contact") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."subdistrict_id" IS DISTINCT FROM (NEW."subdistrict_id"))',
                                    func='INSERT INTO "intake_apiclientevent" ("contact", "ended_at", "id", "made_at", "made_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id") VALUES (NEW."contact", NEW."ended_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="136fa70675be7500bfabea9ad4477be672e15df0",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_4ddd1",
                                    table="intake_apiclient",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "intake_apiclientevent" ("contact", "ended_at", "id", "made_at", "made_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id") VALUES (OLD."contact", OLD."ended_at", OLD."id", OLD."made_at", OLD."made_by_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."subdistrict_id"); RETURN NULL;',
                                    hash="25ee0b8afe3ee3baa6d8910def841d456ba39856",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_cc3af",
                                    table="intake_apiclient",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiClientEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("contact", models.CharField(max_length=120, verbose_name="who answers for it")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
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
                                to="intake.apiclient",
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="19667bfd7701aa30d2163fa5704dff925f072a4c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c5884",
                                    table="intake_apiclientevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallAttempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("closing_seq", models.PositiveIntegerField()),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("no_answer", "nobody answered"),
                                    ("refused", "does not want to judge"),
                                    ("wrong", "wrong number"),
                                ],
                                max_length=9,
                                verbose_name="outcome",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="when")),
                        ("request_key", models.CharField(max_length=120, unique=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="called by",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="call_attempts",
                                to="cases.case",
                                verbose_name="case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "call in vain",
                        "verbose_name_plural": "calls in vain",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["no_answer", "refused", "wrong"])),
                                name="call_outcome_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Judgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("closing_seq", models.PositiveIntegerField()),
                        (
                            "way",
                            models.CharField(
                                choices=[("web", "by the resident"), ("phone", "asked by telephone")],
                                max_length=5,
                                verbose_name="way",
                            ),
                        ),
                        ("is_solved", models.BooleanField(verbose_name="solved")),
                        (
                            "score",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (5, "very satisfied"),
                                    (4, "satisfied"),
                                    (3, "fairly satisfied"),
                                    (2, "dissatisfied"),
                                    (1, "very dissatisfied"),
                                ],
                                verbose_name="satisfaction",
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=500, verbose_name="in words")),
                        ("at", models.DateTimeField(verbose_name="judged at")),
                        (
                            "review",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "none needed"),
                                    ("pending", "waits for review"),
                                    ("reopened", "opened again"),
                                    ("upheld", "closing upheld"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="review",
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed at")),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judgements",
                                to="cases.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewed by",
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
                        "verbose_name": "judgement",
                        "verbose_name_plural": "judgements",
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            models.Index(fields=["subdistrict", "-at", "-id"], name="judgement_newest"),
                            models.Index(
                                condition=models.Q(("review", "pending")),
                                fields=["subdistrict", "at"],
                                name="judgement_to_review",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "closing_seq"), name="judgement_once_a_closing"),
                            models.CheckConstraint(
                                condition=models.Q(("score__range", (1, 5))), name="judgement_score_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("by", None), ("way", "web")),
                                    models.Q(("by__isnull", False), ("way", "phone")),
                                    _connector="OR",
                                ),
                                name="judgement_way_has_asker",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_solved", True), ("review", "")),
                                    models.Q(("is_solved", False), models.Q(("review", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="judgement_unsolved_is_reviewed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("review__in", ["", "pending"]), ("reviewed_at", None), ("reviewed_by", None)
                                    ),
                                    models.Q(
                                        ("review__in", ["reopened", "upheld"]),
                                        ("reviewed_at__isnull", False),
                                        ("reviewed_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="judgement_review_has_reviewer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("review", "upheld"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="judgement_upheld_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="answer")),
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="cases.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "event",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.caseevent"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to a resident",
                        "verbose_name_plural": "answers to residents",
                        "ordering": ["id"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The list of answers to residents is append-only';",
                                    hash="bd8ed968c57d3887053ea177e31440d4e61f1e6d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_26ce3",
                                    table="intake_reply",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The list of answers to residents is append-only';",
                                    hash="c99e792e6f1769db80499b388c1f3702b6b3977c",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_406b3",
                                    table="intake_reply",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("form", "public form"),
                                    ("open311", "Open311"),
                                    ("desk", "given by the desk"),
                                ],
                                max_length=8,
                                verbose_name="channel",
                            ),
                        ),
                        ("is_joined", models.BooleanField(default=False, verbose_name="joined to another report")),
                        ("is_private", models.BooleanField(default=False, verbose_name="not to be published")),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("answers", models.JSONField(blank=True, default=dict, verbose_name="answers")),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "中文"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report",
                                to="cases.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="intake.apiclient",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="intake.topic",
                                verbose_name="topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report",
                        "verbose_name_plural": "reports",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("channel", "open311"), ("client__isnull", False)),
                                    models.Q(("channel__in", ["form", "desk"]), ("client", None)),
                                    _connector="OR",
                                ),
                                name="report_channel_has_client",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Addition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(blank=True, max_length=2000, verbose_name="text")),
                        ("at", models.DateTimeField(verbose_name="when")),
                        (
                            "event",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.caseevent"
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="additions",
                                to="intake.report",
                                verbose_name="report",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "addition",
                        "verbose_name_plural": "additions",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "code",
                            models.CharField(
                                max_length=30,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]{1,29}\\Z", "Small letters, digits and underscores."
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "datatype",
                            models.CharField(
                                choices=[
                                    ("string", "a line of text"),
                                    ("number", "a number"),
                                    ("datetime", "a day and an hour"),
                                    ("text", "text of several lines"),
                                    ("singlevaluelist", "one of a list"),
                                    ("multivaluelist", "several of a list"),
                                ],
                                max_length=16,
                                verbose_name="kind of answer",
                            ),
                        ),
                        ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                        ("hint_zh", models.CharField(blank=True, max_length=200, verbose_name="help")),
                        ("hint_en", models.CharField(blank=True, max_length=200, verbose_name="help (English)")),
                        ("choices", models.JSONField(blank=True, default=list, verbose_name="list")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
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
                                to="intake.question",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="intake.topic",
                                verbose_name="topic",
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
                                    hash="4d3dcaf1819136e94f1be205f8a27dd8c5cc3cbc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6a6a9",
                                    table="intake_questionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TopicEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "code",
                            models.CharField(
                                max_length=30,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]{1,29}\\Z", "Small letters, digits and underscores."
                                    )
                                ],
                                verbose_name="code",
                            ),
                        ),
                        ("hint_zh", models.CharField(blank=True, max_length=200, verbose_name="what belongs to it")),
                        (
                            "hint_en",
                            models.CharField(blank=True, max_length=200, verbose_name="what belongs to it (English)"),
                        ),
                        ("icon", models.CharField(default="chat-left-text", max_length=40, verbose_name="icon")),
                        (
                            "emergency_number",
                            models.CharField(
                                blank=True,
                                choices=[("110", "police"), ("119", "fire and rescue"), ("120", "ambulance")],
                                default="",
                                max_length=3,
                                verbose_name="call instead",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.category",
                                verbose_name="category",
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
                                to="intake.topic",
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
                                    hash="afe3b0800f7255305ea970a0d5f95e2c321b8396",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4586e",
                                    table="intake_topicevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ],
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
