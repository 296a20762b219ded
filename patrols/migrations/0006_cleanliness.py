import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0005_tables"),
        ("patrols", "0005_pests"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="BlindSpot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("name", models.CharField(max_length=100, verbose_name="place")),
                        ("found_on", models.DateField(verbose_name="found on")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("is_watched", models.BooleanField(default=True, verbose_name="watched")),
                        (
                            "clean_count",
                            models.PositiveSmallIntegerField(default=0, verbose_name="clean times running"),
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
                    ],
                    options={
                        "verbose_name": "blind spot",
                        "verbose_name_plural": "blind spots",
                        "constraints": [models.UniqueConstraint(fields=("community", "name"), name="blind_spot_once")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_blindspotevent" ("address", "clean_count", "community_id", "found_on", "id", "is_watched", "latitude", "longitude", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."clean_count", NEW."community_id", NEW."found_on", NEW."id", NEW."is_watched", NEW."latitude", NEW."longitude", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="c2468f8423af0e971cb9d2ceeb62c956d4f0c1a8",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_bdd54",
                                    table="patrols_blindspot",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_blindspotevent" ("address", "clean_count", "community_id", "found_on", "id", "is_watched", "latitude", "longitude", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."clean_count", NEW."community_id", NEW."found_on", NEW."id", NEW."is_watched", NEW."latitude", NEW."longitude", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="7417406afe70f69a8cfe0b0453f37b99161332e1",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_834e9",
                                    table="patrols_blindspot",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_blindspotevent" ("address", "clean_count", "community_id", "found_on", "id", "is_watched", "latitude", "longitude", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."address", OLD."clean_count", OLD."community_id", OLD."found_on", OLD."id", OLD."is_watched", OLD."latitude", OLD."longitude", OLD."name", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="f3c2353ab1061a8e399d4f8017902eee06bd077a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_6962c",
                                    table="patrols_blindspot",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BlindSpotEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                        ("name", models.CharField(max_length=100, verbose_name="place")),
                        ("found_on", models.DateField(verbose_name="found on")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("is_watched", models.BooleanField(default=True, verbose_name="watched")),
                        (
                            "clean_count",
                            models.PositiveSmallIntegerField(default=0, verbose_name="clean times running"),
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
                                to="patrols.blindspot",
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
                                    hash="4eab7908648569de6ddb3a7ccaf1c682c6f0f6d1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_1362e",
                                    table="patrols_blindspotevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SampleDraw",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seed", models.CharField(max_length=60, verbose_name="seed")),
                        (
                            "count",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(500),
                                ],
                                verbose_name="number of points",
                            ),
                        ),
                        ("frame", models.JSONField(verbose_name="streets drawn from")),
                        ("at", models.DateTimeField(verbose_name="drawn at")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="drawn by",
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
                        "verbose_name": "sample",
                        "verbose_name_plural": "samples",
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "seed"), name="sample_draw_seed_once"),
                            models.CheckConstraint(
                                condition=models.Q(("count__gte", 1), ("count__lte", 500)),
                                name="sample_draw_has_points",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_sampledrawevent" ("at", "by_id", "count", "frame", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seed", "subdistrict_id") VALUES (NEW."at", NEW."by_id", NEW."count", NEW."frame", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seed", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="579ca6425d57e3e3eb7d246bb090e4fc9559db69",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_3b309",
                                    table="patrols_sampledraw",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_sampledrawevent" ("at", "by_id", "count", "frame", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seed", "subdistrict_id") VALUES (NEW."at", NEW."by_id", NEW."count", NEW."frame", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seed", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="f38af05638700229aed4083cd8c29489272cc7da",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_97cbe",
                                    table="patrols_sampledraw",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_sampledrawevent" ("at", "by_id", "count", "frame", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seed", "subdistrict_id") VALUES (OLD."at", OLD."by_id", OLD."count", OLD."frame", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."seed", OLD."subdistrict_id"); RETURN NULL;',
                                    hash="3a03e583612b5c7c425ec6e5a0676bd620a1f79c",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d2e54",
                                    table="patrols_sampledraw",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SampleDrawEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("seed", models.CharField(max_length=60, verbose_name="seed")),
                        (
                            "count",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(500),
                                ],
                                verbose_name="number of points",
                            ),
                        ),
                        ("frame", models.JSONField(verbose_name="streets drawn from")),
                        ("at", models.DateTimeField(verbose_name="drawn at")),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="drawn by",
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
                                to="patrols.sampledraw",
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
                                    hash="729f8e19dc0003c97dd1d708587770f38d9b36d1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6db01",
                                    table="patrols_sampledrawevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpotLook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        ("at", models.DateTimeField(verbose_name="looked at")),
                        ("is_clean", models.BooleanField(verbose_name="clean")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="looked at by",
                            ),
                        ),
                        (
                            "spot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looks",
                                to="patrols.blindspot",
                                verbose_name="blind spot",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "look at a blind spot",
                        "verbose_name_plural": "looks at blind spots",
                        "constraints": [models.UniqueConstraint(fields=("spot", "on"), name="spot_look_once_a_day")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_spotlookevent" ("at", "by_id", "id", "is_clean", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "spot_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."is_clean", NEW."note", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."spot_id"); RETURN NULL;',
                                    hash="f0e48c614d8e5ce5a035d16ead366150a49e0ef3",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_dd293",
                                    table="patrols_spotlook",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_spotlookevent" ("at", "by_id", "id", "is_clean", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "spot_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."is_clean", NEW."note", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."spot_id"); RETURN NULL;',
                                    hash="d03b00e5d66b57f8b0de3da78b12ee4b26a18275",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b9652",
                                    table="patrols_spotlook",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_spotlookevent" ("at", "by_id", "id", "is_clean", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "spot_id") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."is_clean", OLD."note", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."spot_id"); RETURN NULL;',
                                    hash="98018c1e34a9a6a0f929770a58da2413f6bdd400",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_304a4",
                                    table="patrols_spotlook",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpotLookEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("on", models.DateField(verbose_name="day")),
                        ("at", models.DateTimeField(verbose_name="looked at")),
                        ("is_clean", models.BooleanField(verbose_name="clean")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="looked at by",
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
                                to="patrols.spotlook",
                            ),
                        ),
                        (
                            "spot",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.blindspot",
                                verbose_name="blind spot",
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
                                    hash="62fe008fe0ce913599dad1a6e10344608a8b1920",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_3eb3e",
                                    table="patrols_spotlookevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StreetSegment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, verbose_name="code")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        (
                            "road_class",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "class 1"), (2, "class 2"), (3, "class 3"), (4, "class 4")],
                                verbose_name="class of road",
                            ),
                        ),
                        (
                            "length_m",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(10),
                                    django.core.validators.MaxValueValidator(50000),
                                ],
                                verbose_name="length in metres",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
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
                    ],
                    options={
                        "verbose_name": "street segment",
                        "verbose_name_plural": "street segments",
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "code"), name="street_segment_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("length_m__gte", 10), ("length_m__lte", 50000)),
                                name="street_segment_has_length",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_streetsegmentevent" ("code", "community_id", "id", "is_active", "length_m", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_class", "subdistrict_id") VALUES (NEW."code", NEW."community_id", NEW."id", NEW."is_active", NEW."length_m", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."road_class", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="ccb755504db64bd446b79c63fcc2d4c703110a4b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2db4b",
                                    table="patrols_streetsegment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_streetsegmentevent" ("code", "community_id", "id", "is_active", "length_m", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_class", "subdistrict_id") VALUES (NEW."code", NEW."community_id", NEW."id", NEW."is_active", NEW."length_m", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."road_class", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="f14ab7af1e96f100f3d8f2cd2405ed79770e1d24",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f26a7",
                                    table="patrols_streetsegment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_streetsegmentevent" ("code", "community_id", "id", "is_active", "length_m", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_class", "subdistrict_id") VALUES (OLD."code", OLD."community_id", OLD."id", OLD."is_active", OLD."length_m", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."road_class", OLD."subdistrict_id"); RETURN NULL;',
                                    hash="ff351a40db8d7b1bc30a27144e71db829ab34b3d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a80a6",
                                    table="patrols_streetsegment",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SamplePoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, verbose_name="code of the segment when it was drawn")),
                        ("road_class", models.PositiveSmallIntegerField(verbose_name="class of road")),
                        ("ordinal", models.PositiveSmallIntegerField(verbose_name="ordinal")),
                        ("metre", models.PositiveIntegerField(verbose_name="metre from the beginning")),
                        ("amiss", models.JSONField(default=list, verbose_name="amiss")),
                        (
                            "score",
                            models.PositiveSmallIntegerField(
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="score",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("looked_at", models.DateTimeField(null=True, verbose_name="looked at")),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="patrols.sampledraw",
                                verbose_name="sample",
                            ),
                        ),
                        (
                            "looked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="looked at by",
                            ),
                        ),
                        (
                            "segment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="patrols.streetsegment",
                                verbose_name="street segment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "point of a sample",
                        "verbose_name_plural": "points of samples",
                        "indexes": [
                            models.Index(fields=["segment", "looked_at"], name="patrols_sam_segment_0ba094_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("draw", "road_class", "ordinal"), name="sample_point_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("looked_at", None), ("looked_by", None), ("score", None)),
                                    models.Q(
                                        ("looked_at__isnull", False), ("looked_by__isnull", False), ("score__lte", 100)
                                    ),
                                    _connector="OR",
                                ),
                                name="sample_point_looked_at_by_somebody",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_samplepointevent" ("amiss", "code", "draw_id", "id", "looked_at", "looked_by_id", "metre", "note", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_class", "score", "segment_id") VALUES (NEW."amiss", NEW."code", NEW."draw_id", NEW."id", NEW."looked_at", NEW."looked_by_id", NEW."metre", NEW."note", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."road_class", NEW."score", NEW."segment_id"); RETURN NULL;',
                                    hash="5e11b5756d1209a40b6155a50a867cb901691dd9",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_89b55",
                                    table="patrols_samplepoint",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_samplepointevent" ("amiss", "code", "draw_id", "id", "looked_at", "looked_by_id", "metre", "note", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_class", "score", "segment_id") VALUES (NEW."amiss", NEW."code", NEW."draw_id", NEW."id", NEW."looked_at", NEW."looked_by_id", NEW."metre", NEW."note", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."road_class", NEW."score", NEW."segment_id"); RETURN NULL;',
                                    hash="adb580570bfbecac6157b00ae1eb6e3d3d042a02",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_34e82",
                                    table="patrols_samplepoint",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_samplepointevent" ("amiss", "code", "draw_id", "id", "looked_at", "looked_by_id", "metre", "note", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_class", "score", "segment_id") VALUES (OLD."amiss", OLD."code", OLD."draw_id", OLD."id", OLD."looked_at", OLD."looked_by_id", OLD."metre", OLD."note", OLD."ordinal", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."road_class", OLD."score", OLD."segment_id"); RETURN NULL;',
                                    hash="c88fbec20d0e88eec5b157edfdc3d6ae3b2690da",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_51995",
                                    table="patrols_samplepoint",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SamplePointEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.CharField(max_length=20, verbose_name="code of the segment when it was drawn")),
                        ("road_class", models.PositiveSmallIntegerField(verbose_name="class of road")),
                        ("ordinal", models.PositiveSmallIntegerField(verbose_name="ordinal")),
                        ("metre", models.PositiveIntegerField(verbose_name="metre from the beginning")),
                        ("amiss", models.JSONField(default=list, verbose_name="amiss")),
                        (
                            "score",
                            models.PositiveSmallIntegerField(
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="score",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("looked_at", models.DateTimeField(null=True, verbose_name="looked at")),
                        (
                            "draw",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.sampledraw",
                                verbose_name="sample",
                            ),
                        ),
                        (
                            "looked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="looked at by",
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
                                to="patrols.samplepoint",
                            ),
                        ),
                        (
                            "segment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.streetsegment",
                                verbose_name="street segment",
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
                                    hash="d45c5cbf8a26e6240f424f77850f236ebf3ff25e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_be2ce",
                                    table="patrols_samplepointevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StreetSegmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.CharField(max_length=20, verbose_name="code")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        (
                            "road_class",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "class 1"), (2, "class 2"), (3, "class 3"), (4, "class 4")],
                                verbose_name="class of road",
                            ),
                        ),
                        (
                            "length_m",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(10),
                                    django.core.validators.MaxValueValidator(50000),
                                ],
                                verbose_name="length in metres",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
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
                                to="patrols.streetsegment",
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
                                    hash="52ee6782d1a13be32fbda6e4f4c83fb3e3e94f2c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4833c",
                                    table="patrols_streetsegmentevent",
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
