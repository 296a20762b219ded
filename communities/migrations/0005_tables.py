import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers
import communities.boundaries
import communities.models


class Migration(migrations.Migration):
    replaces = [
        ("communities", "0001_initial"),
        ("communities", "0002_initial"),
        ("communities", "0003_handover_due"),
        ("communities", "0004_kept"),
    ]

    initial = True

    dependencies = [
        ("people", "0006_tables"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="Community",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "code",
                            models.CharField(
                                max_length=12,
                                unique=True,
                                validators=[django.core.validators.RegexValidator("^[0-9]{12}\\Z", "Twelve digits.")],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "urban_rural_class",
                            models.CharField(blank=True, max_length=20, verbose_name="urban-rural class"),
                        ),
                        (
                            "boundary",
                            models.JSONField(
                                blank=True,
                                help_text="GeoJSON geometry in WGS-84.",
                                null=True,
                                validators=[communities.boundaries.check_boundary],
                                verbose_name="boundary",
                            ),
                        ),
                        (
                            "office_address",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="address of the community office"
                            ),
                        ),
                        ("office_phone", models.CharField(blank=True, max_length=30, verbose_name="office phone")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="communities",
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "community",
                        "verbose_name_plural": "communities",
                        "ordering": ["code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "name_zh"), name="community_name_unique")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="ac5fe45e39f0282008c6ac9a71a56c7466947a89",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_dde83",
                                    table="communities_community",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_communityevent" ("boundary", "code", "id", "is_active", "name_en", "name_zh", "office_address", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "urban_rural_class") VALUES (NEW."boundary", NEW."code", NEW."id", NEW."is_active", NEW."name_en", NEW."name_zh", NEW."office_address", NEW."office_phone", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."subdistrict_id", NEW."urban_rural_class"); RETURN NULL;',
                                    hash="1a62866a4f8075043809bb880d2f1a40a2acba32",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e0892",
                                    table="communities_community",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "communities_communityevent" ("boundary", "code", "id", "is_active", "name_en", "name_zh", "office_address", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "urban_rural_class") VALUES (NEW."boundary", NEW."code", NEW."id", NEW."is_active", NEW."name_en", NEW."name_zh", NEW."office_address", NEW."office_phone", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."subdistrict_id", NEW."urban_rural_class"); RETURN NULL;',
                                    hash="deb203519f2f2db50f616a4739a5650e80444ea5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9c278",
                                    table="communities_community",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_communityevent" ("boundary", "code", "id", "is_active", "name_en", "name_zh", "office_address", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "urban_rural_class") VALUES (OLD."boundary", OLD."code", OLD."id", OLD."is_active", OLD."name_en", OLD."name_zh", OLD."office_address", OLD."office_phone", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."subdistrict_id", OLD."urban_rural_class"); RETURN NULL;',
                                    hash="161bcf13dfd0cfd4d0bfa60ea0ee8a5f0cc6beb4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_27a3a",
                                    table="communities_community",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommunityEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "code",
                            models.CharField(
                                max_length=12,
                                validators=[django.core.validators.RegexValidator("^[0-9]{12}\\Z", "Twelve digits.")],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "urban_rural_class",
                            models.CharField(blank=True, max_length=20, verbose_name="urban-rural class"),
                        ),
                        (
                            "boundary",
                            models.JSONField(
                                blank=True,
                                help_text="GeoJSON geometry in WGS-84.",
                                null=True,
                                validators=[communities.boundaries.check_boundary],
                                verbose_name="boundary",
                            ),
                        ),
                        (
                            "office_address",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="address of the community office"
                            ),
                        ),
                        ("office_phone", models.CharField(blank=True, max_length=30, verbose_name="office phone")),
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
                                to="communities.community",
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
                                    hash="9f63e32cd7db4c1e3b6a5557329122cf8d70bb76",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_a5b49",
                                    table="communities_communityevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyGrid",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grids",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "duty grid",
                        "verbose_name_plural": "duty grids",
                        "ordering": ["code"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_dutygridevent" ("code", "community_id", "id", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."community_id", NEW."id", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="759b86d17cefc4e0671298456423e3746634c304",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_98adc",
                                    table="communities_dutygrid",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "communities_dutygridevent" ("code", "community_id", "id", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."community_id", NEW."id", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="388187dc3c93b2b9a7814a5a39717de536b51660",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e4541",
                                    table="communities_dutygrid",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_dutygridevent" ("code", "community_id", "id", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."community_id", OLD."id", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="828cca50298122f9577f989087a4c9220b1b71c2",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_7d0bf",
                                    table="communities_dutygrid",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyGridEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        ("code", models.CharField(max_length=20, verbose_name="code")),
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
                                to="communities.dutygrid",
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
                                    hash="6fa72ee7d5605e320ab68521a8b6f9641f763de8",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_34d2a",
                                    table="communities_dutygridevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
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
                        ("on", models.DateField(verbose_name="first day of the new officer")),
                        ("at", models.DateTimeField(verbose_name="arranged at")),
                        ("note", models.TextField(blank=True, verbose_name="promises, keys, boards")),
                        ("case_numbers", models.JSONField(default=list, verbose_name="open cases handed over")),
                        ("taken_up_at", models.DateTimeField(blank=True, null=True, verbose_name="taken up at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="arranged by",
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "from_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="from",
                            ),
                        ),
                        (
                            "to_user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "handover",
                        "verbose_name_plural": "handovers",
                        "ordering": ["-on", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="handover_due_for_sweep",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("street", "main street"),
                                    ("market", "food market"),
                                    ("window", "window area"),
                                    ("school", "school"),
                                    ("hospital", "hospital"),
                                    ("station", "station"),
                                    ("site", "construction site"),
                                    ("other", "other place"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        ("pinyin", models.CharField(blank=True, max_length=30, verbose_name="pinyin initials")),
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
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="key_places",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "key place",
                        "verbose_name_plural": "key places",
                        "ordering": ["community", "name_zh"],
                        "constraints": [
                            models.UniqueConstraint(fields=("community", "name_zh"), name="key_place_name_unique")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="b4ffe05962b7bf386b3e0680dc24abbc4c4f6846",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_639bc",
                                    table="communities_keyplace",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_keyplaceevent" ("address", "community_id", "id", "is_active", "kind", "latitude", "longitude", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin") VALUES (NEW."address", NEW."community_id", NEW."id", NEW."is_active", NEW."kind", NEW."latitude", NEW."longitude", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pinyin"); RETURN NULL;',
                                    hash="3bce908795837498077cbf37f73ba2bc046d63cd",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e353f",
                                    table="communities_keyplace",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "communities_keyplaceevent" ("address", "community_id", "id", "is_active", "kind", "latitude", "longitude", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin") VALUES (NEW."address", NEW."community_id", NEW."id", NEW."is_active", NEW."kind", NEW."latitude", NEW."longitude", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pinyin"); RETURN NULL;',
                                    hash="72c6b3699496010d0487f86ca2818caba63efd97",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_bf987",
                                    table="communities_keyplace",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_keyplaceevent" ("address", "community_id", "id", "is_active", "kind", "latitude", "longitude", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin") VALUES (OLD."address", OLD."community_id", OLD."id", OLD."is_active", OLD."kind", OLD."latitude", OLD."longitude", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pinyin"); RETURN NULL;',
                                    hash="3e514450f5d030d922341757f18d8d4c68a37763",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9ab75",
                                    table="communities_keyplace",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyPlaceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("street", "main street"),
                                    ("market", "food market"),
                                    ("window", "window area"),
                                    ("school", "school"),
                                    ("hospital", "hospital"),
                                    ("station", "station"),
                                    ("site", "construction site"),
                                    ("other", "other place"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        ("pinyin", models.CharField(blank=True, max_length=30, verbose_name="pinyin initials")),
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
                                to="communities.keyplace",
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
                                    hash="b865e7a7da3bbe2bf5de0e18fbd53d4305d18d76",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_555c7",
                                    table="communities_keyplaceevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficerAssignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                        (
                            "part",
                            models.CharField(
                                choices=[("officer", "officer"), ("deputy", "deputy")],
                                default="officer",
                                max_length=10,
                                verbose_name="part",
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "officer assignment",
                        "verbose_name_plural": "officer assignments",
                        "ordering": ["community", "part", "period"],
                        "indexes": [models.Index(fields=["user", "part"], name="communities_user_id_cea85f_idx")],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("part", "officer")),
                                expressions=[(communities.models.Point("community_id"), "&&"), ("period", "&&")],
                                name="one_officer_each_day",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("part", "deputy")),
                                expressions=[(communities.models.Point("community_id"), "&&"), ("period", "&&")],
                                name="one_deputy_each_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False)), name="assignment_period_not_empty"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="79eef9fbbdd85f6f85fd400904722f263184bed7",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_54b94",
                                    table="communities_officerassignment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_officerassignmentevent" ("community_id", "id", "part", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."community_id", NEW."id", NEW."part", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;',
                                    hash="030a7b4fe5c4f0e816666d9ed90bfbed73720660",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_47d1d",
                                    table="communities_officerassignment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "communities_officerassignmentevent" ("community_id", "id", "part", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."community_id", NEW."id", NEW."part", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;',
                                    hash="7482736d48a4222be2e258b62fd1b6b2ab5c1b4f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_a9433",
                                    table="communities_officerassignment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_officerassignmentevent" ("community_id", "id", "part", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."community_id", OLD."id", OLD."part", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;',
                                    hash="4baf67eb6101176ce62eadf32d2c38d591ef7910",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_7fe7e",
                                    table="communities_officerassignment",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficerAssignmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                        (
                            "part",
                            models.CharField(
                                choices=[("officer", "officer"), ("deputy", "deputy")],
                                default="officer",
                                max_length=10,
                                verbose_name="part",
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
                                to="communities.officerassignment",
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="068cf0934b914c2d88d709b581b679bae5d17399",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_94956",
                                    table="communities_officerassignmentevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficerLeave",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leaves",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "leave",
                        "verbose_name_plural": "leaves",
                        "ordering": ["user", "period"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[(communities.models.Point("user_id"), "&&"), ("period", "&&")],
                                name="one_leave_each_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", False)), name="leave_period_not_empty"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="1beb1b95b4ad04c89c13b0436ad63b385014ff57",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_c5144",
                                    table="communities_officerleave",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_officerleaveevent" ("id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "user_id") VALUES (NEW."id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."user_id"); RETURN NULL;',
                                    hash="53bde1456a1499820683b9ed90f6fa4e6a3c8662",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b1d65",
                                    table="communities_officerleave",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "communities_officerleaveevent" ("id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "user_id") VALUES (NEW."id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."user_id"); RETURN NULL;',
                                    hash="b5dad89d0c602c63635cb299605828dcb58dff8e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c05a3",
                                    table="communities_officerleave",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_officerleaveevent" ("id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "user_id") VALUES (OLD."id", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."user_id"); RETURN NULL;',
                                    hash="a601abb3c60c28b4677a83c560a5bdcb85c23b13",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_7f74c",
                                    table="communities_officerleave",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficerLeaveEvent",
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
                                to="communities.officerleave",
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="c3626470e9d5428f320e9ee5f0a2c9e71f0562b1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_28419",
                                    table="communities_officerleaveevent",
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
