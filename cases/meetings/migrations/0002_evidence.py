"""Photos of reports; why a meeting was called off, apart from why it was called."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

import citymgmt.tables
import citymgmt.triggers


def tell_apart(apps, schema_editor):
    """Calling off used to overwrite why a meeting was called: the trail still knows that."""
    meetings, trail = apps.get_model("meetings", "Meeting"), apps.get_model("meetings", "MeetingEvent")
    for one in meetings.objects.filter(state="cancelled").order_by("pk"):
        before = trail.objects.filter(pgh_obj_id=one.pk).exclude(state="cancelled").order_by("-pgh_id").first()
        reason = before.reason if before else ""
        meetings.objects.filter(pk=one.pk).update(called_off_because=one.reason, reason=reason)


def overwrite(apps, schema_editor):
    meetings = apps.get_model("meetings", "Meeting").objects
    meetings.filter(state="cancelled").update(reason=F("called_off_because"), called_off_because="")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_tables"),
        ("meetings", "0001_meetings"),
        ("people", "0006_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(verbose_name="uploaded at")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "being prepared"), ("ready", "ready"), ("refused", "cannot be used")],
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
                ("ordinal", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="meetings.resolutionevent",
                        verbose_name="event",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.memberunit",
                        verbose_name="member unit",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo of a report",
                "verbose_name_plural": "photos of reports",
                "ordering": ["event", "ordinal"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="evidence_waiting"),
                    models.Index(fields=["sha256"], name="evidence_by_file"),
                    models.Index(fields=["thumbnail_sha256"], name="evidence_by_thumbnail"),
                    models.Index(
                        condition=models.Q(("state", "refused")), fields=["created_at"], name="evidence_refused"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "ready", "refused"])), name="evidence_state_known"
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
                        name="evidence_ready_has_files",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                            _connector="OR",
                        ),
                        name="evidence_waiting_has_upload",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="evidence_refused_says_why",
                    ),
                    models.UniqueConstraint(fields=("event", "ordinal"), name="evidence_ordinal_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("ordinal__range", (1, 6))), name="evidence_so_many_of_a_report"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit__isnull", False), ("uploaded_by", None)),
                            models.Q(("unit", None), ("uploaded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="evidence_from_person_or_unit",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="never_removed_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'The evidence of resolutions is never removed';",
                            hash="380c0a7ae78dbf85b69af5d4b729cfef1019c351",
                            operation="DELETE",
                            pgid="pgtrigger_never_removed_rows_b9d69",
                            table="meetings_evidence",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_removed_table",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'The evidence of resolutions is never removed';",
                            hash="8c43b847380f49292be8792fe3174a23c70ef02a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_removed_table_7fe5f",
                            table="meetings_evidence",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        citymgmt.tables.Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="meeting",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="meeting",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="meeting",
                    name="delete_delete",
                ),
                migrations.RemoveConstraint(
                    model_name="meeting",
                    name="meeting_cancelled_with_a_reason",
                ),
                migrations.AddField(
                    model_name="meeting",
                    name="called_off_because",
                    field=models.TextField(blank=True, max_length=1000, verbose_name="called off because"),
                ),
                migrations.AddField(
                    model_name="meetingevent",
                    name="called_off_because",
                    field=models.TextField(blank=True, max_length=1000, verbose_name="called off because"),
                ),
                migrations.AlterField(
                    model_name="meetingevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="subdistrict_kind_rule_year_ordinal_title_starts_at_place_chair_recorder_state_called_for_reason_called_off_because_version_planned_at_planned_by_events",
                        to="meetings.meeting",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_meetingevent" ("called_for_id", "called_off_because", "chair_id", "kind", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "reason", "recorder_id", "rule_id", "starts_at", "state", "subdistrict_id", "title", "version", "year") VALUES (NEW."called_for_id", NEW."called_off_because", NEW."chair_id", NEW."kind", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."reason", NEW."recorder_id", NEW."rule_id", NEW."starts_at", NEW."state", NEW."subdistrict_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                            hash="d108dc3e72ddb0a402fcf39516a35b6a3de2a9e8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_61d9e",
                            table="meetings_meeting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."called_for_id" IS DISTINCT FROM (NEW."called_for_id") OR OLD."called_off_because" IS DISTINCT FROM (NEW."called_off_because") OR OLD."chair_id" IS DISTINCT FROM (NEW."chair_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."ordinal" IS DISTINCT FROM (NEW."ordinal") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."planned_at" IS DISTINCT FROM (NEW."planned_at") OR OLD."planned_by_id" IS DISTINCT FROM (NEW."planned_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."recorder_id" IS DISTINCT FROM (NEW."recorder_id") OR OLD."rule_id" IS DISTINCT FROM (NEW."rule_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subdistrict_id" IS DISTINCT FROM (NEW."subdistrict_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func='INSERT INTO "meetings_meetingevent" ("called_for_id", "called_off_because", "chair_id", "kind", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "reason", "recorder_id", "rule_id", "starts_at", "state", "subdistrict_id", "title", "version", "year") VALUES (NEW."called_for_id", NEW."called_off_because", NEW."chair_id", NEW."kind", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."reason", NEW."recorder_id", NEW."rule_id", NEW."starts_at", NEW."state", NEW."subdistrict_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                            hash="cc0100ae9260e5cc89a5bf4e6783dca85f86eed4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_495b8",
                            table="meetings_meeting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_meetingevent" ("called_for_id", "called_off_because", "chair_id", "kind", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "reason", "recorder_id", "rule_id", "starts_at", "state", "subdistrict_id", "title", "version", "year") VALUES (OLD."called_for_id", OLD."called_off_because", OLD."chair_id", OLD."kind", OLD."ordinal", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."planned_at", OLD."planned_by_id", OLD."reason", OLD."recorder_id", OLD."rule_id", OLD."starts_at", OLD."state", OLD."subdistrict_id", OLD."title", OLD."version", OLD."year"); RETURN NULL;',
                            hash="eed78e18db298b3321365a5cbd88a37386afb330",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4bf26",
                            table="meetings_meeting",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunPython(tell_apart, overwrite),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), models.Q(("called_off_because", ""), _negated=True)),
                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("called_off_because", "")),
                    _connector="OR",
                ),
                name="meeting_called_off_says_why",
            ),
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
