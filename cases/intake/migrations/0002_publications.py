"""What everybody may read of residents' cases: decisions, publications, their changes."""

import django.db.models.deletion
import django.db.models.manager
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_reporters"),
        ("communities", "0005_tables"),
        ("intake", "0001_intake"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Disclosure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_withheld", models.BooleanField(default=False, verbose_name="withheld")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        ("text", models.TextField(blank=True, max_length=2000, verbose_name="released text")),
                        ("at", models.DateTimeField(verbose_name="decided at")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosure",
                                to="cases.case",
                                verbose_name="case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision on a publication",
                        "verbose_name_plural": "decisions on publications",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_withheld", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="disclosure_withheld_says_why",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "intake_disclosureevent" ("at", "by_id", "case_id", "id", "is_withheld", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."at", NEW."by_id", NEW."case_id", NEW."id", NEW."is_withheld", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                                    hash="cb5533decdeb4178f16a295ad9a1bdec12111106",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a7198",
                                    table="intake_disclosure",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_withheld" IS DISTINCT FROM (NEW."is_withheld") OR OLD."reason" IS DISTINCT FROM (NEW."reason"))',
                                    func='INSERT INTO "intake_disclosureevent" ("at", "by_id", "case_id", "id", "is_withheld", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."at", NEW."by_id", NEW."case_id", NEW."id", NEW."is_withheld", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                                    hash="b2d9917114c714deb7ca5b60f0892e1939859e76",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_82879",
                                    table="intake_disclosure",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "intake_disclosureevent" ("at", "by_id", "case_id", "id", "is_withheld", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."at", OLD."by_id", OLD."case_id", OLD."id", OLD."is_withheld", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;',
                                    hash="de6185e78a27e5b18070233912517f2240f36358",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_79551",
                                    table="intake_disclosure",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("is_withheld", models.BooleanField(default=False, verbose_name="withheld")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        ("at", models.DateTimeField(verbose_name="decided at")),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="intake.disclosure",
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
                                    hash="40fc5080f66cdbc8a5aea52a229cc03f539752e5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_fb919",
                                    table="intake_disclosureevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="publication",
                                serialize=False,
                                to="cases.case",
                            ),
                        ),
                        ("number", models.CharField(max_length=30, unique=True, verbose_name="case number")),
                        ("is_public", models.BooleanField(verbose_name="public")),
                        ("status", models.CharField(max_length=6, verbose_name="status")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("received", "received"),
                                    ("accepted", "accepted"),
                                    ("handling", "being handled"),
                                    ("district", "with the district"),
                                    ("waiting", "waits for a later day"),
                                    ("checking", "handled, being checked"),
                                    ("solved", "closed"),
                                    ("declined", "not taken on"),
                                    ("merged", "goes on with another report"),
                                    ("void", "ended without handling"),
                                ],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("requested_at", models.DateTimeField(verbose_name="reported at")),
                        ("updated_at", models.DateTimeField(verbose_name="changed at")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        ("expected_at", models.DateTimeField(null=True, verbose_name="due at")),
                        (
                            "longitude",
                            models.DecimalField(decimal_places=7, max_digits=10, null=True, verbose_name="longitude"),
                        ),
                        (
                            "latitude",
                            models.DecimalField(decimal_places=7, max_digits=9, null=True, verbose_name="latitude"),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="released text")),
                        ("reply", models.TextField(blank=True, verbose_name="answer")),
                        (
                            "client",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="intake.apiclient",
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "disorder",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.disorder",
                                verbose_name="disorder",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.subdistrict",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="intake.topic",
                                verbose_name="topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "published case",
                        "verbose_name_plural": "published cases",
                        "ordering": ["-requested_at", "-case_id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_public", True)),
                                fields=["-requested_at", "-case"],
                                name="publication_newest",
                            ),
                            models.Index(
                                condition=models.Q(("is_public", True)),
                                fields=["subdistrict", "-requested_at", "-case"],
                                name="publication_by_place",
                            ),
                            models.Index(
                                condition=models.Q(("is_public", True)),
                                fields=["community", "-requested_at", "-case"],
                                name="publication_by_community",
                            ),
                            models.Index(
                                condition=models.Q(("is_public", True)),
                                fields=["topic", "-requested_at", "-case"],
                                name="publication_by_topic",
                            ),
                            models.Index(
                                condition=models.Q(("is_public", True)),
                                fields=["-updated_at", "-case"],
                                name="publication_changed",
                            ),
                            models.Index(
                                condition=models.Q(("client__isnull", False)),
                                fields=["client", "-requested_at", "-case"],
                                name="publication_of_client",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("is_public", True), ("client__isnull", False), _connector="OR"),
                                name="publication_public_or_of_program",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("status", "closed"),
                                        ("updated_at", models.F("closed_at")),
                                    ),
                                    models.Q(("closed_at", None), ("status", "open")),
                                    _connector="OR",
                                ),
                                name="publication_closed_has_moment",
                            ),
                        ],
                    },
                    managers=[
                        ("every", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PublicUpdate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("received", "received"),
                                    ("accepted", "accepted"),
                                    ("handling", "being handled"),
                                    ("district", "with the district"),
                                    ("waiting", "waits for a later day"),
                                    ("checking", "handled, being checked"),
                                    ("solved", "closed"),
                                    ("declined", "not taken on"),
                                    ("merged", "goes on with another report"),
                                    ("void", "ended without handling"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "publication",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="updates",
                                to="intake.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "public change",
                        "verbose_name_plural": "public changes",
                        "ordering": ["publication", "seq"],
                        "indexes": [models.Index(fields=["-at", "-id"], name="public_update_newest")],
                        "constraints": [
                            models.UniqueConstraint(fields=("publication", "seq"), name="public_update_once")
                        ],
                    },
                ),
            ],
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
