"""Guard posts, their hours and watches; looks at key places."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers
import communities.models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_tables"),
        ("communities", "0005_tables"),
        ("patrols", "0009_buildings"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="GuardedPlace",
                    fields=[],
                    options={
                        "verbose_name": "key place",
                        "verbose_name_plural": "key places",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("communities.keyplace",),
                ),
                migrations.CreateModel(
                    name="Deduction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slight", models.PositiveSmallIntegerField(verbose_name="slight")),
                        ("serious", models.PositiveSmallIntegerField(verbose_name="serious")),
                        (
                            "disorder",
                            models.ForeignKey(
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
                    ],
                    options={
                        "verbose_name": "deduction",
                        "verbose_name_plural": "deductions",
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "disorder"), name="deduction_once"),
                            models.CheckConstraint(
                                condition=models.Q(("serious__gte", models.F("slight")), ("serious__lte", 100)),
                                name="deduction_serious_is_more",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_deductionevent" ("disorder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "serious", "slight", "subdistrict_id") VALUES (NEW."disorder_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."serious", NEW."slight", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="4806c52b003231961b0ed07afe98cd8843b1ad38",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2ad59",
                                    table="patrols_deduction",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_deductionevent" ("disorder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "serious", "slight", "subdistrict_id") VALUES (NEW."disorder_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."serious", NEW."slight", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="03387cdef630f2c4e52c564c0f46954892f9e622",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_21bae",
                                    table="patrols_deduction",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_deductionevent" ("disorder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "serious", "slight", "subdistrict_id") VALUES (OLD."disorder_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."serious", OLD."slight", OLD."subdistrict_id"); RETURN NULL;',
                                    hash="9699513e14a46d1620e31997d13066a9ac96c039",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_345c1",
                                    table="patrols_deduction",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeductionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("slight", models.PositiveSmallIntegerField(verbose_name="slight")),
                        ("serious", models.PositiveSmallIntegerField(verbose_name="serious")),
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
                                to="patrols.deduction",
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
                                    hash="3e729230cf99dc68a57c4bf3eafec9673b03c8a6",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_94c38",
                                    table="patrols_deductionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuardPost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
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
                            "radius_m",
                            models.PositiveSmallIntegerField(
                                default=100,
                                validators=[
                                    django.core.validators.MinValueValidator(20),
                                    django.core.validators.MaxValueValidator(1000),
                                ],
                                verbose_name="radius in metres",
                            ),
                        ),
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
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "key_place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="patrols.guardedplace",
                                verbose_name="key place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "guard post",
                        "verbose_name_plural": "guard posts",
                        "constraints": [
                            models.UniqueConstraint(fields=("community", "name_zh"), name="guard_post_name_unique"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("latitude__range", (-90, 90)),
                                    ("longitude__range", (-180, 180)),
                                    ("latitude__isnull", False),
                                    ("longitude__isnull", False),
                                ),
                                name="guard_post_on_earth",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("radius_m__range", (20, 1000))), name="guard_post_radius"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False)), name="guard_post_holds_some_day"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_guardpostevent" ("address", "community_id", "id", "key_place_id", "latitude", "longitude", "name_en", "name_zh", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "radius_m", "team_id") VALUES (NEW."address", NEW."community_id", NEW."id", NEW."key_place_id", NEW."latitude", NEW."longitude", NEW."name_en", NEW."name_zh", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."radius_m", NEW."team_id"); RETURN NULL;',
                                    hash="1ecb091fd08836646563e5842a74b68f3c88f2fa",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_fe263",
                                    table="patrols_guardpost",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_guardpostevent" ("address", "community_id", "id", "key_place_id", "latitude", "longitude", "name_en", "name_zh", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "radius_m", "team_id") VALUES (NEW."address", NEW."community_id", NEW."id", NEW."key_place_id", NEW."latitude", NEW."longitude", NEW."name_en", NEW."name_zh", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."radius_m", NEW."team_id"); RETURN NULL;',
                                    hash="1ed8ab5e38d8a76e0f30ef371ee3f04166031382",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_929b8",
                                    table="patrols_guardpost",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_guardpostevent" ("address", "community_id", "id", "key_place_id", "latitude", "longitude", "name_en", "name_zh", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "radius_m", "team_id") VALUES (OLD."address", OLD."community_id", OLD."id", OLD."key_place_id", OLD."latitude", OLD."longitude", OLD."name_en", OLD."name_zh", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."radius_m", OLD."team_id"); RETURN NULL;',
                                    hash="3ac5bfd030a38decbffa6d06bb394ba05fa7ad19",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_aad4d",
                                    table="patrols_guardpost",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuardHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "days",
                            models.CharField(
                                choices=[
                                    ("every", "every day"),
                                    ("working", "on working days"),
                                    ("off", "on days off and holidays"),
                                ],
                                default="every",
                                max_length=8,
                                verbose_name="days",
                            ),
                        ),
                        ("starts", models.TimeField(verbose_name="starts")),
                        ("ends", models.TimeField(verbose_name="ends")),
                        ("persons", models.PositiveSmallIntegerField(default=1, verbose_name="persons")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hours",
                                to="patrols.guardpost",
                                verbose_name="guard post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "guard hours",
                        "verbose_name_plural": "guard hours",
                        "constraints": [
                            models.UniqueConstraint(fields=("post", "days", "starts", "ends"), name="guard_hours_once"),
                            models.CheckConstraint(
                                condition=models.Q(("starts", models.F("ends")), _negated=True),
                                name="guard_hours_take_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("persons__range", (1, 20))), name="guard_hours_persons"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_guardhoursevent" ("days", "ends", "id", "is_active", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "starts") VALUES (NEW."days", NEW."ends", NEW."id", NEW."is_active", NEW."persons", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post_id", NEW."starts"); RETURN NULL;',
                                    hash="b24a805d5f69b0656273c865b18d8602651470cd",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_bb440",
                                    table="patrols_guardhours",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_guardhoursevent" ("days", "ends", "id", "is_active", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "starts") VALUES (NEW."days", NEW."ends", NEW."id", NEW."is_active", NEW."persons", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post_id", NEW."starts"); RETURN NULL;',
                                    hash="6ac094b1412f6f710d8feb772843295f4c2180df",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_a47ee",
                                    table="patrols_guardhours",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_guardhoursevent" ("days", "ends", "id", "is_active", "persons", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "starts") VALUES (OLD."days", OLD."ends", OLD."id", OLD."is_active", OLD."persons", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post_id", OLD."starts"); RETURN NULL;',
                                    hash="b28143b09ccfe411455a1f5876d9e3f559d368dd",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_91ea1",
                                    table="patrols_guardhours",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuardHoursEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "days",
                            models.CharField(
                                choices=[
                                    ("every", "every day"),
                                    ("working", "on working days"),
                                    ("off", "on days off and holidays"),
                                ],
                                default="every",
                                max_length=8,
                                verbose_name="days",
                            ),
                        ),
                        ("starts", models.TimeField(verbose_name="starts")),
                        ("ends", models.TimeField(verbose_name="ends")),
                        ("persons", models.PositiveSmallIntegerField(default=1, verbose_name="persons")),
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
                                to="patrols.guardhours",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.guardpost",
                                verbose_name="guard post",
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
                                    hash="082f260f7e41962bce3398a742b615c8d6ce2898",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d9c41",
                                    table="patrols_guardhoursevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuardWatch",
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
                        ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name="hours")),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "guard planned"),
                                    ("present", "on guard"),
                                    ("done", "guarded"),
                                    ("missed", "nobody came"),
                                    ("absent", "absent with a reason"),
                                    ("withdrawn", "taken off the roster"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("ladder_code", models.CharField(blank=True, max_length=4)),
                        ("is_by_hand", models.BooleanField(default=False)),
                        ("arrived_at", models.DateTimeField(blank=True, null=True, verbose_name="arrived at")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left at")),
                        ("is_by_word", models.BooleanField(default=False, verbose_name="by word alone")),
                        (
                            "metres",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="metres from the post"),
                        ),
                        (
                            "accuracy_m",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="accuracy in metres"),
                        ),
                        (
                            "hours",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="watches",
                                to="patrols.guardhours",
                                verbose_name="guard hours",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="watches",
                                to="patrols.guardpost",
                                verbose_name="guard post",
                            ),
                        ),
                        (
                            "relieves",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patrols.guardwatch",
                                verbose_name="took over from",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="watches",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "turn_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="turn of",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person on guard",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "guard watch",
                        "verbose_name_plural": "guard watches",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="guard_watch_due_for_sweep",
                            ),
                            models.Index(fields=["team", "on"], name="guard_watch_of_team_on_day"),
                            models.Index(fields=["post", "on"], name="guard_watch_of_post_on_day"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("hours", "on", "place"),
                                name="guard_watch_once",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(
                                    ("state__in", ["planned", "present", "done"]), ("user__isnull", False)
                                ),
                                expressions=[(communities.models.Point("user_id"), "&&"), ("period", "&&")],
                                name="guard_watch_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False)), name="guard_watch_takes_time"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("arrived_at__isnull", False),
                                        ("state__in", ["present", "done"]),
                                        ("user__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["present", "done"]), _negated=True),
                                        ("arrived_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="guard_watch_stood_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("left_at__gte", models.F("arrived_at")), ("state", "done")),
                                    models.Q(models.Q(("state", "done"), _negated=True), ("left_at", None)),
                                    _connector="OR",
                                ),
                                name="guard_watch_left_after",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuardEvent",
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
                            "guard_watch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="patrols.guardwatch",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "constraints": [
                            models.UniqueConstraint(fields=("guard_watch", "seq"), name="guard_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="guard_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of guard watches is append-only';",
                                    hash="ff390b4af4318c74ce7e9f28d475d9cc62fa4ede",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_723ea",
                                    table="patrols_guardevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of guard watches is append-only';",
                                    hash="b979ad18d184a35b254975f1dbf0b056dbdfe4e3",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_615a8",
                                    table="patrols_guardevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConditionLook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("score", models.PositiveSmallIntegerField(verbose_name="score")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("request_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                        ("request_digest", models.CharField(blank=True, max_length=64)),
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
                            "watch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looks",
                                to="patrols.guardwatch",
                                verbose_name="guard watch",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looks",
                                to="patrols.guardedplace",
                                verbose_name="key place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "look at a key place",
                        "verbose_name_plural": "looks at key places",
                        "indexes": [models.Index(fields=["place", "at"], name="condition_look_of_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("score__range", (0, 100))), name="condition_score_of_a_hundred"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The looks at key places is append-only';",
                                    hash="58da0b3b46482aa70165eb22f6c8b242be0627f5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_c9226",
                                    table="patrols_conditionlook",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The looks at key places is append-only';",
                                    hash="b3d8bb5d05d039a777fd2767beee0d3b559c15da",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_fe112",
                                    table="patrols_conditionlook",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LookMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[("slight", "slight"), ("serious", "serious")],
                                max_length=7,
                                verbose_name="severity",
                            ),
                        ),
                        ("deduction", models.PositiveSmallIntegerField(verbose_name="deduction")),
                        (
                            "disorder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.disorder",
                                verbose_name="disorder",
                            ),
                        ),
                        (
                            "look",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="patrols.conditionlook",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mark of a look",
                        "verbose_name_plural": "marks of looks",
                        "constraints": [models.UniqueConstraint(fields=("look", "disorder"), name="look_mark_once")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The looks at key places is append-only';",
                                    hash="f1b423c883a2a2b9d0c46efda690c4110c875b54",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_94269",
                                    table="patrols_lookmark",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The looks at key places is append-only';",
                                    hash="4bdfdb0681e74f93040e69c0e63acb989a5c4b26",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_ab51d",
                                    table="patrols_lookmark",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WatchPhoto",
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
                            "watch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="patrols.guardwatch",
                                verbose_name="guard watch",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of a watch",
                        "verbose_name_plural": "photos of watches",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="watchphoto_waiting"
                            ),
                            models.Index(fields=["sha256"], name="watchphoto_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="watchphoto_by_thumbnail"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="watchphoto_state_known",
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
                                name="watchphoto_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="watchphoto_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="watchphoto_refused_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The photos of guard watches is never removed';",
                                    hash="4b075b0c8edc70d924837fda92a5ef45cc7b983e",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_a6c3a",
                                    table="patrols_watchphoto",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The photos of guard watches is never removed';",
                                    hash="dee3646fa762042104c831d742e3b59ce2f4b720",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_41e6d",
                                    table="patrols_watchphoto",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuardPostEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
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
                            "radius_m",
                            models.PositiveSmallIntegerField(
                                default=100,
                                validators=[
                                    django.core.validators.MinValueValidator(20),
                                    django.core.validators.MaxValueValidator(1000),
                                ],
                                verbose_name="radius in metres",
                            ),
                        ),
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
                                to="patrols.guardpost",
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
                        (
                            "key_place",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.guardedplace",
                                verbose_name="key place",
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
                                    hash="313fb56b5ce1a4db3825710f31ea078e549fd07d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_dad8e",
                                    table="patrols_guardpostevent",
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
