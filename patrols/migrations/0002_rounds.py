import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers
import communities.models
import patrols.rounds.models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0005_tables"),
        ("patrols", "0001_teams"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="Route",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="routes",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "route",
                        "verbose_name_plural": "routes",
                        "ordering": ["team", "name_zh"],
                        "constraints": [models.UniqueConstraint(fields=("team", "name_zh"), name="route_name_unique")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_routeevent" ("id", "is_active", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id") VALUES (NEW."id", NEW."is_active", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."team_id"); RETURN NULL;',
                                    hash="9e40845f562adddf6f7c674c1d53493e9c67fc69",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_87401",
                                    table="patrols_route",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_routeevent" ("id", "is_active", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id") VALUES (NEW."id", NEW."is_active", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."team_id"); RETURN NULL;',
                                    hash="34786c9cbd14d2270b5fdf0efa23b3f5179dfd7b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_7f1d0",
                                    table="patrols_route",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_routeevent" ("id", "is_active", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id") VALUES (OLD."id", OLD."is_active", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."team_id"); RETURN NULL;',
                                    hash="352b0994d4b096d4052561b914903e949be0c712",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a5402",
                                    table="patrols_route",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RouteEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
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
                                to="patrols.route",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.team",
                                verbose_name="team",
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
                                    hash="24d5604c57c7077d7e4b8236e56a34db2dfd1485",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_b2957",
                                    table="patrols_routeevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoutePlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                        ("seed", models.BigIntegerField(verbose_name="seed")),
                        ("avoids_holidays", models.BooleanField(default=False, verbose_name="no rounds on days off")),
                        ("made_at", models.DateTimeField(verbose_name="planned at")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="planned by",
                            ),
                        ),
                        (
                            "route",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="patrols.route",
                                verbose_name="route",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "plan of rounds",
                        "verbose_name_plural": "plans of rounds",
                        "ordering": ["-period", "-id"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                expressions=[(communities.models.Point("route_id"), "&&"), ("period", "&&")],
                                name="route_one_plan_each_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False)), name="route_plan_not_empty"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_routeplanevent" ("avoids_holidays", "id", "made_at", "made_by_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "route_id", "seed", "withdrawn_at") VALUES (NEW."avoids_holidays", NEW."id", NEW."made_at", NEW."made_by_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."route_id", NEW."seed", NEW."withdrawn_at"); RETURN NULL;',
                                    hash="9ee99791433c4b063aead97752845c1126c6ec42",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_bfd39",
                                    table="patrols_routeplan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_routeplanevent" ("avoids_holidays", "id", "made_at", "made_by_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "route_id", "seed", "withdrawn_at") VALUES (NEW."avoids_holidays", NEW."id", NEW."made_at", NEW."made_by_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."route_id", NEW."seed", NEW."withdrawn_at"); RETURN NULL;',
                                    hash="3c5e3eeec81bfee9d8f264bc7eba8c2b8f1bf1d5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_a560a",
                                    table="patrols_routeplan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_routeplanevent" ("avoids_holidays", "id", "made_at", "made_by_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "route_id", "seed", "withdrawn_at") VALUES (OLD."avoids_holidays", OLD."id", OLD."made_at", OLD."made_by_id", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."route_id", OLD."seed", OLD."withdrawn_at"); RETURN NULL;',
                                    hash="2c046500f1b5d9e8218056384ab339914487fa92",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_3a8cd",
                                    table="patrols_routeplan",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoutePlanEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                        ("seed", models.BigIntegerField(verbose_name="seed")),
                        ("avoids_holidays", models.BooleanField(default=False, verbose_name="no rounds on days off")),
                        ("made_at", models.DateTimeField(verbose_name="planned at")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                        (
                            "made_by",
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
                                to="patrols.routeplan",
                            ),
                        ),
                        (
                            "route",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.route",
                                verbose_name="route",
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
                                    hash="5057197f4b9543b1ca82f3ac3da69cf584f74ab6",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_0de93",
                                    table="patrols_routeplanevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PatrolRound",
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
                        ("on", models.DateField(verbose_name="day")),
                        ("starts_at", models.DateTimeField(verbose_name="from")),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("appointed", "to be walked"),
                                    ("walking", "being walked"),
                                    ("walked", "walked"),
                                    ("missed", "missed"),
                                    ("excused", "excused"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("ladder_code", models.CharField(blank=True, max_length=4)),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "shift",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patrols.shift",
                                verbose_name="shift",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "walker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="walked by",
                            ),
                        ),
                        (
                            "route",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="patrols.route",
                                verbose_name="route",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="patrols.routeplan",
                                verbose_name="plan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "patrol round",
                        "verbose_name_plural": "patrol rounds",
                        "ordering": ["starts_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="round_due_for_sweep",
                            ),
                            models.Index(fields=["team", "on", "id"], name="round_of_team_on_day"),
                            models.Index(fields=["subdistrict", "on", "id"], name="round_of_office_on_day"),
                            models.Index(
                                condition=models.Q(("state", "walking")), fields=["walker"], name="round_being_walked"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "on", "shift"), name="round_once_in_a_shift"),
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gt", models.F("starts_at"))), name="round_takes_time"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("started_at__isnull", False),
                                        ("state__in", ["walking", "walked"]),
                                        ("walker__isnull", False),
                                    ),
                                    models.Q(("state__in", ["walking", "walked"]), _negated=True),
                                    _connector="OR",
                                ),
                                name="round_walked_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False), ("state__in", ["walked", "missed", "excused"])
                                    ),
                                    models.Q(("ended_at", None), ("state__in", ["appointed", "walking"])),
                                    _connector="OR",
                                ),
                                name="round_ended_has_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoundEvent",
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
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="patrols.patrolround",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["round", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "seq"), name="round_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="round_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of patrol rounds is append-only';",
                                    hash="a5a1c4fb24d21d50290d6eda31de9dfd9c408e25",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_e6259",
                                    table="patrols_roundevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of patrol rounds is append-only';",
                                    hash="69e49dc1c9b2de089db8c1c3a197e03c7ed7c630",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_44686",
                                    table="patrols_roundevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlaceClass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                        (
                            "times",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="times"
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(366),
                                ],
                                verbose_name="in so many days",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(240),
                                ],
                                verbose_name="minutes of a visit",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                    ],
                    options={
                        "verbose_name": "class of places",
                        "verbose_name_plural": "classes of places",
                        "ordering": ["code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("days__gte", 1),
                                    ("days__lte", 366),
                                    ("times__gte", 1),
                                    (
                                        "times__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("days"), "*", models.Value(8)
                                        ),
                                    ),
                                ),
                                name="place_class_can_be_walked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 240)),
                                name="place_class_minutes",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_placeclassevent" ("code", "days", "id", "is_active", "minutes", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "times") VALUES (NEW."code", NEW."days", NEW."id", NEW."is_active", NEW."minutes", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."times"); RETURN NULL;',
                                    hash="2d230a4dfccd82ea8fb319cfd6b33d46d287272c",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_6ad8a",
                                    table="patrols_placeclass",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_placeclassevent" ("code", "days", "id", "is_active", "minutes", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "times") VALUES (NEW."code", NEW."days", NEW."id", NEW."is_active", NEW."minutes", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."times"); RETURN NULL;',
                                    hash="53eebfa063a3731a5630e9b707ec74b767b0cb2b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ac0ea",
                                    table="patrols_placeclass",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_placeclassevent" ("code", "days", "id", "is_active", "minutes", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "times") VALUES (OLD."code", OLD."days", OLD."id", OLD."is_active", OLD."minutes", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."times"); RETURN NULL;',
                                    hash="10834a987cf1d0549472ea28b046c2b1284c044d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_96d49",
                                    table="patrols_placeclass",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlaceClassEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("code", models.CharField(max_length=20, verbose_name="code")),
                        (
                            "times",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="times"
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(366),
                                ],
                                verbose_name="in so many days",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(240),
                                ],
                                verbose_name="minutes of a visit",
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
                                to="patrols.placeclass",
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
                                    hash="fae5a06d74e17bd9f21b057cf0c959da92ed824d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_eae8c",
                                    table="patrols_placeclassevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoutePoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=7,
                                max_digits=10,
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
                                decimal_places=7,
                                max_digits=9,
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        ("code", models.CharField(default=patrols.rounds.models.new_code, max_length=22, unique=True)),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "key_place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="route_points",
                                to="communities.keyplace",
                                verbose_name="key place",
                            ),
                        ),
                        (
                            "place_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patrols.placeclass",
                                verbose_name="class",
                            ),
                        ),
                        (
                            "route",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="patrols.route",
                                verbose_name="route",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "point of a route",
                        "verbose_name_plural": "points of routes",
                        "ordering": ["route", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("route", "name"), name="route_point_name_unique"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("latitude__gte", -90),
                                    ("latitude__lte", 90),
                                    ("longitude__gte", -180),
                                    ("longitude__lte", 180),
                                ),
                                name="route_point_on_earth",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_routepointevent" ("address", "community_id", "id", "is_active", "key_place_id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_class_id", "route_id") VALUES (NEW."address", NEW."community_id", NEW."id", NEW."is_active", NEW."key_place_id", NEW."latitude", NEW."longitude", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_class_id", NEW."route_id"); RETURN NULL;',
                                    hash="7e5af9c06541b17540db424101b66e98c58bcb52",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_26a28",
                                    table="patrols_routepoint",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."community_id" IS DISTINCT FROM (NEW."community_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."key_place_id" IS DISTINCT FROM (NEW."key_place_id") OR OLD."latitude" IS DISTINCT FROM (NEW."latitude") OR OLD."longitude" IS DISTINCT FROM (NEW."longitude") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."place_class_id" IS DISTINCT FROM (NEW."place_class_id") OR OLD."route_id" IS DISTINCT FROM (NEW."route_id"))',
                                    func='INSERT INTO "patrols_routepointevent" ("address", "community_id", "id", "is_active", "key_place_id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_class_id", "route_id") VALUES (NEW."address", NEW."community_id", NEW."id", NEW."is_active", NEW."key_place_id", NEW."latitude", NEW."longitude", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_class_id", NEW."route_id"); RETURN NULL;',
                                    hash="dc16c4256b65fbe5f060008fb41ac98b2fa7be7f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_194a0",
                                    table="patrols_routepoint",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_routepointevent" ("address", "community_id", "id", "is_active", "key_place_id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_class_id", "route_id") VALUES (OLD."address", OLD."community_id", OLD."id", OLD."is_active", OLD."key_place_id", OLD."latitude", OLD."longitude", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_class_id", OLD."route_id"); RETURN NULL;',
                                    hash="9f9e9d0000800e0c2b996a857075caceb73e8ef4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_7503f",
                                    table="patrols_routepoint",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoutePointEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=7,
                                max_digits=10,
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
                                decimal_places=7,
                                max_digits=9,
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "community",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "key_place",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="communities.keyplace",
                                verbose_name="key place",
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
                                to="patrols.routepoint",
                            ),
                        ),
                        (
                            "place_class",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.placeclass",
                                verbose_name="class",
                            ),
                        ),
                        (
                            "route",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.route",
                                verbose_name="route",
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
                                    hash="2794ea61fbe3fb7623b1a3c45336b235065b6483",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_43061",
                                    table="patrols_routepointevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("ahead", "not yet"), ("seen", "seen"), ("skipped", "skipped")],
                                default="ahead",
                                max_length=7,
                                verbose_name="state",
                            ),
                        ),
                        ("at", models.DateTimeField(blank=True, null=True, verbose_name="at")),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("position", "by position"),
                                    ("code", "by the code on the sign"),
                                    ("word", "by word alone"),
                                ],
                                max_length=8,
                                verbose_name="way",
                            ),
                        ),
                        (
                            "metres",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="metres from the point"),
                        ),
                        (
                            "accuracy_m",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="accuracy in metres"),
                        ),
                        ("note", models.CharField(blank=True, max_length=1000, verbose_name="note")),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="patrols.routepoint",
                                verbose_name="point",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="patrols.patrolround",
                                verbose_name="round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "visit",
                        "verbose_name_plural": "visits",
                        "ordering": ["round", "ordinal"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "seen")),
                                fields=["point", "at"],
                                name="visit_seen_of_point",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "ordinal"), name="visit_ordinal_unique"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("at", None), ("state", "ahead"), ("way", "")),
                                    models.Q(
                                        ("at__isnull", False), ("state", "seen"), models.Q(("way", ""), _negated=True)
                                    ),
                                    models.Q(
                                        ("at__isnull", False),
                                        ("state", "skipped"),
                                        ("way", ""),
                                        models.Q(("note", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="visit_says_how",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitPhoto",
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
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="patrols.visit",
                                verbose_name="visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of a visit",
                        "verbose_name_plural": "photos of visits",
                        "ordering": ["visit", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="visitphoto_waiting"
                            ),
                            models.Index(fields=["sha256"], name="visitphoto_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="visitphoto_by_thumbnail"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="visitphoto_state_known",
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
                                name="visitphoto_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="visitphoto_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="visitphoto_refused_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The photos of patrol rounds is never removed';",
                                    hash="678bc21bd5e2370db2a74555c9ee9e8d7acdfebf",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_84dc0",
                                    table="patrols_visitphoto",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The photos of patrol rounds is never removed';",
                                    hash="943603db870895cf7620488d609f005a0b4e707b",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_845e8",
                                    table="patrols_visitphoto",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
            ]
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
