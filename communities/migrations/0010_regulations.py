"""Laws, regulations and rules of offices, with their files."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0009_institutions"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Regulation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=150, verbose_name="title")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("law", "law"),
                                    ("state", "administrative regulation"),
                                    ("rule", "rule of a ministry"),
                                    ("local", "local regulation or rule"),
                                    ("policy", "normative document"),
                                    ("office", "rule of the office"),
                                ],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("issuer", models.CharField(max_length=100, verbose_name="issuer")),
                        ("issued_on", models.DateField(verbose_name="issued on")),
                        ("effective_on", models.DateField(verbose_name="in force from")),
                        ("abolished_on", models.DateField(blank=True, null=True, verbose_name="abolished on")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="where its text is found"),
                        ),
                        ("words", models.TextField(blank=True, max_length=100000, verbose_name="text")),
                        ("folded", models.TextField(blank=True)),
                        ("request_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="communities.regulation",
                                verbose_name="replaced by",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "regulation",
                        "verbose_name_plural": "regulations",
                        "ordering": ["title", "-effective_on", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subdistrict", "title", "effective_on"),
                                name="regulation_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("effective_on__gte", models.F("issued_on"))),
                                name="regulation_issued_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("abolished_on", None),
                                    ("abolished_on__gte", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="regulation_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaced_by", None), ("abolished_on__isnull", False), _connector="OR"
                                ),
                                name="regulation_replaced_is_abolished",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "office"), ("subdistrict__isnull", False)),
                                    models.Q(("kind", "office"), _negated=True),
                                    _connector="OR",
                                ),
                                name="regulation_of_an_office",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="f66df8f9bd2f9d30b7fe34a9c6ed2c859477d10e",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_2e209",
                                    table="communities_regulation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="replaced_by_a_later_one",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\nIF EXISTS (SELECT 1 FROM communities_regulation WHERE id = NEW.replaced_by_id AND effective_on <= NEW.effective_on\n           FOR SHARE)\n   OR EXISTS (SELECT 1 FROM communities_regulation WHERE replaced_by_id = NEW.id AND effective_on >= NEW.effective_on\n              FOR SHARE)\nTHEN RAISE EXCEPTION 'A regulation is replaced only by a later one';\nEND IF;\nRETURN NEW;\n",
                                    hash="fc56fc1622fcc1e03156ebc82d417d39ea061819",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_replaced_by_a_later_one_015c0",
                                    table="communities_regulation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_regulationevent" ("abolished_on", "effective_on", "id", "issued_on", "issuer", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "source", "subdistrict_id", "title") VALUES (NEW."abolished_on", NEW."effective_on", NEW."id", NEW."issued_on", NEW."issuer", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replaced_by_id", NEW."source", NEW."subdistrict_id", NEW."title"); RETURN NULL;',
                                    hash="0541c0d7e0a840b4571d70f194ffcf2a51c10d1b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_dd544",
                                    table="communities_regulation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."abolished_on" IS DISTINCT FROM (NEW."abolished_on") OR OLD."effective_on" IS DISTINCT FROM (NEW."effective_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."replaced_by_id" IS DISTINCT FROM (NEW."replaced_by_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."subdistrict_id" IS DISTINCT FROM (NEW."subdistrict_id") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                                    func='INSERT INTO "communities_regulationevent" ("abolished_on", "effective_on", "id", "issued_on", "issuer", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "source", "subdistrict_id", "title") VALUES (NEW."abolished_on", NEW."effective_on", NEW."id", NEW."issued_on", NEW."issuer", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replaced_by_id", NEW."source", NEW."subdistrict_id", NEW."title"); RETURN NULL;',
                                    hash="e57401fb0f59afee487b4e9ab05121520a18ed58",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_35f1d",
                                    table="communities_regulation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "communities_regulationevent" ("abolished_on", "effective_on", "id", "issued_on", "issuer", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "source", "subdistrict_id", "title") VALUES (OLD."abolished_on", OLD."effective_on", OLD."id", OLD."issued_on", OLD."issuer", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replaced_by_id", OLD."source", OLD."subdistrict_id", OLD."title"); RETURN NULL;',
                                    hash="6a2e7869f14e5f7a3ca0c48dd722f6113ae78f7e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_5db54",
                                    table="communities_regulation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegulationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("title", models.CharField(max_length=150, verbose_name="title")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("law", "law"),
                                    ("state", "administrative regulation"),
                                    ("rule", "rule of a ministry"),
                                    ("local", "local regulation or rule"),
                                    ("policy", "normative document"),
                                    ("office", "rule of the office"),
                                ],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("issuer", models.CharField(max_length=100, verbose_name="issuer")),
                        ("issued_on", models.DateField(verbose_name="issued on")),
                        ("effective_on", models.DateField(verbose_name="in force from")),
                        ("abolished_on", models.DateField(blank=True, null=True, verbose_name="abolished on")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="where its text is found"),
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
                                to="communities.regulation",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="communities.regulation",
                                verbose_name="replaced by",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
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
                                    hash="ab31d7e33aa0c145e14e9681e50bfcf627342aff",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_841ab",
                                    table="communities_regulationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegulationFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("form", models.CharField(max_length=4, verbose_name="form")),
                        ("content", models.BinaryField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                        ("created_at", models.DateTimeField(verbose_name="entered at")),
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
                            "regulation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="communities.regulation",
                                verbose_name="regulation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of a regulation",
                        "verbose_name_plural": "files of regulations",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("regulation", "sha256"), name="regulation_file_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A file of a regulation is append-only';",
                                    hash="2ed342ee2f655b2c034148f4d2070d14e2c497fd",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_1ba07",
                                    table="communities_regulationfile",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A file of a regulation is append-only';",
                                    hash="3d8df6ff4a82a653e82d0e70ba01c731422aa926",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_c9012",
                                    table="communities_regulationfile",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
            ],
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
