import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import cases.statistics.chain.models
import citymgmt.tables
import citymgmt.triggers
import communities.models


class Migration(migrations.Migration):
    replaces = [("statistics", "0001_initial"), ("statistics", "0002_begin"), ("statistics", "0003_answerable")]

    initial = True

    dependencies = [
        ("cases", "0014_tables"),
        ("communities", "0005_tables"),
        ("people", "0006_tables"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="RulesChanged",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=60)),
                        ("first_on", models.DateField(null=True)),
                        ("last_on", models.DateField(null=True)),
                        ("named_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ],
                ),
                migrations.CreateModel(
                    name="Stale",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("case_id", models.BigIntegerField()),
                        ("named_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ],
                ),
                migrations.CreateModel(
                    name="Answerable",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Party secretary"),
                                    (2, "Director of the office"),
                                    (3, "Deputy director in charge"),
                                    (4, "Section head"),
                                ],
                                verbose_name="level",
                            ),
                        ),
                        ("post_zh", models.CharField(max_length=60, verbose_name="post")),
                        ("post_en", models.CharField(blank=True, max_length=60, verbose_name="post in English")),
                        (
                            "community",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "disorder",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.disorder",
                                verbose_name="disorder",
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
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person who answers",
                        "verbose_name_plural": "people who answer",
                        "ordering": ["subdistrict", "level", "period"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (communities.models.Point("subdistrict_id"), "&&"),
                                    (communities.models.Point("level"), "&&"),
                                    (cases.statistics.chain.models.PointOrNone("community_id"), "&&"),
                                    (cases.statistics.chain.models.PointOrNone("disorder_id"), "&&"),
                                    (cases.statistics.chain.models.PointOrNone("team_id"), "&&"),
                                    ("period", "&&"),
                                ],
                                name="one_answers_each_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False)), name="answerable_period_not_empty"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", [1, 2, 3, 4])), name="answerable_level_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("post_zh", ""), _negated=True), name="answerable_has_post"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("community", None), ("disorder", None)),
                                    models.Q(("community", None), ("team", None)),
                                    models.Q(("disorder", None), ("team", None)),
                                    _connector="OR",
                                ),
                                name="answerable_for_one_thing",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="of_one_office",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF (NEW.user_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_user AS one WHERE one.id = NEW.user_id AND one.subdistrict_id = NEW.subdistrict_id)) OR (NEW.community_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM communities_community AS one WHERE one.id = NEW.community_id AND one.subdistrict_id = NEW.subdistrict_id)) OR (NEW.team_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_organisation AS one WHERE one.id = NEW.team_id AND one.subdistrict_id = NEW.subdistrict_id)) THEN\n                RAISE EXCEPTION 'who answers, and for what, belong to one office' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="fa2bec0baf95e9afa2725d6cc8da8d24e2ed4906",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_of_one_office_39784",
                                    table="statistics_answerable",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "statistics_answerableevent" ("community_id", "disorder_id", "id", "level", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_en", "post_zh", "subdistrict_id", "team_id", "user_id") VALUES (NEW."community_id", NEW."disorder_id", NEW."id", NEW."level", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post_en", NEW."post_zh", NEW."subdistrict_id", NEW."team_id", NEW."user_id"); RETURN NULL;',
                                    hash="4eb1ff9db640450b1d13c9cd2a977058ca40fcb2",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_79634",
                                    table="statistics_answerable",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "statistics_answerableevent" ("community_id", "disorder_id", "id", "level", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_en", "post_zh", "subdistrict_id", "team_id", "user_id") VALUES (NEW."community_id", NEW."disorder_id", NEW."id", NEW."level", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post_en", NEW."post_zh", NEW."subdistrict_id", NEW."team_id", NEW."user_id"); RETURN NULL;',
                                    hash="d20ec3160e249b897c5f0daee694d0a9dc061427",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d5df1",
                                    table="statistics_answerable",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "statistics_answerableevent" ("community_id", "disorder_id", "id", "level", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_en", "post_zh", "subdistrict_id", "team_id", "user_id") VALUES (OLD."community_id", OLD."disorder_id", OLD."id", OLD."level", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post_en", OLD."post_zh", OLD."subdistrict_id", OLD."team_id", OLD."user_id"); RETURN NULL;',
                                    hash="388421268b8060fc7c5a31a690e15c18ace675f7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a7fcc",
                                    table="statistics_answerable",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerableEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Party secretary"),
                                    (2, "Director of the office"),
                                    (3, "Deputy director in charge"),
                                    (4, "Section head"),
                                ],
                                verbose_name="level",
                            ),
                        ),
                        ("post_zh", models.CharField(max_length=60, verbose_name="post")),
                        ("post_en", models.CharField(blank=True, max_length=60, verbose_name="post in English")),
                        (
                            "community",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "disorder",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.disorder",
                                verbose_name="disorder",
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
                                to="statistics.answerable",
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
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.organisation",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
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
                                    hash="f8aa1770f0779e1dc7bd3d2c19b29d630ae938af",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5458f",
                                    table="statistics_answerableevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseFact",
                    fields=[
                        ("subdistrict_id", models.BigIntegerField()),
                        ("community_id", models.BigIntegerField(null=True)),
                        ("disorder_id", models.BigIntegerField(null=True)),
                        ("category_id", models.BigIntegerField(null=True)),
                        ("officer_id", models.BigIntegerField(null=True)),
                        ("team_id", models.BigIntegerField(null=True)),
                        ("source", models.CharField(max_length=12)),
                        ("department_id", models.BigIntegerField(null=True)),
                        ("is_campaign", models.BooleanField(default=False)),
                        ("reported_on", models.DateField(null=True)),
                        ("filed_on", models.DateField(null=True)),
                        ("verified_on", models.DateField(null=True)),
                        ("dispatched_on", models.DateField(null=True)),
                        ("returned_on", models.DateField(null=True)),
                        ("handled_on", models.DateField(null=True)),
                        ("inspected_on", models.DateField(null=True)),
                        ("ended_on", models.DateField(null=True)),
                        ("suspended_on", models.DateField(null=True)),
                        (
                            "measures",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30), default=list, size=None
                            ),
                        ),
                        ("extensions", models.PositiveSmallIntegerField(default=0)),
                        ("extension_hours", models.PositiveIntegerField(default=0)),
                        ("reworks", models.PositiveSmallIntegerField(default=0)),
                        ("overdue_percent", models.PositiveIntegerField(default=0)),
                        ("minutes_to_handle", models.PositiveIntegerField(null=True)),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="fact",
                                serialize=False,
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["subdistrict_id", "reported_on", "community_id"], name="fact_reported"
                            ),
                            models.Index(fields=["subdistrict_id", "filed_on", "community_id"], name="fact_filed"),
                            models.Index(
                                fields=["subdistrict_id", "verified_on", "community_id"], name="fact_verified"
                            ),
                            models.Index(
                                fields=["subdistrict_id", "dispatched_on", "community_id"], name="fact_dispatched"
                            ),
                            models.Index(
                                fields=["subdistrict_id", "returned_on", "community_id"], name="fact_returned"
                            ),
                            models.Index(fields=["subdistrict_id", "handled_on", "community_id"], name="fact_handled"),
                            models.Index(
                                fields=["subdistrict_id", "inspected_on", "community_id"], name="fact_inspected"
                            ),
                            models.Index(fields=["subdistrict_id", "ended_on", "community_id"], name="fact_ended"),
                            models.Index(
                                fields=["subdistrict_id", "suspended_on", "community_id"], name="fact_suspended"
                            ),
                            models.Index(
                                condition=models.Q(("measures__contains", ["open_now"])),
                                fields=["subdistrict_id", "case"],
                                include=(
                                    "community_id",
                                    "disorder_id",
                                    "category_id",
                                    "officer_id",
                                    "team_id",
                                    "source",
                                    "department_id",
                                ),
                                name="fact_open_now",
                            ),
                            models.Index(
                                condition=models.Q(("measures__contains", ["late_now"])),
                                fields=["subdistrict_id", "case"],
                                include=(
                                    "community_id",
                                    "disorder_id",
                                    "category_id",
                                    "officer_id",
                                    "team_id",
                                    "source",
                                    "department_id",
                                ),
                                name="fact_late_now",
                            ),
                            models.Index(
                                condition=models.Q(("measures__contains", ["escalated_now"])),
                                fields=["subdistrict_id", "case"],
                                include=(
                                    "community_id",
                                    "disorder_id",
                                    "category_id",
                                    "officer_id",
                                    "team_id",
                                    "source",
                                    "department_id",
                                ),
                                name="fact_escalated_now",
                            ),
                            models.Index(
                                condition=models.Q(("measures__contains", ["suspended_now"])),
                                fields=["subdistrict_id", "case"],
                                include=(
                                    "community_id",
                                    "disorder_id",
                                    "category_id",
                                    "officer_id",
                                    "team_id",
                                    "source",
                                    "department_id",
                                ),
                                name="fact_suspended_now",
                            ),
                            models.Index(
                                condition=models.Q(("minutes_to_handle__isnull", False)),
                                fields=["subdistrict_id", "dispatched_on", "minutes_to_handle"],
                                name="fact_time_to_handle",
                            ),
                            models.Index(
                                condition=models.Q(("department_id__isnull", False)),
                                fields=["department_id", "subdistrict_id", "dispatched_on"],
                                name="fact_department",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountedUntil",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("as_of", models.DateTimeField()),
                        ("case_id", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("pk", 1)), name="counted_until_is_one_row")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountingAnew",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("first_on", models.DateField(null=True)),
                        ("last_on", models.DateField(null=True)),
                        ("after", models.BigIntegerField(default=0)),
                        ("last", models.BigIntegerField()),
                        ("done", models.PositiveBigIntegerField(default=0)),
                        ("total", models.PositiveBigIntegerField()),
                        ("moved_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("pk", 1)), name="counting_anew_is_one_row")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evaluation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts", models.DateField(verbose_name="first day")),
                        ("ends", models.DateField(verbose_name="last day")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("frozen_at", models.DateTimeField(verbose_name="frozen at")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="published at")),
                        ("formula", models.JSONField(default=dict)),
                        ("limits", models.JSONField(default=dict)),
                        ("sums", models.JSONField(default=dict)),
                        ("names", models.JSONField(default=dict)),
                        ("request_key", models.CharField(max_length=120, null=True, unique=True)),
                        ("publish_key", models.CharField(max_length=120, null=True, unique=True)),
                        (
                            "frozen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="frozen by",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="statistics.evaluation",
                                verbose_name="replaces",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "frozen evaluation",
                        "verbose_name_plural": "frozen evaluations",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts__lte", models.F("ends"))),
                                name="evaluation_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at", None), ("published_by", None), ("replaces", None)),
                                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="evaluation_published_by_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("published_at", None)),
                                fields=("subdistrict", "starts", "ends"),
                                name="evaluation_one_waits",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("published_at__isnull", False), ("replaces", None)),
                                fields=("subdistrict", "starts", "ends"),
                                name="evaluation_one_published",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="figures_stay",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF OLD.published_at IS NOT NULL THEN\n        RAISE EXCEPTION 'a published evaluation does not change';\n    END IF;\n    IF to_jsonb(NEW) - ARRAY['published_at', 'published_by_id', 'publish_key', 'replaces_id'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['published_at', 'published_by_id', 'publish_key', 'replaces_id'] THEN\n        RAISE EXCEPTION 'the figures of a frozen evaluation do not change';\n    END IF;\n    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM statistics_evaluation AS earlier\n        WHERE earlier.id = NEW.replaces_id AND earlier.published_at IS NOT NULL\n        AND (earlier.subdistrict_id, earlier.starts, earlier.ends) = (NEW.subdistrict_id, NEW.starts, NEW.ends)\n    ) THEN\n        RAISE EXCEPTION 'an evaluation replaces a published one of the same period';\n    END IF;\n    RETURN NEW;\n",
                                    hash="7929e8c46dc4ef9012bd08acecfd4a1809f11b0c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_figures_stay_8baac",
                                    table="statistics_evaluation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="published_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF OLD.published_at IS NOT NULL THEN\n        RAISE EXCEPTION 'a published evaluation is not deleted';\n    END IF;\n    RETURN OLD;\n",
                                    hash="41ac3666ee857e57afa207225e0042937df908b9",
                                    operation="DELETE",
                                    pgid="pgtrigger_published_stays_1d2bc",
                                    table="statistics_evaluation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="not_emptied",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'the table of evaluations is not emptied';",
                                    hash="aefa95ec29c7ed274b9b7007fd99b3cad4a72354",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_not_emptied_e256e",
                                    table="statistics_evaluation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "statistics_evaluationevent" ("ends", "frozen_at", "frozen_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "replaces_id", "starts", "subdistrict_id") VALUES (NEW."ends", NEW."frozen_at", NEW."frozen_by_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."replaces_id", NEW."starts", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="78f68792d03dd8380eb2d3098b82bd09a738e2a6",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b8fa0",
                                    table="statistics_evaluation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."ends" IS DISTINCT FROM (NEW."ends") OR OLD."frozen_at" IS DISTINCT FROM (NEW."frozen_at") OR OLD."frozen_by_id" IS DISTINCT FROM (NEW."frozen_by_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."starts" IS DISTINCT FROM (NEW."starts") OR OLD."subdistrict_id" IS DISTINCT FROM (NEW."subdistrict_id"))',
                                    func='INSERT INTO "statistics_evaluationevent" ("ends", "frozen_at", "frozen_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "replaces_id", "starts", "subdistrict_id") VALUES (NEW."ends", NEW."frozen_at", NEW."frozen_by_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."replaces_id", NEW."starts", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="53746c71285155767665fbf1e2965a7de37bac61",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e1313",
                                    table="statistics_evaluation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "statistics_evaluationevent" ("ends", "frozen_at", "frozen_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "replaces_id", "starts", "subdistrict_id") VALUES (OLD."ends", OLD."frozen_at", OLD."frozen_by_id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."replaces_id", OLD."starts", OLD."subdistrict_id"); RETURN NULL;',
                                    hash="9a455bbe65cdc20b0907579d3d7a5092f7b1629d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_cf50c",
                                    table="statistics_evaluation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Bulletin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField(verbose_name="month")),
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
                        ("sections", models.JSONField(default=list, verbose_name="text")),
                        ("reports_to", models.CharField(blank=True, max_length=300, verbose_name="reported to")),
                        ("sends_to", models.CharField(blank=True, max_length=300, verbose_name="sent to")),
                        ("copies_to", models.CharField(blank=True, max_length=300, verbose_name="distributed to")),
                        ("snapshot", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("drafted_at", models.DateTimeField(verbose_name="drafted at")),
                        ("saved_at", models.DateTimeField(verbose_name="saved at")),
                        ("issued_at", models.DateTimeField(null=True, verbose_name="issued at")),
                        ("year", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                        ("number", models.PositiveSmallIntegerField(null=True, verbose_name="number")),
                        ("request_key", models.CharField(max_length=120, null=True, unique=True)),
                        ("save_key", models.CharField(max_length=120, null=True, unique=True)),
                        ("issue_key", models.CharField(max_length=120, null=True, unique=True)),
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
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="statistics.bulletin",
                                verbose_name="replaces",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="saved by",
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
                            "evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bulletins",
                                to="statistics.evaluation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "monthly bulletin",
                        "verbose_name_plural": "monthly bulletins",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("issued_at", None),
                                        ("issued_by", None),
                                        ("number", None),
                                        ("replaces", None),
                                        ("year", None),
                                    ),
                                    models.Q(
                                        ("issued_at__isnull", False),
                                        ("issued_by__isnull", False),
                                        ("number__gte", 1),
                                        ("year__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="bulletin_issued_with_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)), name="bulletin_month_by_its_first_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("replaces", models.F("id")), _negated=True),
                                name="bulletin_replaces_another",
                            ),
                            models.UniqueConstraint(
                                fields=("subdistrict", "year", "number"), name="bulletin_number_unique"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("issued_at", None)),
                                fields=("subdistrict", "month"),
                                name="bulletin_one_draft",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("issued_at__isnull", False), ("replaces", None)),
                                fields=("subdistrict", "month"),
                                name="bulletin_one_issued",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="of_its_month",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF NOT EXISTS (\n        SELECT FROM statistics_evaluation AS whole\n        WHERE whole.id = NEW.evaluation_id AND whole.subdistrict_id = NEW.subdistrict_id\n        AND whole.starts = NEW.month AND whole.ends = (NEW.month + interval '1 month' - interval '1 day')::date\n    ) THEN\n        RAISE EXCEPTION 'a bulletin rests on the evaluation of its own office and month';\n    END IF;\n    RETURN NEW;\n",
                                    hash="5247b9ee2bd8873891809c76f8e839815381a086",
                                    operation="INSERT",
                                    pgid="pgtrigger_of_its_month_db5aa",
                                    table="statistics_bulletin",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="figures_stay",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF OLD.issued_at IS NOT NULL THEN\n        RAISE EXCEPTION 'an issued bulletin does not change';\n    END IF;\n    IF to_jsonb(NEW) - ARRAY['title', 'issuer', 'sections', 'reports_to', 'sends_to', 'copies_to', 'version', 'saved_at', 'saved_by_id', 'save_key', 'issued_at', 'issued_by_id', 'issue_key', 'year', 'number', 'replaces_id'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['title', 'issuer', 'sections', 'reports_to', 'sends_to', 'copies_to', 'version', 'saved_at', 'saved_by_id', 'save_key', 'issued_at', 'issued_by_id', 'issue_key', 'year', 'number', 'replaces_id'] THEN\n        RAISE EXCEPTION 'the figures of a bulletin do not change';\n    END IF;\n    IF NEW.issued_at IS NOT NULL AND NOT EXISTS (\n        SELECT FROM statistics_evaluation AS whole\n        WHERE whole.id = NEW.evaluation_id AND whole.published_at IS NOT NULL\n    ) THEN\n        RAISE EXCEPTION 'a bulletin is issued with a published evaluation';\n    END IF;\n    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM statistics_bulletin AS earlier\n        WHERE earlier.id = NEW.replaces_id AND earlier.issued_at IS NOT NULL\n        AND (earlier.subdistrict_id, earlier.month) = (NEW.subdistrict_id, NEW.month)\n    ) THEN\n        RAISE EXCEPTION 'a bulletin replaces an issued one of the same month';\n    END IF;\n    RETURN NEW;\n",
                                    hash="88b230c988afab84b9a9353c942f34110e2b7d4f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_figures_stay_3abc1",
                                    table="statistics_bulletin",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="issued_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF OLD.issued_at IS NOT NULL THEN\n        RAISE EXCEPTION 'an issued bulletin is not deleted';\n    END IF;\n    RETURN OLD;\n",
                                    hash="e5677550c0fd751d33e651e03eb00dbdcba1db41",
                                    operation="DELETE",
                                    pgid="pgtrigger_issued_stays_39cb2",
                                    table="statistics_bulletin",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="not_emptied",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'the table of bulletins is not emptied';",
                                    hash="74599f5b1843436035ada79c15b41b477b1e8854",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_not_emptied_a4179",
                                    table="statistics_bulletin",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "statistics_bulletinevent" ("copies_to", "drafted_at", "drafted_by_id", "issued_at", "issued_by_id", "issuer", "language", "month", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "reports_to", "saved_at", "saved_by_id", "sections", "sends_to", "subdistrict_id", "title", "version", "year") VALUES (NEW."copies_to", NEW."drafted_at", NEW."drafted_by_id", NEW."issued_at", NEW."issued_by_id", NEW."issuer", NEW."language", NEW."month", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replaces_id", NEW."reports_to", NEW."saved_at", NEW."saved_by_id", NEW."sections", NEW."sends_to", NEW."subdistrict_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="89081a8ba6332a9ae8375151701d72fa7225754e",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ce2ba",
                                    table="statistics_bulletin",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."copies_to" IS DISTINCT FROM (NEW."copies_to") OR OLD."drafted_at" IS DISTINCT FROM (NEW."drafted_at") OR OLD."drafted_by_id" IS DISTINCT FROM (NEW."drafted_by_id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."month" IS DISTINCT FROM (NEW."month") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."reports_to" IS DISTINCT FROM (NEW."reports_to") OR OLD."saved_at" IS DISTINCT FROM (NEW."saved_at") OR OLD."saved_by_id" IS DISTINCT FROM (NEW."saved_by_id") OR OLD."sections" IS DISTINCT FROM (NEW."sections") OR OLD."sends_to" IS DISTINCT FROM (NEW."sends_to") OR OLD."subdistrict_id" IS DISTINCT FROM (NEW."subdistrict_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                                    func='INSERT INTO "statistics_bulletinevent" ("copies_to", "drafted_at", "drafted_by_id", "issued_at", "issued_by_id", "issuer", "language", "month", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "reports_to", "saved_at", "saved_by_id", "sections", "sends_to", "subdistrict_id", "title", "version", "year") VALUES (NEW."copies_to", NEW."drafted_at", NEW."drafted_by_id", NEW."issued_at", NEW."issued_by_id", NEW."issuer", NEW."language", NEW."month", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replaces_id", NEW."reports_to", NEW."saved_at", NEW."saved_by_id", NEW."sections", NEW."sends_to", NEW."subdistrict_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="c9c7e21e0845e1695994143c0a3a84f4e26a7d1d",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_2ab9c",
                                    table="statistics_bulletin",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "statistics_bulletinevent" ("copies_to", "drafted_at", "drafted_by_id", "issued_at", "issued_by_id", "issuer", "language", "month", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "reports_to", "saved_at", "saved_by_id", "sections", "sends_to", "subdistrict_id", "title", "version", "year") VALUES (OLD."copies_to", OLD."drafted_at", OLD."drafted_by_id", OLD."issued_at", OLD."issued_by_id", OLD."issuer", OLD."language", OLD."month", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replaces_id", OLD."reports_to", OLD."saved_at", OLD."saved_by_id", OLD."sections", OLD."sends_to", OLD."subdistrict_id", OLD."title", OLD."version", OLD."year"); RETURN NULL;',
                                    hash="a7c45eeb3a7b0f5cdefdaaa9b3c2911f2fae6a73",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4ac0b",
                                    table="statistics_bulletin",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulletinEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("month", models.DateField(verbose_name="month")),
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
                        ("sections", models.JSONField(default=list, verbose_name="text")),
                        ("reports_to", models.CharField(blank=True, max_length=300, verbose_name="reported to")),
                        ("sends_to", models.CharField(blank=True, max_length=300, verbose_name="sent to")),
                        ("copies_to", models.CharField(blank=True, max_length=300, verbose_name="distributed to")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("drafted_at", models.DateTimeField(verbose_name="drafted at")),
                        ("saved_at", models.DateTimeField(verbose_name="saved at")),
                        ("issued_at", models.DateTimeField(null=True, verbose_name="issued at")),
                        ("year", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                        ("number", models.PositiveSmallIntegerField(null=True, verbose_name="number")),
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
                                related_name="subdistrict_month_language_title_issuer_sections_reports_to_sends_to_copies_to_version_drafted_at_drafted_by_saved_at_saved_by_issued_at_issued_by_year_number_replaces_events",
                                to="statistics.bulletin",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="statistics.bulletin",
                                verbose_name="replaces",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="saved by",
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
                                    hash="9b64444fdf4a783123e32d5ecfc3e2ae0dd768ea",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6cb4b",
                                    table="statistics_bulletinevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulletinFile",
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
                            "bulletin",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="statistics.bulletin",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("bulletin", "version", "kind"), name="bulletin_file_unique")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="file_comes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT FROM statistics_bulletin AS whole\n        WHERE whole.id = NEW.bulletin_id AND whole.issued_at IS NOT NULL AND whole.version <> NEW.version\n) THEN\n        RAISE EXCEPTION 'a file of an issued bulletin holds its last text';\n    END IF;\n    RETURN NEW;\n",
                                    hash="11fb281549f551362c12bcfed1af06efe6487de4",
                                    operation="INSERT",
                                    pgid="pgtrigger_file_comes_cf739",
                                    table="statistics_bulletinfile",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="file_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'a file of a bulletin does not change';",
                                    hash="86e1cbc118b9e46f4ffd80d057c438d198868213",
                                    operation="UPDATE",
                                    pgid="pgtrigger_file_stays_a8df7",
                                    table="statistics_bulletinfile",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="file_goes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT FROM statistics_bulletin AS whole\n        WHERE whole.id = OLD.bulletin_id AND whole.issued_at IS NOT NULL AND whole.version = OLD.version\n) THEN\n        RAISE EXCEPTION 'a file of an issued bulletin is not deleted';\n    END IF;\n    RETURN OLD;\n",
                                    hash="2be0ebb5874d74dbf5269a44b88c7fa2ca6afe1d",
                                    operation="DELETE",
                                    pgid="pgtrigger_file_goes_6d1d0",
                                    table="statistics_bulletinfile",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="not_emptied",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'the table of files of bulletins is not emptied';",
                                    hash="bb3235a868e4424aca6d11135626f2ba52b1bb63",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_not_emptied_c97d6",
                                    table="statistics_bulletinfile",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulletinJob",
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
                            "bulletin",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="jobs",
                                to="statistics.bulletin",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="bulletin_job_waiting"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("bulletin", "version"), name="bulletin_job_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvaluationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("starts", models.DateField(verbose_name="first day")),
                        ("ends", models.DateField(verbose_name="last day")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("frozen_at", models.DateTimeField(verbose_name="frozen at")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="published at")),
                        (
                            "frozen_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="frozen by",
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
                                related_name="subdistrict_starts_ends_note_frozen_at_frozen_by_published_at_published_by_replaces_events",
                                to="statistics.evaluation",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="statistics.evaluation",
                                verbose_name="replaces",
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
                                    hash="cccd8d61cb8e9277650f3576db967ff136b89cba",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_074f2",
                                    table="statistics_evaluationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Formula",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                        ("is_default", models.BooleanField(default=False, verbose_name="leads the evaluation")),
                    ],
                    options={
                        "verbose_name": "composite score",
                        "verbose_name_plural": "composite scores",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_default", True)),
                                fields=("is_default",),
                                name="formula_one_default",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="bcf22fb55ec6145f33eccefa20a0fe879de2ec16",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_334d2",
                                    table="statistics_formula",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormulaPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "indicator",
                            models.CharField(
                                choices=[
                                    ("valid_report_rate", "Valid report rate"),
                                    ("filing_rate", "Filing rate"),
                                    ("open_rate", "Open rate"),
                                    ("filing_on_time_rate", "On-time filing rate"),
                                    ("correct_filing_rate", "Correct filing rate"),
                                    ("verifying_on_time_rate", "On-time verification rate"),
                                    ("dispatch_on_time_rate", "On-time dispatch rate"),
                                    ("correct_dispatch_rate", "Correct dispatch rate"),
                                    ("handling_rate", "Handling rate"),
                                    ("handling_on_time_rate", "On-time handling rate"),
                                    ("overdue_unhandled_rate", "Overdue unhandled rate"),
                                    ("overdue_multiple", "Overdue multiple"),
                                    ("extension_rate", "Extension rate"),
                                    ("rework_rate", "Rework rate"),
                                    ("closing_rate", "Closing rate"),
                                    ("closing_on_time_rate", "On-time closing rate"),
                                    ("closing_late_rate", "Late closing rate"),
                                    ("inspection_on_time_rate", "On-time inspection rate"),
                                    ("recurrence_rate_7", "Recurrence rate, 7 days"),
                                    ("recurrence_rate_30", "Recurrence rate, 30 days"),
                                ],
                                max_length=30,
                                verbose_name="indicator",
                            ),
                        ),
                        ("points", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="points")),
                        (
                            "formula",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="statistics.formula",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part of a composite score",
                        "verbose_name_plural": "parts of a composite score",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("formula", "indicator"), name="formula_part_unique"),
                            models.CheckConstraint(condition=models.Q(("points__gt", 0)), name="formula_part_positive"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="a336b310d4fc860ca63e67e696615cd51e3f62d3",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_d7caa",
                                    table="statistics_formulapart",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FrozenFact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subdistrict_id", models.BigIntegerField()),
                        ("community_id", models.BigIntegerField(null=True)),
                        ("disorder_id", models.BigIntegerField(null=True)),
                        ("category_id", models.BigIntegerField(null=True)),
                        ("officer_id", models.BigIntegerField(null=True)),
                        ("team_id", models.BigIntegerField(null=True)),
                        ("source", models.CharField(max_length=12)),
                        ("department_id", models.BigIntegerField(null=True)),
                        ("is_campaign", models.BooleanField(default=False)),
                        ("reported_on", models.DateField(null=True)),
                        ("filed_on", models.DateField(null=True)),
                        ("verified_on", models.DateField(null=True)),
                        ("dispatched_on", models.DateField(null=True)),
                        ("returned_on", models.DateField(null=True)),
                        ("handled_on", models.DateField(null=True)),
                        ("inspected_on", models.DateField(null=True)),
                        ("ended_on", models.DateField(null=True)),
                        ("suspended_on", models.DateField(null=True)),
                        (
                            "measures",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30), default=list, size=None
                            ),
                        ),
                        ("extensions", models.PositiveSmallIntegerField(default=0)),
                        ("extension_hours", models.PositiveIntegerField(default=0)),
                        ("reworks", models.PositiveSmallIntegerField(default=0)),
                        ("overdue_percent", models.PositiveIntegerField(default=0)),
                        ("minutes_to_handle", models.PositiveIntegerField(null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="frozen_facts",
                                to="cases.case",
                            ),
                        ),
                        (
                            "evaluation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="facts",
                                to="statistics.evaluation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("evaluation", "case"), name="frozen_fact_unique")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="facts_stay",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'the facts of an evaluation do not change';",
                                    hash="1f07ee3e01391d2b10c7e8b195c31e245ae8af7c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_facts_stay_61cd8",
                                    table="statistics_frozenfact",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="facts_do_not_come",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT FROM statistics_evaluation AS whole JOIN changed ON changed.evaluation_id = whole.id\n        WHERE whole.published_at IS NOT NULL\n    ) THEN\n        RAISE EXCEPTION 'the facts of a published evaluation do not change';\n    END IF;\n    RETURN NULL;\n",
                                    hash="9eb92d7b971d05436b5dbc8a0669bb9f7a78f1b9",
                                    level="STATEMENT",
                                    operation="INSERT",
                                    pgid="pgtrigger_facts_do_not_come_81c8f",
                                    referencing="REFERENCING NEW TABLE AS changed ",
                                    table="statistics_frozenfact",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="facts_do_not_go",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT FROM statistics_evaluation AS whole JOIN changed ON changed.evaluation_id = whole.id\n        WHERE whole.published_at IS NOT NULL\n    ) THEN\n        RAISE EXCEPTION 'the facts of a published evaluation do not change';\n    END IF;\n    RETURN NULL;\n",
                                    hash="9e9d446854659f3adebb4dbd16ad384b4f0ee946",
                                    level="STATEMENT",
                                    operation="DELETE",
                                    pgid="pgtrigger_facts_do_not_go_7612d",
                                    referencing="REFERENCING OLD TABLE AS changed ",
                                    table="statistics_frozenfact",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="not_emptied",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'the table of facts of evaluations is not emptied';",
                                    hash="f119d40d0d1155bc7e18362852124fb8fca30f10",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_not_emptied_c489d",
                                    table="statistics_frozenfact",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Place",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="place",
                                serialize=False,
                                to="cases.case",
                            ),
                        ),
                        ("subdistrict_id", models.BigIntegerField()),
                        ("disorder_id", models.BigIntegerField()),
                        ("key_place_id", models.BigIntegerField(null=True)),
                        ("longitude", models.FloatField(null=True)),
                        ("latitude", models.FloatField(null=True)),
                        ("cell", models.BigIntegerField(null=True)),
                        ("reported_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("cell__isnull", False)),
                                fields=["disorder_id", "cell", "reported_at"],
                                name="place_by_cell",
                            ),
                            models.Index(
                                condition=models.Q(("key_place_id__isnull", False)),
                                fields=["disorder_id", "key_place_id", "reported_at"],
                                name="place_by_key_place",
                            ),
                            models.Index(fields=["subdistrict_id", "reported_at"], name="place_newest"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StageLimit",
                    fields=[
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("filing", "filing"),
                                    ("dispatching", "dispatching"),
                                    ("verifying", "verifying"),
                                    ("inspecting", "inspecting"),
                                ],
                                max_length=12,
                                primary_key=True,
                                serialize=False,
                                verbose_name="stage",
                            ),
                        ),
                        ("minutes", models.PositiveIntegerField(verbose_name="minutes of office time")),
                    ],
                    options={
                        "verbose_name": "limit of a stage",
                        "verbose_name_plural": "limits of stages",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("minutes__gte", 1)), name="stage_limit_positive")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="1ca82644ee8d0e6288aac2741985cb7b8bbfdb64",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_6de57",
                                    table="statistics_stagelimit",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
                                choices=[
                                    ("all", "whole office"),
                                    ("community", "community"),
                                    ("disorder", "disorder"),
                                    ("category", "category"),
                                    ("officer", "officer"),
                                    ("team", "team"),
                                    ("source", "source"),
                                    ("department", "department"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("key", models.CharField(blank=True, max_length=20)),
                        ("on", models.DateField()),
                        ("reported", models.IntegerField(default=0)),
                        ("valid", models.IntegerField(default=0)),
                        ("reported_filed", models.IntegerField(default=0)),
                        ("reported_open", models.IntegerField(default=0)),
                        ("self_handled", models.IntegerField(default=0)),
                        ("filed", models.IntegerField(default=0)),
                        ("filed_on_time", models.IntegerField(default=0)),
                        ("filed_correctly", models.IntegerField(default=0)),
                        ("to_dispatch", models.IntegerField(default=0)),
                        ("dispatched_on_time", models.IntegerField(default=0)),
                        ("dispatched_correctly", models.IntegerField(default=0)),
                        ("to_verify", models.IntegerField(default=0)),
                        ("verified_on_time", models.IntegerField(default=0)),
                        ("to_handle", models.IntegerField(default=0)),
                        ("handled", models.IntegerField(default=0)),
                        ("handled_on_time", models.IntegerField(default=0)),
                        ("overdue_unhandled", models.IntegerField(default=0)),
                        ("extended", models.IntegerField(default=0)),
                        ("extensions", models.IntegerField(default=0)),
                        ("extension_hours", models.IntegerField(default=0)),
                        ("handled_late", models.IntegerField(default=0)),
                        ("overdue_percent", models.IntegerField(default=0)),
                        ("to_close", models.IntegerField(default=0)),
                        ("closed", models.IntegerField(default=0)),
                        ("closed_on_time", models.IntegerField(default=0)),
                        ("closed_late", models.IntegerField(default=0)),
                        ("reworked", models.IntegerField(default=0)),
                        ("reworks", models.IntegerField(default=0)),
                        ("exempt", models.IntegerField(default=0)),
                        ("suspended", models.IntegerField(default=0)),
                        ("to_inspect", models.IntegerField(default=0)),
                        ("inspected_on_time", models.IntegerField(default=0)),
                        ("ended", models.IntegerField(default=0)),
                        ("ended_placed", models.IntegerField(default=0)),
                        ("recurred_7", models.IntegerField(default=0)),
                        ("recurred_30", models.IntegerField(default=0)),
                        ("handled_then", models.IntegerField(default=0)),
                        ("campaign_then", models.IntegerField(default=0)),
                        ("inspected_then", models.IntegerField(default=0)),
                        ("suspended_since", models.IntegerField(default=0)),
                        ("open_now", models.IntegerField(default=0)),
                        ("late_now", models.IntegerField(default=0)),
                        ("escalated_now", models.IntegerField(default=0)),
                        ("suspended_now", models.IntegerField(default=0)),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="people.subdistrict"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subdistrict", "dimension", "on", "key"), name="tally_unique"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "dimension__in",
                                        [
                                            "all",
                                            "community",
                                            "disorder",
                                            "category",
                                            "officer",
                                            "team",
                                            "source",
                                            "department",
                                        ],
                                    )
                                ),
                                name="tally_dimension_known",
                            ),
                        ],
                    },
                ),
            ]
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
