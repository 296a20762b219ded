"""Institutions of the area: register, agreements, visits, promises with their histories."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0008_committees"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Institution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("office", "public office"),
                                    ("public", "public institution"),
                                    ("company", "company"),
                                    ("school", "school or kindergarten"),
                                    ("hospital", "hospital or clinic"),
                                    ("shop", "shop or restaurant"),
                                    ("other", "other institution"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("credit_code", models.CharField(blank=True, max_length=18, verbose_name="credit code")),
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
                        ("area_text", models.CharField(blank=True, max_length=300, verbose_name="responsibility area")),
                        (
                            "frontage_m",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="frontage in metres"),
                        ),
                        ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="contact person")),
                        ("office_phone", models.CharField(blank=True, max_length=30, verbose_name="office phone")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("request_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="institutions",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "institution",
                        "verbose_name_plural": "institutions",
                        "ordering": ["community", "name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("community", "name"), name="institution_name_unique"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("credit_code", ""),
                                    ("credit_code__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$"),
                                    _connector="OR",
                                ),
                                name="institution_credit_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude", None), ("longitude", None)),
                                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                                    _connector="OR",
                                ),
                                name="institution_point_on_earth",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_institutionevent" ("address", "area_text", "community_id", "contact_name", "credit_code", "frontage_m", "id", "is_active", "kind", "latitude", "longitude", "name", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."area_text", NEW."community_id", NEW."contact_name", NEW."credit_code", NEW."frontage_m", NEW."id", NEW."is_active", NEW."kind", NEW."latitude", NEW."longitude", NEW."name", NEW."office_phone", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="3e64179a0f2041cd0f4e95e24bcf125feaae0115",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_bdb2f",
                                    table="communities_institution",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."area_text" IS DISTINCT FROM (NEW."area_text") OR OLD."community_id" IS DISTINCT FROM (NEW."community_id") OR OLD."contact_name" IS DISTINCT FROM (NEW."contact_name") OR OLD."credit_code" IS DISTINCT FROM (NEW."credit_code") OR OLD."frontage_m" IS DISTINCT FROM (NEW."frontage_m") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."latitude" IS DISTINCT FROM (NEW."latitude") OR OLD."longitude" IS DISTINCT FROM (NEW."longitude") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."office_phone" IS DISTINCT FROM (NEW."office_phone"))',
                                    func='INSERT INTO "communities_institutionevent" ("address", "area_text", "community_id", "contact_name", "credit_code", "frontage_m", "id", "is_active", "kind", "latitude", "longitude", "name", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."area_text", NEW."community_id", NEW."contact_name", NEW."credit_code", NEW."frontage_m", NEW."id", NEW."is_active", NEW."kind", NEW."latitude", NEW."longitude", NEW."name", NEW."office_phone", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="a678d89fc8f9e1938368a72a762a378416087c10",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0db2a",
                                    table="communities_institution",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_institutionevent" ("address", "area_text", "community_id", "contact_name", "credit_code", "frontage_m", "id", "is_active", "kind", "latitude", "longitude", "name", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."address", OLD."area_text", OLD."community_id", OLD."contact_name", OLD."credit_code", OLD."frontage_m", OLD."id", OLD."is_active", OLD."kind", OLD."latitude", OLD."longitude", OLD."name", OLD."office_phone", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="14316d73c58190e1d7860f2374ecf8cacf8e10e5",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_fb0c5",
                                    table="communities_institution",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("signed_on", models.DateField(verbose_name="signed on")),
                        ("valid_until", models.DateField(verbose_name="valid until")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                        ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why it ended")),
                        ("created_at", models.DateTimeField(verbose_name="entered at")),
                        ("request_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="communities.institution",
                                verbose_name="institution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agreement",
                        "verbose_name_plural": "agreements",
                        "ordering": ["-signed_on", "-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("institution", "signed_on"), name="agreement_once_a_day"),
                            models.CheckConstraint(
                                condition=models.Q(("valid_until__gt", models.F("signed_on"))),
                                name="agreement_valid_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end_reason", ""), ("ended_on", None)),
                                    models.Q(
                                        ("ended_on__gte", models.F("signed_on")),
                                        models.Q(("end_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agreement_end_has_reason",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_agreementevent" ("by_id", "created_at", "end_reason", "ended_on", "id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "valid_until") VALUES (NEW."by_id", NEW."created_at", NEW."end_reason", NEW."ended_on", NEW."id", NEW."institution_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."signed_on", NEW."valid_until"); RETURN NULL;',
                                    hash="4daa1f108511cfab7f6eb9e8a1eb58c6a4af2186",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_0cd0b",
                                    table="communities_agreement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."institution_id" IS DISTINCT FROM (NEW."institution_id") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until"))',
                                    func='INSERT INTO "communities_agreementevent" ("by_id", "created_at", "end_reason", "ended_on", "id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "valid_until") VALUES (NEW."by_id", NEW."created_at", NEW."end_reason", NEW."ended_on", NEW."id", NEW."institution_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."signed_on", NEW."valid_until"); RETURN NULL;',
                                    hash="3b6bf8aa455fd22e4de6ae67b26396168bfd9ba7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_73682",
                                    table="communities_agreement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_agreementevent" ("by_id", "created_at", "end_reason", "ended_on", "id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "valid_until") VALUES (OLD."by_id", OLD."created_at", OLD."end_reason", OLD."ended_on", OLD."id", OLD."institution_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."signed_on", OLD."valid_until"); RETURN NULL;',
                                    hash="6de20de88ae5e2a2c1eb49a0cc4e3d348d0a19d1",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_5bbe8",
                                    table="communities_agreement",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("content", models.BinaryField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                        (
                            "agreement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper",
                                to="communities.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signed agreement",
                        "verbose_name_plural": "signed agreements",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A signed agreement is append-only';",
                                    hash="fbbb09b2440afcc28eee1df7544c26ad75a469c5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_a2cc2",
                                    table="communities_agreementpaper",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A signed agreement is append-only';",
                                    hash="24d87a5d0816056816e9774a9df28fddd3ada17c",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_44da5",
                                    table="communities_agreementpaper",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("signed_on", models.DateField(verbose_name="signed on")),
                        ("valid_until", models.DateField(verbose_name="valid until")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                        ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why it ended")),
                        ("created_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
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
                                to="communities.agreement",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="communities.institution",
                                verbose_name="institution",
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
                                    hash="0b582d7e4c17aac8e7368f54b3729a6b1c437144",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4e1b2",
                                    table="communities_agreementevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstitutionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("office", "public office"),
                                    ("public", "public institution"),
                                    ("company", "company"),
                                    ("school", "school or kindergarten"),
                                    ("hospital", "hospital or clinic"),
                                    ("shop", "shop or restaurant"),
                                    ("other", "other institution"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("credit_code", models.CharField(blank=True, max_length=18, verbose_name="credit code")),
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
                        ("area_text", models.CharField(blank=True, max_length=300, verbose_name="responsibility area")),
                        (
                            "frontage_m",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="frontage in metres"),
                        ),
                        ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="contact person")),
                        ("office_phone", models.CharField(blank=True, max_length=30, verbose_name="office phone")),
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
                                to="communities.institution",
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
                                    hash="f8d0a1f3995d1b9edac2c50c664def30c95a9f47",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_03684",
                                    table="communities_institutionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstitutionVisit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("made", "visit made"), ("dropped", "called off")],
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                        ("made_on", models.DateField(blank=True, null=True, verbose_name="visited on")),
                        ("talk", models.TextField(blank=True, max_length=1000, verbose_name="what was talked of")),
                        ("leaflet_count", models.PositiveSmallIntegerField(default=0, verbose_name="leaflets left")),
                        (
                            "drop_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="why it was called off"),
                        ),
                        ("request_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="communities.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="visited by",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="planned by",
                            ),
                        ),
                        (
                            "visitor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who is to go",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "visit to an institution",
                        "verbose_name_plural": "visits to institutions",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "planned")), fields=["planned_on"], name="visit_planned"
                            ),
                            models.Index(fields=["institution", "made_on"], name="visit_made"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "planned")),
                                fields=("institution", "planned_on"),
                                name="visit_planned_once_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("made_by__isnull", False), ("made_on__isnull", False), ("state", "made")),
                                    models.Q(
                                        models.Q(("state", "made"), _negated=True), ("made_by", None), ("made_on", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="visit_made_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "made"), ("planned_on__isnull", False), _connector="OR"),
                                name="visit_planned_or_made",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "dropped"), models.Q(("drop_reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "dropped"), _negated=True), ("drop_reason", "")),
                                    _connector="OR",
                                ),
                                name="visit_dropped_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_institutionvisitevent" ("drop_reason", "id", "institution_id", "leaflet_count", "made_by_id", "made_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_by_id", "planned_on", "state", "talk", "visitor_id") VALUES (NEW."drop_reason", NEW."id", NEW."institution_id", NEW."leaflet_count", NEW."made_by_id", NEW."made_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_by_id", NEW."planned_on", NEW."state", NEW."talk", NEW."visitor_id"); RETURN NULL;',
                                    hash="89c96b2ecd1dbf803fd841551aad3adb217b09a4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f17df",
                                    table="communities_institutionvisit",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."drop_reason" IS DISTINCT FROM (NEW."drop_reason") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."institution_id" IS DISTINCT FROM (NEW."institution_id") OR OLD."leaflet_count" IS DISTINCT FROM (NEW."leaflet_count") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_on" IS DISTINCT FROM (NEW."made_on") OR OLD."planned_by_id" IS DISTINCT FROM (NEW."planned_by_id") OR OLD."planned_on" IS DISTINCT FROM (NEW."planned_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."talk" IS DISTINCT FROM (NEW."talk") OR OLD."visitor_id" IS DISTINCT FROM (NEW."visitor_id"))',
                                    func='INSERT INTO "communities_institutionvisitevent" ("drop_reason", "id", "institution_id", "leaflet_count", "made_by_id", "made_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_by_id", "planned_on", "state", "talk", "visitor_id") VALUES (NEW."drop_reason", NEW."id", NEW."institution_id", NEW."leaflet_count", NEW."made_by_id", NEW."made_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_by_id", NEW."planned_on", NEW."state", NEW."talk", NEW."visitor_id"); RETURN NULL;',
                                    hash="d82de79fe8f5ccb0c5f89aeacff2e4fd048f5013",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_1ace3",
                                    table="communities_institutionvisit",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_institutionvisitevent" ("drop_reason", "id", "institution_id", "leaflet_count", "made_by_id", "made_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_by_id", "planned_on", "state", "talk", "visitor_id") VALUES (OLD."drop_reason", OLD."id", OLD."institution_id", OLD."leaflet_count", OLD."made_by_id", OLD."made_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_by_id", OLD."planned_on", OLD."state", OLD."talk", OLD."visitor_id"); RETURN NULL;',
                                    hash="f7b7ddcea86c366d9e213f920e237e06c54ae416",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_96118",
                                    table="communities_institutionvisit",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstitutionVisitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("made", "visit made"), ("dropped", "called off")],
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                        ("made_on", models.DateField(blank=True, null=True, verbose_name="visited on")),
                        ("talk", models.TextField(blank=True, max_length=1000, verbose_name="what was talked of")),
                        ("leaflet_count", models.PositiveSmallIntegerField(default=0, verbose_name="leaflets left")),
                        (
                            "drop_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="why it was called off"),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="communities.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="visited by",
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
                                to="communities.institutionvisit",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="planned by",
                            ),
                        ),
                        (
                            "visitor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who is to go",
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
                                    hash="262ce1aea6c999d4e923a11babe8694318934f5f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_41c89",
                                    table="communities_institutionvisitevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pledge",
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
                        ("text", models.CharField(max_length=200, verbose_name="what was promised")),
                        ("made_on", models.DateField(verbose_name="promised on")),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be kept"),
                                    ("kept", "promise kept"),
                                    ("broken", "not kept"),
                                    ("withdrawn", "entered by mistake"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("ladder_code", models.CharField(blank=True, max_length=4)),
                        ("by_day", models.DateField(verbose_name="to be kept by")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="kept on")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pledges",
                                to="communities.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pledges",
                                to="communities.institutionvisit",
                                verbose_name="visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "promise",
                        "verbose_name_plural": "promises",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="pledge_due_for_sweep",
                            ),
                            models.Index(fields=["by_day"], name="pledge_by_day"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("due_at__isnull", False), ("state", "open")),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("due_at", None)),
                                    _connector="OR",
                                ),
                                name="pledge_due_while_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_on__isnull", False), ("state", "kept")),
                                    models.Q(models.Q(("state", "kept"), _negated=True), ("done_on", None)),
                                    _connector="OR",
                                ),
                                name="pledge_kept_on_a_day",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A promise of an institution is never removed';",
                                    hash="34a0d65d5745e4e66a53bc7ecbf7d87692b85469",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_fe7dc",
                                    table="communities_pledge",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A promise of an institution is never removed';",
                                    hash="8dc6303b2d2bb32c462c43e1c78f80b0c6412618",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_1fafa",
                                    table="communities_pledge",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PledgeEvent",
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
                            "pledge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="communities.pledge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "constraints": [
                            models.UniqueConstraint(fields=("pledge", "seq"), name="pledge_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="pledge_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of promises is append-only';",
                                    hash="5cf13725f90b7d41d54a3f36173fb271b82ef455",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_ca55b",
                                    table="communities_pledgeevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of promises is append-only';",
                                    hash="cc338f1cd069875a598fe6659e3601caebddb97b",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_2e5c8",
                                    table="communities_pledgeevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstitutionPhoto",
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
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="communities.agreement",
                            ),
                        ),
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
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="communities.institutionvisit",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="communities.pledgeevent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of an institution",
                        "verbose_name_plural": "photos of institutions",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="institutionphoto_waiting"
                            ),
                            models.Index(fields=["sha256"], name="institutionphoto_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="institutionphoto_by_thumbnail"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="institutionphoto_state_known",
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
                                name="institutionphoto_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="institutionphoto_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="institutionphoto_refused_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreement__isnull", False), ("event", None), ("visit", None)),
                                    models.Q(("agreement", None), ("event", None), ("visit__isnull", False)),
                                    models.Q(("agreement", None), ("event__isnull", False), ("visit", None)),
                                    _connector="OR",
                                ),
                                name="institution_photo_of_one_thing",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of an institution is never removed';",
                                    hash="8b034cd635840ef83d736ef09f169c5c1f938465",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_dac20",
                                    table="communities_institutionphoto",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of an institution is never removed';",
                                    hash="bae5d79d4869fcd122651ef89b3cc0ef34f304e6",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_c415e",
                                    table="communities_institutionphoto",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitRule",
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
                                    ("office", "public office"),
                                    ("public", "public institution"),
                                    ("company", "company"),
                                    ("school", "school or kindergarten"),
                                    ("hospital", "hospital or clinic"),
                                    ("shop", "shop or restaurant"),
                                    ("other", "other institution"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("times", models.PositiveSmallIntegerField(verbose_name="visits in a quarter")),
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
                        "verbose_name": "rule of visits",
                        "verbose_name_plural": "rules of visits",
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "kind"), name="visit_rule_once"),
                            models.CheckConstraint(condition=models.Q(("times__lte", 3)), name="visit_rule_times"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_visitruleevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "times") VALUES (NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."subdistrict_id", NEW."times"); RETURN NULL;',
                                    hash="c377e71ff3071fc38b489fee4b33d782f1f8b61d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_0724d",
                                    table="communities_visitrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "communities_visitruleevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "times") VALUES (NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."subdistrict_id", NEW."times"); RETURN NULL;',
                                    hash="dd2eabeed8ca702d5e969e9d830dac8ec2009022",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_a20cd",
                                    table="communities_visitrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_visitruleevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subdistrict_id", "times") VALUES (OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."subdistrict_id", OLD."times"); RETURN NULL;',
                                    hash="faf3d7f3162f5522bf1d300a92cf3a6f69e603b6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_15ae3",
                                    table="communities_visitrule",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("office", "public office"),
                                    ("public", "public institution"),
                                    ("company", "company"),
                                    ("school", "school or kindergarten"),
                                    ("hospital", "hospital or clinic"),
                                    ("shop", "shop or restaurant"),
                                    ("other", "other institution"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("times", models.PositiveSmallIntegerField(verbose_name="visits in a quarter")),
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
                                to="communities.visitrule",
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
                                    hash="f31d726ac699b1ee1f2606fb54bc8dc20f94fc4d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d300b",
                                    table="communities_visitruleevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ],
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
