import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0014_tables"),
        ("communities", "0005_tables"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="MemberUnit",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("department", "district department"),
                                    ("police", "police station"),
                                    ("market", "market supervision"),
                                    ("institution", "institution"),
                                    ("team", "team"),
                                    ("community", "community"),
                                    ("office", "section of the office"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="contact person")),
                        ("contact_phone", models.CharField(blank=True, max_length=30, verbose_name="office phone")),
                        ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="office e-mail")),
                        ("substitute_name", models.CharField(blank=True, max_length=60, verbose_name="substitute")),
                        (
                            "substitute_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="office phone of the substitute"),
                        ),
                        (
                            "substitute_email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="office e-mail of the substitute"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "community",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                                verbose_name="body in the portal",
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
                        "verbose_name": "member unit",
                        "verbose_name_plural": "member units",
                        "ordering": ["subdistrict", "kind", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "name_zh"), name="member_unit_name_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("community", None), ("kind", "community"), _connector="OR"),
                                name="member_unit_of_a_community",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_memberunitevent" ("community_id", "contact_email", "contact_name", "contact_phone", "id", "is_active", "kind", "name_en", "name_zh", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "substitute_email", "substitute_name", "substitute_phone") VALUES (NEW."community_id", NEW."contact_email", NEW."contact_name", NEW."contact_phone", NEW."id", NEW."is_active", NEW."kind", NEW."name_en", NEW."name_zh", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."subdistrict_id", NEW."substitute_email", NEW."substitute_name", NEW."substitute_phone"); RETURN NULL;',
                                    hash="e0d82d548f5c4e32f943e95ee48586ecc4e9edf5",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_072f2",
                                    table="meetings_memberunit",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_memberunitevent" ("community_id", "contact_email", "contact_name", "contact_phone", "id", "is_active", "kind", "name_en", "name_zh", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "substitute_email", "substitute_name", "substitute_phone") VALUES (NEW."community_id", NEW."contact_email", NEW."contact_name", NEW."contact_phone", NEW."id", NEW."is_active", NEW."kind", NEW."name_en", NEW."name_zh", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."subdistrict_id", NEW."substitute_email", NEW."substitute_name", NEW."substitute_phone"); RETURN NULL;',
                                    hash="02b208bdaf8f077da2af2638f9839862202eadf6",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_2504e",
                                    table="meetings_memberunit",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_memberunitevent" ("community_id", "contact_email", "contact_name", "contact_phone", "id", "is_active", "kind", "name_en", "name_zh", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "substitute_email", "substitute_name", "substitute_phone") VALUES (OLD."community_id", OLD."contact_email", OLD."contact_name", OLD."contact_phone", OLD."id", OLD."is_active", OLD."kind", OLD."name_en", OLD."name_zh", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."subdistrict_id", OLD."substitute_email", OLD."substitute_name", OLD."substitute_phone"); RETURN NULL;',
                                    hash="26f8c923595f556c1bd30e4b09d9d9d54ae99d97",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1933f",
                                    table="meetings_memberunit",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=100, verbose_name="title")),
                        (
                            "ordinal",
                            models.SmallIntegerField(
                                choices=[(1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (-1, "last")],
                                default=1,
                                verbose_name="which",
                            ),
                        ),
                        (
                            "weekday",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Monday"),
                                    (2, "Tuesday"),
                                    (3, "Wednesday"),
                                    (4, "Thursday"),
                                    (5, "Friday"),
                                    (6, "Saturday"),
                                    (7, "Sunday"),
                                ],
                                default=2,
                                verbose_name="weekday",
                            ),
                        ),
                        (
                            "every_months",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="every so many months",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="first day")),
                        ("starts", models.TimeField(verbose_name="begins at")),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
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
                            "units",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="meetings.memberunit", verbose_name="member units"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "regular meeting",
                        "verbose_name_plural": "regular meetings",
                        "ordering": ["subdistrict", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "title"), name="meeting_rule_title_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("ordinal__in", [1, 2, 3, 4, -1])), name="meeting_rule_ordinal"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekday__range", (1, 7))), name="meeting_rule_weekday"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("every_months__range", (1, 12))), name="meeting_rule_months"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_meetingruleevent" ("every_months", "id", "is_active", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "since", "starts", "subdistrict_id", "title", "weekday") VALUES (NEW."every_months", NEW."id", NEW."is_active", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."since", NEW."starts", NEW."subdistrict_id", NEW."title", NEW."weekday"); RETURN NULL;',
                                    hash="01c5a4dec328ce7188d1c40bd53f53641e8e49c7",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9f1cb",
                                    table="meetings_meetingrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "meetings_meetingruleevent" ("every_months", "id", "is_active", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "since", "starts", "subdistrict_id", "title", "weekday") VALUES (NEW."every_months", NEW."id", NEW."is_active", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."since", NEW."starts", NEW."subdistrict_id", NEW."title", NEW."weekday"); RETURN NULL;',
                                    hash="966b13b3591ad41682fc418e2ccb5fe84ef7b2cc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c91c6",
                                    table="meetings_meetingrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_meetingruleevent" ("every_months", "id", "is_active", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "since", "starts", "subdistrict_id", "title", "weekday") VALUES (OLD."every_months", OLD."id", OLD."is_active", OLD."ordinal", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."since", OLD."starts", OLD."subdistrict_id", OLD."title", OLD."weekday"); RETURN NULL;',
                                    hash="b6adcbeae12f8b8c88a7969660787468920f81f8",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_93f02",
                                    table="meetings_meetingrule",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                                choices=[("regular", "regular meeting"), ("consultation", "consultation")],
                                default="regular",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("ordinal", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("title", models.CharField(max_length=100, verbose_name="title")),
                        ("starts_at", models.DateTimeField(verbose_name="begins at")),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("invited", "invited"),
                                    ("held", "held"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("planned_at", models.DateTimeField(verbose_name="planned at")),
                        ("request_key", models.CharField(max_length=120, null=True, unique=True)),
                        (
                            "called_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations",
                                to="cases.case",
                                verbose_name="called for the case",
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="chair",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="planned by",
                            ),
                        ),
                        (
                            "recorder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorder",
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
                            "rule",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="meetings.meetingrule",
                                verbose_name="regular meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "joint meeting",
                        "verbose_name_plural": "joint meetings",
                        "ordering": ["-starts_at", "-id"],
                        "indexes": [models.Index(fields=["subdistrict", "-starts_at"], name="meeting_of_office")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subdistrict", "year", "ordinal"), name="meeting_number_unique"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "cancelled"), _negated=True),
                                fields=("rule", "starts_at"),
                                name="meeting_of_rule_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ordinal__gte", 1)), name="meeting_number_from_one"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rule", None), ("kind", "regular"), _connector="OR"),
                                name="meeting_of_a_rule_is_regular",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meeting_cancelled_with_a_reason",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_meetingevent" ("called_for_id", "chair_id", "kind", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "reason", "recorder_id", "rule_id", "starts_at", "state", "subdistrict_id", "title", "version", "year") VALUES (NEW."called_for_id", NEW."chair_id", NEW."kind", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."reason", NEW."recorder_id", NEW."rule_id", NEW."starts_at", NEW."state", NEW."subdistrict_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="5009c57dd9d74775c68719fbc7b53f6063255845",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_61d9e",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."called_for_id" IS DISTINCT FROM (NEW."called_for_id") OR OLD."chair_id" IS DISTINCT FROM (NEW."chair_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."ordinal" IS DISTINCT FROM (NEW."ordinal") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."planned_at" IS DISTINCT FROM (NEW."planned_at") OR OLD."planned_by_id" IS DISTINCT FROM (NEW."planned_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."recorder_id" IS DISTINCT FROM (NEW."recorder_id") OR OLD."rule_id" IS DISTINCT FROM (NEW."rule_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subdistrict_id" IS DISTINCT FROM (NEW."subdistrict_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                                    func='INSERT INTO "meetings_meetingevent" ("called_for_id", "chair_id", "kind", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "reason", "recorder_id", "rule_id", "starts_at", "state", "subdistrict_id", "title", "version", "year") VALUES (NEW."called_for_id", NEW."chair_id", NEW."kind", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."reason", NEW."recorder_id", NEW."rule_id", NEW."starts_at", NEW."state", NEW."subdistrict_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="206ac23c6b74a7468d59f97263f26a5027e98a6c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_495b8",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_meetingevent" ("called_for_id", "chair_id", "kind", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "reason", "recorder_id", "rule_id", "starts_at", "state", "subdistrict_id", "title", "version", "year") VALUES (OLD."called_for_id", OLD."chair_id", OLD."kind", OLD."ordinal", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."planned_at", OLD."planned_by_id", OLD."reason", OLD."recorder_id", OLD."rule_id", OLD."starts_at", OLD."state", OLD."subdistrict_id", OLD."title", OLD."version", OLD."year"); RETURN NULL;',
                                    hash="d86ab4396ee85303d74c21c9967a67cfa0463734",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4bf26",
                                    table="meetings_meeting",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("stuck", "stuck with the district"),
                                    ("escalated", "with a district department"),
                                    ("returned", "returned by a department"),
                                    ("recurring", "comes again and again"),
                                    ("resolution", "resolution not carried out"),
                                    ("by_hand", "put there by hand"),
                                ],
                                default="by_hand",
                                max_length=12,
                                verbose_name="why",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="title")),
                        ("background", models.TextField(blank=True, max_length=2000, verbose_name="background")),
                        ("discussion", models.TextField(blank=True, max_length=10000, verbose_name="discussion")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("saved_at", models.DateTimeField(verbose_name="saved at")),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agenda_items",
                                to="cases.case",
                                verbose_name="case",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="meetings.meeting"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agenda item",
                        "verbose_name_plural": "agenda items",
                        "ordering": ["meeting", "position", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("meeting", "position"),
                                name="agenda_position_unique",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("case__isnull", False)),
                                fields=("meeting", "case"),
                                name="agenda_case_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("position__gte", 1)), name="agenda_position_from_one"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("regular", "regular meeting"), ("consultation", "consultation")],
                                default="regular",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("ordinal", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("title", models.CharField(max_length=100, verbose_name="title")),
                        ("starts_at", models.DateTimeField(verbose_name="begins at")),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("invited", "invited"),
                                    ("held", "held"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("planned_at", models.DateTimeField(verbose_name="planned at")),
                        (
                            "called_for",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                                verbose_name="called for the case",
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="chair",
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
                                related_name="subdistrict_kind_rule_year_ordinal_title_starts_at_place_chair_recorder_state_called_for_reason_version_planned_at_planned_by_events",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="planned by",
                            ),
                        ),
                        (
                            "recorder",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorder",
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
                            "rule",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meetingrule",
                                verbose_name="regular meeting",
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
                                    hash="161adc4dee7601797a02097cded16f6fce0bad5d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2b4ce",
                                    table="meetings_meetingevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("title", models.CharField(max_length=100, verbose_name="title")),
                        (
                            "ordinal",
                            models.SmallIntegerField(
                                choices=[(1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (-1, "last")],
                                default=1,
                                verbose_name="which",
                            ),
                        ),
                        (
                            "weekday",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Monday"),
                                    (2, "Tuesday"),
                                    (3, "Wednesday"),
                                    (4, "Thursday"),
                                    (5, "Friday"),
                                    (6, "Saturday"),
                                    (7, "Sunday"),
                                ],
                                default=2,
                                verbose_name="weekday",
                            ),
                        ),
                        (
                            "every_months",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="every so many months",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="first day")),
                        ("starts", models.TimeField(verbose_name="begins at")),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
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
                                to="meetings.meetingrule",
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
                                    hash="4f5c455fb40f87cb890421e9a584fddf8e966b71",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d886e",
                                    table="meetings_meetingruleevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberUnitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("department", "district department"),
                                    ("police", "police station"),
                                    ("market", "market supervision"),
                                    ("institution", "institution"),
                                    ("team", "team"),
                                    ("community", "community"),
                                    ("office", "section of the office"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="contact person")),
                        ("contact_phone", models.CharField(blank=True, max_length=30, verbose_name="office phone")),
                        ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="office e-mail")),
                        ("substitute_name", models.CharField(blank=True, max_length=60, verbose_name="substitute")),
                        (
                            "substitute_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="office phone of the substitute"),
                        ),
                        (
                            "substitute_email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="office e-mail of the substitute"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "community",
                            models.ForeignKey(
                                blank=True,
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.organisation",
                                verbose_name="body in the portal",
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
                                to="meetings.memberunit",
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
                                    hash="848709528f8007febf75cc0803f04c62ae97ce37",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_40a97",
                                    table="meetings_memberunitevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        ("opening", models.TextField(blank=True, max_length=3000, verbose_name="opening")),
                        ("reports_to", models.CharField(blank=True, max_length=300, verbose_name="reported to")),
                        ("sends_to", models.CharField(blank=True, max_length=300, verbose_name="sent to")),
                        ("copies_to", models.CharField(blank=True, max_length=300, verbose_name="distributed to")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="reason of the correction"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("checked", "checked"),
                                    ("signed", "signed"),
                                    ("issued", "issued"),
                                ],
                                default="draft",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("content", models.JSONField(null=True)),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("drafted_at", models.DateTimeField(verbose_name="drafted at")),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="checked at")),
                        ("signed_at", models.DateTimeField(null=True, verbose_name="signed at")),
                        ("issued_at", models.DateTimeField(null=True, verbose_name="issued at")),
                        ("year", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                        ("number", models.PositiveSmallIntegerField(null=True, verbose_name="number")),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="meetings.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="meetings.minutes",
                                verbose_name="replaces",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signed by",
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
                        "verbose_name": "minutes",
                        "verbose_name_plural": "minutes",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subdistrict", "year", "number"), name="minutes_number_unique"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "issued"), _negated=True),
                                fields=("meeting",),
                                name="minutes_one_in_the_making",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("replaces", None), ("state", "issued")),
                                fields=("meeting",),
                                name="minutes_one_first_issue",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("checked_by", None),
                                        ("content", None),
                                        ("issued_by", None),
                                        ("signed_by", None),
                                        ("state", "draft"),
                                    ),
                                    models.Q(
                                        ("checked_by__isnull", False),
                                        ("issued_by", None),
                                        ("signed_by", None),
                                        ("state", "checked"),
                                    ),
                                    models.Q(
                                        ("checked_by__isnull", False),
                                        ("issued_by", None),
                                        ("signed_by__isnull", False),
                                        ("state", "signed"),
                                    ),
                                    models.Q(
                                        ("checked_by__isnull", False),
                                        ("issued_by__isnull", False),
                                        ("signed_by__isnull", False),
                                        ("state", "issued"),
                                    ),
                                    _connector="OR",
                                ),
                                name="minutes_step_by_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "draft"), ("content__isnull", False), _connector="OR"),
                                name="minutes_keep_content",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_by", None),
                                    models.Q(("signed_by", models.F("checked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="minutes_four_eyes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("issued_at__isnull", False),
                                        ("number__gte", 1),
                                        ("state", "issued"),
                                        ("year__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state", "issued"), _negated=True),
                                        ("issued_at", None),
                                        ("number", None),
                                        ("year", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="minutes_issued_with_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaces", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="minutes_corrected_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("replaces", models.F("id")), _negated=True),
                                name="minutes_replace_others",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="steps",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF OLD.state = 'issued' THEN\n        RAISE EXCEPTION 'issued minutes do not change';\n    END IF;\n    IF OLD.state IN ('checked', 'signed') AND NEW.state <> 'draft' AND (\n        NEW.content IS DISTINCT FROM OLD.content OR (NEW.title, NEW.issuer, NEW.opening, NEW.reports_to, NEW.sends_to,\n        NEW.copies_to) IS DISTINCT FROM (OLD.title, OLD.issuer, OLD.opening, OLD.reports_to, OLD.sends_to,\n        OLD.copies_to)\n    ) THEN\n        RAISE EXCEPTION 'checked minutes keep their text';\n    END IF;\n    IF (OLD.state, NEW.state) NOT IN (\n        ('draft', 'draft'), ('draft', 'checked'), ('checked', 'signed'), ('checked', 'draft'), ('signed', 'draft'),\n        ('signed', 'issued'), ('checked', 'checked'), ('signed', 'signed')\n    ) THEN\n        RAISE EXCEPTION 'minutes go from step to step';\n    END IF;\n    RETURN NEW;\n",
                                    hash="3026b9fd3736294696c9a5c633ed14ddeeda89df",
                                    operation="UPDATE",
                                    pgid="pgtrigger_steps_e2a68",
                                    table="meetings_minutes",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="issued_stay",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF OLD.state = 'issued' THEN\n        RAISE EXCEPTION 'issued minutes are not deleted';\n    END IF;\n    RETURN OLD;\n",
                                    hash="6406d94ac593dd6e5756603c24059c916610230c",
                                    operation="DELETE",
                                    pgid="pgtrigger_issued_stay_88907",
                                    table="meetings_minutes",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="not_emptied",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'the table of minutes is not emptied';",
                                    hash="2b60aa17ab96ddd40d1c03501d62c5a4b8948a07",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_not_emptied_07101",
                                    table="meetings_minutes",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_minutesevent" ("checked_at", "checked_by_id", "copies_to", "drafted_at", "drafted_by_id", "issued_at", "issued_by_id", "issuer", "language", "meeting_id", "number", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "replaces_id", "reports_to", "sends_to", "signed_at", "signed_by_id", "state", "subdistrict_id", "title", "version", "year") VALUES (NEW."checked_at", NEW."checked_by_id", NEW."copies_to", NEW."drafted_at", NEW."drafted_by_id", NEW."issued_at", NEW."issued_by_id", NEW."issuer", NEW."language", NEW."meeting_id", NEW."number", NEW."opening", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."replaces_id", NEW."reports_to", NEW."sends_to", NEW."signed_at", NEW."signed_by_id", NEW."state", NEW."subdistrict_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="bccb472f880e97526e607046e11b9422354dabff",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_61343",
                                    table="meetings_minutes",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."checked_at" IS DISTINCT FROM (NEW."checked_at") OR OLD."checked_by_id" IS DISTINCT FROM (NEW."checked_by_id") OR OLD."copies_to" IS DISTINCT FROM (NEW."copies_to") OR OLD."drafted_at" IS DISTINCT FROM (NEW."drafted_at") OR OLD."drafted_by_id" IS DISTINCT FROM (NEW."drafted_by_id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."opening" IS DISTINCT FROM (NEW."opening") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."reports_to" IS DISTINCT FROM (NEW."reports_to") OR OLD."sends_to" IS DISTINCT FROM (NEW."sends_to") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subdistrict_id" IS DISTINCT FROM (NEW."subdistrict_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                                    func='INSERT INTO "meetings_minutesevent" ("checked_at", "checked_by_id", "copies_to", "drafted_at", "drafted_by_id", "issued_at", "issued_by_id", "issuer", "language", "meeting_id", "number", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "replaces_id", "reports_to", "sends_to", "signed_at", "signed_by_id", "state", "subdistrict_id", "title", "version", "year") VALUES (NEW."checked_at", NEW."checked_by_id", NEW."copies_to", NEW."drafted_at", NEW."drafted_by_id", NEW."issued_at", NEW."issued_by_id", NEW."issuer", NEW."language", NEW."meeting_id", NEW."number", NEW."opening", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."replaces_id", NEW."reports_to", NEW."sends_to", NEW."signed_at", NEW."signed_by_id", NEW."state", NEW."subdistrict_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="eb220cee0cbdb4af532adca3538c232db24a9b32",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_324d9",
                                    table="meetings_minutes",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_minutesevent" ("checked_at", "checked_by_id", "copies_to", "drafted_at", "drafted_by_id", "issued_at", "issued_by_id", "issuer", "language", "meeting_id", "number", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "replaces_id", "reports_to", "sends_to", "signed_at", "signed_by_id", "state", "subdistrict_id", "title", "version", "year") VALUES (OLD."checked_at", OLD."checked_by_id", OLD."copies_to", OLD."drafted_at", OLD."drafted_by_id", OLD."issued_at", OLD."issued_by_id", OLD."issuer", OLD."language", OLD."meeting_id", OLD."number", OLD."opening", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."replaces_id", OLD."reports_to", OLD."sends_to", OLD."signed_at", OLD."signed_by_id", OLD."state", OLD."subdistrict_id", OLD."title", OLD."version", OLD."year"); RETURN NULL;',
                                    hash="ef711d69c6bce34e5a8afd65c14df6da733cfdb9",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f9949",
                                    table="meetings_minutes",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
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
                        ("opening", models.TextField(blank=True, max_length=3000, verbose_name="opening")),
                        ("reports_to", models.CharField(blank=True, max_length=300, verbose_name="reported to")),
                        ("sends_to", models.CharField(blank=True, max_length=300, verbose_name="sent to")),
                        ("copies_to", models.CharField(blank=True, max_length=300, verbose_name="distributed to")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="reason of the correction"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("checked", "checked"),
                                    ("signed", "signed"),
                                    ("issued", "issued"),
                                ],
                                default="draft",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("drafted_at", models.DateTimeField(verbose_name="drafted at")),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="checked at")),
                        ("signed_at", models.DateTimeField(null=True, verbose_name="signed at")),
                        ("issued_at", models.DateTimeField(null=True, verbose_name="issued at")),
                        ("year", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                        ("number", models.PositiveSmallIntegerField(null=True, verbose_name="number")),
                        (
                            "checked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
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
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                                verbose_name="meeting",
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
                                related_name="subdistrict_meeting_language_title_issuer_opening_reports_to_sends_to_copies_to_reason_state_version_drafted_at_drafted_by_checked_at_checked_by_signed_at_signed_by_issued_at_issued_by_year_number_replaces_events",
                                to="meetings.minutes",
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
                                to="meetings.minutes",
                                verbose_name="replaces",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signed by",
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
                                    hash="b701fcd3b8b35bc763085b9187ff2a1029e1c90a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_16281",
                                    table="meetings_minutesevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesFile",
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
                            "minutes",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="meetings.minutes",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("minutes", "version", "kind"), name="minutes_file_unique")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="file_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'a file of minutes does not change';",
                                    hash="11d59fc754b0ad5fec0900e42a225e8f54e38aa1",
                                    operation="UPDATE",
                                    pgid="pgtrigger_file_stays_76822",
                                    table="meetings_minutesfile",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="file_goes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT FROM meetings_minutes AS whole\n        WHERE whole.id = OLD.minutes_id AND whole.state = 'issued' AND whole.version = OLD.version\n    ) THEN\n        RAISE EXCEPTION 'a file of issued minutes is not deleted';\n    END IF;\n    RETURN OLD;\n",
                                    hash="9e92743445ce57a43f1b5873f0b4bfe750b11437",
                                    operation="DELETE",
                                    pgid="pgtrigger_file_goes_d0bf1",
                                    table="meetings_minutesfile",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="not_emptied",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'the table of files of minutes is not emptied';",
                                    hash="d8fd88566cad2534076b55735dbb293cd6fc12c0",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_not_emptied_d8741",
                                    table="meetings_minutesfile",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesJob",
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
                            "minutes",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="jobs",
                                to="meetings.minutes",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="minutes_job_waiting"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("minutes", "version"), name="minutes_job_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
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
                            "minutes",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="meetings.minutes",
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
                        "verbose_name": "receipt",
                        "verbose_name_plural": "receipts",
                        "ordering": ["minutes", "unit__kind", "unit_id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("minutes", "unit"), name="receipt_of_a_unit_once"),
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
                                name="receipt_by_somebody",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_receiptevent" ("is_by_link", "minutes_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "unit_id") VALUES (NEW."is_by_link", NEW."minutes_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."unit_id"); RETURN NULL;',
                                    hash="71beb12b4a61679caf28cae2a27a1007a96df466",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c3f20",
                                    table="meetings_receipt",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."is_by_link" IS DISTINCT FROM (NEW."is_by_link") OR OLD."minutes_id" IS DISTINCT FROM (NEW."minutes_id") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."received_by_id" IS DISTINCT FROM (NEW."received_by_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))',
                                    func='INSERT INTO "meetings_receiptevent" ("is_by_link", "minutes_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "unit_id") VALUES (NEW."is_by_link", NEW."minutes_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."unit_id"); RETURN NULL;',
                                    hash="60372185d5149dc610ea82621338d0dc7583c869",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_21309",
                                    table="meetings_receipt",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_receiptevent" ("is_by_link", "minutes_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "unit_id") VALUES (OLD."is_by_link", OLD."minutes_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."received_at", OLD."received_by_id", OLD."unit_id"); RETURN NULL;',
                                    hash="234ac158aaaeb6e41a609f07397aada89b98cc95",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e3c07",
                                    table="meetings_receipt",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReceiptEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("received_at", models.DateTimeField(null=True, verbose_name="received at")),
                        ("is_by_link", models.BooleanField(default=False)),
                        (
                            "minutes",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.minutes",
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
                                to="meetings.receipt",
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
                                    hash="1596b365ba8d45b8bacc2665270b5108e76cb51b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_32078",
                                    table="meetings_receiptevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Resolution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                        ("rung", models.PositiveSmallIntegerField(default=0)),
                        ("rung_at", models.DateTimeField(blank=True, null=True)),
                        ("watched_from", models.DateTimeField(blank=True, null=True)),
                        ("next_check_at", models.DateTimeField(blank=True, null=True)),
                        ("number", models.CharField(max_length=30, unique=True, verbose_name="number")),
                        ("made_at", models.DateTimeField(verbose_name="resolved at")),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "not in force yet"),
                                    ("open", "being carried out"),
                                    ("reported", "reported as done"),
                                    ("done", "carried out"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="what was resolved")),
                        ("supporting", models.JSONField(blank=True, default=list, verbose_name="supporting units")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                        (
                            "limit_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="limit in working days"
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                        ("enacted_at", models.DateTimeField(blank=True, null=True, verbose_name="in force since")),
                        (
                            "counted_from",
                            models.DateTimeField(blank=True, null=True, verbose_name="limit counted from"),
                        ),
                        ("is_due_provisional", models.BooleanField(default=False)),
                        ("ladder_code", models.CharField(blank=True, max_length=4)),
                        ("urge_count", models.PositiveSmallIntegerField(default=0, verbose_name="urges")),
                        ("supervision_count", models.PositiveSmallIntegerField(default=0, verbose_name="supervisions")),
                        ("is_back", models.BooleanField(default=False, verbose_name="back to the next meeting")),
                        ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="reported done at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolutions",
                                to="meetings.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        (
                            "key_place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.keyplace",
                                verbose_name="key place",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="meetings.memberunit",
                                verbose_name="responsible unit",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolutions",
                                to="meetings.meeting",
                                verbose_name="meeting",
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
                        "verbose_name": "resolution",
                        "verbose_name_plural": "resolutions",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="resolution_due_for_sweep",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["open", "reported"])),
                                fields=["subdistrict", "due_at", "id"],
                                name="resolution_unfinished",
                            ),
                            models.Index(fields=["subdistrict", "-id"], name="resolution_newest"),
                            models.Index(fields=["lead", "-id"], name="resolution_of_lead"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("due_on", None), ("limit_days__gte", 1), ("limit_days__isnull", False)),
                                    models.Q(("due_on__isnull", False), ("limit_days", None)),
                                    _connector="OR",
                                ),
                                name="resolution_says_by_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("due_at", None), ("enacted_at", None), ("state", "draft")),
                                    ("state", "withdrawn"),
                                    models.Q(
                                        ("due_at__isnull", False),
                                        ("enacted_at__isnull", False),
                                        ("state__in", ["open", "reported", "done"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="resolution_in_force_has_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", False), ("state__in", ["done", "withdrawn"])),
                                    models.Q(("ended_at", None), ("state__in", ["draft", "open", "reported"])),
                                    _connector="OR",
                                ),
                                name="resolution_ended_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["reported", "done"]), _negated=True),
                                    ("reported_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="resolution_done_was_reported",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("stuck", "stuck with the district"),
                                    ("escalated", "with a district department"),
                                    ("returned", "returned by a department"),
                                    ("recurring", "comes again and again"),
                                    ("resolution", "resolution not carried out"),
                                    ("by_hand", "put there by hand"),
                                ],
                                default="by_hand",
                                max_length=12,
                                verbose_name="why",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="title")),
                        ("background", models.TextField(blank=True, max_length=2000, verbose_name="background")),
                        ("discussion", models.TextField(blank=True, max_length=10000, verbose_name="discussion")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("saved_at", models.DateTimeField(verbose_name="saved at")),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                                verbose_name="case",
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
                                to="meetings.agendaitem",
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
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.resolution",
                                verbose_name="resolution",
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
                                    hash="1b8de708c8bd890b145ba1a7c1536a2aac70cd27",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6ea58",
                                    table="meetings_agendaitemevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResolutionCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("is_waiting", models.BooleanField(default=True, verbose_name="the case waits for it")),
                        ("is_linked", models.BooleanField(default=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolutions",
                                to="cases.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="meetings.resolution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case of a resolution",
                        "verbose_name_plural": "cases of resolutions",
                        "ordering": ["resolution", "ordinal"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("resolution", "ordinal"), name="resolution_case_ordinal_unique"
                            ),
                            models.UniqueConstraint(fields=("resolution", "case"), name="resolution_case_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResolutionEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=30, verbose_name="event")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("from_state", models.CharField(blank=True, max_length=16)),
                        ("to_state", models.CharField(max_length=16)),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("changes", models.JSONField(default=dict)),
                        ("request_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                        ("request_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="meetings.resolution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["resolution", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("resolution", "seq"), name="resolution_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="resolution_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of resolutions is append-only';",
                                    hash="86c73f27260e7104bfdce21e8c0ced745a017330",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_a9421",
                                    table="meetings_resolutionevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of resolutions is append-only';",
                                    hash="336ee6e24be446e8f1bb3cf32a6dfd50cd1f7e08",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_e89f8",
                                    table="meetings_resolutionevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResolutionNumber",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("last", models.PositiveIntegerField()),
                        (
                            "subdistrict",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.subdistrict"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subdistrict", "year"), name="resolution_number_year_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("coming", "comes"),
                                    ("substitute", "sends a substitute"),
                                    ("excused", "excused"),
                                ],
                                max_length=10,
                                verbose_name="answer",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        (
                            "presence",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("present", "present"),
                                    ("excused", "excused"),
                                    ("observing", "observing, without a vote"),
                                    ("absent", "absent"),
                                ],
                                max_length=10,
                                verbose_name="presence",
                            ),
                        ),
                        ("names", models.CharField(blank=True, max_length=200, verbose_name="who comes")),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="meetings.meeting"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="meetings.memberunit",
                                verbose_name="member unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "seat",
                        "verbose_name_plural": "seats",
                        "ordering": ["meeting", "unit__kind", "unit_id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "unit"), name="seat_of_a_unit_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None)),
                                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="seat_answered_at_a_moment",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_seatevent" ("answer", "answered_at", "meeting_id", "names", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presence", "unit_id") VALUES (NEW."answer", NEW."answered_at", NEW."meeting_id", NEW."names", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."presence", NEW."unit_id"); RETURN NULL;',
                                    hash="85b53417809a0005cb1db1b6c9fa4b2454e0401f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c0e03",
                                    table="meetings_seat",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."names" IS DISTINCT FROM (NEW."names") OR OLD."presence" IS DISTINCT FROM (NEW."presence") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))',
                                    func='INSERT INTO "meetings_seatevent" ("answer", "answered_at", "meeting_id", "names", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presence", "unit_id") VALUES (NEW."answer", NEW."answered_at", NEW."meeting_id", NEW."names", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."presence", NEW."unit_id"); RETURN NULL;',
                                    hash="b9bac354cab4f1296476edab99cf48c5e620880b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_5d033",
                                    table="meetings_seat",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_seatevent" ("answer", "answered_at", "meeting_id", "names", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presence", "unit_id") VALUES (OLD."answer", OLD."answered_at", OLD."meeting_id", OLD."names", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."presence", OLD."unit_id"); RETURN NULL;',
                                    hash="cf89e41f5cb49101549f22edb94be20b592b70d6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_c5507",
                                    table="meetings_seat",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("coming", "comes"),
                                    ("substitute", "sends a substitute"),
                                    ("excused", "excused"),
                                ],
                                max_length=10,
                                verbose_name="answer",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        (
                            "presence",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("present", "present"),
                                    ("excused", "excused"),
                                    ("observing", "observing, without a vote"),
                                    ("absent", "absent"),
                                ],
                                max_length=10,
                                verbose_name="presence",
                            ),
                        ),
                        ("names", models.CharField(blank=True, max_length=200, verbose_name="who comes")),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="meetings.meeting",
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
                                to="meetings.seat",
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
                                    hash="2485641326437073771da9dcefb4641508add5fd",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_fff0b",
                                    table="meetings_seatevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnitLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        ("expires_at", models.DateTimeField(verbose_name="to be opened by")),
                        ("opened_at", models.DateTimeField(null=True, verbose_name="opened at")),
                        ("open_until", models.DateTimeField(null=True, verbose_name="good until")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="meetings.memberunit",
                                verbose_name="member unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link of a unit",
                        "verbose_name_plural": "links of units",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                                name="unit_link_expires_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("open_until", None), ("opened_at", None)),
                                    models.Q(("open_until__isnull", False), ("opened_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="unit_link_opened_for_a_while",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_unitlinkevent" ("ended_at", "expires_at", "id", "made_at", "made_by_id", "open_until", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") VALUES (NEW."ended_at", NEW."expires_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."open_until", NEW."opened_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit_id"); RETURN NULL;',
                                    hash="3e9670d2013ba8705b632c5cd545fecb3f387b47",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_547af",
                                    table="meetings_unitlink",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."open_until" IS DISTINCT FROM (NEW."open_until") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id"))',
                                    func='INSERT INTO "meetings_unitlinkevent" ("ended_at", "expires_at", "id", "made_at", "made_by_id", "open_until", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") VALUES (NEW."ended_at", NEW."expires_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."open_until", NEW."opened_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit_id"); RETURN NULL;',
                                    hash="87dc9e150952af97f3846866ad702b2b09229e96",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c6f15",
                                    table="meetings_unitlink",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "meetings_unitlinkevent" ("ended_at", "expires_at", "id", "made_at", "made_by_id", "open_until", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") VALUES (OLD."ended_at", OLD."expires_at", OLD."id", OLD."made_at", OLD."made_by_id", OLD."open_until", OLD."opened_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit_id"); RETURN NULL;',
                                    hash="a2dce0f65a1f0b436e96e14d599a39f5a3d7d0d9",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_63aae",
                                    table="meetings_unitlink",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnitLinkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        ("expires_at", models.DateTimeField(verbose_name="to be opened by")),
                        ("opened_at", models.DateTimeField(null=True, verbose_name="opened at")),
                        ("open_until", models.DateTimeField(null=True, verbose_name="good until")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
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
                                to="meetings.unitlink",
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
                                    hash="802d2ef6c75bb949c0e96a88364ee955b5162609",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_96e30",
                                    table="meetings_unitlinkevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
        citymgmt.tables.Together(
            [
                migrations.AddField(
                    model_name="agendaitem",
                    name="resolution",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="meetings.resolution",
                        verbose_name="resolution",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agendaitem",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("resolution__isnull", False)),
                        fields=("meeting", "resolution"),
                        name="agenda_resolution_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agendaitem",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("resolution", None), ("reason", "resolution"), _connector="OR"),
                        name="agenda_resolution_says_so",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agendaitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_agendaitemevent" ("background", "case_id", "discussion", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "resolution_id", "saved_at", "saved_by_id", "title", "version") VALUES (NEW."background", NEW."case_id", NEW."discussion", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."reason", NEW."resolution_id", NEW."saved_at", NEW."saved_by_id", NEW."title", NEW."version"); RETURN NULL;',
                            hash="56f00b3363fde4dbaca71895c04b7c86cfcc0feb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f98e2",
                            table="meetings_agendaitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agendaitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."background" IS DISTINCT FROM (NEW."background") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."discussion" IS DISTINCT FROM (NEW."discussion") OR OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."resolution_id" IS DISTINCT FROM (NEW."resolution_id") OR OLD."saved_at" IS DISTINCT FROM (NEW."saved_at") OR OLD."saved_by_id" IS DISTINCT FROM (NEW."saved_by_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "meetings_agendaitemevent" ("background", "case_id", "discussion", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "resolution_id", "saved_at", "saved_by_id", "title", "version") VALUES (NEW."background", NEW."case_id", NEW."discussion", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."reason", NEW."resolution_id", NEW."saved_at", NEW."saved_by_id", NEW."title", NEW."version"); RETURN NULL;',
                            hash="686c9774763342855f02ce0516b45e2e40d2fc48",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ca6ee",
                            table="meetings_agendaitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agendaitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_agendaitemevent" ("background", "case_id", "discussion", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "resolution_id", "saved_at", "saved_by_id", "title", "version") VALUES (OLD."background", OLD."case_id", OLD."discussion", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."reason", OLD."resolution_id", OLD."saved_at", OLD."saved_by_id", OLD."title", OLD."version"); RETURN NULL;',
                            hash="f4f93d87827b741e2d9a6423d1c2e7300e4a2b39",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2c12a",
                            table="meetings_agendaitem",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
