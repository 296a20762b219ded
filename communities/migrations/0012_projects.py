"""Projects: campaigns, mass activities, practical matters; their parts, tasks, acceptances, photos, histories."""

from decimal import Decimal

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.sealed
import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0011_four_duties"),
        ("people", "0006_tables"),
        ("people", "__first__"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Project",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("campaign", "special campaign"),
                                    ("activity", "mass activity"),
                                    ("practical", "practical matter"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="project number")),
                        ("made_at", models.DateTimeField(verbose_name="entered at")),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being planned"),
                                    ("running", "under way"),
                                    ("suspended", "paused for a time"),
                                    ("acceptance", "to be accepted by residents"),
                                    ("completed", "completed"),
                                    ("abandoned", "stopped for good"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("ladder_code", models.CharField(blank=True, max_length=4)),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("theme", models.CharField(blank=True, max_length=200, verbose_name="theme")),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("vote", "vote of the residents"),
                                    ("meeting", "residents' meeting or consultation"),
                                    ("hotline", "hotline 12345 or reports of residents"),
                                    ("deputies", "deputies, members of the consultative conference"),
                                    ("plan", "plan of the year"),
                                    ("other", "other"),
                                ],
                                max_length=10,
                                verbose_name="where it came from",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=1000, verbose_name="why")),
                        ("aim", models.TextField(max_length=1000, verbose_name="what is to be reached")),
                        (
                            "lead_text",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="lead unit that is not in the list"
                            ),
                        ),
                        ("partners", models.CharField(blank=True, max_length=200, verbose_name="partners")),
                        ("participants", models.CharField(blank=True, max_length=200, verbose_name="participants")),
                        (
                            "cost_planned",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                verbose_name="planned cost in yuan",
                            ),
                        ),
                        (
                            "cost_spent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                verbose_name="spent so far in yuan",
                            ),
                        ),
                        ("funds", models.CharField(blank=True, max_length=200, verbose_name="source of funds")),
                        ("first_on", models.DateField(verbose_name="first planned day")),
                        ("last_on", models.DateField(verbose_name="last planned day")),
                        ("is_for_all", models.BooleanField(default=True, verbose_name="for the whole sub-district")),
                        ("is_published", models.BooleanField(default=False, verbose_name="published")),
                        ("stepped_on", models.DateField(verbose_name="last step on")),
                        ("started_on", models.DateField(blank=True, null=True, verbose_name="started on")),
                        ("reported_on", models.DateField(blank=True, null=True, verbose_name="last report on")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                        (
                            "lead_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                                verbose_name="lead unit",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="responsible person",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "project",
                        "verbose_name_plural": "projects",
                        "ordering": ["subdistrict", "-year", "-number"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="project_due_for_sweep",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subdistrict", "year", "number"), name="project_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["campaign", "activity", "practical"])),
                                name="project_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_on__gte", models.F("first_on"))), name="project_lasts"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cost_planned", None), ("cost_planned__gte", 0), _connector="OR"),
                                    models.Q(("cost_spent", None), ("cost_spent__gte", 0), _connector="OR"),
                                ),
                                name="project_costs_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("due_at__isnull", False),
                                        ("started_on__isnull", False),
                                        ("state__in", ("running", "acceptance")),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("running", "acceptance")), _negated=True),
                                        ("due_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="project_due_while_under_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on__isnull", False), ("state__in", ("completed", "abandoned"))),
                                    models.Q(
                                        models.Q(("state__in", ("completed", "abandoned")), _negated=True),
                                        ("ended_on", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="project_ended_on_a_day",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A project is never removed';",
                                    hash="07b8ed9e06aaf7d3398a18b9726c0506028af7f6",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_40f6c",
                                    table="communities_project",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A project is never removed';",
                                    hash="f0ceb70f437e6ead0eeda02537a36376c7f302b8",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_85d06",
                                    table="communities_project",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="7511292088e6b0e7955238f410e636f9b82bd543",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_7abb5",
                                    table="communities_project",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="project_steps_in_order",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="IF TG_OP = 'INSERT' THEN IF NEW.state = 'draft' THEN RETURN NEW; END IF; ELSIF NEW.state = OLD.state OR (OLD.state || ' ' || NEW.state) IN ('acceptance abandoned', 'acceptance completed', 'acceptance running', 'draft abandoned', 'draft running', 'running abandoned', 'running acceptance', 'running completed', 'running suspended', 'suspended abandoned', 'suspended running') THEN RETURN NEW; END IF; RAISE EXCEPTION 'This is no step of a project';",
                                    hash="f8326e1ff259f53bffd300044d8c7a8c936c5aa3",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_project_steps_in_order_04c3f",
                                    table="communities_project",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectAcceptance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("on", models.DateField(verbose_name="day")),
                        ("place", models.CharField(max_length=200, verbose_name="place")),
                        ("needed_voices", models.PositiveSmallIntegerField(verbose_name="representatives needed")),
                        ("needed_percent", models.PositiveSmallIntegerField(verbose_name="percent of them needed")),
                        ("satisfied", models.PositiveSmallIntegerField(verbose_name="satisfied")),
                        ("fairly", models.PositiveSmallIntegerField(verbose_name="fairly satisfied")),
                        ("dissatisfied", models.PositiveSmallIntegerField(verbose_name="not satisfied")),
                        ("is_accepted", models.BooleanField(verbose_name="accepted by residents")),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acceptances",
                                to="communities.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "public acceptance",
                        "verbose_name_plural": "public acceptances",
                        "ordering": ["project", "ordinal"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "ordinal"), name="project_acceptance_ordinal"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("needed_percent__range", (1, 100)),
                                    (
                                        "needed_voices__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("satisfied"), "+", models.F("fairly")
                                            ),
                                            "+",
                                            models.F("dissatisfied"),
                                        ),
                                    ),
                                ),
                                name="project_acceptance_has_voices",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AcceptanceVoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", citymgmt.sealed.SealedText(verbose_name="name of the representative")),
                        ("represents", models.CharField(max_length=60, verbose_name="whom the person represents")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("satisfied", "satisfied"),
                                    ("fairly", "fairly satisfied"),
                                    ("not", "not satisfied"),
                                ],
                                max_length=10,
                                verbose_name="verdict",
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=500, verbose_name="what the person said")),
                        (
                            "acceptance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voices",
                                to="communities.projectacceptance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "voice at a public acceptance",
                        "verbose_name_plural": "voices at public acceptances",
                        "ordering": ["acceptance", "id"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A voice at a public acceptance is never removed';",
                                    hash="d3fc6554bf29eae0b9c218d8ae7ecdc0c52b674a",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_f8353",
                                    table="communities_acceptancevoice",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A voice at a public acceptance is never removed';",
                                    hash="f6eef27a1633eda3af0985509e885297f263fe1e",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_26dcc",
                                    table="communities_acceptancevoice",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectEvent",
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
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="communities.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["project", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "seq"), name="project_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="project_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of projects is append-only';",
                                    hash="19ccf57ffb52cdd425d340cf93e57c63943f3d4d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_57103",
                                    table="communities_projectevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of projects is append-only';",
                                    hash="8ce71352c2cf3c9e53f8fa812c08f61e63aca3ea",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_98453",
                                    table="communities_projectevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectGoal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("is_dropped", models.BooleanField(default=False)),
                        ("measure", models.CharField(max_length=60, verbose_name="measure")),
                        ("unit", models.CharField(max_length=20, verbose_name="unit of the measure")),
                        ("target", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="target")),
                        (
                            "achieved",
                            models.DecimalField(
                                decimal_places=2, default=Decimal("0"), max_digits=10, verbose_name="reached so far"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goals",
                                to="communities.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "goal of a project",
                        "verbose_name_plural": "goals of projects",
                        "ordering": ["project", "ordinal"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "ordinal"), name="project_goal_ordinal"),
                            models.CheckConstraint(
                                condition=models.Q(("achieved__gte", 0), ("target__gt", 0)),
                                name="project_goal_possible",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectOpinion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("satisfied", "satisfied"),
                                    ("fairly", "fairly satisfied"),
                                    ("not", "not satisfied"),
                                ],
                                max_length=10,
                                verbose_name="verdict",
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=500, verbose_name="what the person said")),
                        (
                            "words_erased_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="words taken away at"),
                        ),
                        ("form_key", models.CharField(max_length=64, unique=True)),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opinions",
                                to="communities.project",
                                verbose_name="project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opinion of a resident",
                        "verbose_name_plural": "opinions of residents",
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words_erased_at", None), ("words", ""), _connector="OR"),
                                name="project_opinion_erased",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("is_dropped", models.BooleanField(default=False)),
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
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="communities.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "community of a project",
                        "verbose_name_plural": "communities of projects",
                        "ordering": ["project", "ordinal"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "ordinal"), name="project_place_ordinal"),
                            models.UniqueConstraint(fields=("project", "community"), name="project_place_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectStage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("is_dropped", models.BooleanField(default=False)),
                        ("name", models.CharField(max_length=60, verbose_name="stage")),
                        ("from_on", models.DateField(verbose_name="first day")),
                        ("until_on", models.DateField(verbose_name="last day")),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stages",
                                to="communities.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stage of a project",
                        "verbose_name_plural": "stages of projects",
                        "ordering": ["project", "from_on", "ordinal"],
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "ordinal"), name="project_stage_ordinal"),
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gte", models.F("from_on"))), name="project_stage_lasts"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectTask",
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
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "to do"), ("done", "task done"), ("cancelled", "called off")],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("ladder_code", models.CharField(blank=True, max_length=4)),
                        ("text", models.CharField(max_length=200, verbose_name="what is to be done")),
                        ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                        ("due_on", models.DateField(verbose_name="to be done by")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                        (
                            "community",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who is to do it",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="communities.project",
                                verbose_name="project",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.projectstage",
                                verbose_name="stage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "task of a project",
                        "verbose_name_plural": "tasks of projects",
                        "ordering": ["project", "due_on", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="task_due_for_sweep",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state", "open"), ("due_at", None), _connector="OR"),
                                name="task_due_while_to_do",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_on__isnull", False), ("state", "done")),
                                    models.Q(models.Q(("state", "done"), _negated=True), ("done_on", None)),
                                    _connector="OR",
                                ),
                                name="task_done_on_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("owner__isnull", False),
                                    ("community__isnull", False),
                                    models.Q(("unit", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="task_for_somebody",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A task of a project is never removed';",
                                    hash="85b30ea45cab493b40b305f9ba6267c3f77508cb",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_390bf",
                                    table="communities_projecttask",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A task of a project is never removed';",
                                    hash="b880f2ca38a5f6047901ee51f16a265a9dc903b2",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_74b53",
                                    table="communities_projecttask",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="task_steps_in_order",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="IF TG_OP = 'INSERT' THEN IF NEW.state = 'open' THEN RETURN NEW; END IF; ELSIF NEW.state = OLD.state OR (OLD.state || ' ' || NEW.state) IN ('done open', 'open cancelled', 'open done') THEN RETURN NEW; END IF; RAISE EXCEPTION 'This is no step of a task';",
                                    hash="44c59dbc96bd474f18f37dfd57389063377f8e7d",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_task_steps_in_order_59853",
                                    table="communities_projecttask",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectTaskEvent",
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
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="communities.projecttask",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["task", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("task", "seq"), name="project_task_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="project_task_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of tasks is append-only';",
                                    hash="cf6c9905ff4baab5b107622fda8d3b2d1732f610",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_8dde5",
                                    table="communities_projecttaskevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of tasks is append-only';",
                                    hash="d20e45e69949378ddcf6f75f79c1e082843d23f2",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_81f3a",
                                    table="communities_projecttaskevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectPhoto",
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
                            "shows",
                            models.CharField(
                                choices=[
                                    ("before", "before the work"),
                                    ("during", "during the work"),
                                    ("after", "after the work"),
                                    ("sheet", "acceptance sheet"),
                                ],
                                default="during",
                                max_length=6,
                                verbose_name="what it shows",
                            ),
                        ),
                        ("is_public", models.BooleanField(default=False, verbose_name="shown to the public")),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="communities.projectevent",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="communities.project",
                                verbose_name="project",
                            ),
                        ),
                        (
                            "task_event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="communities.projecttaskevent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of a project",
                        "verbose_name_plural": "photos of projects",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="projectphoto_waiting"
                            ),
                            models.Index(fields=["sha256"], name="projectphoto_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="projectphoto_by_thumbnail"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="projectphoto_state_known",
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
                                name="projectphoto_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="projectphoto_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="projectphoto_refused_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("event__isnull", False), ("task_event", None)),
                                    models.Q(("event", None), ("task_event__isnull", False)),
                                    _connector="OR",
                                ),
                                name="project_photo_of_one_event",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_public", True), ("shows", "sheet"), _negated=True),
                                name="project_photo_sheet_not_public",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of a project is never removed';",
                                    hash="8c3727755eeb2eeaed31a2ecde4c10a72d7ffe1a",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_bbce2",
                                    table="communities_projectphoto",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of a project is never removed';",
                                    hash="e7d118c217cbc435e27b850d331506a450f18312",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_069b2",
                                    table="communities_projectphoto",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.AlterField(
            model_name="localrule",
            name="name",
            field=models.CharField(
                choices=[
                    ("area_assess", "An area that is being improved is assessed again within"),
                    ("area_pilot", "A ready area begins its pilot within"),
                    ("area_review", "The service under a contract is reviewed every"),
                    ("delivered", "Handed-over floor area, of the whole, needed to apply"),
                    ("applicants", "Owners, of all, needed to apply"),
                    ("answer", "The office answers an application within"),
                    ("group", "After the answer the preparatory group is formed within"),
                    ("assembly", "After the group the first assembly is held within"),
                    ("notice", "All owners are told of the assembly, at least so long ahead"),
                    ("filing", "The committee files with the office, after its election, within"),
                    ("check", "The office checks a filing within"),
                    ("term", "The term of a committee lasts at most"),
                    ("reelect", "The re-election begins, before the term ends, by"),
                    ("project_voices", "Residents' representatives at a public acceptance, at least"),
                    ("project_share", "Of them satisfied or fairly satisfied, at least"),
                    ("project_rework", "What was not accepted is put right within"),
                    ("members_least", "Members of a committee, at least"),
                    ("members_most", "Members of a committee, at most"),
                ],
                max_length=20,
                verbose_name="rule",
            ),
        ),
        migrations.AlterField(
            model_name="localruleevent",
            name="name",
            field=models.CharField(
                choices=[
                    ("area_assess", "An area that is being improved is assessed again within"),
                    ("area_pilot", "A ready area begins its pilot within"),
                    ("area_review", "The service under a contract is reviewed every"),
                    ("delivered", "Handed-over floor area, of the whole, needed to apply"),
                    ("applicants", "Owners, of all, needed to apply"),
                    ("answer", "The office answers an application within"),
                    ("group", "After the answer the preparatory group is formed within"),
                    ("assembly", "After the group the first assembly is held within"),
                    ("notice", "All owners are told of the assembly, at least so long ahead"),
                    ("filing", "The committee files with the office, after its election, within"),
                    ("check", "The office checks a filing within"),
                    ("term", "The term of a committee lasts at most"),
                    ("reelect", "The re-election begins, before the term ends, by"),
                    ("project_voices", "Residents' representatives at a public acceptance, at least"),
                    ("project_share", "Of them satisfied or fairly satisfied, at least"),
                    ("project_rework", "What was not accepted is put right within"),
                    ("members_least", "Members of a committee, at least"),
                    ("members_most", "Members of a committee, at most"),
                ],
                max_length=20,
                verbose_name="rule",
            ),
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
