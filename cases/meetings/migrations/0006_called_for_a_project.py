"""Consultations that are called for a project."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_campaigns"),
        ("communities", "0012_projects"),
        ("meetings", "0005_institutions_as_units"),
        ("people", "0006_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                migrations.AddField(
                    model_name="meeting",
                    name="called_for_project",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="communities.project",
                        verbose_name="called for the project",
                    ),
                ),
                migrations.AddField(
                    model_name="meetingevent",
                    name="called_for_project",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.project",
                        verbose_name="called for the project",
                    ),
                ),
                migrations.AlterField(
                    model_name="meetingevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="subdistrict_kind_rule_year_ordinal_title_starts_at_place_chair_recorder_state_called_for_called_for_project_reason_called_off_because_version_planned_at_planned_by_events",
                        to="meetings.meeting",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_meetingevent" ("called_for_id", "called_for_project_id", "called_off_because", "chair_id", "kind", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "reason", "recorder_id", "rule_id", "starts_at", "state", "subdistrict_id", "title", "version", "year") VALUES (NEW."called_for_id", NEW."called_for_project_id", NEW."called_off_because", NEW."chair_id", NEW."kind", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."reason", NEW."recorder_id", NEW."rule_id", NEW."starts_at", NEW."state", NEW."subdistrict_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                            hash="d46ffbc1e3f7deabe636f542f1d94b63bcf791fd",
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
                            condition='WHEN (OLD."called_for_id" IS DISTINCT FROM (NEW."called_for_id") OR OLD."called_for_project_id" IS DISTINCT FROM (NEW."called_for_project_id") OR OLD."called_off_because" IS DISTINCT FROM (NEW."called_off_because") OR OLD."chair_id" IS DISTINCT FROM (NEW."chair_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."ordinal" IS DISTINCT FROM (NEW."ordinal") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."planned_at" IS DISTINCT FROM (NEW."planned_at") OR OLD."planned_by_id" IS DISTINCT FROM (NEW."planned_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."recorder_id" IS DISTINCT FROM (NEW."recorder_id") OR OLD."rule_id" IS DISTINCT FROM (NEW."rule_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subdistrict_id" IS DISTINCT FROM (NEW."subdistrict_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func='INSERT INTO "meetings_meetingevent" ("called_for_id", "called_for_project_id", "called_off_because", "chair_id", "kind", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "reason", "recorder_id", "rule_id", "starts_at", "state", "subdistrict_id", "title", "version", "year") VALUES (NEW."called_for_id", NEW."called_for_project_id", NEW."called_off_because", NEW."chair_id", NEW."kind", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."reason", NEW."recorder_id", NEW."rule_id", NEW."starts_at", NEW."state", NEW."subdistrict_id", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                            hash="69c441f6e86d15d4f6e2c58c5235f04438325c3b",
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
                            func='INSERT INTO "meetings_meetingevent" ("called_for_id", "called_for_project_id", "called_off_because", "chair_id", "kind", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "reason", "recorder_id", "rule_id", "starts_at", "state", "subdistrict_id", "title", "version", "year") VALUES (OLD."called_for_id", OLD."called_for_project_id", OLD."called_off_because", OLD."chair_id", OLD."kind", OLD."ordinal", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."planned_at", OLD."planned_by_id", OLD."reason", OLD."recorder_id", OLD."rule_id", OLD."starts_at", OLD."state", OLD."subdistrict_id", OLD."title", OLD."version", OLD."year"); RETURN NULL;',
                            hash="2e322a9cb8bda69e2377130bce0868162300eb46",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4bf26",
                            table="meetings_meeting",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("called_for__isnull", True), ("called_for_project__isnull", True), _connector="OR"
                        ),
                        name="meeting_called_for_one_thing",
                    ),
                ),
            ]
        ),
    ]
