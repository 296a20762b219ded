"""Publicity items, forums, suggestions and who made them, their histories and photos."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.sealed
import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0016_citations"),
        ("communities", "0011_four_duties"),
        ("people", "0006_tables"),
        ("people", "__first__"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Forum",
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
                        ("made_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("held", "held"), ("off", "called off")],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("held_at", models.DateTimeField(verbose_name="day and time")),
                        ("place", models.CharField(max_length=100, verbose_name="place")),
                        ("topic", models.CharField(max_length=100, verbose_name="topic of the forum")),
                        ("chair", models.CharField(max_length=40, verbose_name="chair")),
                        ("invited", models.CharField(blank=True, max_length=500, verbose_name="who is invited")),
                        ("residents", models.PositiveIntegerField(blank=True, null=True, verbose_name="residents")),
                        ("merchants", models.PositiveIntegerField(blank=True, null=True, verbose_name="merchants")),
                        (
                            "units",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="from institutions"),
                        ),
                        (
                            "deputies",
                            models.PositiveIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="deputies and CPPCC members",
                            ),
                        ),
                        ("officials", models.PositiveIntegerField(blank=True, null=True, verbose_name="officials")),
                        ("record", models.TextField(blank=True, max_length=5000, verbose_name="record")),
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
                        "verbose_name": "forum",
                        "verbose_name_plural": "forums",
                        "ordering": ["-held_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="forum_due_for_sweep",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("deputies__isnull", False),
                                        ("merchants__isnull", False),
                                        ("officials__isnull", False),
                                        ("residents__isnull", False),
                                        ("state", "held"),
                                        ("units__isnull", False),
                                        models.Q(("record", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "held"), _negated=True),
                                        ("deputies", None),
                                        ("merchants", None),
                                        ("officials", None),
                                        ("record", ""),
                                        ("residents", None),
                                        ("units", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="forum_held_has_record",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="forum_steps_in_order",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="IF TG_OP = 'INSERT' THEN IF NEW.state = 'planned' THEN RETURN NEW; END IF; ELSIF NEW.state = OLD.state OR (OLD.state || ' ' || NEW.state) IN ('planned held', 'planned off') THEN RETURN NEW; END IF; RAISE EXCEPTION 'This is no step of a forum';",
                                    hash="1297f99e502d8fe3ed1d3d3768e3a2c3cbd889ac",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_forum_steps_in_order_a5e9b",
                                    table="publicity_forum",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ForumEvent",
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
                            "forum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="publicity.forum"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["forum", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("forum", "seq"), name="forum_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="forum_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of forums is append-only';",
                                    hash="e06616de8ae656ab81c3a65694af5b7c0ae46cb4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_edf5b",
                                    table="publicity_forumevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of forums is append-only';",
                                    hash="76b550bf9f8f0d18fd1117f195f512b667208d62",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_c97db",
                                    table="publicity_forumevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicityItem",
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
                        ("made_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("out", "put out"),
                                    ("down", "taken down"),
                                    ("off", "called off"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("wall", "wall poster or board"),
                                    ("leaflet", "leaflet"),
                                    ("poster", "poster"),
                                    ("banner", "banner"),
                                    ("online", "online post"),
                                    ("talk", "talk or stall"),
                                ],
                                max_length=8,
                                verbose_name="kind of publicity",
                            ),
                        ),
                        ("theme", models.CharField(max_length=100, verbose_name="theme")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="place")),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True, decimal_places=7, max_digits=10, null=True, verbose_name="longitude"
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True, decimal_places=7, max_digits=9, null=True, verbose_name="latitude"
                            ),
                        ),
                        ("maker", models.CharField(blank=True, max_length=80, verbose_name="maker")),
                        ("quantity", models.PositiveIntegerField(verbose_name="how many")),
                        ("unit", models.CharField(max_length=8, verbose_name="unit of quantity")),
                        ("reached", models.PositiveIntegerField(blank=True, null=True, verbose_name="people reached")),
                        ("planned_on", models.DateField(verbose_name="planned for")),
                        ("put_on", models.DateField(blank=True, null=True, verbose_name="put out on")),
                        ("until_on", models.DateField(blank=True, null=True, verbose_name="to be taken down by")),
                        ("down_on", models.DateField(blank=True, null=True, verbose_name="taken down on")),
                        ("web", models.CharField(blank=True, max_length=300, verbose_name="web address")),
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
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "regulation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="communities.regulation",
                                verbose_name="regulation publicised",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who answers for it",
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
                        "verbose_name": "publicity item",
                        "verbose_name_plural": "publicity items",
                        "ordering": ["-planned_on", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="publicity_due_for_sweep",
                            ),
                            models.Index(fields=["subdistrict", "put_on"], name="publicity_put_out"),
                            models.Index(fields=["subdistrict", "planned_on"], name="publicity_planned"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gte", 1)), name="publicity_has_quantity"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("put_on__isnull", False), ("state__in", ("out", "down"))),
                                    models.Q(
                                        models.Q(("state__in", ("out", "down")), _negated=True),
                                        ("put_on", None),
                                        ("reached", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="publicity_out_has_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("down_on__gte", models.F("put_on")),
                                        ("state", "down"),
                                        ("until_on__isnull", False),
                                    ),
                                    models.Q(models.Q(("state", "down"), _negated=True), ("down_on", None)),
                                    _connector="OR",
                                ),
                                name="publicity_down_has_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude", None), ("longitude", None)),
                                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                                    _connector="OR",
                                ),
                                name="publicity_point_on_earth",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="item_steps_in_order",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="IF TG_OP = 'INSERT' THEN IF NEW.state = 'planned' OR NEW.state = 'out' OR NEW.state = 'down' THEN RETURN NEW; END IF; ELSIF NEW.state = OLD.state OR (OLD.state || ' ' || NEW.state) IN ('out down', 'planned off', 'planned out') THEN RETURN NEW; END IF; RAISE EXCEPTION 'This is no step of a publicity item';",
                                    hash="093af75754a8a68ec7654bd4cba11b7df7ebc1b6",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_item_steps_in_order_2ce15",
                                    table="publicity_publicityitem",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemEvent",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="publicity.publicityitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["item", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "seq"), name="publicity_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="publicity_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of publicity items is append-only';",
                                    hash="03f7ddfb60746ea17e93f3d9b8707fccfb64534d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_8aad2",
                                    table="publicity_itemevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of publicity items is append-only';",
                                    hash="93c76f5fedc37ca6bc1f5e92206c738a8eb6aa8f",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_b7818",
                                    table="publicity_itemevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suggestion",
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
                            "way",
                            models.CharField(
                                choices=[
                                    ("forum", "at a forum"),
                                    ("visit", "by a visitor"),
                                    ("letter", "by letter"),
                                    ("phone", "by telephone"),
                                    ("online", "online"),
                                ],
                                max_length=8,
                                verbose_name="how it came",
                            ),
                        ),
                        ("text", models.TextField(max_length=500, verbose_name="suggestion")),
                        ("received_on", models.DateField(verbose_name="received on")),
                        ("made_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be answered"),
                                    ("to_do", "adopted, to be carried out"),
                                    ("done", "carried out"),
                                    ("declined", "answered, not adopted"),
                                    ("case", "turned into a case"),
                                    ("mistake", "entered by mistake"),
                                ],
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[("adopted", "adopted"), ("partly", "partly adopted"), ("not", "not adopted")],
                                max_length=8,
                                verbose_name="decision",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, max_length=1000, verbose_name="answer")),
                        ("reason", models.TextField(blank=True, max_length=1000, verbose_name="why it is not adopted")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                        ("by_day", models.DateField(blank=True, null=True, verbose_name="to be carried out by")),
                        ("done", models.TextField(blank=True, max_length=1000, verbose_name="what was done about it")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="carried out on")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                        (
                            "case",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestion",
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
                            "forum",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestions",
                                to="publicity.forum",
                                verbose_name="forum",
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
                        "verbose_name": "suggestion",
                        "verbose_name_plural": "suggestions",
                        "ordering": ["-received_on", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="suggestion_due_for_sweep",
                            ),
                            models.Index(fields=["subdistrict", "answered_on"], name="suggestion_answered"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("forum__isnull", False), ("way", "forum")),
                                    models.Q(models.Q(("way", "forum"), _negated=True), ("forum", None)),
                                    _connector="OR",
                                ),
                                name="suggestion_of_a_forum",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_on__isnull", False),
                                        ("state__in", ("to_do", "done", "declined")),
                                        models.Q(("decision", ""), _negated=True),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("to_do", "done", "declined")), _negated=True),
                                        ("answer", ""),
                                        ("answered_on", None),
                                        ("decision", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="suggestion_answered_wholly",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decision", "not"),
                                        ("state", "declined"),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "declined"), _negated=True),
                                        models.Q(("decision", "not"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="suggestion_declined_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("done_on__isnull", False),
                                        ("state", "done"),
                                        models.Q(("done", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "done"), _negated=True), ("done", ""), ("done_on", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="suggestion_done_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("case__isnull", False), ("state", "case")),
                                    models.Q(models.Q(("state", "case"), _negated=True), ("case", None)),
                                    _connector="OR",
                                ),
                                name="suggestion_case_is_there",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("due_at", None),
                                        ("ended_on__isnull", False),
                                        ("state__in", ("done", "declined", "case", "mistake")),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("done", "declined", "case", "mistake")), _negated=True),
                                        ("due_at__isnull", False),
                                        ("ended_on", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="suggestion_open_is_due",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="suggestion_steps_in_order",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="IF TG_OP = 'INSERT' THEN IF NEW.state = 'open' THEN RETURN NEW; END IF; ELSIF NEW.state = OLD.state OR (OLD.state || ' ' || NEW.state) IN ('open case', 'open declined', 'open mistake', 'open to_do', 'to_do done') THEN RETURN NEW; END IF; RAISE EXCEPTION 'This is no step of a suggestion';",
                                    hash="85225c44e4bab263ef721f088472dddfd8625594",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_suggestion_steps_in_order_403fa",
                                    table="publicity_suggestion",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuggesterLook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="when")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("ask_back", "to ask back about the matter"),
                                    ("answer", "to tell what was done, or to call back"),
                                    ("request", "the person asked for it"),
                                    ("other", "something else"),
                                ],
                                max_length=8,
                                verbose_name="purpose",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who looked",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="publicity.suggestion",
                                verbose_name="suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "look at who made a suggestion",
                        "verbose_name_plural": "looks at who made suggestions",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("purpose", "other"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="suggester_look_says_what_else",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The list of looks at who made suggestions is append-only';",
                                    hash="1ec8070d08ce25829317f254cef95960ff5b8c7b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_b7f54",
                                    table="publicity_suggesterlook",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The list of looks at who made suggestions is append-only';",
                                    hash="b120301047326f0b7c090ecde6d89041558c5bc7",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_a750a",
                                    table="publicity_suggesterlook",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suggester",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", citymgmt.sealed.SealedText(blank=True, verbose_name="name")),
                        ("phone", citymgmt.sealed.SealedText(blank=True, verbose_name="telephone")),
                        ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased at")),
                        (
                            "suggestion",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggester",
                                to="publicity.suggestion",
                                verbose_name="suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "who made a suggestion",
                        "verbose_name_plural": "who made suggestions",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("erased_at", None)), fields=["suggestion"], name="suggester_kept"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at", None), models.Q(("name", ""), ("phone", "")), _connector="OR"
                                ),
                                name="suggester_erased_is_empty",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuggestionEvent",
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
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="publicity.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["suggestion", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("suggestion", "seq"), name="suggestion_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="suggestion_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of suggestions is append-only';",
                                    hash="15b7e21bd26d3538af6deaf5829c5315ab7c5c90",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_3f8b2",
                                    table="publicity_suggestionevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of suggestions is append-only';",
                                    hash="292f1374e57986c027f31d2ef27bfbafa79513ce",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_164df",
                                    table="publicity_suggestionevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicityPhoto",
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
                            "forum_event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="publicity.forumevent",
                            ),
                        ),
                        (
                            "item_event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="publicity.itemevent",
                            ),
                        ),
                        (
                            "suggestion_event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="publicity.suggestionevent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of publicity",
                        "verbose_name_plural": "photos of publicity",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="publicityphoto_waiting"
                            ),
                            models.Index(fields=["sha256"], name="publicityphoto_by_file"),
                            models.Index(fields=["thumbnail_sha256"], name="publicityphoto_by_thumbnail"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "ready", "refused"])),
                                name="publicityphoto_state_known",
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
                                name="publicityphoto_ready_has_files",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), models.Q(("incoming", ""), _negated=True)),
                                    models.Q(models.Q(("state", "waiting"), _negated=True), ("incoming", "")),
                                    _connector="OR",
                                ),
                                name="publicityphoto_waiting_has_upload",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="publicityphoto_refused_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("forum_event", None), ("item_event__isnull", False), ("suggestion_event", None)
                                    ),
                                    models.Q(
                                        ("forum_event__isnull", False), ("item_event", None), ("suggestion_event", None)
                                    ),
                                    models.Q(
                                        ("forum_event", None), ("item_event", None), ("suggestion_event__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="publicityphoto_of_one_event",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_removed_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of publicity is never removed';",
                                    hash="2ba565988e2166da7a2432611f13424a28aae4d4",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_removed_rows_33645",
                                    table="publicity_publicityphoto",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_removed_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'A photo of publicity is never removed';",
                                    hash="3616a363eee79ff71a0f804380f4b34ebff4c131",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_never_removed_table_27256",
                                    table="publicity_publicityphoto",
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
