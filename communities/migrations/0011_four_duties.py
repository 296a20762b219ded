"""The four duties: their list, the sheets of a month, answers, photos, history."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0010_regulations"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="DutySheet",
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
                        ("month_on", models.DateField(verbose_name="month")),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be filled in"),
                                    ("handed_in", "handed in, to be confirmed"),
                                    ("confirmed", "confirmed by the office"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("ladder_code", models.CharField(blank=True, max_length=4)),
                        ("handed_in_at", models.DateTimeField(blank=True, null=True, verbose_name="handed in at")),
                        ("score_tenths", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="score")),
                        (
                            "community",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duty_sheets",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "handed_in_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="handed in by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sheet of duties",
                        "verbose_name_plural": "sheets of duties",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="duty_sheet_due_for_sweep",
                            ),
                            models.Index(fields=["month_on", "community"], name="duty_sheet_by_month"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("community", "month_on"), name="duty_sheet_once_a_month"),
                            models.CheckConstraint(
                                condition=models.Q(("month_on__day", 1)), name="duty_sheet_of_a_month"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("due_at__isnull", False), ("state", "open")),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("due_at", None)),
                                    _connector="OR",
                                ),
                                name="duty_sheet_due_while_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("handed_in_at", None), ("handed_in_by", None), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("handed_in_at__isnull", False),
                                        ("handed_in_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="duty_sheet_handed_in_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "confirmed"), ("score_tenths", None), _connector="OR"),
                                name="duty_sheet_score_is_confirmed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("score_tenths", None), ("score_tenths__lte", 1000), _connector="OR"
                                ),
                                name="duty_sheet_score_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("name_zh", models.CharField(max_length=100, verbose_name="duty")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="in English")),
                        (
                            "area",
                            models.CharField(
                                choices=[
                                    ("network", "The network comes into the community"),
                                    ("content", "The contents come into the community"),
                                    ("means", "The means come into the community"),
                                    ("law", "The law comes into the community"),
                                ],
                                max_length=8,
                                verbose_name="way into the community",
                            ),
                        ),
                        ("points", models.PositiveSmallIntegerField(default=5, verbose_name="points")),
                        ("needs_photo", models.BooleanField(default=False, verbose_name="photo as evidence")),
                        (
                            "own_mark",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("done", "done in full"),
                                    ("partly", "done in part"),
                                    ("not_done", "not done"),
                                    ("na", "does not apply"),
                                ],
                                max_length=8,
                                verbose_name="how far",
                            ),
                        ),
                        (
                            "mark",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("done", "done in full"),
                                    ("partly", "done in part"),
                                    ("not_done", "not done"),
                                    ("na", "does not apply"),
                                ],
                                max_length=8,
                                verbose_name="confirmed",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="what was done")),
                        ("photo_count", models.PositiveSmallIntegerField(default=0)),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="communities.dutysheet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to a duty",
                        "verbose_name_plural": "answers to duties",
                        "constraints": [
                            models.UniqueConstraint(fields=("sheet", "ordinal"), name="duty_answer_ordinal_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("points__range", (1, 100))), name="duty_answer_gives_points"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=100, verbose_name="duty")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="in English")),
                        (
                            "area",
                            models.CharField(
                                choices=[
                                    ("network", "The network comes into the community"),
                                    ("content", "The contents come into the community"),
                                    ("means", "The means come into the community"),
                                    ("law", "The law comes into the community"),
                                ],
                                max_length=8,
                                verbose_name="way into the community",
                            ),
                        ),
                        ("points", models.PositiveSmallIntegerField(default=5, verbose_name="points")),
                        ("needs_photo", models.BooleanField(default=False, verbose_name="photo as evidence")),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[("month", "every month"), ("quarter", "at the end of a quarter")],
                                default="month",
                                max_length=7,
                                verbose_name="how often",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="place in the order")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                        "verbose_name": "duty of a community",
                        "verbose_name_plural": "duties of communities",
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "name_zh"), name="duty_name_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("points__range", (1, 100))), name="duty_gives_points"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_dutyevent" ("area", "id", "is_active", "name_en", "name_zh", "needs_photo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "rhythm", "subdistrict_id") VALUES (NEW."area", NEW."id", NEW."is_active", NEW."name_en", NEW."name_zh", NEW."needs_photo", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."points", NEW."position", NEW."rhythm", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="aeb6f7c7df4405304612dc4e110e4d8613765c10",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_6dee1",
                                    table="communities_duty",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "communities_dutyevent" ("area", "id", "is_active", "name_en", "name_zh", "needs_photo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "rhythm", "subdistrict_id") VALUES (NEW."area", NEW."id", NEW."is_active", NEW."name_en", NEW."name_zh", NEW."needs_photo", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."points", NEW."position", NEW."rhythm", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="0db8b9a6a01d111090d8c08018107226b3ff6927",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_84ee5",
                                    table="communities_duty",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_dutyevent" ("area", "id", "is_active", "name_en", "name_zh", "needs_photo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "rhythm", "subdistrict_id") VALUES (OLD."area", OLD."id", OLD."is_active", OLD."name_en", OLD."name_zh", OLD."needs_photo", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."points", OLD."position", OLD."rhythm", OLD."subdistrict_id"); RETURN NULL;',
                                    hash="747ab9bb6c0d865824cd51b7c973ef84348fc657",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_36153",
                                    table="communities_duty",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=100, verbose_name="duty")),
                        ("name_en", models.CharField(blank=True, max_length=100, verbose_name="in English")),
                        (
                            "area",
                            models.CharField(
                                choices=[
                                    ("network", "The network comes into the community"),
                                    ("content", "The contents come into the community"),
                                    ("means", "The means come into the community"),
                                    ("law", "The law comes into the community"),
                                ],
                                max_length=8,
                                verbose_name="way into the community",
                            ),
                        ),
                        ("points", models.PositiveSmallIntegerField(default=5, verbose_name="points")),
                        ("needs_photo", models.BooleanField(default=False, verbose_name="photo as evidence")),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[("month", "every month"), ("quarter", "at the end of a quarter")],
                                default="month",
                                max_length=7,
                                verbose_name="how often",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="place in the order")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                                to="communities.duty",
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
                                    hash="a729c7e9d7a8da0d16ff72311235e8d621a9e889",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c9ac7",
                                    table="communities_dutyevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyPhoto",
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
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="communities.dutyanswer",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of a duty",
                        "verbose_name_plural": "photos of duties",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="dutyphoto_waiting"
                            ),
                            models.Index(fields=["sha256"], name="dutyphoto_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="dutyphoto_by_thumbnail"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="dutyphoto_state_known",
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
                                name="dutyphoto_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="dutyphoto_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="dutyphoto_refused_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The photo of a duty is never removed';",
                                    hash="c56e9308ad4de2d05413d53cafcad967a3295b6e",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_f7ad3",
                                    table="communities_dutyphoto",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The photo of a duty is never removed';",
                                    hash="2f548c41be7375b3a27b550e46568871c3e464eb",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_f7eb3",
                                    table="communities_dutyphoto",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SheetEvent",
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
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="communities.dutysheet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "constraints": [
                            models.UniqueConstraint(fields=("sheet", "seq"), name="duty_event_seq_unique"),
                            models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="duty_event_seq_from_one"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of duties is append-only';",
                                    hash="4412c912d5c93b21c775403ebec6e89f6a50dcc1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_3bc97",
                                    table="communities_sheetevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of duties is append-only';",
                                    hash="5445315bb8aaebb9c24febde64bf4506a493eb8d",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_09386",
                                    table="communities_sheetevent",
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
