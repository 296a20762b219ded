import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import cases.models.catalogue
import citymgmt.tables
import citymgmt.triggers
from cases.models.search_sql import DROP, FUNCTIONS, TRIGGERS


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_initial"),
        ("cases", "0003_initial"),
        ("cases", "0004_constraints_with_nulls"),
        ("cases", "0005_who_logged_and_indexes"),
        ("cases", "0006_fill_who_logged"),
        ("cases", "0007_photos"),
        ("cases", "0008_places"),
        ("cases", "0009_lists"),
        ("cases", "0010_kept"),
        ("cases", "0011_savedview_tell_version"),
        ("cases", "0012_growth"),
        ("cases", "0013_ended_counted"),
    ]

    initial = True

    dependencies = [
        ("communities", "0005_tables"),
        ("people", "0006_tables"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="Disorder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("key", models.SlugField(max_length=20, unique=True, verbose_name="key")),
                        (
                            "is_six_disorder",
                            models.BooleanField(default=False, verbose_name="one of the six disorders"),
                        ),
                        ("sort_order", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
                    ],
                    options={
                        "verbose_name": "disorder",
                        "verbose_name_plural": "disorders",
                        "ordering": ["sort_order", "key"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="da119c3d4fc6568d8b9f8de7565bb78617f18b4d",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_d72c7",
                                    table="cases_disorder",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "cases_disorderevent" ("id", "is_six_disorder", "key", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sort_order") VALUES (NEW."id", NEW."is_six_disorder", NEW."key", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sort_order"); RETURN NULL;',
                                    hash="ac74416d98c9c7b7975310e799ae64ec1137f774",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_df9ba",
                                    table="cases_disorder",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "cases_disorderevent" ("id", "is_six_disorder", "key", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sort_order") VALUES (NEW."id", NEW."is_six_disorder", NEW."key", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sort_order"); RETURN NULL;',
                                    hash="dc64512ea516e8bc9f299e8693a4ec89746e5475",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_1979c",
                                    table="cases_disorder",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "cases_disorderevent" ("id", "is_six_disorder", "key", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sort_order") VALUES (OLD."id", OLD."is_six_disorder", OLD."key", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sort_order"); RETURN NULL;',
                                    hash="3a1f8a7c05e35cdf081ffc77982499fa9587ca12",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f7cd5",
                                    table="cases_disorder",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Category",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("code_2026", models.CharField(blank=True, max_length=5, verbose_name="code 2026")),
                        ("code_2013", models.CharField(blank=True, max_length=4, verbose_name="code 2013")),
                        ("is_local_extension", models.BooleanField(default=False, verbose_name="local extension")),
                        ("pinyin", models.CharField(blank=True, max_length=30, verbose_name="pinyin initials")),
                        ("aliases_zh", models.CharField(blank=True, max_length=200, verbose_name="other names")),
                        ("help_zh", models.TextField(blank=True, verbose_name="boundary rule")),
                        ("help_en", models.TextField(blank=True, verbose_name="boundary rule (English)")),
                        (
                            "department_key",
                            models.SlugField(blank=True, max_length=30, verbose_name="department for escalation"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "disorder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="categories",
                                to="cases.disorder",
                                verbose_name="disorder",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "category",
                        "verbose_name_plural": "categories",
                        "ordering": ["disorder__sort_order", "code_2026", "code_2013"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code_2026", ""), _negated=True),
                                    models.Q(("code_2013", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="category_has_a_code",
                            ),
                            models.UniqueConstraint(
                                fields=("code_2026", "code_2013", "name_zh"), name="category_code_unique"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="89ba8f1ef0de109766205820b1f3ad9994003a45",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_802fb",
                                    table="cases_category",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "cases_categoryevent" ("aliases_zh", "code_2013", "code_2026", "department_key", "disorder_id", "help_en", "help_zh", "id", "is_active", "is_local_extension", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin") VALUES (NEW."aliases_zh", NEW."code_2013", NEW."code_2026", NEW."department_key", NEW."disorder_id", NEW."help_en", NEW."help_zh", NEW."id", NEW."is_active", NEW."is_local_extension", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pinyin"); RETURN NULL;',
                                    hash="5ed8e8f45a8cbf218430002f7bb391a70290cd8b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b8e27",
                                    table="cases_category",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "cases_categoryevent" ("aliases_zh", "code_2013", "code_2026", "department_key", "disorder_id", "help_en", "help_zh", "id", "is_active", "is_local_extension", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin") VALUES (NEW."aliases_zh", NEW."code_2013", NEW."code_2026", NEW."department_key", NEW."disorder_id", NEW."help_en", NEW."help_zh", NEW."id", NEW."is_active", NEW."is_local_extension", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pinyin"); RETURN NULL;',
                                    hash="0b847d97d5cac74a737f93ebe689ea31012a6c23",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d61bc",
                                    table="cases_category",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "cases_categoryevent" ("aliases_zh", "code_2013", "code_2026", "department_key", "disorder_id", "help_en", "help_zh", "id", "is_active", "is_local_extension", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin") VALUES (OLD."aliases_zh", OLD."code_2013", OLD."code_2026", OLD."department_key", OLD."disorder_id", OLD."help_en", OLD."help_zh", OLD."id", OLD."is_active", OLD."is_local_extension", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pinyin"); RETURN NULL;',
                                    hash="b2037199a70535c6a5cc347363f8802a9937e46f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_907f9",
                                    table="cases_category",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseStandard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "line",
                            models.PositiveIntegerField(
                                help_text="Row of the catalogue x 10 + part; versions share it.", verbose_name="line"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                        ("condition_zh", models.CharField(max_length=300, verbose_name="filing condition")),
                        (
                            "condition_en",
                            models.CharField(blank=True, max_length=300, verbose_name="filing condition (English)"),
                        ),
                        ("closing_zh", models.CharField(max_length=200, verbose_name="closing condition")),
                        (
                            "closing_en",
                            models.CharField(blank=True, max_length=200, verbose_name="closing condition (English)"),
                        ),
                        (
                            "zone",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "everywhere"),
                                    (1, "zone A (core)"),
                                    (2, "zone B"),
                                    (3, "zone C (general)"),
                                ],
                                default=0,
                                verbose_name="zone",
                            ),
                        ),
                        ("limit_value", models.PositiveSmallIntegerField(verbose_name="limit")),
                        (
                            "limit_unit",
                            models.CharField(
                                choices=[
                                    ("uh", "urgent hour"),
                                    ("ud", "urgent day"),
                                    ("wh", "working hour"),
                                    ("wd", "working day"),
                                    ("nd", "natural day"),
                                ],
                                max_length=2,
                                verbose_name="unit",
                            ),
                        ),
                        ("handled_by", models.CharField(blank=True, max_length=120, verbose_name="handling units")),
                        (
                            "department_key",
                            models.SlugField(blank=True, max_length=30, verbose_name="department for escalation"),
                        ),
                        ("legal_basis_zh", models.TextField(blank=True, verbose_name="legal basis")),
                        (
                            "street_may_penalise",
                            models.BooleanField(default=False, verbose_name="sub-district may penalise"),
                        ),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="valid")),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standards",
                                to="cases.category",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case standard",
                        "verbose_name_plural": "case standards",
                        "ordering": ["category__disorder__sort_order", "line", "zone", "version"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[(cases.models.catalogue._LineAndZone(), "&&"), ("validity", "&&")],
                                name="one_standard_each_day",
                            ),
                            models.UniqueConstraint(fields=("line", "zone", "version"), name="standard_version_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("limit_value__range", (1, 400))), name="standard_limit_sane"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("validity__isempty", False)), name="standard_validity_not_empty"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="5cbecf72d386b618976a200541d4e9cb6f7cf022",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_fbb29",
                                    table="cases_casestandard",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "cases_casestandardevent" ("category_id", "closing_en", "closing_zh", "condition_en", "condition_zh", "department_key", "handled_by", "id", "legal_basis_zh", "limit_unit", "limit_value", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "street_may_penalise", "validity", "version", "zone") VALUES (NEW."category_id", NEW."closing_en", NEW."closing_zh", NEW."condition_en", NEW."condition_zh", NEW."department_key", NEW."handled_by", NEW."id", NEW."legal_basis_zh", NEW."limit_unit", NEW."limit_value", NEW."line", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."street_may_penalise", NEW."validity", NEW."version", NEW."zone"); RETURN NULL;',
                                    hash="d67a738cdcd5b4e07569b83a944552b6d122bee3",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2d0ab",
                                    table="cases_casestandard",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "cases_casestandardevent" ("category_id", "closing_en", "closing_zh", "condition_en", "condition_zh", "department_key", "handled_by", "id", "legal_basis_zh", "limit_unit", "limit_value", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "street_may_penalise", "validity", "version", "zone") VALUES (NEW."category_id", NEW."closing_en", NEW."closing_zh", NEW."condition_en", NEW."condition_zh", NEW."department_key", NEW."handled_by", NEW."id", NEW."legal_basis_zh", NEW."limit_unit", NEW."limit_value", NEW."line", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."street_may_penalise", NEW."validity", NEW."version", NEW."zone"); RETURN NULL;',
                                    hash="a40e5ff63bb6979c03fdf00d3b6e34cff733a77a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ede72",
                                    table="cases_casestandard",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "cases_casestandardevent" ("category_id", "closing_en", "closing_zh", "condition_en", "condition_zh", "department_key", "handled_by", "id", "legal_basis_zh", "limit_unit", "limit_value", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "street_may_penalise", "validity", "version", "zone") VALUES (OLD."category_id", OLD."closing_en", OLD."closing_zh", OLD."condition_en", OLD."condition_zh", OLD."department_key", OLD."handled_by", OLD."id", OLD."legal_basis_zh", OLD."limit_unit", OLD."limit_value", OLD."line", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."street_may_penalise", OLD."validity", OLD."version", OLD."zone"); RETURN NULL;',
                                    hash="1b23a822fd1d7589879557fbba4776535dab945b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_82a3c",
                                    table="cases_casestandard",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Case",
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
                        ("number", models.CharField(max_length=30, unique=True, verbose_name="case number")),
                        ("description", models.TextField(max_length=2000, verbose_name="description")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True, decimal_places=7, max_digits=10, null=True, verbose_name="longitude"
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True, decimal_places=7, max_digits=9, null=True, verbose_name="latitude"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("patrol", "patrol"),
                                    ("call", "telephone call"),
                                    ("visit", "visitor"),
                                    ("hotline", "12345 hotline"),
                                    ("paper", "letter or paper"),
                                    ("citizen", "citizen's report"),
                                    ("media", "media"),
                                    ("video", "video"),
                                    ("inspection", "inspection from above"),
                                    ("ledger", "imported ledger"),
                                ],
                                max_length=12,
                                verbose_name="source",
                            ),
                        ),
                        ("is_campaign", models.BooleanField(default=False, verbose_name="campaign work")),
                        (
                            "external_ref",
                            models.CharField(blank=True, max_length=60, verbose_name="number in the old ledger"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="reported at")),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reported", "reported"),
                                    ("accepted", "accepted"),
                                    ("verifying", "being verified"),
                                    ("filed", "filed, to be dispatched"),
                                    ("dispatched", "dispatched"),
                                    ("handling", "being handled"),
                                    ("escalated", "with the district"),
                                    ("suspended", "suspended"),
                                    ("reported_back", "to be inspected"),
                                    ("closed", "closed"),
                                    ("declined", "declined"),
                                    ("not_filed", "not filed"),
                                    ("merged", "merged"),
                                    ("void", "void"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("condition_zh", models.CharField(blank=True, max_length=300)),
                        ("condition_en", models.CharField(blank=True, max_length=300)),
                        ("closing_zh", models.CharField(blank=True, max_length=200)),
                        ("closing_en", models.CharField(blank=True, max_length=200)),
                        ("limit_value", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="limit")),
                        (
                            "limit_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("uh", "urgent hour"),
                                    ("ud", "urgent day"),
                                    ("wh", "working hour"),
                                    ("wd", "working day"),
                                    ("nd", "natural day"),
                                ],
                                max_length=2,
                                verbose_name="unit",
                            ),
                        ),
                        ("filed_at", models.DateTimeField(blank=True, null=True, verbose_name="filed at")),
                        ("is_due_provisional", models.BooleanField(default=False, verbose_name="provisional deadline")),
                        ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="handled at")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "close_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("normal", "normal"),
                                    ("overdue", "overdue"),
                                    ("error", "with error"),
                                    ("special", "special"),
                                    ("self_handled", "self-handled"),
                                ],
                                max_length=12,
                                verbose_name="kind of closing",
                            ),
                        ),
                        (
                            "closing_note",
                            models.CharField(blank=True, max_length=300, verbose_name="closing condition met"),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        ("left", models.DurationField(blank=True, null=True)),
                        (
                            "suspended_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="suspended until"),
                        ),
                        ("suspension_count", models.PositiveSmallIntegerField(default=0)),
                        ("extension_count", models.PositiveSmallIntegerField(default=0, verbose_name="extensions")),
                        ("rework_count", models.PositiveSmallIntegerField(default=0, verbose_name="rework")),
                        ("return_count", models.PositiveSmallIntegerField(default=0, verbose_name="returns")),
                        ("urge_count", models.PositiveSmallIntegerField(default=0, verbose_name="urges")),
                        ("supervision_count", models.PositiveSmallIntegerField(default=0, verbose_name="supervisions")),
                        ("was_escalated", models.BooleanField(default=False)),
                        ("ladder_code", models.CharField(blank=True, max_length=4, verbose_name="ladder")),
                        (
                            "appeal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "none"),
                                    ("pending", "pending"),
                                    ("upheld", "upheld: exempt from the statistics"),
                                    ("rejected", "rejected"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="appeal",
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                                verbose_name="department for escalation",
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="assigned to",
                            ),
                        ),
                        (
                            "key_place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="communities.keyplace",
                                verbose_name="key place",
                            ),
                        ),
                        (
                            "logged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="logged by",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="cases.case",
                                verbose_name="merged into",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="officer",
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
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "standard",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="cases.casestandard",
                                verbose_name="standard",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="cases.category",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case",
                        "verbose_name_plural": "cases",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="case_due_for_sweep",
                            ),
                            models.Index(fields=["subdistrict", "-created_at", "-id"], name="case_newest"),
                            models.Index(fields=["subdistrict", "due_at", "-id"], name="case_by_due"),
                            models.Index(
                                fields=["subdistrict", "state", "-created_at", "-id"], name="case_by_state_newest"
                            ),
                            models.Index(
                                django.contrib.postgres.indexes.OpClass(
                                    django.db.models.functions.text.Reverse("number"), name="text_pattern_ops"
                                ),
                                name="case_by_number_end",
                            ),
                            models.Index(fields=["subdistrict", "state", "due_at"], name="case_by_state"),
                            models.Index(fields=["community", "state", "due_at"], name="case_by_community"),
                            models.Index(
                                models.F("officer"),
                                models.F("subdistrict"),
                                models.OrderBy(models.F("due_at"), nulls_first=True),
                                models.F("id"),
                                condition=models.Q(("closed_at", None)),
                                include=("state",),
                                name="case_open_of_officer",
                            ),
                            models.Index(
                                models.F("team"),
                                models.OrderBy(models.F("due_at"), nulls_first=True),
                                models.F("id"),
                                condition=models.Q(("closed_at", None)),
                                include=("state", "handler"),
                                name="case_open_of_team",
                            ),
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["subdistrict", "due_at"],
                                name="case_open_by_place",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["dispatched", "escalated", "filed", "handling"])),
                                fields=["subdistrict", "due_at", "id"],
                                include=("state",),
                                name="case_running_by_due",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["dispatched", "escalated", "filed", "handling"])),
                                fields=["subdistrict", "ladder_code", "due_at", "id"],
                                name="case_running_by_rung",
                            ),
                            models.Index(fields=["category", "-created_at", "-id"], name="case_by_category"),
                            models.Index(fields=["community", "-created_at", "-id"], name="case_by_community_newest"),
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["longitude", "latitude"],
                                name="case_open_by_point",
                            ),
                            models.Index(
                                condition=models.Q(("closed_at", None), ("key_place__isnull", False)),
                                fields=["key_place"],
                                name="case_open_by_key_place",
                            ),
                            models.Index(
                                condition=models.Q(("address", ""), _negated=True),
                                fields=["community", "address"],
                                name="case_by_address",
                            ),
                            models.Index(
                                condition=models.Q(("closed_at__isnull", False)),
                                fields=["subdistrict", "closed_at"],
                                include=("state",),
                                name="case_ended_by_place",
                            ),
                            models.Index(
                                condition=models.Q(("closed_at", None), ("is_due_provisional", True)),
                                fields=["id"],
                                name="case_open_provisional",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "reported",
                                            "accepted",
                                            "verifying",
                                            "filed",
                                            "dispatched",
                                            "handling",
                                            "escalated",
                                            "suspended",
                                            "reported_back",
                                            "closed",
                                            "declined",
                                            "not_filed",
                                            "merged",
                                            "void",
                                        ],
                                    )
                                ),
                                name="case_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            [
                                                "dispatched",
                                                "escalated",
                                                "filed",
                                                "handling",
                                                "reported_back",
                                                "suspended",
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    ("due_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="case_clocked_has_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("state__in", ["closed", "declined", "merged", "not_filed", "void"]),
                                    ),
                                    models.Q(
                                        ("closed_at__isnull", True),
                                        models.Q(
                                            ("state__in", ["closed", "declined", "merged", "not_filed", "void"]),
                                            _negated=True,
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_ended_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(("close_kind", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="case_closed_has_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "merged"), _negated=True),
                                    ("merged_into__isnull", False),
                                    _connector="OR",
                                ),
                                name="case_merged_has_target",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "suspended"), _negated=True),
                                    ("suspended_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="case_suspended_ends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("extension_count__lte", 2)), name="case_extended_twice_at_most"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("suspension_count__lte", 1)), name="case_suspended_once_at_most"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["closed", "declined", "merged", "not_filed", "void"]),
                                        _negated=True,
                                    ),
                                    ("next_check_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="case_ended_sleeps",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                                    models.Q(
                                        ("latitude__isnull", False),
                                        ("longitude__isnull", False),
                                        ("latitude__range", (-90, 90)),
                                        ("longitude__range", (-180, 180)),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_point_on_earth",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("external_ref", ""), _negated=True),
                                fields=("subdistrict", "external_ref"),
                                name="case_external_ref_unique",
                            ),
                        ],
                    },
                ),
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
                migrations.CreateModel(
                    name="CaseEvent",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="cases.case"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["case", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "seq"), name="case_event_seq_unique"),
                            models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="case_event_seq_from_one"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of cases is append-only';",
                                    hash="c6cbb2eb4c3c966e332a9122ff7238eda3265f8d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_b0eed",
                                    table="cases_caseevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of cases is append-only';",
                                    hash="5bfd9e2ef9d8ddcffc01a939a8b8180b0614cdb7",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_fa1e5",
                                    table="cases_caseevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseNumber",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("last", models.PositiveIntegerField()),
                        (
                            "subdistrict",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.subdistrict"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "on"), name="case_number_day_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseStandardEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "line",
                            models.PositiveIntegerField(
                                help_text="Row of the catalogue x 10 + part; versions share it.", verbose_name="line"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                        ("condition_zh", models.CharField(max_length=300, verbose_name="filing condition")),
                        (
                            "condition_en",
                            models.CharField(blank=True, max_length=300, verbose_name="filing condition (English)"),
                        ),
                        ("closing_zh", models.CharField(max_length=200, verbose_name="closing condition")),
                        (
                            "closing_en",
                            models.CharField(blank=True, max_length=200, verbose_name="closing condition (English)"),
                        ),
                        (
                            "zone",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "everywhere"),
                                    (1, "zone A (core)"),
                                    (2, "zone B"),
                                    (3, "zone C (general)"),
                                ],
                                default=0,
                                verbose_name="zone",
                            ),
                        ),
                        ("limit_value", models.PositiveSmallIntegerField(verbose_name="limit")),
                        (
                            "limit_unit",
                            models.CharField(
                                choices=[
                                    ("uh", "urgent hour"),
                                    ("ud", "urgent day"),
                                    ("wh", "working hour"),
                                    ("wd", "working day"),
                                    ("nd", "natural day"),
                                ],
                                max_length=2,
                                verbose_name="unit",
                            ),
                        ),
                        ("handled_by", models.CharField(blank=True, max_length=120, verbose_name="handling units")),
                        (
                            "department_key",
                            models.SlugField(
                                blank=True, db_index=False, max_length=30, verbose_name="department for escalation"
                            ),
                        ),
                        ("legal_basis_zh", models.TextField(blank=True, verbose_name="legal basis")),
                        (
                            "street_may_penalise",
                            models.BooleanField(default=False, verbose_name="sub-district may penalise"),
                        ),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="valid")),
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
                                to="cases.casestandard",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.category",
                                verbose_name="category",
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
                                    hash="0cf2b25ba74f21cdfe8549659cdf34a6f49c45a0",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_b094c",
                                    table="cases_casestandardevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CategoryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("code_2026", models.CharField(blank=True, max_length=5, verbose_name="code 2026")),
                        ("code_2013", models.CharField(blank=True, max_length=4, verbose_name="code 2013")),
                        ("is_local_extension", models.BooleanField(default=False, verbose_name="local extension")),
                        ("pinyin", models.CharField(blank=True, max_length=30, verbose_name="pinyin initials")),
                        ("aliases_zh", models.CharField(blank=True, max_length=200, verbose_name="other names")),
                        ("help_zh", models.TextField(blank=True, verbose_name="boundary rule")),
                        ("help_en", models.TextField(blank=True, verbose_name="boundary rule (English)")),
                        (
                            "department_key",
                            models.SlugField(
                                blank=True, db_index=False, max_length=30, verbose_name="department for escalation"
                            ),
                        ),
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
                                to="cases.category",
                            ),
                        ),
                        (
                            "disorder",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.disorder",
                                verbose_name="disorder",
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
                                    hash="0f6f3b845c751e937042f7127926a0814265fbad",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_aa147",
                                    table="cases_categoryevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisorderEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("key", models.SlugField(db_index=False, max_length=20, verbose_name="key")),
                        (
                            "is_six_disorder",
                            models.BooleanField(default=False, verbose_name="one of the six disorders"),
                        ),
                        ("sort_order", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
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
                                to="cases.disorder",
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
                                    hash="d11597db19bd29ea368e8ef4ee732a6ad24455a9",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_9e38f",
                                    table="cases_disorderevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Escalation",
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
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("number", models.CharField(max_length=40, unique=True, verbose_name="supervision number")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "sent"),
                                    ("acknowledged", "acknowledged"),
                                    ("replied", "replied"),
                                    ("returned", "returned by the department"),
                                    ("taken_back", "taken back"),
                                ],
                                default="sent",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("is_automatic", models.BooleanField(default=False, verbose_name="automatic")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        (
                            "acknowledged_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="acknowledged at"),
                        ),
                        ("reply_due_at", models.DateTimeField(verbose_name="reply due")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        ("reply", models.TextField(blank=True, verbose_name="reply")),
                        ("urge_count", models.PositiveSmallIntegerField(default=0, verbose_name="urges")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="escalations", to="cases.case"
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                                verbose_name="department",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "escalation",
                        "verbose_name_plural": "escalations",
                        "ordering": ["-sent_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at", None)),
                                fields=["department", "due_at", "id"],
                                name="escalation_open_of_department",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at", None)),
                                fields=["due_at", "id"],
                                name="escalation_open_by_due",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", False)),
                                fields=["department", "-ended_at", "-id"],
                                name="escalation_ended_of_department",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", False)),
                                fields=["-ended_at", "-id"],
                                name="escalation_ended_newest",
                            ),
                            models.Index(fields=["department", "-id"], name="escalation_by_department"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "ordinal"), name="escalation_ordinal_unique"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["sent", "acknowledged"])),
                                fields=("case",),
                                name="one_open_escalation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("due_at__isnull", False),
                                        ("ended_at__isnull", True),
                                        ("state__in", ["sent", "acknowledged"]),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        models.Q(("state__in", ["sent", "acknowledged"]), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="escalation_open_has_deadline",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExportJob",
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
                        ("kind", models.CharField(choices=[("csv", "CSV"), ("xlsx", "Excel")], max_length=4)),
                        ("query", models.CharField(blank=True, max_length=2000)),
                        ("columns", models.JSONField(default=list)),
                        ("language", models.CharField(max_length=10)),
                        ("request_key", models.CharField(max_length=120, unique=True)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="export_waiting")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Photo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="uploaded at")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("before", "before"), ("after", "after"), ("other", "other")],
                                max_length=6,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "being prepared"),
                                    ("ready", "ready"),
                                    ("refused", "cannot be used"),
                                ],
                                default="waiting",
                                max_length=7,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=20)),
                        ("request_key", models.CharField(max_length=120)),
                        ("upload_sha256", models.CharField(max_length=64)),
                        ("incoming", models.CharField(blank=True, max_length=32)),
                        ("attempt", models.PositiveSmallIntegerField(default=0)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("thumbnail_sha256", models.CharField(blank=True, max_length=64)),
                        ("width", models.PositiveIntegerField(default=0)),
                        ("height", models.PositiveIntegerField(default=0)),
                        ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken at")),
                        ("longitude", models.DecimalField(blank=True, decimal_places=7, max_digits=10, null=True)),
                        ("latitude", models.DecimalField(blank=True, decimal_places=7, max_digits=9, null=True)),
                        ("redactions", models.PositiveSmallIntegerField(default=0, verbose_name="redactions")),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="cases.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="cases.caseevent",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo",
                        "verbose_name_plural": "photos",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="photo_waiting"),
                            models.Index(condition=models.Q(("case", None)), fields=["created_at"], name="photo_draft"),
                            models.Index(fields=["sha256"], name="photo_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="photo_by_thumbnail"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("uploaded_by", "request_key"), name="photo_request_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["before", "after", "other"])), name="photo_kind_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="photo_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("case__isnull", True), ("event__isnull", True)),
                                    models.Q(("case__isnull", False), ("event__isnull", False)),
                                    _connector="OR",
                                ),
                                name="photo_of_case_has_event",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("height__gte", 1),
                                        ("state", "ready"),
                                        ("width__gte", 1),
                                        models.Q(("sha256", ""), _negated=True),
                                        models.Q(("thumbnail_sha256", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "ready"), _negated=True),
                                        ("height", 0),
                                        ("sha256", ""),
                                        ("thumbnail_sha256", ""),
                                        ("width", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="photo_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="photo_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="photo_refused_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                                    models.Q(
                                        ("case__isnull", True),
                                        ("latitude__range", (-90, 90)),
                                        ("longitude__range", (-180, 180)),
                                        ("latitude__isnull", False),
                                        ("longitude__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="photo_point_of_drafts_only",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reporter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=60, verbose_name="name of the reporter")),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=30, verbose_name="telephone of the reporter"),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reporter", to="cases.case"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reporter",
                        "verbose_name_plural": "reporters",
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=40, verbose_name="name")),
                        ("query", models.CharField(blank=True, max_length=2000)),
                        ("columns", models.JSONField(default=list)),
                        ("is_shared", models.BooleanField(default=False, verbose_name="shared with the office")),
                        ("created_at", models.DateTimeField()),
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
                    ],
                    options={
                        "verbose_name": "saved view",
                        "verbose_name_plural": "saved views",
                        "ordering": ["name", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name"), name="saved_view_name_unique"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_shared", False), ("subdistrict__isnull", False), _connector="OR"
                                ),
                                name="saved_view_shared_in_an_office",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="53b9c29626de6f62c43f5fbbb78d0a8fc8de1372",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_61838",
                                    table="cases_savedview",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TimeRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("extension", "extension"), ("suspension", "suspension")],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waiting for review"),
                                    ("reviewed", "waiting for approval"),
                                    ("approved", "approved"),
                                    ("refused", "refused"),
                                    ("withdrawn", "no longer needed"),
                                ],
                                default="asked",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "extra_value",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="more time"),
                        ),
                        (
                            "extra_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("uh", "urgent hour"),
                                    ("ud", "urgent day"),
                                    ("wh", "working hour"),
                                    ("wd", "working day"),
                                    ("nd", "natural day"),
                                ],
                                max_length=2,
                                verbose_name="unit",
                            ),
                        ),
                        ("until", models.DateTimeField(blank=True, null=True, verbose_name="suspended until")),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                        (
                            "asked_by",
                            models.ForeignKey(
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
                                related_name="time_requests",
                                to="cases.case",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
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
                    ],
                    options={
                        "verbose_name": "request for time",
                        "verbose_name_plural": "requests for time",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["asked", "reviewed"])),
                                fields=["state", "id"],
                                name="request_pending",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "ordinal"), name="time_request_ordinal_unique"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["asked", "reviewed"])),
                                fields=("case",),
                                name="one_pending_request",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("extra_value__gte", 1),
                                        ("extra_value__isnull", False),
                                        ("kind", "extension"),
                                        ("until", None),
                                    ),
                                    models.Q(("extra_value", None), ("kind", "suspension"), ("until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="time_request_says_how_long",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reviewed_by", None),
                                    models.Q(("reviewed_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="time_request_four_eyes_review",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(
                                        ("reviewed_by__isnull", False),
                                        ("decided_by__isnull", False),
                                        models.Q(("decided_by", models.F("reviewed_by")), _negated=True),
                                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="time_request_two_levels",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(
            sql=FUNCTIONS,
            reverse_sql=DROP,
        ),
        migrations.AddIndex(
            model_name="casetext",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(models.F("text"), function="cjk_tokens"), fastupdate=False, name="case_text_tokens"
            ),
        ),
        migrations.RunSQL(
            sql=TRIGGERS,
            reverse_sql="",
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
