import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_tables"),
        ("communities", "0005_tables"),
        ("patrols", "0002_rounds"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="Site",
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
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("builder", models.CharField(blank=True, max_length=100, verbose_name="builder")),
                        ("contractor", models.CharField(blank=True, max_length=100, verbose_name="contractor")),
                        ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="contact person")),
                        (
                            "contact_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="telephone of the site"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("building", "under construction"),
                                    ("stopped", "stopped"),
                                    ("finished", "finished"),
                                ],
                                default="building",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("from_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                        ("until_on", models.DateField(blank=True, null=True, verbose_name="last day")),
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
                            "key_place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.keyplace",
                                verbose_name="key place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "construction site",
                        "verbose_name_plural": "construction sites",
                        "constraints": [
                            models.UniqueConstraint(fields=("community", "name"), name="site_name_unique"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_on", None),
                                    ("until_on", None),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="site_ends_after",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_siteevent" ("address", "builder", "community_id", "contractor", "from_on", "id", "key_place_id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "until_on") VALUES (NEW."address", NEW."builder", NEW."community_id", NEW."contractor", NEW."from_on", NEW."id", NEW."key_place_id", NEW."latitude", NEW."longitude", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."until_on"); RETURN NULL;',
                                    hash="2a5ba3adeaf2a40986246e63f7aa68b73cef022a",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_fe308",
                                    table="patrols_site",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."builder" IS DISTINCT FROM (NEW."builder") OR OLD."community_id" IS DISTINCT FROM (NEW."community_id") OR OLD."contractor" IS DISTINCT FROM (NEW."contractor") OR OLD."from_on" IS DISTINCT FROM (NEW."from_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key_place_id" IS DISTINCT FROM (NEW."key_place_id") OR OLD."latitude" IS DISTINCT FROM (NEW."latitude") OR OLD."longitude" IS DISTINCT FROM (NEW."longitude") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."until_on" IS DISTINCT FROM (NEW."until_on"))',
                                    func='INSERT INTO "patrols_siteevent" ("address", "builder", "community_id", "contractor", "from_on", "id", "key_place_id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "until_on") VALUES (NEW."address", NEW."builder", NEW."community_id", NEW."contractor", NEW."from_on", NEW."id", NEW."key_place_id", NEW."latitude", NEW."longitude", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."until_on"); RETURN NULL;',
                                    hash="06d7fe2d4377f8aa0c86f073e54c2f938dc5af50",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_510f9",
                                    table="patrols_site",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_siteevent" ("address", "builder", "community_id", "contractor", "from_on", "id", "key_place_id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "until_on") VALUES (OLD."address", OLD."builder", OLD."community_id", OLD."contractor", OLD."from_on", OLD."id", OLD."key_place_id", OLD."latitude", OLD."longitude", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."until_on"); RETURN NULL;',
                                    hash="87898dc7eb3d2d46c99d7c70530cc1bed260251f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f2d2e",
                                    table="patrols_site",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteEvent",
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
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("builder", models.CharField(blank=True, max_length=100, verbose_name="builder")),
                        ("contractor", models.CharField(blank=True, max_length=100, verbose_name="contractor")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("building", "under construction"),
                                    ("stopped", "stopped"),
                                    ("finished", "finished"),
                                ],
                                default="building",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("from_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                        ("until_on", models.DateField(blank=True, null=True, verbose_name="last day")),
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
                            "key_place",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="communities.keyplace",
                                verbose_name="key place",
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
                                to="patrols.site",
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
                                    hash="5fb8d6386de5d5298e60e5a8a2db0e6a7b18883f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_9d3cb",
                                    table="patrols_siteevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteInspection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("request_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
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
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="patrols.site",
                                verbose_name="construction site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "inspection of a site",
                        "verbose_name_plural": "inspections of sites",
                        "indexes": [models.Index(fields=["site", "-at", "-id"], name="patrols_sit_site_id_1676d1_idx")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_siteinspectionevent" ("at", "by_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_key", "site_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."request_key", NEW."site_id"); RETURN NULL;',
                                    hash="78e1a2fc6dda519a638e73bea622f01b048706cc",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_0d55c",
                                    table="patrols_siteinspection",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_siteinspectionevent" ("at", "by_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_key", "site_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."request_key", NEW."site_id"); RETURN NULL;',
                                    hash="b92e9a9d8071f203735020d2c28804840d3d0fed",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_38e64",
                                    table="patrols_siteinspection",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_siteinspectionevent" ("at", "by_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_key", "site_id") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."request_key", OLD."site_id"); RETURN NULL;',
                                    hash="059188d9018c778a0f5c720d92420d0f27be46d8",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_17935",
                                    table="patrols_siteinspection",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckedItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.CharField(
                                choices=[
                                    ("hoarding", "hoarding all around"),
                                    ("covering", "loose material covered"),
                                    ("wetting", "earthworks kept wet"),
                                    ("hardening", "roads of the site hardened"),
                                    ("washing", "vehicles washed before they leave"),
                                    ("closed_lorries", "muck lorries closed"),
                                ],
                                max_length=14,
                                verbose_name="item",
                            ),
                        ),
                        ("is_met", models.BooleanField(verbose_name="met")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        (
                            "case",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="patrols.siteinspection",
                                verbose_name="inspection of a site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of an inspection",
                        "verbose_name_plural": "items of inspections",
                        "constraints": [
                            models.UniqueConstraint(fields=("inspection", "item"), name="checked_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(("is_met", False), ("case", None), _connector="OR"),
                                name="checked_item_case_of_fault",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_checkeditemevent" ("case_id", "id", "inspection_id", "is_met", "item", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."case_id", NEW."id", NEW."inspection_id", NEW."is_met", NEW."item", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="d1722cf9064e7c2c142223903a5b334c69143424",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c357e",
                                    table="patrols_checkeditem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_checkeditemevent" ("case_id", "id", "inspection_id", "is_met", "item", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."case_id", NEW."id", NEW."inspection_id", NEW."is_met", NEW."item", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="a4ab0f3adc5425aa8d9b49930a8a1d6bcba9d9d6",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_8a262",
                                    table="patrols_checkeditem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_checkeditemevent" ("case_id", "id", "inspection_id", "is_met", "item", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."case_id", OLD."id", OLD."inspection_id", OLD."is_met", OLD."item", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="a5e08b2903badc2848bff327dba1d280fb6fe94a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_78d30",
                                    table="patrols_checkeditem",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckedItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "item",
                            models.CharField(
                                choices=[
                                    ("hoarding", "hoarding all around"),
                                    ("covering", "loose material covered"),
                                    ("wetting", "earthworks kept wet"),
                                    ("hardening", "roads of the site hardened"),
                                    ("washing", "vehicles washed before they leave"),
                                    ("closed_lorries", "muck lorries closed"),
                                ],
                                max_length=14,
                                verbose_name="item",
                            ),
                        ),
                        ("is_met", models.BooleanField(verbose_name="met")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                                verbose_name="case",
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
                                to="patrols.checkeditem",
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.siteinspection",
                                verbose_name="inspection of a site",
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
                                    hash="f52c481fd76afe80c92d41db3e4cc9b1a6995774",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_ed0de",
                                    table="patrols_checkeditemevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteInspectionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("request_key", models.CharField(blank=True, max_length=120, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
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
                                to="patrols.siteinspection",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.site",
                                verbose_name="construction site",
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
                                    hash="642d650afb1aca5ac1cdda0a41bf61ca76c1fc46",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_10df9",
                                    table="patrols_siteinspectionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SitePermit",
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
                                    ("planning", "construction planning permit"),
                                    ("building", "construction permit"),
                                    ("muck", "muck disposal permit"),
                                    ("road", "permit to occupy or dig up the road"),
                                    ("night", "night work permit"),
                                    ("other", "other permit"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("number", models.CharField(max_length=60, verbose_name="number")),
                        ("expires_on", models.DateField(db_index=True, verbose_name="expires on")),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="permits",
                                to="patrols.site",
                                verbose_name="construction site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "permit of a site",
                        "verbose_name_plural": "permits of sites",
                        "constraints": [
                            models.UniqueConstraint(fields=("site", "kind", "number"), name="site_permit_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_sitepermitevent" ("expires_on", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (NEW."expires_on", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id"); RETURN NULL;',
                                    hash="bcf5ac278704d3ad1a96054b491956be7742d296",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f1f85",
                                    table="patrols_sitepermit",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_sitepermitevent" ("expires_on", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (NEW."expires_on", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id"); RETURN NULL;',
                                    hash="e1f7695976b1e9f134f36d3073876f7b249943c3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_89eec",
                                    table="patrols_sitepermit",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_sitepermitevent" ("expires_on", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."expires_on", OLD."id", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id"); RETURN NULL;',
                                    hash="e0325d64294a65c57dd60213bce03398e01c72ce",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9ae61",
                                    table="patrols_sitepermit",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SitePermitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("planning", "construction planning permit"),
                                    ("building", "construction permit"),
                                    ("muck", "muck disposal permit"),
                                    ("road", "permit to occupy or dig up the road"),
                                    ("night", "night work permit"),
                                    ("other", "other permit"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("number", models.CharField(max_length=60, verbose_name="number")),
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
                                to="patrols.sitepermit",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.site",
                                verbose_name="construction site",
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
                                    hash="b4dbc68fbd87435123108f612b17c04eeeebecd4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_04f6a",
                                    table="patrols_sitepermitevent",
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
