"""Owners' committees with their histories, and votes of the owners."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0007_areas"),
        ("people", "__first__"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="OwnersCommittee",
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
                                    ("applied", "applied for"),
                                    ("accepted", "application accepted"),
                                    ("preparing", "preparatory group at work"),
                                    ("notified", "assembly called"),
                                    ("elected", "elected, to be filed"),
                                    ("checking", "filing is checked"),
                                    ("filed", "in office, filed"),
                                    ("reelecting", "re-election prepared"),
                                    ("declined", "application declined"),
                                    ("dissolved", "dissolved"),
                                ],
                                max_length=16,
                                verbose_name="stage",
                            ),
                        ),
                        ("applied_on", models.DateField(verbose_name="applied on")),
                        (
                            "floor_area_m2",
                            models.DecimalField(decimal_places=2, max_digits=10, verbose_name="floor area in m²"),
                        ),
                        (
                            "delivered_m2",
                            models.DecimalField(decimal_places=2, max_digits=10, verbose_name="handed over, in m²"),
                        ),
                        ("owner_count", models.PositiveIntegerField(verbose_name="owners")),
                        ("applicant_count", models.PositiveIntegerField(verbose_name="owners who apply")),
                        ("stepped_on", models.DateField(verbose_name="last step on")),
                        (
                            "group_size",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="members of the preparatory group"
                            ),
                        ),
                        ("meeting_by", models.DateField(blank=True, null=True, verbose_name="assembly by")),
                        ("meeting_on", models.DateField(blank=True, null=True, verbose_name="assembly on")),
                        (
                            "informed_on",
                            models.DateField(blank=True, null=True, verbose_name="residents' committee informed on"),
                        ),
                        (
                            "member_count",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="members"),
                        ),
                        ("elected_on", models.DateField(blank=True, null=True, verbose_name="elected on")),
                        ("filing_number", models.CharField(blank=True, max_length=60, verbose_name="filing number")),
                        ("term", models.PositiveSmallIntegerField(default=0, verbose_name="term")),
                        ("term_until", models.DateField(blank=True, null=True, verbose_name="term until")),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="committees",
                                to="communities.residentialarea",
                                verbose_name="residential area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "owners' committee",
                        "verbose_name_plural": "owners' committees",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_check_at__isnull", False)),
                                fields=["next_check_at"],
                                name="committee_due_for_sweep",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("declined", "dissolved")), _negated=True),
                                fields=("area",),
                                name="committee_one_of_area",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("floor_area_m2__gt", 0),
                                    ("owner_count__gte", 1),
                                    ("applicant_count__lte", models.F("owner_count")),
                                    ("delivered_m2__lte", models.F("floor_area_m2")),
                                ),
                                name="committee_shares_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("due_at__isnull", False),
                                        (
                                            "state__in",
                                            (
                                                "applied",
                                                "accepted",
                                                "preparing",
                                                "notified",
                                                "elected",
                                                "checking",
                                                "filed",
                                                "reelecting",
                                            ),
                                        ),
                                    ),
                                    models.Q(("due_at", None), ("state__in", ("declined", "dissolved"))),
                                    _connector="OR",
                                ),
                                name="committee_going_is_due",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["filed", "reelecting"]), _negated=True),
                                    models.Q(
                                        ("term__gte", 1),
                                        ("term_until__isnull", False),
                                        models.Q(("filing_number", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="committee_filed_has_term",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "notified"), _negated=True),
                                    models.Q(("informed_on__isnull", False), ("meeting_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="committee_called_has_day",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="committee_steps_in_order",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="IF TG_OP = 'INSERT' THEN IF NEW.state = 'applied' THEN RETURN NEW; END IF; ELSIF NEW.state = OLD.state OR (OLD.state || ' ' || NEW.state) IN ('accepted dissolved', 'accepted preparing', 'applied accepted', 'applied declined', 'applied dissolved', 'checking dissolved', 'checking elected', 'checking filed', 'elected checking', 'elected dissolved', 'filed dissolved', 'filed reelecting', 'notified dissolved', 'notified elected', 'notified preparing', 'notified reelecting', 'preparing dissolved', 'preparing notified', 'reelecting dissolved', 'reelecting notified') THEN RETURN NEW; END IF; RAISE EXCEPTION 'This is no step of an owners committee';",
                                    hash="621840e795079b973b90264cea6d41acb75cf8f7",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_committee_steps_in_order_d968a",
                                    table="communities_ownerscommittee",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitteeEvent",
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
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="communities.ownerscommittee",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ["committee", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("committee", "seq"), name="committee_event_seq_unique"),
                            models.CheckConstraint(
                                condition=models.Q(("seq__gte", 1)), name="committee_event_seq_from_one"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only_rows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of owners committees is append-only';",
                                    hash="ac0255ab62fa48d013ff50ceee53c3bb1d5ac6f9",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_rows_d4aac",
                                    table="communities_committeeevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="append_only_table",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'The history of owners committees is append-only';",
                                    hash="f20b31870ad8f99b3f534500ff15fa537e851ce4",
                                    level="STATEMENT",
                                    operation="TRUNCATE",
                                    pgid="pgtrigger_append_only_table_aaa6f",
                                    table="communities_committeeevent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnersVote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                        ("on", models.DateField(verbose_name="day")),
                        (
                            "matter",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "make or amend the owners' assembly's rules of procedure"),
                                    (2, "make or amend the management regulations"),
                                    (3, "elect the owners' committee or replace members"),
                                    (4, "choose or dismiss the property-service provider or another manager"),
                                    (5, "use the maintenance funds of the building and its facilities"),
                                    (6, "raise maintenance funds of the building and its facilities"),
                                    (7, "alter or rebuild the building and its facilities"),
                                    (8, "change the use of common parts, or run a business with them"),
                                    (9, "other important matters of common ownership and management"),
                                ],
                                verbose_name="matter",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="what was voted on")),
                        (
                            "whole_m2",
                            models.DecimalField(decimal_places=2, max_digits=10, verbose_name="whole floor area in m²"),
                        ),
                        (
                            "part_m2",
                            models.DecimalField(decimal_places=2, max_digits=10, verbose_name="took part, in m²"),
                        ),
                        (
                            "favour_m2",
                            models.DecimalField(decimal_places=2, max_digits=10, verbose_name="in favour, in m²"),
                        ),
                        ("whole_count", models.PositiveIntegerField(verbose_name="owners")),
                        ("part_count", models.PositiveIntegerField(verbose_name="took part, owners")),
                        ("favour_count", models.PositiveIntegerField(verbose_name="in favour, owners")),
                        ("is_quorate", models.BooleanField(verbose_name="enough took part")),
                        ("is_passed", models.BooleanField(verbose_name="passed")),
                        ("list_sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes",
                                to="communities.ownerscommittee",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vote of the owners",
                        "verbose_name_plural": "votes of the owners",
                        "ordering": ["committee", "-ordinal"],
                        "constraints": [
                            models.UniqueConstraint(fields=("committee", "ordinal"), name="owners_vote_ordinal_unique"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("favour_m2__gte", 0),
                                    ("favour_m2__lte", models.F("part_m2")),
                                    ("part_m2__lte", models.F("whole_m2")),
                                    ("whole_m2__gt", 0),
                                ),
                                name="owners_vote_area_adds_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("favour_count__lte", models.F("part_count")),
                                    ("part_count__lte", models.F("whole_count")),
                                    ("whole_count__gte", 1),
                                ),
                                name="owners_vote_heads_add_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_passed", False), ("is_quorate", True), _connector="OR"),
                                name="owners_vote_passed_quorate",
                            ),
                        ],
                    },
                ),
            ],
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
