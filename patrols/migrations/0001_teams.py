import django.contrib.postgres.constraints
import django.contrib.postgres.fields
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
    initial = True

    dependencies = [
        ("communities", "0005_tables"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="Team",
                    fields=[],
                    options={
                        "verbose_name": "team",
                        "verbose_name_plural": "teams",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("people.organisation",),
                ),
                migrations.CreateModel(
                    name="TeamArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                                related_name="areas",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "area of a team",
                        "verbose_name_plural": "areas of teams",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_teamareaevent" ("community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id") VALUES (NEW."community_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."team_id"); RETURN NULL;',
                                    hash="820decfbd1b697a4adfd71b5ce5b308c733d4d98",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f4ef3",
                                    table="patrols_teamarea",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_teamareaevent" ("community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id") VALUES (NEW."community_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."team_id"); RETURN NULL;',
                                    hash="5617af3fd8538b8b1b6a16427bd36cbeb8fa1f7f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_6e778",
                                    table="patrols_teamarea",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_teamareaevent" ("community_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id") VALUES (OLD."community_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."team_id"); RETURN NULL;',
                                    hash="5a709bf3ed4d001f70f7b5b01359f67f489d0b32",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_fd974",
                                    table="patrols_teamarea",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("team", "community"), name="team_area_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Shift",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("starts", models.TimeField(verbose_name="starts")),
                        ("ends", models.TimeField(verbose_name="ends")),
                        (
                            "fewest",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="fewest people",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shifts",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "shift",
                        "verbose_name_plural": "shifts",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_shiftevent" ("ends", "fewest", "id", "is_active", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "team_id") VALUES (NEW."ends", NEW."fewest", NEW."id", NEW."is_active", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts", NEW."team_id"); RETURN NULL;',
                                    hash="8fa1e0784663f664290a5fc9791fab68bb697762",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_257cd",
                                    table="patrols_shift",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_shiftevent" ("ends", "fewest", "id", "is_active", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "team_id") VALUES (NEW."ends", NEW."fewest", NEW."id", NEW."is_active", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts", NEW."team_id"); RETURN NULL;',
                                    hash="60c6212a9062507987c5de6dbde3884b58ce7c54",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f2a8d",
                                    table="patrols_shift",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_shiftevent" ("ends", "fewest", "id", "is_active", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "team_id") VALUES (OLD."ends", OLD."fewest", OLD."id", OLD."is_active", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts", OLD."team_id"); RETURN NULL;',
                                    hash="b2be320362fe78424d7b6cd87424493ad9934c51",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ac4ba",
                                    table="patrols_shift",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("team", "name_zh"), name="shift_name_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("starts", models.F("ends")), _negated=True), name="shift_takes_time"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rotation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(verbose_name="first day of the cycle")),
                        ("step", models.PositiveSmallIntegerField(default=1, verbose_name="days between members")),
                        (
                            "cycle",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None, verbose_name="cycle"
                            ),
                        ),
                        (
                            "members",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None, verbose_name="members"
                            ),
                        ),
                        (
                            "team",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rotation",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rotation",
                        "verbose_name_plural": "rotations",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_rotationevent" ("cycle", "id", "members", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "step", "team_id") VALUES (NEW."cycle", NEW."id", NEW."members", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."step", NEW."team_id"); RETURN NULL;',
                                    hash="40cd29bc38fb73159ec69b91d0225d024ce5796a",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_25a7b",
                                    table="patrols_rotation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_rotationevent" ("cycle", "id", "members", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "step", "team_id") VALUES (NEW."cycle", NEW."id", NEW."members", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."step", NEW."team_id"); RETURN NULL;',
                                    hash="0c730eb1f1910394411cb8a0a078634ca1cde832",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ea791",
                                    table="patrols_rotation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_rotationevent" ("cycle", "id", "members", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "step", "team_id") VALUES (OLD."cycle", OLD."id", OLD."members", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."step", OLD."team_id"); RETURN NULL;',
                                    hash="3ace2410bf0db6ca8a3c5dd4d01fbaf28c6ffb3e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b8455",
                                    table="patrols_rotation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberLeave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                        ("reason", models.CharField(blank=True, max_length=100, verbose_name="reason")),
                        (
                            "substitute",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="stand-in",
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
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leaves",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "leave of a member",
                        "verbose_name_plural": "leaves of members",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_memberleaveevent" ("id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "substitute_id", "team_id", "user_id") VALUES (NEW."id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."substitute_id", NEW."team_id", NEW."user_id"); RETURN NULL;',
                                    hash="57b7bde8a08e426a708b3bfa90b18290b3f45205",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_0fca1",
                                    table="patrols_memberleave",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_memberleaveevent" ("id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "substitute_id", "team_id", "user_id") VALUES (NEW."id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."substitute_id", NEW."team_id", NEW."user_id"); RETURN NULL;',
                                    hash="c40932e05b8141136aa568b50dd9d51fb09ad185",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_57fbe",
                                    table="patrols_memberleave",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_memberleaveevent" ("id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "substitute_id", "team_id", "user_id") VALUES (OLD."id", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."substitute_id", OLD."team_id", OLD."user_id"); RETURN NULL;',
                                    hash="609ddf2188d8ea0999745befdd480eae2cd3c902",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_cf2cb",
                                    table="patrols_memberleave",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[(communities.models.Point("user_id"), "&&"), ("period", "&&")],
                                name="member_one_leave_each_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False)), name="member_leave_not_empty"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("user", models.F("substitute")), _negated=True),
                                name="member_leave_substitute_other",
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
                        ("on", models.DateField(verbose_name="day")),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name="hours")),
                        ("is_by_hand", models.BooleanField(default=False)),
                        ("is_removed", models.BooleanField(default=False)),
                        (
                            "turn_of",
                            models.ForeignKey(
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "shift",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="patrols.shift",
                                verbose_name="shift",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "duty",
                        "verbose_name_plural": "duties",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_dutyevent" ("id", "is_by_hand", "is_removed", "on", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shift_id", "team_id", "turn_of_id", "user_id") VALUES (NEW."id", NEW."is_by_hand", NEW."is_removed", NEW."on", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shift_id", NEW."team_id", NEW."turn_of_id", NEW."user_id"); RETURN NULL;',
                                    hash="e4f16b037fe052f6c2df4ab78260ad07805ef61d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_0f08c",
                                    table="patrols_duty",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_dutyevent" ("id", "is_by_hand", "is_removed", "on", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shift_id", "team_id", "turn_of_id", "user_id") VALUES (NEW."id", NEW."is_by_hand", NEW."is_removed", NEW."on", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shift_id", NEW."team_id", NEW."turn_of_id", NEW."user_id"); RETURN NULL;',
                                    hash="fc2afbb253287824b0dde2a09dc0073c07a7dc2a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d9acf",
                                    table="patrols_duty",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_dutyevent" ("id", "is_by_hand", "is_removed", "on", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shift_id", "team_id", "turn_of_id", "user_id") VALUES (OLD."id", OLD."is_by_hand", OLD."is_removed", OLD."on", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."shift_id", OLD."team_id", OLD."turn_of_id", OLD."user_id"); RETURN NULL;',
                                    hash="806c51fed36dc7e82aa139dfc12da16beb1d07d3",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_76e96",
                                    table="patrols_duty",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [models.Index(fields=["team", "on"], name="patrols_dut_team_id_d97c92_idx")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_removed", False)),
                                fields=("user", "shift", "on"),
                                name="duty_once_a_day",
                            ),
                            models.UniqueConstraint(fields=("turn_of", "shift", "on"), name="duty_one_row_for_a_turn"),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("is_removed", False)),
                                expressions=[(communities.models.Point("user_id"), "&&"), ("period", "&&")],
                                name="duty_no_two_at_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False)), name="duty_takes_time"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("came_at", models.DateTimeField(null=True, verbose_name="came at")),
                        ("left_at", models.DateTimeField(null=True, verbose_name="left at")),
                        ("is_late", models.BooleanField(default=False, verbose_name="late")),
                        (
                            "longitude",
                            models.FloatField(
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
                            models.FloatField(
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        ("accuracy_m", models.FloatField(null=True, verbose_name="accuracy in metres")),
                        ("reason", models.CharField(blank=True, max_length=100, verbose_name="reason")),
                        (
                            "noted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noted by",
                            ),
                        ),
                        (
                            "duty",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance",
                                to="patrols.duty",
                                verbose_name="duty",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attendance",
                        "verbose_name_plural": "attendances",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_attendanceevent" ("came_at", "duty_id", "id", "is_late", "left_at", "noted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."came_at", NEW."duty_id", NEW."id", NEW."is_late", NEW."left_at", NEW."noted_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                                    hash="71db8cbab2d0db8d2684874df536ee57291822ad",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9dad6",
                                    table="patrols_attendance",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."came_at" IS DISTINCT FROM (NEW."came_at") OR OLD."duty_id" IS DISTINCT FROM (NEW."duty_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_late" IS DISTINCT FROM (NEW."is_late") OR OLD."left_at" IS DISTINCT FROM (NEW."left_at") OR OLD."noted_by_id" IS DISTINCT FROM (NEW."noted_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason"))',
                                    func='INSERT INTO "patrols_attendanceevent" ("came_at", "duty_id", "id", "is_late", "left_at", "noted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."came_at", NEW."duty_id", NEW."id", NEW."is_late", NEW."left_at", NEW."noted_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                                    hash="0080c4f580daf2ad306785d76c29dab4a9ad1ef9",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_2b242",
                                    table="patrols_attendance",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_attendanceevent" ("came_at", "duty_id", "id", "is_late", "left_at", "noted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."came_at", OLD."duty_id", OLD."id", OLD."is_late", OLD."left_at", OLD."noted_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;',
                                    hash="6e6a38ee2852789161e30f4d43ae7a2f2a2c1e74",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d1494",
                                    table="patrols_attendance",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("came_at__isnull", False), ("noted_by__isnull", True)),
                                    models.Q(
                                        ("came_at__isnull", True),
                                        ("noted_by__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="attendance_checked_in_or_noted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_at__isnull", True), ("left_at__gte", models.F("came_at")), _connector="OR"
                                ),
                                name="attendance_left_after",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
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
                                choices=[
                                    ("driving", "driving licence"),
                                    ("pest", "pest control applicator"),
                                    ("enforcement", "enforcement certificate"),
                                    ("first_aid", "first aid"),
                                    ("other", "other certificate"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("number", models.CharField(max_length=40, verbose_name="number")),
                        ("issued_on", models.DateField(verbose_name="issued on")),
                        ("expires_on", models.DateField(db_index=True, verbose_name="expires on")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certificate",
                        "verbose_name_plural": "certificates",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_certificateevent" ("expires_on", "id", "issued_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "user_id") VALUES (NEW."expires_on", NEW."id", NEW."issued_on", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."team_id", NEW."user_id"); RETURN NULL;',
                                    hash="a87e7599f19dfd1776dcde13285d7e4d68853d06",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_1318f",
                                    table="patrols_certificate",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                                    func='INSERT INTO "patrols_certificateevent" ("expires_on", "id", "issued_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "user_id") VALUES (NEW."expires_on", NEW."id", NEW."issued_on", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."team_id", NEW."user_id"); RETURN NULL;',
                                    hash="c5922ce462d089d10d734340efce62a5f08289f5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_35bf8",
                                    table="patrols_certificate",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_certificateevent" ("expires_on", "id", "issued_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "user_id") VALUES (OLD."expires_on", OLD."id", OLD."issued_on", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."team_id", OLD."user_id"); RETURN NULL;',
                                    hash="edf1ee71c521f15e9a8964dff976674c26b011df",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1385e",
                                    table="patrols_certificate",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "kind", "number"), name="certificate_once"),
                            models.CheckConstraint(
                                condition=models.Q(("expires_on__gte", models.F("issued_on"))),
                                name="certificate_expires_after_issue",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamAreaEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                                to="patrols.teamarea",
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
                                    hash="227401914982bf7225daefaa71a4a110352700bd",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_846d4",
                                    table="patrols_teamareaevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShiftEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("starts", models.TimeField(verbose_name="starts")),
                        ("ends", models.TimeField(verbose_name="ends")),
                        (
                            "fewest",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="fewest people",
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
                                to="patrols.shift",
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
                                    hash="c7534d26e351785503e84fd33c077e55796375f3",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_394a4",
                                    table="patrols_shiftevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RotationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("since", models.DateField(verbose_name="first day of the cycle")),
                        ("step", models.PositiveSmallIntegerField(default=1, verbose_name="days between members")),
                        (
                            "cycle",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None, verbose_name="cycle"
                            ),
                        ),
                        (
                            "members",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None, verbose_name="members"
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
                                to="patrols.rotation",
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
                                    hash="3b5b3241f94840fe9cf74a9f89af543062982ff8",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_43342",
                                    table="patrols_rotationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberLeaveEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                        ("reason", models.CharField(blank=True, max_length=100, verbose_name="reason")),
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
                                to="patrols.memberleave",
                            ),
                        ),
                        (
                            "substitute",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="stand-in",
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
                                    hash="d4cc9b877a20794510c6b927272d2e1948d5520c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5cde4",
                                    table="patrols_memberleaveevent",
                                    when="BEFORE",
                                ),
                            )
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
                        ("on", models.DateField(verbose_name="day")),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name="hours")),
                        ("is_by_hand", models.BooleanField(default=False)),
                        ("is_removed", models.BooleanField(default=False)),
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
                                to="patrols.duty",
                            ),
                        ),
                        (
                            "turn_of",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="turn of",
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
                        (
                            "shift",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.shift",
                                verbose_name="shift",
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
                                    hash="a9540377021ff26e4c09b2ec7fb426442b65d27e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_35d58",
                                    table="patrols_dutyevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttendanceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("came_at", models.DateTimeField(null=True, verbose_name="came at")),
                        ("left_at", models.DateTimeField(null=True, verbose_name="left at")),
                        ("is_late", models.BooleanField(default=False, verbose_name="late")),
                        ("reason", models.CharField(blank=True, max_length=100, verbose_name="reason")),
                        (
                            "noted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noted by",
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
                                to="patrols.attendance",
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.duty",
                                verbose_name="duty",
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
                                    hash="fb3dedbb9a9f8cd6e50b3593be3854f7842d6316",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_a4921",
                                    table="patrols_attendanceevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("driving", "driving licence"),
                                    ("pest", "pest control applicator"),
                                    ("enforcement", "enforcement certificate"),
                                    ("first_aid", "first aid"),
                                    ("other", "other certificate"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("issued_on", models.DateField(verbose_name="issued on")),
                        ("expires_on", models.DateField(verbose_name="expires on")),
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
                                to="patrols.certificate",
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
                                    hash="e664c53c6d009513718ffe4437baa04756ab9db1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_1fc85",
                                    table="patrols_certificateevent",
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
