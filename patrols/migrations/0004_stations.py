"""Stations, their checklists, their daily checks."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_tables"),
        ("communities", "0005_tables"),
        ("patrols", "0003_sites"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="ChecklistItem",
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
                                    ("transfer", "waste transfer station"),
                                    ("collection", "waste collection point"),
                                    ("toilet", "public toilet"),
                                    ("disinfection", "disinfection station"),
                                ],
                                max_length=12,
                                verbose_name="kind of station",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="place in the order")),
                        (
                            "answer",
                            models.CharField(
                                choices=[("yes_no", "in order or not"), ("value", "a measured value")],
                                default="yes_no",
                                max_length=6,
                                verbose_name="how it is answered",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                        ("lowest", models.FloatField(blank=True, null=True, verbose_name="lowest value allowed")),
                        ("highest", models.FloatField(blank=True, null=True, verbose_name="highest value allowed")),
                        ("needs_photo", models.BooleanField(default=False, verbose_name="photo when it failed")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.category",
                                verbose_name="category of a case",
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
                        "verbose_name": "item of a checklist",
                        "verbose_name_plural": "items of checklists",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subdistrict", "kind", "name_zh"), name="checklist_item_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "yes_no"), ("highest", None), ("lowest", None), ("unit", "")),
                                    models.Q(
                                        ("answer", "value"),
                                        models.Q(("unit", ""), _negated=True),
                                        models.Q(
                                            ("lowest__isnull", False), ("highest__isnull", False), _connector="OR"
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="checklist_value_has_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lowest", None),
                                    ("highest", None),
                                    ("lowest__lte", models.F("highest")),
                                    _connector="OR",
                                ),
                                name="checklist_range_in_order",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_checklistitemevent" ("answer", "category_id", "highest", "id", "is_active", "kind", "lowest", "name_en", "name_zh", "needs_photo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "subdistrict_id", "unit") VALUES (NEW."answer", NEW."category_id", NEW."highest", NEW."id", NEW."is_active", NEW."kind", NEW."lowest", NEW."name_en", NEW."name_zh", NEW."needs_photo", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."subdistrict_id", NEW."unit"); RETURN NULL;',
                                    hash="398ca4615a5097b7b309e692c729c205ae641efc",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_513d2",
                                    table="patrols_checklistitem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_checklistitemevent" ("answer", "category_id", "highest", "id", "is_active", "kind", "lowest", "name_en", "name_zh", "needs_photo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "subdistrict_id", "unit") VALUES (NEW."answer", NEW."category_id", NEW."highest", NEW."id", NEW."is_active", NEW."kind", NEW."lowest", NEW."name_en", NEW."name_zh", NEW."needs_photo", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."subdistrict_id", NEW."unit"); RETURN NULL;',
                                    hash="66b5f27bb6820c48890f44b15080aff8e243bce9",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_74609",
                                    table="patrols_checklistitem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_checklistitemevent" ("answer", "category_id", "highest", "id", "is_active", "kind", "lowest", "name_en", "name_zh", "needs_photo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "subdistrict_id", "unit") VALUES (OLD."answer", OLD."category_id", OLD."highest", OLD."id", OLD."is_active", OLD."kind", OLD."lowest", OLD."name_en", OLD."name_zh", OLD."needs_photo", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."subdistrict_id", OLD."unit"); RETURN NULL;',
                                    hash="de19aa818c41c4617019193759a98749cb03dbc3",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_db942",
                                    table="patrols_checklistitem",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistItemEvent",
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
                                    ("transfer", "waste transfer station"),
                                    ("collection", "waste collection point"),
                                    ("toilet", "public toilet"),
                                    ("disinfection", "disinfection station"),
                                ],
                                max_length=12,
                                verbose_name="kind of station",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="place in the order")),
                        (
                            "answer",
                            models.CharField(
                                choices=[("yes_no", "in order or not"), ("value", "a measured value")],
                                default="yes_no",
                                max_length=6,
                                verbose_name="how it is answered",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                        ("lowest", models.FloatField(blank=True, null=True, verbose_name="lowest value allowed")),
                        ("highest", models.FloatField(blank=True, null=True, verbose_name="highest value allowed")),
                        ("needs_photo", models.BooleanField(default=False, verbose_name="photo when it failed")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                                verbose_name="category of a case",
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
                                to="patrols.checklistitem",
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
                                    hash="43e1c1a1ca00c73f3e8317c0a73f12e5c058d64c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_98ce5",
                                    table="patrols_checklistitemevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Station",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("transfer", "waste transfer station"),
                                    ("collection", "waste collection point"),
                                    ("toilet", "public toilet"),
                                    ("disinfection", "disinfection station"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("unit", models.CharField(max_length=100, verbose_name="responsible unit")),
                        ("person", models.CharField(max_length=60, verbose_name="responsible person")),
                        ("phone", models.CharField(max_length=30, verbose_name="24-hour supervision phone")),
                        ("opens", models.TimeField(verbose_name="opens")),
                        ("closes", models.TimeField(verbose_name="closes")),
                        (
                            "open_days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(), size=None, verbose_name="open on"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                                related_name="stations",
                                to="patrols.team",
                                verbose_name="team that checks it",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sanitation station",
                        "verbose_name_plural": "sanitation stations",
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "name_zh"), name="station_name_unique"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("open_days__contained_by", [1, 2, 3, 4, 5, 6, 7]), ("open_days__len__gte", 1)
                                ),
                                name="station_open_some_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude", None), ("longitude", None)),
                                    models.Q(
                                        ("latitude__isnull", False),
                                        ("longitude__isnull", False),
                                        ("latitude__range", (-90, 90)),
                                        ("longitude__range", (-180, 180)),
                                    ),
                                    _connector="OR",
                                ),
                                name="station_point_on_earth",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_stationevent" ("address", "closes", "community_id", "id", "is_active", "kind", "latitude", "longitude", "name_en", "name_zh", "open_days", "opens", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "subdistrict_id", "team_id", "unit") VALUES (NEW."address", NEW."closes", NEW."community_id", NEW."id", NEW."is_active", NEW."kind", NEW."latitude", NEW."longitude", NEW."name_en", NEW."name_zh", NEW."open_days", NEW."opens", NEW."person", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."subdistrict_id", NEW."team_id", NEW."unit"); RETURN NULL;',
                                    hash="984df20a95451b5bd67123b4abb308162cbed5b3",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_95dc7",
                                    table="patrols_station",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_stationevent" ("address", "closes", "community_id", "id", "is_active", "kind", "latitude", "longitude", "name_en", "name_zh", "open_days", "opens", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "subdistrict_id", "team_id", "unit") VALUES (NEW."address", NEW."closes", NEW."community_id", NEW."id", NEW."is_active", NEW."kind", NEW."latitude", NEW."longitude", NEW."name_en", NEW."name_zh", NEW."open_days", NEW."opens", NEW."person", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."subdistrict_id", NEW."team_id", NEW."unit"); RETURN NULL;',
                                    hash="ff2cfb2dff7af4f4ac70ffa0bc03a222500c12dd",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_609fb",
                                    table="patrols_station",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_stationevent" ("address", "closes", "community_id", "id", "is_active", "kind", "latitude", "longitude", "name_en", "name_zh", "open_days", "opens", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "subdistrict_id", "team_id", "unit") VALUES (OLD."address", OLD."closes", OLD."community_id", OLD."id", OLD."is_active", OLD."kind", OLD."latitude", OLD."longitude", OLD."name_en", OLD."name_zh", OLD."open_days", OLD."opens", OLD."person", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."subdistrict_id", OLD."team_id", OLD."unit"); RETURN NULL;',
                                    hash="5fdf297f1036c80b6a04b271a2e93242ca88252d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_0fc3a",
                                    table="patrols_station",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DailyCheck",
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
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "to be checked"),
                                    ("done", "in order"),
                                    ("faulty", "items failed"),
                                    ("missed", "not checked"),
                                    ("excused", "excused with a reason"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("ladder_code", models.CharField(blank=True, max_length=4)),
                        ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="check made at")),
                        ("failed_count", models.PositiveSmallIntegerField(default=0, verbose_name="failed items")),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="check made by",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "station",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="patrols.station",
                                verbose_name="sanitation station",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "daily check",
                        "verbose_name_plural": "daily checks",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="daily_check_due_for_sweep",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["planned", "missed"])),
                                fields=["station"],
                                name="daily_check_waiting",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("station", "on"), name="daily_check_once_a_day"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("done_by__isnull", False),
                                        ("state__in", ["done", "faulty"]),
                                    ),
                                    models.Q(
                                        ("done_at", None),
                                        ("done_by", None),
                                        ("state__in", ["planned", "missed", "excused"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="daily_check_made_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("failed_count__gte", 1), ("state", "faulty")),
                                    models.Q(models.Q(("state", "faulty"), _negated=True), ("failed_count", 0)),
                                    _connector="OR",
                                ),
                                name="daily_check_faulty_has_failed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        (
                            "answer",
                            models.CharField(
                                choices=[("yes_no", "in order or not"), ("value", "a measured value")], max_length=6
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20)),
                        ("lowest", models.FloatField(blank=True, null=True)),
                        ("highest", models.FloatField(blank=True, null=True)),
                        (
                            "result",
                            models.CharField(
                                choices=[("ok", "in order"), ("failed", "not in order"), ("na", "not applicable")],
                                max_length=6,
                                verbose_name="result",
                            ),
                        ),
                        ("value", models.FloatField(blank=True, null=True, verbose_name="measured value")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.category",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="patrols.checklistitem",
                            ),
                        ),
                        (
                            "daily_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="patrols.dailycheck",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to an item",
                        "verbose_name_plural": "answers to items",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("case__isnull", False)),
                                fields=["item"],
                                name="check_answer_with_case",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("daily_check", "ordinal"), name="check_answer_ordinal_unique"
                            ),
                            models.UniqueConstraint(fields=("daily_check", "item"), name="check_answer_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", "failed"), _negated=True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="check_answer_failed_has_note",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("case", None), ("result", "failed"), _connector="OR"),
                                name="check_answer_case_of_failed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value", None), ("answer", "value"), _connector="OR"),
                                name="check_answer_value_of_measured",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckPhoto",
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
                            "answer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photo",
                                to="patrols.checkanswer",
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
                        "verbose_name": "photo of a check",
                        "verbose_name_plural": "photos of checks",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="checkphoto_waiting"
                            ),
                            models.Index(fields=["sha256"], name="checkphoto_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="checkphoto_by_thumbnail"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="checkphoto_state_known",
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
                                name="checkphoto_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="checkphoto_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="checkphoto_refused_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The photo of a check is never removed';",
                                    hash="97eba0e98874fcef13d0f448fe8bb85cbf6d9e8e",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_f7079",
                                    table="patrols_checkphoto",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The photo of a check is never removed';",
                                    hash="da7c06da88908fd9849d9ecd45bb1fb46e6a2b64",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_ba231",
                                    table="patrols_checkphoto",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckEvent",
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
                            "daily_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="patrols.dailycheck",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "constraints": [
                            models.UniqueConstraint(fields=("daily_check", "seq"), name="check_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="check_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of daily checks is append-only';",
                                    hash="6bb309332bd9f3e57dde9c449d52c14de6c33345",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_b99f8",
                                    table="patrols_checkevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of daily checks is append-only';",
                                    hash="2a28fff868ce0ae11c1cdf2c05db7c65fac55abd",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_f74b3",
                                    table="patrols_checkevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("transfer", "waste transfer station"),
                                    ("collection", "waste collection point"),
                                    ("toilet", "public toilet"),
                                    ("disinfection", "disinfection station"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("unit", models.CharField(max_length=100, verbose_name="responsible unit")),
                        ("person", models.CharField(max_length=60, verbose_name="responsible person")),
                        ("phone", models.CharField(max_length=30, verbose_name="24-hour supervision phone")),
                        ("opens", models.TimeField(verbose_name="opens")),
                        ("closes", models.TimeField(verbose_name="closes")),
                        (
                            "open_days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(), size=None, verbose_name="open on"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                                to="patrols.station",
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
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.team",
                                verbose_name="team that checks it",
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
                                    hash="c306b6e62bf42a5544fd97532650268c58240f95",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d5a7c",
                                    table="patrols_stationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
