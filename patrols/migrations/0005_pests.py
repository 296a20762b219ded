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
        ("patrols", "0004_stations"),
        ("people", "0006_tables"),
        ("people", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="BreedingSite",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("standing_water", "standing water"),
                                    ("container", "containers and tyres"),
                                    ("drain", "drain or sewer"),
                                    ("rubbish", "heap of rubbish"),
                                    ("burrow", "burrow"),
                                    ("crevice", "crevice or pipe shaft"),
                                    ("other", "other place"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "pest",
                            models.CharField(
                                choices=[
                                    ("rodent", "rodents"),
                                    ("mosquito", "mosquitoes"),
                                    ("fly", "flies"),
                                    ("cockroach", "cockroaches"),
                                ],
                                max_length=10,
                                verbose_name="pest",
                            ),
                        ),
                        ("open_since", models.DateField(verbose_name="found last on")),
                        ("closed_on", models.DateField(null=True, verbose_name="cleared on")),
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
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "breeding site",
                        "verbose_name_plural": "breeding sites",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_on", None)),
                                fields=["team", "open_since"],
                                name="breeding_site_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team", "community", "place", "kind"), name="breeding_site_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    ("closed_on__gte", models.F("open_since")),
                                    _connector="OR",
                                ),
                                name="breeding_site_closed_after",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_breedingsiteevent" ("closed_on", "community_id", "id", "kind", "open_since", "pest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "team_id") VALUES (NEW."closed_on", NEW."community_id", NEW."id", NEW."kind", NEW."open_since", NEW."pest", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."team_id"); RETURN NULL;',
                                    hash="771a08aff6c7c884cc954eede068b0cc07c6dd08",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_5a907",
                                    table="patrols_breedingsite",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_breedingsiteevent" ("closed_on", "community_id", "id", "kind", "open_since", "pest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "team_id") VALUES (NEW."closed_on", NEW."community_id", NEW."id", NEW."kind", NEW."open_since", NEW."pest", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."team_id"); RETURN NULL;',
                                    hash="8b6039e52da6aee793c322baddb090c081bfa5c5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_59087",
                                    table="patrols_breedingsite",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_breedingsiteevent" ("closed_on", "community_id", "id", "kind", "open_since", "pest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "team_id") VALUES (OLD."closed_on", OLD."community_id", OLD."id", OLD."kind", OLD."open_since", OLD."pest", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."team_id"); RETURN NULL;',
                                    hash="1b1b8af7ca536bdad81239e106eb40a3bdeaccab",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4ec18",
                                    table="patrols_breedingsite",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BreedingSiteEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("standing_water", "standing water"),
                                    ("container", "containers and tyres"),
                                    ("drain", "drain or sewer"),
                                    ("rubbish", "heap of rubbish"),
                                    ("burrow", "burrow"),
                                    ("crevice", "crevice or pipe shaft"),
                                    ("other", "other place"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "pest",
                            models.CharField(
                                choices=[
                                    ("rodent", "rodents"),
                                    ("mosquito", "mosquitoes"),
                                    ("fly", "flies"),
                                    ("cockroach", "cockroaches"),
                                ],
                                max_length=10,
                                verbose_name="pest",
                            ),
                        ),
                        ("open_since", models.DateField(verbose_name="found last on")),
                        ("closed_on", models.DateField(null=True, verbose_name="cleared on")),
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
                                to="patrols.breedingsite",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.team",
                                verbose_name="team",
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
                                    hash="39c9e51803e5d62b97851ed1f8010ad2ae1a59d9",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4d080",
                                    table="patrols_breedingsiteevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BreedingStep",
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
                                choices=[("found", "found"), ("closed", "cleared"), ("found_again", "found again")],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="patrols.breedingsite",
                                verbose_name="breeding site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a breeding site",
                        "verbose_name_plural": "steps of breeding sites",
                        "indexes": [models.Index(fields=["site", "id"], name="patrols_bre_site_id_0ec6f7_idx")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_breedingstepevent" ("by_id", "id", "kind", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (NEW."by_id", NEW."id", NEW."kind", NEW."note", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id"); RETURN NULL;',
                                    hash="5281009b87c9f5da41c116c1783895632aaa894b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_0f686",
                                    table="patrols_breedingstep",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_breedingstepevent" ("by_id", "id", "kind", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (NEW."by_id", NEW."id", NEW."kind", NEW."note", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id"); RETURN NULL;',
                                    hash="d178afde3ade739dbaee8c7fad914e58cb31828f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ccd9e",
                                    table="patrols_breedingstep",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_breedingstepevent" ("by_id", "id", "kind", "note", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."by_id", OLD."id", OLD."kind", OLD."note", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id"); RETURN NULL;',
                                    hash="00c2a96f6571a771342ca82049d7f6daf5424bee",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ca5fe",
                                    table="patrols_breedingstep",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BreedingStepEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("found", "found"), ("closed", "cleared"), ("found_again", "found again")],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
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
                                to="patrols.breedingstep",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.breedingsite",
                                verbose_name="breeding site",
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
                                    hash="c5c9c05cdfd986364f113184ebbbcc45f95cabd4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_cb902",
                                    table="patrols_breedingstepevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DensityLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "index",
                            models.CharField(
                                choices=[
                                    ("rodent_rooms", "Rooms with rodent traces"),
                                    ("rodent_path", "Outdoor path index of rodents"),
                                    ("mosquito_path", "Path index of small water"),
                                    ("mosquito_ladle", "Ladle index"),
                                    ("mosquito_larvae", "Larvae and pupae per positive ladle"),
                                    ("mosquito_landing", "Landing index"),
                                    ("fly_rooms", "Rooms with flies"),
                                    ("fly_density", "Flies per positive room"),
                                    ("fly_food", "Ready-to-eat food places with flies"),
                                    ("fly_breeding", "Positive breeding places of flies"),
                                    ("cockroach_rooms", "Rooms with cockroaches"),
                                ],
                                max_length=20,
                                verbose_name="index",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("A", "A"), ("B", "B"), ("C", "C")], max_length=1, verbose_name="level"
                            ),
                        ),
                        (
                            "most",
                            models.DecimalField(decimal_places=3, max_digits=8, null=True, verbose_name="at most"),
                        ),
                        ("is_below", models.BooleanField(default=False, verbose_name="must stay below")),
                        ("standard", models.CharField(blank=True, max_length=100, verbose_name="standard")),
                        ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
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
                        "verbose_name": "limit of density",
                        "verbose_name_plural": "limits of density",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subdistrict", "index", "level"), name="density_limit_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("most__isnull", True), ("most__gte", 0), _connector="OR"),
                                name="density_limit_not_negative",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_densitylimitevent" ("id", "index", "is_below", "level", "most", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "standard", "subdistrict_id") VALUES (NEW."id", NEW."index", NEW."is_below", NEW."level", NEW."most", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."standard", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="24012d863de5ab2a8ae85544034e806b6e0b5c34",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_55e59",
                                    table="patrols_densitylimit",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_densitylimitevent" ("id", "index", "is_below", "level", "most", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "standard", "subdistrict_id") VALUES (NEW."id", NEW."index", NEW."is_below", NEW."level", NEW."most", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."standard", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="9a5927c43b244a50e331ff8e0135bd91c0a2f7b6",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_52d0f",
                                    table="patrols_densitylimit",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_densitylimitevent" ("id", "index", "is_below", "level", "most", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "standard", "subdistrict_id") VALUES (OLD."id", OLD."index", OLD."is_below", OLD."level", OLD."most", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."standard", OLD."subdistrict_id"); RETURN NULL;',
                                    hash="ee1bc182158e4359a13e3c6d3eb208baab78aa73",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_6ad07",
                                    table="patrols_densitylimit",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DensityLimitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "index",
                            models.CharField(
                                choices=[
                                    ("rodent_rooms", "Rooms with rodent traces"),
                                    ("rodent_path", "Outdoor path index of rodents"),
                                    ("mosquito_path", "Path index of small water"),
                                    ("mosquito_ladle", "Ladle index"),
                                    ("mosquito_larvae", "Larvae and pupae per positive ladle"),
                                    ("mosquito_landing", "Landing index"),
                                    ("fly_rooms", "Rooms with flies"),
                                    ("fly_density", "Flies per positive room"),
                                    ("fly_food", "Ready-to-eat food places with flies"),
                                    ("fly_breeding", "Positive breeding places of flies"),
                                    ("cockroach_rooms", "Rooms with cockroaches"),
                                ],
                                max_length=20,
                                verbose_name="index",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("A", "A"), ("B", "B"), ("C", "C")], max_length=1, verbose_name="level"
                            ),
                        ),
                        (
                            "most",
                            models.DecimalField(decimal_places=3, max_digits=8, null=True, verbose_name="at most"),
                        ),
                        ("is_below", models.BooleanField(default=False, verbose_name="must stay below")),
                        ("standard", models.CharField(blank=True, max_length=100, verbose_name="standard")),
                        ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
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
                                to="patrols.densitylimit",
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
                                    hash="772008f9df3b1033b9e44e3539fab5e5f9dc2b14",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_83933",
                                    table="patrols_densitylimitevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DensitySurvey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("rodent_rooms", "Rodent traces indoors"),
                                    ("rodent_path", "Rodent traces along a path outdoors"),
                                    ("mosquito_path", "Small water along a path"),
                                    ("mosquito_ladle", "Large water by the ladle"),
                                    ("mosquito_landing", "Mosquitoes landing on a person"),
                                    ("fly_rooms", "Flies indoors"),
                                    ("fly_food", "Flies where ready-to-eat food is sold"),
                                    ("fly_breeding", "Breeding places of flies"),
                                    ("cockroach_rooms", "Cockroaches indoors"),
                                ],
                                max_length=20,
                                verbose_name="method",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        (
                            "sampled",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(1000000),
                                ],
                                verbose_name="sampled",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveIntegerField(
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(600)],
                                verbose_name="minutes each",
                            ),
                        ),
                        (
                            "positive",
                            models.PositiveIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(1000000)],
                                verbose_name="positive",
                            ),
                        ),
                        (
                            "counted",
                            models.PositiveIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(1000000)],
                                verbose_name="counted",
                            ),
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
                        (
                            "surveyor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="surveyor",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "density survey",
                        "verbose_name_plural": "density surveys",
                        "indexes": [
                            models.Index(fields=["team", "-on"], name="patrols_den_team_id_a82ece_idx"),
                            models.Index(fields=["community", "-on"], name="patrols_den_communi_477368_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team", "method", "on", "community", "place"), name="density_survey_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sampled__gt", 0)), name="density_survey_sampled_some"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__isnull", True), ("minutes__gt", 0), _connector="OR"),
                                name="density_survey_takes_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_densitysurveyevent" ("community_id", "counted", "id", "method", "minutes", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "positive", "sampled", "surveyor_id", "team_id") VALUES (NEW."community_id", NEW."counted", NEW."id", NEW."method", NEW."minutes", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."positive", NEW."sampled", NEW."surveyor_id", NEW."team_id"); RETURN NULL;',
                                    hash="98d240d74128083537b113b3ccff6fd3e375762f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_0bf8e",
                                    table="patrols_densitysurvey",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_densitysurveyevent" ("community_id", "counted", "id", "method", "minutes", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "positive", "sampled", "surveyor_id", "team_id") VALUES (NEW."community_id", NEW."counted", NEW."id", NEW."method", NEW."minutes", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."positive", NEW."sampled", NEW."surveyor_id", NEW."team_id"); RETURN NULL;',
                                    hash="2f3cebb1cd5446bb1645fcc28be3c81743cb5d18",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_76231",
                                    table="patrols_densitysurvey",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_densitysurveyevent" ("community_id", "counted", "id", "method", "minutes", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "positive", "sampled", "surveyor_id", "team_id") VALUES (OLD."community_id", OLD."counted", OLD."id", OLD."method", OLD."minutes", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."positive", OLD."sampled", OLD."surveyor_id", OLD."team_id"); RETURN NULL;',
                                    hash="1008e8e7fbf7402ebe8f6e628fcca66d5e1fcc02",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f0fc0",
                                    table="patrols_densitysurvey",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DensitySurveyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("rodent_rooms", "Rodent traces indoors"),
                                    ("rodent_path", "Rodent traces along a path outdoors"),
                                    ("mosquito_path", "Small water along a path"),
                                    ("mosquito_ladle", "Large water by the ladle"),
                                    ("mosquito_landing", "Mosquitoes landing on a person"),
                                    ("fly_rooms", "Flies indoors"),
                                    ("fly_food", "Flies where ready-to-eat food is sold"),
                                    ("fly_breeding", "Breeding places of flies"),
                                    ("cockroach_rooms", "Cockroaches indoors"),
                                ],
                                max_length=20,
                                verbose_name="method",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        (
                            "sampled",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(1000000),
                                ],
                                verbose_name="sampled",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveIntegerField(
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(600)],
                                verbose_name="minutes each",
                            ),
                        ),
                        (
                            "positive",
                            models.PositiveIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(1000000)],
                                verbose_name="positive",
                            ),
                        ),
                        (
                            "counted",
                            models.PositiveIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(1000000)],
                                verbose_name="counted",
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
                                to="patrols.densitysurvey",
                            ),
                        ),
                        (
                            "surveyor",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="surveyor",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.team",
                                verbose_name="team",
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
                                    hash="1590916a8fc369ed79945d30f330850ee7610d2a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_96f9a",
                                    table="patrols_densitysurveyevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PestOperation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        ("on", models.DateField(verbose_name="day")),
                        (
                            "place_kind",
                            models.CharField(
                                choices=[
                                    ("green", "public green"),
                                    ("refuse", "refuse collection point"),
                                    ("sewer", "sewer"),
                                    ("market", "farmers' market"),
                                    ("stairwell", "stairwell"),
                                    ("station", "transfer station or toilet"),
                                    ("site", "construction site"),
                                    ("other", "other place"),
                                ],
                                max_length=10,
                                verbose_name="kind of place",
                            ),
                        ),
                        (
                            "pest",
                            models.CharField(
                                choices=[
                                    ("rodent", "rodents"),
                                    ("mosquito", "mosquitoes"),
                                    ("fly", "flies"),
                                    ("cockroach", "cockroaches"),
                                ],
                                max_length=10,
                                verbose_name="pest",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("spray", "chemical spraying"),
                                    ("fog", "hot fog"),
                                    ("bait", "bait"),
                                    ("larvicide", "larvicide in water"),
                                    ("trap", "physical trapping"),
                                    ("removal", "removal of breeding places"),
                                ],
                                max_length=10,
                                verbose_name="method",
                            ),
                        ),
                        ("product", models.CharField(max_length=100, verbose_name="product")),
                        ("ingredient", models.CharField(blank=True, max_length=100, verbose_name="main ingredient")),
                        ("batch", models.CharField(blank=True, max_length=40, verbose_name="batch number")),
                        (
                            "registration",
                            models.CharField(blank=True, max_length=40, verbose_name="pesticide registration number"),
                        ),
                        ("ratio", models.CharField(blank=True, max_length=40, verbose_name="mixing ratio")),
                        ("quantity", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="quantity")),
                        (
                            "unit",
                            models.CharField(
                                choices=[("g", "g"), ("kg", "kg"), ("ml", "ml"), ("l", "l"), ("piece", "pieces")],
                                max_length=6,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "area_m2",
                            models.PositiveIntegerField(
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(10000000)],
                                verbose_name="area in m²",
                            ),
                        ),
                        (
                            "points",
                            models.PositiveIntegerField(
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(1000000)],
                                verbose_name="number of points",
                            ),
                        ),
                        (
                            "weather",
                            models.CharField(
                                choices=[
                                    ("sunny", "sunny"),
                                    ("cloudy", "cloudy"),
                                    ("rain", "rain"),
                                    ("wind", "strong wind"),
                                    ("indoors", "indoors"),
                                ],
                                max_length=8,
                                verbose_name="weather",
                            ),
                        ),
                        ("before", models.CharField(blank=True, max_length=500, verbose_name="situation before")),
                        ("after", models.CharField(blank=True, max_length=500, verbose_name="effect afterwards")),
                        ("is_notice_posted", models.BooleanField(verbose_name="safety notice posted")),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="checked by the supervisor at")),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="supervisor",
                            ),
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
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "treatment against pests",
                        "verbose_name_plural": "treatments against pests",
                        "indexes": [
                            models.Index(fields=["team", "-on"], name="patrols_pes_team_id_bfa253_idx"),
                            models.Index(fields=["community", "-on"], name="patrols_pes_communi_add858_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team", "on", "community", "place", "pest", "method", "product"),
                                name="pest_operation_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="pest_operation_took_some"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("area_m2__gt", 0), ("points__gt", 0), _connector="OR"),
                                name="pest_operation_covers_area_or_points",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                                    models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pest_operation_checked_by_somebody",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_pestoperationevent" ("after", "area_m2", "batch", "before", "checked_at", "checked_by_id", "community_id", "id", "ingredient", "is_notice_posted", "method", "on", "pest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "place_kind", "points", "product", "quantity", "ratio", "registration", "team_id", "unit", "weather") VALUES (NEW."after", NEW."area_m2", NEW."batch", NEW."before", NEW."checked_at", NEW."checked_by_id", NEW."community_id", NEW."id", NEW."ingredient", NEW."is_notice_posted", NEW."method", NEW."on", NEW."pest", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."place_kind", NEW."points", NEW."product", NEW."quantity", NEW."ratio", NEW."registration", NEW."team_id", NEW."unit", NEW."weather"); RETURN NULL;',
                                    hash="84d8309435e3969bf0f2ab8f971ff0ea7c74be46",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_af088",
                                    table="patrols_pestoperation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_pestoperationevent" ("after", "area_m2", "batch", "before", "checked_at", "checked_by_id", "community_id", "id", "ingredient", "is_notice_posted", "method", "on", "pest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "place_kind", "points", "product", "quantity", "ratio", "registration", "team_id", "unit", "weather") VALUES (NEW."after", NEW."area_m2", NEW."batch", NEW."before", NEW."checked_at", NEW."checked_by_id", NEW."community_id", NEW."id", NEW."ingredient", NEW."is_notice_posted", NEW."method", NEW."on", NEW."pest", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."place_kind", NEW."points", NEW."product", NEW."quantity", NEW."ratio", NEW."registration", NEW."team_id", NEW."unit", NEW."weather"); RETURN NULL;',
                                    hash="171ccf536acd2229c636edb2d39fbf9ce6cecefd",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d75b5",
                                    table="patrols_pestoperation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_pestoperationevent" ("after", "area_m2", "batch", "before", "checked_at", "checked_by_id", "community_id", "id", "ingredient", "is_notice_posted", "method", "on", "pest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "place_kind", "points", "product", "quantity", "ratio", "registration", "team_id", "unit", "weather") VALUES (OLD."after", OLD."area_m2", OLD."batch", OLD."before", OLD."checked_at", OLD."checked_by_id", OLD."community_id", OLD."id", OLD."ingredient", OLD."is_notice_posted", OLD."method", OLD."on", OLD."pest", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."place_kind", OLD."points", OLD."product", OLD."quantity", OLD."ratio", OLD."registration", OLD."team_id", OLD."unit", OLD."weather"); RETURN NULL;',
                                    hash="e9d7bcd20451f95d061eb7379963c5e10389f9c3",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9a1fa",
                                    table="patrols_pestoperation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OperationPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="patrols.pestoperation",
                                verbose_name="treatment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person of a treatment",
                        "verbose_name_plural": "persons of treatments",
                        "constraints": [
                            models.UniqueConstraint(fields=("operation", "user"), name="operation_person_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_operationpersonevent" ("id", "operation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."operation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;',
                                    hash="9b0263b68f76e430673f9d52c1f829e2652ca09e",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ee9ba",
                                    table="patrols_operationperson",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patrols_operationpersonevent" ("id", "operation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."operation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;',
                                    hash="8f695715b7f61be334ef110418767bb852138aa4",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b66b4",
                                    table="patrols_operationperson",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patrols_operationpersonevent" ("id", "operation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."operation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;',
                                    hash="a55262a4cb48b9b503f763832195783822bf92c4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_57912",
                                    table="patrols_operationperson",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OperationPersonEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                                to="patrols.operationperson",
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
                        (
                            "operation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.pestoperation",
                                verbose_name="treatment",
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
                                    hash="de7d37b695b4bf6a0ef4e7b3ccb0a3d9fc955586",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_0f3a5",
                                    table="patrols_operationpersonevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PestOperationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        ("on", models.DateField(verbose_name="day")),
                        (
                            "place_kind",
                            models.CharField(
                                choices=[
                                    ("green", "public green"),
                                    ("refuse", "refuse collection point"),
                                    ("sewer", "sewer"),
                                    ("market", "farmers' market"),
                                    ("stairwell", "stairwell"),
                                    ("station", "transfer station or toilet"),
                                    ("site", "construction site"),
                                    ("other", "other place"),
                                ],
                                max_length=10,
                                verbose_name="kind of place",
                            ),
                        ),
                        (
                            "pest",
                            models.CharField(
                                choices=[
                                    ("rodent", "rodents"),
                                    ("mosquito", "mosquitoes"),
                                    ("fly", "flies"),
                                    ("cockroach", "cockroaches"),
                                ],
                                max_length=10,
                                verbose_name="pest",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("spray", "chemical spraying"),
                                    ("fog", "hot fog"),
                                    ("bait", "bait"),
                                    ("larvicide", "larvicide in water"),
                                    ("trap", "physical trapping"),
                                    ("removal", "removal of breeding places"),
                                ],
                                max_length=10,
                                verbose_name="method",
                            ),
                        ),
                        ("product", models.CharField(max_length=100, verbose_name="product")),
                        ("ingredient", models.CharField(blank=True, max_length=100, verbose_name="main ingredient")),
                        ("batch", models.CharField(blank=True, max_length=40, verbose_name="batch number")),
                        (
                            "registration",
                            models.CharField(blank=True, max_length=40, verbose_name="pesticide registration number"),
                        ),
                        ("ratio", models.CharField(blank=True, max_length=40, verbose_name="mixing ratio")),
                        ("quantity", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="quantity")),
                        (
                            "unit",
                            models.CharField(
                                choices=[("g", "g"), ("kg", "kg"), ("ml", "ml"), ("l", "l"), ("piece", "pieces")],
                                max_length=6,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "area_m2",
                            models.PositiveIntegerField(
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(10000000)],
                                verbose_name="area in m²",
                            ),
                        ),
                        (
                            "points",
                            models.PositiveIntegerField(
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(1000000)],
                                verbose_name="number of points",
                            ),
                        ),
                        (
                            "weather",
                            models.CharField(
                                choices=[
                                    ("sunny", "sunny"),
                                    ("cloudy", "cloudy"),
                                    ("rain", "rain"),
                                    ("wind", "strong wind"),
                                    ("indoors", "indoors"),
                                ],
                                max_length=8,
                                verbose_name="weather",
                            ),
                        ),
                        ("before", models.CharField(blank=True, max_length=500, verbose_name="situation before")),
                        ("after", models.CharField(blank=True, max_length=500, verbose_name="effect afterwards")),
                        ("is_notice_posted", models.BooleanField(verbose_name="safety notice posted")),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="checked by the supervisor at")),
                        (
                            "checked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="supervisor",
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
                                to="patrols.pestoperation",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patrols.team",
                                verbose_name="team",
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
                                    hash="4ea057f4cbe3ce1a1f02ccc44f7e813425c7ab0e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_689e3",
                                    table="patrols_pestoperationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="pestoperation",
            name="people",
            field=models.ManyToManyField(
                related_name="+", through="patrols.OperationPerson", to=settings.AUTH_USER_MODEL, verbose_name="persons"
            ),
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
