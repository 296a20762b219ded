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
        ("patrols", "0008_findings"),
        ("people", "0006_tables"),
        ("people", "__first__"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="IllegalBuilding",
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
                        ("number", models.CharField(max_length=30, unique=True, verbose_name="number")),
                        ("made_at", models.DateTimeField(verbose_name="entered at")),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("found", "found"),
                                    ("stopped", "ordered to stop"),
                                    ("referred", "with planning"),
                                    ("ordered", "to be removed by a day"),
                                    ("reminded", "reminded in writing"),
                                    ("announced", "removal announced"),
                                    ("handed", "with the district"),
                                    ("removed", "removed"),
                                    ("rechecked", "removed, looked at again"),
                                    ("regrown", "built again"),
                                    ("lawful", "lawful"),
                                    ("mistaken", "entered by mistake"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[("new", "being built"), ("old", "built before")],
                                max_length=4,
                                verbose_name="kind",
                            ),
                        ),
                        ("found_on", models.DateField(verbose_name="found on")),
                        (
                            "found_by",
                            models.CharField(
                                choices=[
                                    ("patrol", "patrol"),
                                    ("report", "complaint"),
                                    ("hotline", "hotline 12345"),
                                    ("survey", "survey of the stock"),
                                ],
                                max_length=8,
                                verbose_name="found through",
                            ),
                        ),
                        (
                            "structure",
                            models.CharField(
                                choices=[
                                    ("brick", "brick and concrete"),
                                    ("frame", "reinforced concrete"),
                                    ("steel", "steel or sheet metal"),
                                    ("light", "shed or canopy"),
                                ],
                                max_length=8,
                                verbose_name="structure",
                            ),
                        ),
                        ("storeys", models.PositiveSmallIntegerField(verbose_name="storeys")),
                        ("text", models.CharField(blank=True, max_length=500, verbose_name="description")),
                        ("area_m2", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="area in m²")),
                        (
                            "remaining_m2",
                            models.DecimalField(decimal_places=2, max_digits=8, verbose_name="still standing, in m²"),
                        ),
                        ("stepped_on", models.DateField(verbose_name="last step on")),
                        (
                            "document",
                            models.CharField(blank=True, max_length=60, verbose_name="number of the document"),
                        ),
                        ("by_day", models.DateField(blank=True, null=True, verbose_name="last day for the party")),
                        ("limit_value", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="limit")),
                        (
                            "limit_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("uh", "urgent hour"),
                                    ("ud", "urgent day"),
                                    ("wh", "working hour"),
                                    ("wd", "working day"),
                                    ("nd", "natural day"),
                                ],
                                max_length=2,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "counted_from",
                            models.DateTimeField(blank=True, null=True, verbose_name="limit counted from"),
                        ),
                        ("is_due_provisional", models.BooleanField(default=False)),
                        ("ladder_code", models.CharField(blank=True, max_length=4)),
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
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "regrown_from",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returned_as",
                                to="patrols.illegalbuilding",
                                verbose_name="return of",
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
                        "verbose_name": "illegal building",
                        "verbose_name_plural": "illegal buildings",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="building_due_for_sweep",
                            ),
                            models.Index(fields=["subdistrict", "state"], name="building_by_state"),
                        ],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("area_m2__gt", 0)), name="building_has_area"),
                            models.CheckConstraint(
                                condition=models.Q(("storeys__gte", 1)), name="building_has_storeys"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("remaining_m2__gt", 0),
                                        (
                                            "state__in",
                                            (
                                                "found",
                                                "stopped",
                                                "referred",
                                                "ordered",
                                                "reminded",
                                                "announced",
                                                "handed",
                                            ),
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "state__in",
                                                (
                                                    "found",
                                                    "stopped",
                                                    "referred",
                                                    "ordered",
                                                    "reminded",
                                                    "announced",
                                                    "handed",
                                                ),
                                            ),
                                            _negated=True,
                                        ),
                                        ("remaining_m2", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="building_stands_or_not",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("due_at__isnull", False),
                                        (
                                            "state__in",
                                            [
                                                "announced",
                                                "found",
                                                "ordered",
                                                "referred",
                                                "reminded",
                                                "removed",
                                                "stopped",
                                            ],
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "state__in",
                                                [
                                                    "announced",
                                                    "found",
                                                    "ordered",
                                                    "referred",
                                                    "reminded",
                                                    "removed",
                                                    "stopped",
                                                ],
                                            ),
                                            _negated=True,
                                        ),
                                        ("due_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="building_timed_is_due",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'An illegal building is never removed';",
                                    hash="4bba49762ce907ee471f64a072dc1f5366594376",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_24305",
                                    table="patrols_illegalbuilding",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'An illegal building is never removed';",
                                    hash="19b52306ed3cb5738ba918209442c8ed2a79f556",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_a1c48",
                                    table="patrols_illegalbuilding",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="steps_in_order",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="IF TG_OP = 'INSERT' THEN IF NEW.state = 'found' THEN RETURN NEW; END IF; ELSIF NEW.state = OLD.state OR (OLD.state || ' ' || NEW.state) IN ('announced handed', 'announced lawful', 'announced removed', 'found mistaken', 'found referred', 'found removed', 'found stopped', 'handed lawful', 'handed removed', 'ordered handed', 'ordered lawful', 'ordered reminded', 'ordered removed', 'rechecked rechecked', 'rechecked regrown', 'referred handed', 'referred lawful', 'referred mistaken', 'referred ordered', 'referred removed', 'reminded announced', 'reminded handed', 'reminded lawful', 'reminded removed', 'removed rechecked', 'removed regrown', 'stopped handed', 'stopped mistaken', 'stopped referred', 'stopped removed') THEN RETURN NEW; END IF; RAISE EXCEPTION 'This is no step of an illegal building';",
                                    hash="b3dbf161d101127791604248a27e4a2f7e20dec4",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_steps_in_order_ac496",
                                    table="patrols_illegalbuilding",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BuildingOwner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=60, verbose_name="name of the owner")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone of the owner")),
                        (
                            "building",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owner",
                                to="patrols.illegalbuilding",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "owner of an illegal building",
                        "verbose_name_plural": "owners of illegal buildings",
                    },
                ),
                migrations.CreateModel(
                    name="BuildingEvent",
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
                            "building",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="patrols.illegalbuilding",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["building", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("building", "seq"), name="building_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="building_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of illegal buildings is append-only';",
                                    hash="b4a612708c164e0eb2a86bdff161d95bf5b0a1ef",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_1e726",
                                    table="patrols_buildingevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of illegal buildings is append-only';",
                                    hash="d7b62fd4ef05e64e5c0fa3f826f41dcebb272106",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_f6051",
                                    table="patrols_buildingevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AreaEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("found", "found"),
                                    ("regrown", "built again"),
                                    ("removed", "removed"),
                                    ("lawful", "lawful"),
                                    ("mistaken", "entered by mistake"),
                                ],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[("owner", "by the owner"), ("force", "by force")],
                                max_length=8,
                                verbose_name="way of removal",
                            ),
                        ),
                        ("on", models.DateField(db_index=True, verbose_name="day")),
                        ("m2", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="m²")),
                        (
                            "building",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="patrols.illegalbuilding",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of the account",
                        "verbose_name_plural": "entries of the account",
                        "ordering": ["building", "ordinal"],
                        "constraints": [
                            models.UniqueConstraint(fields=("building", "ordinal"), name="area_entry_ordinal_unique"),
                            models.CheckConstraint(condition=models.Q(("m2__gt", 0)), name="area_entry_positive"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "removed"), ("way__in", ["owner", "force"])),
                                    models.Q(models.Q(("kind", "removed"), _negated=True), ("way", "")),
                                    _connector="OR",
                                ),
                                name="area_entry_way_of_removal",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BuildingNumber",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("last", models.PositiveIntegerField()),
                        (
                            "subdistrict",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.subdistrict"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("subdistrict", "year"), name="building_number_year_unique")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BuildingPhoto",
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
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="patrols.buildingevent",
                                verbose_name="event",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of an illegal building",
                        "verbose_name_plural": "photos of illegal buildings",
                        "ordering": ["event", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="buildingphoto_waiting"
                            ),
                            models.Index(fields=["sha256"], name="buildingphoto_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="buildingphoto_by_thumbnail"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="buildingphoto_state_known",
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
                                name="buildingphoto_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="buildingphoto_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="buildingphoto_refused_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of an illegal building is never removed';",
                                    hash="da69a60da0cd77bd01358092885fcf02b6825073",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_ca108",
                                    table="patrols_buildingphoto",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of an illegal building is never removed';",
                                    hash="5daf50b3b307c4bca564ced182c273e1e3a3b300",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_56a32",
                                    table="patrols_buildingphoto",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
            ]
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
