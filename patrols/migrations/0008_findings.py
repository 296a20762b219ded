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
        ("patrols", "0007_planning"),
        ("people", "0006_tables"),
        ("people", "__first__"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="Finding",
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
                        ("note", models.CharField(blank=True, max_length=1000, verbose_name="note")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "way",
                            models.CharField(
                                choices=[("handled", "handled on the spot"), ("case", "made a case")],
                                max_length=7,
                                verbose_name="what became of it",
                            ),
                        ),
                        ("case_at", models.DateTimeField(blank=True, null=True, verbose_name="made a case at")),
                        ("request_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                        ("request_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="found by",
                            ),
                        ),
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
                            "case_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made a case by",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.category",
                                verbose_name="category",
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
                            "key_place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="communities.keyplace",
                                verbose_name="key place",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="patrols.patrolround",
                                verbose_name="round",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="patrols.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="patrols.visit",
                                verbose_name="visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "finding",
                        "verbose_name_plural": "findings",
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            models.Index(fields=["team", "-at", "-id"], name="finding_of_team"),
                            models.Index(fields=["community", "-at", "-id"], name="finding_of_community"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("case", None), ("case_at", None), ("case_by", None), ("way", "handled")),
                                    models.Q(
                                        ("case__isnull", False),
                                        ("case_at__isnull", False),
                                        ("case_by__isnull", False),
                                        ("way", "case"),
                                    ),
                                    _connector="OR",
                                ),
                                name="finding_handled_or_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("visit", None), ("round__isnull", False), _connector="OR"),
                                name="finding_visit_of_round",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A finding is never removed';",
                                    hash="5d4a70c1f2cad0b2542672ff8d4929fcdd4a54a9",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_c1bb5",
                                    table="patrols_finding",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A finding is never removed';",
                                    hash="0a8c63fe0ffd2de789fd816ff4c74ecace899490",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_bb57c",
                                    table="patrols_finding",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changes_once",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF OLD.way = 'handled' AND NEW.way = 'case' AND\n        to_jsonb(NEW) - ARRAY['way', 'case_id', 'case_by_id', 'case_at'] = to_jsonb(OLD) - ARRAY['way', 'case_id', 'case_by_id', 'case_at']\n    THEN RETURN NEW; END IF;\n    RAISE EXCEPTION 'A finding changes once: from handled into a case';\n",
                                    hash="336c7f07caead02566b51bd136eb8a904d7366c9",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changes_once_587e2",
                                    table="patrols_finding",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FindingPhoto",
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
                            "finding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="patrols.finding",
                                verbose_name="finding",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of a finding",
                        "verbose_name_plural": "photos of findings",
                        "ordering": ["finding", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="findingphoto_waiting"
                            ),
                            models.Index(fields=["sha256"], name="findingphoto_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="findingphoto_by_thumbnail"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="findingphoto_state_known",
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
                                name="findingphoto_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="findingphoto_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="findingphoto_refused_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="gone_with_its_case",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (SELECT FROM patrols_finding WHERE id = OLD.finding_id AND way = 'case') THEN RETURN OLD; END IF;\n    RAISE EXCEPTION 'A photo of what was handled on the spot is never removed';\n",
                                    hash="ff7f009e1fb4d861aa469a01d24fd157d6cebb04",
                                    operation="DELETE",
                                    pgid="pgtrigger_gone_with_its_case_84f2e",
                                    table="patrols_findingphoto",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of a finding is never removed';",
                                    hash="b37766c28d3cc31f2bacdd560e4a555d64505374",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_e5ee0",
                                    table="patrols_findingphoto",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
            ]
        ),
        citymgmt.tables.Together(
            [
                migrations.AlterField(
                    model_name="patrolround",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("appointed", "to be walked"),
                            ("walking", "being walked"),
                            ("walked", "walked"),
                            ("missed", "missed"),
                            ("excused", "excused from walking"),
                        ],
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                migrations.RemoveIndex(
                    model_name="patrolround",
                    name="round_being_walked",
                ),
                migrations.AddConstraint(
                    model_name="patrolround",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "walking")), fields=("walker",), name="round_walked_one_at_a_time"
                    ),
                ),
            ]
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
