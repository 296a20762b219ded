import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    replaces = [
        ("worktime", "0001_initial"),
        ("worktime", "0002_processes"),
        ("worktime", "0003_running_process"),
        ("worktime", "0004_ladder_codes"),
    ]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="CalendarDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(unique=True, verbose_name="date")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("holiday", "holiday"), ("makeup", "make-up working day")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=60, verbose_name="name")),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "calendar day",
                        "verbose_name_plural": "calendar days",
                        "ordering": ["on"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="bump_rulebook",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="UPDATE worktime_rulebook SET version = version + 1; RETURN NULL;",
                                    hash="b89cc582203805f3fe0652243caedd4ca1c244ac",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_bump_rulebook_5ba24",
                                    table="worktime_calendarday",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "worktime_calendardayevent" ("id", "kind", "name_zh", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."id", NEW."kind", NEW."name_zh", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;',
                                    hash="918eb7316e8803b65fefa1453856c148aee51bd9",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2eca8",
                                    table="worktime_calendarday",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "worktime_calendardayevent" ("id", "kind", "name_zh", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."id", NEW."kind", NEW."name_zh", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;',
                                    hash="d0738cb10aa5807eca547284f101e4c7d56e25c5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_eaba9",
                                    table="worktime_calendarday",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "worktime_calendardayevent" ("id", "kind", "name_zh", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (OLD."id", OLD."kind", OLD."name_zh", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source"); RETURN NULL;',
                                    hash="ba40d83f510d5b7ad6e752ab4eb67997e8b2aee7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_af526",
                                    table="worktime_calendarday",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="year")),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "calendar year",
                        "verbose_name_plural": "calendar years",
                        "ordering": ["year"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="bump_rulebook",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="UPDATE worktime_rulebook SET version = version + 1; RETURN NULL;",
                                    hash="8c05ed108143f264dd6d691031d5f7d8cd2a0796",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_bump_rulebook_000e1",
                                    table="worktime_calendaryear",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "worktime_calendaryearevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."year"); RETURN NULL;',
                                    hash="a587bee193aeb2681572f309161cb66c08af69d7",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2f208",
                                    table="worktime_calendaryear",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "worktime_calendaryearevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."year"); RETURN NULL;',
                                    hash="a6cfc726fc7a8a42789be20e55a507d577267dc4",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_bc153",
                                    table="worktime_calendaryear",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "worktime_calendaryearevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."year"); RETURN NULL;',
                                    hash="8e2f8381a3ad68b181a5d29d755b5226a2e5d10e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_7b6f4",
                                    table="worktime_calendaryear",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        ("part", models.CharField(max_length=30, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="RunningProcess",
                    fields=[
                        ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                        ("kind", models.CharField(choices=[("web", "web"), ("worker", "worker")], max_length=10)),
                        ("version", models.CharField(max_length=40)),
                        ("started_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="CalendarDayEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("on", models.DateField(verbose_name="date")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("holiday", "holiday"), ("makeup", "make-up working day")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=60, verbose_name="name")),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
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
                                to="worktime.calendarday",
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
                                    hash="aa7f3febb6c49083716a2b113d85d3a339238aa3",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_83537",
                                    table="worktime_calendardayevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarYearEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
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
                                to="worktime.calendaryear",
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
                                    hash="5008075554a908bf17fe32717cde6e52e6862036",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_14bff",
                                    table="worktime_calendaryearevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LadderStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("ladder", models.CharField(max_length=20, verbose_name="ladder")),
                        ("code", models.CharField(max_length=4, verbose_name="code")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "effect",
                            models.CharField(
                                help_text="The event that the step writes.", max_length=20, verbose_name="effect"
                            ),
                        ),
                        ("colour", models.CharField(max_length=10, verbose_name="colour")),
                        (
                            "anchor",
                            models.CharField(
                                choices=[("due", "the deadline"), ("previous", "the step before")],
                                max_length=10,
                                verbose_name="counted from",
                            ),
                        ),
                        ("delay_value", models.PositiveSmallIntegerField(default=0, verbose_name="delay")),
                        (
                            "delay_unit",
                            models.CharField(
                                choices=[
                                    ("uh", "urgent hour"),
                                    ("ud", "urgent day"),
                                    ("wh", "working hour"),
                                    ("wd", "working day"),
                                    ("nd", "natural day"),
                                ],
                                default="wd",
                                max_length=2,
                                verbose_name="unit of the delay",
                            ),
                        ),
                        (
                            "lead_percent",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="before the deadline, in percent of the limit"
                            ),
                        ),
                        (
                            "lead_value",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="lead for long limits, in working days"
                            ),
                        ),
                        (
                            "lead_from_value",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="limits this long or longer, in working days"
                            ),
                        ),
                        (
                            "requires",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="only when",
                            ),
                        ),
                        (
                            "recipients",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="who is told",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                    ],
                    options={
                        "verbose_name": "ladder step",
                        "verbose_name_plural": "ladder steps",
                        "ordering": ["ladder", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("ladder", "position"), name="ladder_position_unique"),
                            models.UniqueConstraint(fields=("code",), name="ladder_code_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("position__gte", 1)), name="ladder_position_from_one"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lead_percent__lte", 100)), name="ladder_lead_percent"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="bump_rulebook",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="UPDATE worktime_rulebook SET version = version + 1; RETURN NULL;",
                                    hash="2b8ec7ef7274786e839ee4590698e08331c6bc51",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_bump_rulebook_65d98",
                                    table="worktime_ladderstep",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "worktime_ladderstepevent" ("anchor", "code", "colour", "delay_unit", "delay_value", "effect", "id", "is_active", "ladder", "lead_from_value", "lead_percent", "lead_value", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "recipients", "requires") VALUES (NEW."anchor", NEW."code", NEW."colour", NEW."delay_unit", NEW."delay_value", NEW."effect", NEW."id", NEW."is_active", NEW."ladder", NEW."lead_from_value", NEW."lead_percent", NEW."lead_value", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."recipients", NEW."requires"); RETURN NULL;',
                                    hash="e378c628a4f38255b1e032db5114e8f5512975a3",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9a2a4",
                                    table="worktime_ladderstep",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "worktime_ladderstepevent" ("anchor", "code", "colour", "delay_unit", "delay_value", "effect", "id", "is_active", "ladder", "lead_from_value", "lead_percent", "lead_value", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "recipients", "requires") VALUES (NEW."anchor", NEW."code", NEW."colour", NEW."delay_unit", NEW."delay_value", NEW."effect", NEW."id", NEW."is_active", NEW."ladder", NEW."lead_from_value", NEW."lead_percent", NEW."lead_value", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."recipients", NEW."requires"); RETURN NULL;',
                                    hash="1999bc5540f6c702e5ce1a83bb287fa6e8750460",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_99285",
                                    table="worktime_ladderstep",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "worktime_ladderstepevent" ("anchor", "code", "colour", "delay_unit", "delay_value", "effect", "id", "is_active", "ladder", "lead_from_value", "lead_percent", "lead_value", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "recipients", "requires") VALUES (OLD."anchor", OLD."code", OLD."colour", OLD."delay_unit", OLD."delay_value", OLD."effect", OLD."id", OLD."is_active", OLD."ladder", OLD."lead_from_value", OLD."lead_percent", OLD."lead_value", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."recipients", OLD."requires"); RETURN NULL;',
                                    hash="3ab590016063d50ece5b9b1a01b56ed1ecea0e5c",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_49c34",
                                    table="worktime_ladderstep",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LadderStepEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("ladder", models.CharField(max_length=20, verbose_name="ladder")),
                        ("code", models.CharField(max_length=4, verbose_name="code")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "effect",
                            models.CharField(
                                help_text="The event that the step writes.", max_length=20, verbose_name="effect"
                            ),
                        ),
                        ("colour", models.CharField(max_length=10, verbose_name="colour")),
                        (
                            "anchor",
                            models.CharField(
                                choices=[("due", "the deadline"), ("previous", "the step before")],
                                max_length=10,
                                verbose_name="counted from",
                            ),
                        ),
                        ("delay_value", models.PositiveSmallIntegerField(default=0, verbose_name="delay")),
                        (
                            "delay_unit",
                            models.CharField(
                                choices=[
                                    ("uh", "urgent hour"),
                                    ("ud", "urgent day"),
                                    ("wh", "working hour"),
                                    ("wd", "working day"),
                                    ("nd", "natural day"),
                                ],
                                default="wd",
                                max_length=2,
                                verbose_name="unit of the delay",
                            ),
                        ),
                        (
                            "lead_percent",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="before the deadline, in percent of the limit"
                            ),
                        ),
                        (
                            "lead_value",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="lead for long limits, in working days"
                            ),
                        ),
                        (
                            "lead_from_value",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="limits this long or longer, in working days"
                            ),
                        ),
                        (
                            "requires",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="only when",
                            ),
                        ),
                        (
                            "recipients",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="who is told",
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
                                to="worktime.ladderstep",
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
                                    hash="b58c4a7ddcabdd902f6fe274d75a40cb373253c4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_a57bd",
                                    table="worktime_ladderstepevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficeShift",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts", models.TimeField(verbose_name="starts")),
                        ("ends", models.TimeField(verbose_name="ends")),
                    ],
                    options={
                        "verbose_name": "office shift",
                        "verbose_name_plural": "office hours",
                        "ordering": ["starts"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts__lt", models.F("ends"))), name="shift_starts_before_it_ends"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="bump_rulebook",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="UPDATE worktime_rulebook SET version = version + 1; RETURN NULL;",
                                    hash="e8f64b763cd940f9165105b68758cbd00d300789",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_bump_rulebook_39950",
                                    table="worktime_officeshift",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "worktime_officeshiftevent" ("ends", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts") VALUES (NEW."ends", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts"); RETURN NULL;',
                                    hash="c1120bc683ee2bac378b3dec56be8fb95743ad7a",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_6bb2e",
                                    table="worktime_officeshift",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "worktime_officeshiftevent" ("ends", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts") VALUES (NEW."ends", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts"); RETURN NULL;',
                                    hash="b829a9a4bfb59b80f55a1b294b82ae6217486783",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_24362",
                                    table="worktime_officeshift",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "worktime_officeshiftevent" ("ends", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts") VALUES (OLD."ends", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts"); RETURN NULL;',
                                    hash="3647ec3a313b6f8181d1fe1f92f5e33d19e391e2",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_52b5a",
                                    table="worktime_officeshift",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficeShiftEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("starts", models.TimeField(verbose_name="starts")),
                        ("ends", models.TimeField(verbose_name="ends")),
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
                                to="worktime.officeshift",
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
                                    hash="3fc18b76a84994b322e82868e7130ef1ba818d28",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_979a8",
                                    table="worktime_officeshiftevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rulebook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="rulebook_one_row")],
                    },
                ),
            ]
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
