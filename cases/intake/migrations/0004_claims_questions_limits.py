"""What programs say of a state, questions that end, and the ladder of the hotline's orders."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import citymgmt.tables


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_reporters"),
        ("intake", "0003_hotline"),
        ("people", "0006_tables"),
    ]

    operations = [
        citymgmt.tables.Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="question",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="question",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="question",
                    name="delete_delete",
                ),
                migrations.RemoveConstraint(
                    model_name="question",
                    name="question_position_unique",
                ),
                migrations.AddField(
                    model_name="addition",
                    name="claim",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("OPEN", "goes on"),
                            ("CLOSED", "closed"),
                            ("INVESTIGATING", "being looked into"),
                            ("IN_PROGRESS", "being handled"),
                            ("ACTION_SCHEDULED", "planned"),
                            ("FIXED", "solved"),
                            ("DUPLICATE", "reported twice"),
                            ("NOT_COUNCILS_RESPONSIBILITY", "not for this office"),
                            ("NO_FURTHER_ACTION", "nothing more is done"),
                            ("INTERNAL_REFERRAL", "passed on"),
                            ("REOPEN", "not solved after all"),
                        ],
                        max_length=30,
                        verbose_name="state, as the sender says",
                    ),
                ),
                migrations.AddField(
                    model_name="hotlineorder",
                    name="due_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="due"),
                ),
                migrations.AddField(
                    model_name="hotlineorder",
                    name="next_check_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="hotlineorder",
                    name="rung",
                    field=models.PositiveSmallIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="hotlineorder",
                    name="rung_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="hotlineorder",
                    name="watched_from",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="question",
                    name="is_active",
                    field=models.BooleanField(default=True, verbose_name="active"),
                ),
                migrations.AddField(
                    model_name="questionevent",
                    name="is_active",
                    field=models.BooleanField(default=True, verbose_name="active"),
                ),
                migrations.AddIndex(
                    model_name="hotlineorder",
                    index=models.Index(
                        condition=models.Q(("next_check_at__isnull", False)),
                        fields=["next_check_at"],
                        name="hotline_due_for_sweep",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="question",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_questionevent" ("choices", "code", "datatype", "hint_en", "hint_zh", "id", "is_active", "is_required", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "topic_id") VALUES (NEW."choices", NEW."code", NEW."datatype", NEW."hint_en", NEW."hint_zh", NEW."id", NEW."is_active", NEW."is_required", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."topic_id"); RETURN NULL;',
                            hash="36156d546ccf3aa4db648156a9ac65b4e9aed034",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_80108",
                            table="intake_question",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="question",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "intake_questionevent" ("choices", "code", "datatype", "hint_en", "hint_zh", "id", "is_active", "is_required", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "topic_id") VALUES (NEW."choices", NEW."code", NEW."datatype", NEW."hint_en", NEW."hint_zh", NEW."id", NEW."is_active", NEW."is_required", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."topic_id"); RETURN NULL;',
                            hash="78d95a2c9b55d65fb6c5bcb193121b8db0767153",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_67641",
                            table="intake_question",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="question",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_questionevent" ("choices", "code", "datatype", "hint_en", "hint_zh", "id", "is_active", "is_required", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "topic_id") VALUES (OLD."choices", OLD."code", OLD."datatype", OLD."hint_en", OLD."hint_zh", OLD."id", OLD."is_active", OLD."is_required", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."topic_id"); RETURN NULL;',
                            hash="330fe9cf2c3c766a4564c71b19b24f95879d8d0f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_577fb",
                            table="intake_question",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="addition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "claim__in",
                                [
                                    "",
                                    "OPEN",
                                    "CLOSED",
                                    "INVESTIGATING",
                                    "IN_PROGRESS",
                                    "ACTION_SCHEDULED",
                                    "FIXED",
                                    "DUPLICATE",
                                    "NOT_COUNCILS_RESPONSIBILITY",
                                    "NO_FURTHER_ACTION",
                                    "INTERNAL_REFERRAL",
                                    "REOPEN",
                                ],
                            )
                        ),
                        name="addition_claim_known",
                    ),
                ),
                migrations.RunSQL(
                    """UPDATE intake_hotlineorder SET due_at = finish_due_at, watched_from = now(), next_check_at = now()
                    WHERE replied_at IS NULL""",
                    migrations.RunSQL.noop,
                ),
                migrations.AddConstraint(
                    model_name="hotlineorder",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at", models.F("finish_due_at")), ("replied_at", None)),
                            models.Q(("due_at", None), ("next_check_at", None), ("replied_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="hotline_climbs_until_replied",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="question",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("topic", "position"),
                        name="question_position_unique",
                    ),
                ),
            ]
        ),
    ]
