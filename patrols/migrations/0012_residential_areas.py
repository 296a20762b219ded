"""Points of routes that come from residential areas."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import citymgmt.tables


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0008_committees"),
        ("patrols", "0011_papers"),
    ]

    operations = [
        citymgmt.tables.Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="routepoint",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="routepoint",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="routepoint",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="routepoint",
                    name="area",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.residentialarea",
                        verbose_name="residential area",
                    ),
                ),
                migrations.AddField(
                    model_name="routepointevent",
                    name="area",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="communities.residentialarea",
                        verbose_name="residential area",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routepoint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patrols_routepointevent" ("address", "area_id", "community_id", "id", "is_active", "key_place_id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_class_id", "route_id", "site_id") VALUES (NEW."address", NEW."area_id", NEW."community_id", NEW."id", NEW."is_active", NEW."key_place_id", NEW."latitude", NEW."longitude", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_class_id", NEW."route_id", NEW."site_id"); RETURN NULL;',
                            hash="c925b80abd50374be6e2b94563e9193f2d454884",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_26a28",
                            table="patrols_routepoint",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routepoint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."community_id" IS DISTINCT FROM (NEW."community_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."key_place_id" IS DISTINCT FROM (NEW."key_place_id") OR OLD."latitude" IS DISTINCT FROM (NEW."latitude") OR OLD."longitude" IS DISTINCT FROM (NEW."longitude") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."place_class_id" IS DISTINCT FROM (NEW."place_class_id") OR OLD."route_id" IS DISTINCT FROM (NEW."route_id") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id"))',
                            func='INSERT INTO "patrols_routepointevent" ("address", "area_id", "community_id", "id", "is_active", "key_place_id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_class_id", "route_id", "site_id") VALUES (NEW."address", NEW."area_id", NEW."community_id", NEW."id", NEW."is_active", NEW."key_place_id", NEW."latitude", NEW."longitude", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_class_id", NEW."route_id", NEW."site_id"); RETURN NULL;',
                            hash="810597b03f9ff54974cc649847a80f010ec999d0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_194a0",
                            table="patrols_routepoint",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routepoint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patrols_routepointevent" ("address", "area_id", "community_id", "id", "is_active", "key_place_id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_class_id", "route_id", "site_id") VALUES (OLD."address", OLD."area_id", OLD."community_id", OLD."id", OLD."is_active", OLD."key_place_id", OLD."latitude", OLD."longitude", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_class_id", OLD."route_id", OLD."site_id"); RETURN NULL;',
                            hash="6fd76903cfce2423578024456844f2c83977b366",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7503f",
                            table="patrols_routepoint",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
