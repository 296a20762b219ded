"""Institutions of the area as units, so that circulars reach them."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import citymgmt.tables


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0010_regulations"),
        ("meetings", "0004_circulars"),
        ("people", "0006_tables"),
    ]

    operations = [
        citymgmt.tables.Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="memberunit",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="memberunit",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="memberunit",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="memberunit",
                    name="institution",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit",
                        to="communities.institution",
                        verbose_name="institution of the area",
                    ),
                ),
                migrations.AddField(
                    model_name="memberunitevent",
                    name="institution",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.institution",
                        verbose_name="institution of the area",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="memberunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_memberunitevent" ("community_id", "contact_email", "contact_name", "contact_phone", "id", "institution_id", "is_active", "kind", "name_en", "name_zh", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "substitute_email", "substitute_name", "substitute_phone") VALUES (NEW."community_id", NEW."contact_email", NEW."contact_name", NEW."contact_phone", NEW."id", NEW."institution_id", NEW."is_active", NEW."kind", NEW."name_en", NEW."name_zh", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."subdistrict_id", NEW."substitute_email", NEW."substitute_name", NEW."substitute_phone"); RETURN NULL;',
                            hash="fa79cc253a717853864bfb883b6c6d35f3547e45",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_072f2",
                            table="meetings_memberunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="memberunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "meetings_memberunitevent" ("community_id", "contact_email", "contact_name", "contact_phone", "id", "institution_id", "is_active", "kind", "name_en", "name_zh", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "substitute_email", "substitute_name", "substitute_phone") VALUES (NEW."community_id", NEW."contact_email", NEW."contact_name", NEW."contact_phone", NEW."id", NEW."institution_id", NEW."is_active", NEW."kind", NEW."name_en", NEW."name_zh", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."subdistrict_id", NEW."substitute_email", NEW."substitute_name", NEW."substitute_phone"); RETURN NULL;',
                            hash="ec195f3f93577303dc2ebe006eca512a4c4858f9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2504e",
                            table="meetings_memberunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="memberunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "meetings_memberunitevent" ("community_id", "contact_email", "contact_name", "contact_phone", "id", "institution_id", "is_active", "kind", "name_en", "name_zh", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "substitute_email", "substitute_name", "substitute_phone") VALUES (OLD."community_id", OLD."contact_email", OLD."contact_name", OLD."contact_phone", OLD."id", OLD."institution_id", OLD."is_active", OLD."kind", OLD."name_en", OLD."name_zh", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."subdistrict_id", OLD."substitute_email", OLD."substitute_name", OLD."substitute_phone"); RETURN NULL;',
                            hash="fb045aa7ca27c48b6bf0bae9000c660cc7113eac",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1933f",
                            table="meetings_memberunit",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="memberunit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("institution", None), ("kind", "institution"), _connector="OR"),
                        name="member_unit_of_an_institution",
                    ),
                ),
            ]
        ),
    ]
