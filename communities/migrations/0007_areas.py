"""Residential areas with histories, assessments, pilots, contracts and reviews; local rules of an office."""

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers
import communities.models.duties


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0006_boards"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="LocalRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                choices=[
                                    ("area_assess", "An area that is being improved is assessed again within"),
                                    ("area_pilot", "A ready area begins its pilot within"),
                                    ("area_review", "The service under a contract is reviewed every"),
                                    ("delivered", "Handed-over floor area, of the whole, needed to apply"),
                                    ("applicants", "Owners, of all, needed to apply"),
                                    ("answer", "The office answers an application within"),
                                    ("group", "After the answer the preparatory group is formed within"),
                                    ("assembly", "After the group the first assembly is held within"),
                                    ("notice", "All owners are told of the assembly, at least so long ahead"),
                                    ("filing", "The committee files with the office, after its election, within"),
                                    ("check", "The office checks a filing within"),
                                    ("term", "The term of a committee lasts at most"),
                                    ("reelect", "The re-election begins, before the term ends, by"),
                                    ("members_least", "Members of a committee, at least"),
                                    ("members_most", "Members of a committee, at most"),
                                ],
                                max_length=20,
                                verbose_name="rule",
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="in force from")),
                        ("value", models.PositiveSmallIntegerField(verbose_name="value")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("nd", "natural days"),
                                    ("wd", "working days"),
                                    ("mo", "months"),
                                    ("yr", "years"),
                                    ("pc", "percent"),
                                    ("pe", "people"),
                                ],
                                max_length=2,
                                verbose_name="unit",
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
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
                        "verbose_name": "local rule",
                        "verbose_name_plural": "local rules",
                        "ordering": ["subdistrict", "name", "-from_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subdistrict", "name", "from_on"), name="local_rule_once_a_day"
                            ),
                            models.CheckConstraint(condition=models.Q(("value__gte", 1)), name="local_rule_positive"),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True), name="local_rule_has_source"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_localruleevent" ("from_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "subdistrict_id", "unit", "value") VALUES (NEW."from_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."subdistrict_id", NEW."unit", NEW."value"); RETURN NULL;',
                                    hash="d7e21c84e621a167750ad1324325df0abd6c1b38",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2205b",
                                    table="communities_localrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "communities_localruleevent" ("from_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "subdistrict_id", "unit", "value") VALUES (NEW."from_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."subdistrict_id", NEW."unit", NEW."value"); RETURN NULL;',
                                    hash="cde3920e3b5f2e80ca2ae5dd65ab0c842731d169",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_4cfa2",
                                    table="communities_localrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_localruleevent" ("from_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "subdistrict_id", "unit", "value") VALUES (OLD."from_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."subdistrict_id", OLD."unit", OLD."value"); RETURN NULL;',
                                    hash="83f1ceb5eb7db8c597d4389fd1ebcb5104b5a5cc",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_c08db",
                                    table="communities_localrule",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LocalRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "name",
                            models.CharField(
                                choices=[
                                    ("area_assess", "An area that is being improved is assessed again within"),
                                    ("area_pilot", "A ready area begins its pilot within"),
                                    ("area_review", "The service under a contract is reviewed every"),
                                    ("delivered", "Handed-over floor area, of the whole, needed to apply"),
                                    ("applicants", "Owners, of all, needed to apply"),
                                    ("answer", "The office answers an application within"),
                                    ("group", "After the answer the preparatory group is formed within"),
                                    ("assembly", "After the group the first assembly is held within"),
                                    ("notice", "All owners are told of the assembly, at least so long ahead"),
                                    ("filing", "The committee files with the office, after its election, within"),
                                    ("check", "The office checks a filing within"),
                                    ("term", "The term of a committee lasts at most"),
                                    ("reelect", "The re-election begins, before the term ends, by"),
                                    ("members_least", "Members of a committee, at least"),
                                    ("members_most", "Members of a committee, at most"),
                                ],
                                max_length=20,
                                verbose_name="rule",
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="in force from")),
                        ("value", models.PositiveSmallIntegerField(verbose_name="value")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("nd", "natural days"),
                                    ("wd", "working days"),
                                    ("mo", "months"),
                                    ("yr", "years"),
                                    ("pc", "percent"),
                                    ("pe", "people"),
                                ],
                                max_length=2,
                                verbose_name="unit",
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
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
                                to="communities.localrule",
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
                                    hash="fd82a5075badbee44e772d25c2b0838d75a8e7fd",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_56082",
                                    table="communities_localruleevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadinessStandard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        ("threshold", models.PositiveSmallIntegerField(verbose_name="ready from")),
                        ("criteria", models.JSONField(verbose_name="criteria")),
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
                        "verbose_name": "readiness standard",
                        "verbose_name_plural": "readiness standards",
                        "ordering": ["subdistrict", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "number"), name="readiness_standard_once"),
                            models.CheckConstraint(
                                condition=models.Q(("threshold__range", (1, 100))), name="readiness_threshold_possible"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A version of the readiness standard is append-only';",
                                    hash="52afa7c8b689795484cdcd878d3eb027c8168a56",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_17c89",
                                    table="communities_readinessstandard",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A version of the readiness standard is append-only';",
                                    hash="f976769ac6535e26a4ea5fb44e59bf59af00adea",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_9190f",
                                    table="communities_readinessstandard",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResidentialArea",
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
                        ("version", models.PositiveIntegerField(default=0)),
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
                        (
                            "counted_from",
                            models.DateTimeField(blank=True, null=True, verbose_name="limit counted from"),
                        ),
                        ("is_due_provisional", models.BooleanField(default=False)),
                        ("ladder_code", models.CharField(blank=True, max_length=4)),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=7,
                                max_digits=10,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="longitude",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=7,
                                max_digits=9,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("improve", "being improved"),
                                    ("assessed", "ready for a pilot"),
                                    ("pilot", "in a pilot"),
                                    ("contract", "under contract"),
                                    ("review", "under contract, service reviewed"),
                                    ("struck", "struck off"),
                                ],
                                max_length=16,
                                verbose_name="stage",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("old", "old residential area"),
                                    ("market", "commercial housing"),
                                    ("unit", "housing of a work unit"),
                                    ("relocation", "relocation housing"),
                                    ("public", "public rental housing"),
                                    ("village", "village in the city"),
                                    ("other", "other"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "built_year",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of completion"),
                        ),
                        ("building_count", models.PositiveSmallIntegerField(verbose_name="buildings")),
                        ("household_count", models.PositiveIntegerField(verbose_name="households")),
                        (
                            "floor_area_m2",
                            models.DecimalField(decimal_places=2, max_digits=10, verbose_name="floor area in m²"),
                        ),
                        ("stepped_on", models.DateField(verbose_name="last step on")),
                        ("provider", models.CharField(blank=True, max_length=80, verbose_name="provider")),
                        (
                            "fee",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="fee per m² and month, in yuan",
                            ),
                        ),
                        (
                            "covered_since",
                            models.DateField(blank=True, null=True, verbose_name="under property management since"),
                        ),
                        ("trial_until", models.DateField(blank=True, null=True, verbose_name="trial until")),
                        ("contract_until", models.DateField(blank=True, null=True, verbose_name="contract until")),
                        ("next_review_on", models.DateField(blank=True, null=True, verbose_name="next review by")),
                        (
                            "score",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="readiness"
                            ),
                        ),
                        (
                            "is_blocked",
                            models.BooleanField(default=False, verbose_name="a condition that must be met is not"),
                        ),
                        ("assessed_on", models.DateField(blank=True, null=True, verbose_name="assessed on")),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "residential area",
                        "verbose_name_plural": "residential areas",
                        "ordering": ["community", "name"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="area_due_for_sweep",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "struck"), _negated=True),
                                fields=("community", "name"),
                                name="area_name_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("building_count__gte", 1), ("floor_area_m2__gt", 0), ("household_count__gte", 1)
                                ),
                                name="area_has_size",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("covered_since__isnull", False),
                                        ("next_review_on__isnull", False),
                                        ("state__in", ("contract", "review")),
                                        models.Q(("provider", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("contract", "review")), _negated=True),
                                        ("contract_until", None),
                                        ("covered_since", None),
                                        ("next_review_on", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="area_covered_by_contract",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "pilot"), ("trial_until__isnull", False)),
                                    models.Q(models.Q(("state", "pilot"), _negated=True), ("trial_until", None)),
                                    _connector="OR",
                                ),
                                name="area_pilot_has_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("due_at__isnull", False),
                                        ("state__in", ("improve", "assessed", "pilot", "contract", "review")),
                                    ),
                                    models.Q(("due_at", None), ("state", "struck")),
                                    _connector="OR",
                                ),
                                name="area_standing_is_due",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude", None), ("longitude", None)),
                                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                                    _connector="OR",
                                ),
                                name="area_point_on_earth",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="area_steps_in_order",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="IF TG_OP = 'INSERT' THEN IF NEW.state = 'improve' OR NEW.state = 'contract' THEN RETURN NEW; END IF; ELSIF NEW.state = OLD.state OR (OLD.state || ' ' || NEW.state) IN ('assessed assessed', 'assessed improve', 'assessed pilot', 'assessed struck', 'contract improve', 'contract review', 'improve assessed', 'improve improve', 'improve struck', 'pilot contract', 'pilot improve', 'review improve', 'review review') THEN RETURN NEW; END IF; RAISE EXCEPTION 'This is no step of a residential area';",
                                    hash="a280e5955f5ddbfb11c1bc9ba463351adfd40129",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_area_steps_in_order_c47f5",
                                    table="communities_residentialarea",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PropertyContract",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("provider", models.CharField(max_length=80, verbose_name="provider")),
                        (
                            "fee",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="fee per m² and month, in yuan"
                            ),
                        ),
                        ("from_on", models.DateField(db_index=True, verbose_name="from")),
                        ("until_on", models.DateField(verbose_name="until")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="communities.residentialarea",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contract of property management",
                        "verbose_name_plural": "contracts of property management",
                        "ordering": ["area", "-ordinal"],
                        "constraints": [
                            models.UniqueConstraint(fields=("area", "ordinal"), name="contract_ordinal_unique"),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                expressions=[
                                    (communities.models.duties.Point("area_id"), "&&"),
                                    (
                                        models.Func(models.F("from_on"), models.F("ended_on"), function="daterange"),
                                        "&&",
                                    ),
                                ],
                                name="contract_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fee__gte", 0), ("until_on__gt", models.F("from_on"))),
                                name="contract_lasts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on", None), ("ended_on__gte", models.F("from_on")), _connector="OR"
                                ),
                                name="contract_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pilot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("provider", models.CharField(max_length=80, verbose_name="provider")),
                        ("services", models.CharField(max_length=500, verbose_name="services")),
                        (
                            "let_off_percent",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="let-off in percent of the fee"
                            ),
                        ),
                        (
                            "subsidy",
                            models.DecimalField(decimal_places=2, max_digits=10, verbose_name="subsidy in yuan"),
                        ),
                        ("began_on", models.DateField(verbose_name="began on")),
                        ("until_on", models.DateField(verbose_name="trial until")),
                        ("opinion_on", models.DateField(blank=True, null=True, verbose_name="residents asked on")),
                        ("asked", models.PositiveIntegerField(blank=True, null=True, verbose_name="households asked")),
                        ("in_favour", models.PositiveIntegerField(blank=True, null=True, verbose_name="in favour")),
                        ("against", models.PositiveIntegerField(blank=True, null=True, verbose_name="against")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[("contract", "contract"), ("ended", "ended without a contract")],
                                max_length=8,
                                verbose_name="result",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pilots",
                                to="communities.residentialarea",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pilot",
                        "verbose_name_plural": "pilots",
                        "ordering": ["area", "-ordinal"],
                        "constraints": [
                            models.UniqueConstraint(fields=("area", "ordinal"), name="pilot_ordinal_unique"),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on", None)), fields=("area",), name="pilot_one_at_a_time"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("let_off_percent__range", (0, 100)), ("subsidy__gte", 0)),
                                name="pilot_terms_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gt", models.F("began_on"))), name="pilot_lasts"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("against", None), ("asked", None), ("in_favour", None), ("opinion_on", None)
                                    ),
                                    models.Q(
                                        (
                                            "asked__gte",
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("in_favour"), "+", models.F("against")
                                            ),
                                        ),
                                        ("opinion_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="pilot_opinion_adds_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on", None), ("result", "")),
                                    models.Q(("ended_on__isnull", False), models.Q(("result", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="pilot_ends_with_result",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("on", models.DateField(verbose_name="day")),
                        ("standard", models.PositiveSmallIntegerField(verbose_name="version of the criteria")),
                        ("threshold", models.PositiveSmallIntegerField(verbose_name="ready from")),
                        ("scores", models.JSONField(verbose_name="points")),
                        ("total", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="score")),
                        ("is_ready", models.BooleanField(verbose_name="ready")),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="communities.residentialarea",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "readiness assessment",
                        "verbose_name_plural": "readiness assessments",
                        "ordering": ["area", "-ordinal"],
                        "constraints": [
                            models.UniqueConstraint(fields=("area", "ordinal"), name="assessment_ordinal_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("total__range", (0, 100))), name="assessment_total_possible"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AreaEvent",
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
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="communities.residentialarea",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["area", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("area", "seq"), name="area_event_seq_unique"),
                            models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="area_event_seq_from_one"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of residential areas is append-only';",
                                    hash="14a58803230f455bdfa776f422e3f48b9bb8ed67",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_5a582",
                                    table="communities_areaevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of residential areas is append-only';",
                                    hash="b388335dde51c2eac456edd6bbecb4afc6324747",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_e57ea",
                                    table="communities_areaevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("on", models.DateField(verbose_name="day")),
                        ("score", models.PositiveSmallIntegerField(verbose_name="score of 100")),
                        ("complaints", models.PositiveIntegerField(verbose_name="complaints since the last review")),
                        ("follow_up", models.CharField(max_length=500, verbose_name="to follow up")),
                        ("next_on", models.DateField(verbose_name="next review by")),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="communities.residentialarea",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "service review",
                        "verbose_name_plural": "service reviews",
                        "ordering": ["area", "-ordinal"],
                        "constraints": [
                            models.UniqueConstraint(fields=("area", "ordinal"), name="review_ordinal_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("score__lte", 100)), name="review_score_possible"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("next_on__gt", models.F("on"))), name="review_comes_again"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AreaPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="uploaded at")),
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
                        ("upload_sha256", models.CharField(max_length=64)),
                        ("incoming", models.CharField(blank=True, max_length=32)),
                        ("attempt", models.PositiveSmallIntegerField(default=0)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("thumbnail_sha256", models.CharField(blank=True, max_length=64)),
                        ("width", models.PositiveIntegerField(default=0)),
                        ("height", models.PositiveIntegerField(default=0)),
                        ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken at")),
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
                                related_name="photos",
                                to="communities.areaevent",
                                verbose_name="event",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of a residential area",
                        "verbose_name_plural": "photos of residential areas",
                        "ordering": ["event", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="areaphoto_waiting"
                            ),
                            models.Index(fields=["sha256"], name="areaphoto_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="areaphoto_by_thumbnail"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="areaphoto_state_known",
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
                                name="areaphoto_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="areaphoto_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="areaphoto_refused_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of a residential area is never removed';",
                                    hash="6ccf1409d625b050edb61ea0da370f7193a3345a",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_cce2f",
                                    table="communities_areaphoto",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of a residential area is never removed';",
                                    hash="346ab431d0378b9377264c429f052f3bb6dd3662",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_5f6e1",
                                    table="communities_areaphoto",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
            ],
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
