"""The database keeps the history and refuses what must never be; verify_history finds what was tampered with."""

from datetime import timedelta
from io import StringIO

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from cases.models import Case, CaseEvent, Escalation, TimeRequest
from cases.verification import verify_history
from citymgmt.people.models import User
from tests.cases.stories import MORNING, case_in, do
from tests.office import china

AT = china(MORNING)


def execute(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_caseevent SET note = 'x'",
        "UPDATE cases_caseevent SET at = now() WHERE seq = 1",
        "UPDATE cases_caseevent SET request_key = NULL",
        "DELETE FROM cases_caseevent",
        "DELETE FROM cases_caseevent WHERE seq = 1",
        "TRUNCATE cases_caseevent CASCADE",
        "TRUNCATE cases_case CASCADE",
    ],
)
def test_the_history_is_append_only_for_everybody(district, statement):
    case = case_in(district, "handling")
    before = list(CaseEvent.objects.values())
    with pytest.raises(DatabaseError, match="append-only"):
        execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")
    assert list(CaseEvent.objects.values()) == before
    assert Case.objects.get().version == case.version


def test_the_orm_cannot_either(district):
    event = case_in(district, "handling").events.first()
    event.note = "x"
    for change in (event.save, event.delete, CaseEvent.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_case_with_history_is_not_deleted(district):
    case_in(district, "handling")
    with pytest.raises(DatabaseError, match="foreign key"):
        execute("DELETE FROM cases_case; SET CONSTRAINTS ALL IMMEDIATE")
    assert CaseEvent.objects.count() == 5


def test_numbers_and_sequences_are_unique(district):
    case = case_in(district, "handling")
    event = {"case": case, "kind": "note", "at": AT, "to_state": "handling"}
    for bad in ({**event, "seq": 1}, {**event, "seq": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseEvent.objects.create(**bad)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(number=case.number, subdistrict=case.subdistrict, created_at=AT, state="reported")


NEVER = [
    ("handling", "case", "state = 'lost'", "case_state_known"),
    ("handling", "case", "due_at = NULL", "case_clocked_has_deadline"),
    ("handling", "case", "closed_at = now()", "case_ended_has_moment"),
    ("closed", "case", "closed_at = NULL", "case_ended_has_moment"),
    ("closed", "case", "close_kind = ''", "case_closed_has_kind"),
    ("closed", "case", "next_check_at = now()", "case_ended_sleeps"),
    ("merged", "case", "merged_into_id = NULL", "case_merged_has_target"),
    ("suspended", "case", "suspended_until = NULL", "case_suspended_ends"),
    ("handling", "case", "extension_count = 3", "case_extended_twice_at_most"),
    ("handling", "case", "suspension_count = 2", "case_suspended_once_at_most"),
    ("handling", "case", "longitude = 181, latitude = 0", "case_point_on_earth"),
    ("handling", "case", "longitude = 1", "case_point_on_earth"),
    ("handling", "case", "extension_count = -1", "check"),
    ("escalated", "escalation", "ended_at = now()", "escalation_open_has_deadline"),
    ("escalated", "escalation", "due_at = NULL", "escalation_open_has_deadline"),
    ("escalated", "escalation", "state = 'replied'", "escalation_open_has_deadline"),
    ("suspended", "timerequest", "reviewed_by_id = asked_by_id", "time_request_four_eyes_review"),
    ("suspended", "timerequest", "decided_by_id = reviewed_by_id", "time_request_two_levels"),
    ("suspended", "timerequest", "decided_by_id = asked_by_id", "time_request_two_levels"),
    ("suspended", "timerequest", "decided_by_id = NULL", "time_request_two_levels"),
    ("suspended", "timerequest", "reviewed_by_id = NULL", "time_request_two_levels"),
    ("suspended", "timerequest", "until = NULL", "time_request_says_how_long"),
    ("suspended", "timerequest", "kind = 'extension', until = NULL", "time_request_says_how_long"),
    ("suspended", "timerequest", "extra_value = 1", "time_request_says_how_long"),
]


@pytest.mark.parametrize(("state", "table", "change", "constraint"), NEVER)
def test_what_must_never_be_is_refused_by_the_database(district, state, table, change, constraint):
    case = case_in(district, state)
    column = "id" if table == "case" else "case_id"
    with pytest.raises(IntegrityError, match=constraint):
        execute(f"UPDATE cases_{table} SET {change} WHERE {column} = %s", case.pk)


def copied(row, **columns):
    """Insert a copy of the row with other values."""
    row.pk, row._state.adding = None, True
    for name, value in columns.items():
        setattr(row, name, value)
    with transaction.atomic():
        row.save(force_insert=True)


def test_one_open_escalation_and_one_pending_request(district):
    case_in(district, "escalated")
    do(district, case_in(district, "handling"), "request_extension", AT)
    for columns, constraint in (
        ({"ordinal": 2, "number": "x"}, "one_open_escalation"),
        ({"number": "x", "state": "replied", "ended_at": AT}, "escalation_ordinal_unique"),
        ({"ordinal": 2, "state": "replied", "ended_at": AT}, "number"),
    ):
        with pytest.raises(IntegrityError, match=constraint):
            copied(Escalation.objects.get(), **columns)
    for columns, constraint in (
        ({"ordinal": 2}, "one_pending_request"),
        ({"state": "refused"}, "time_request_ordinal_unique"),
    ):
        with pytest.raises(IntegrityError, match=constraint):
            copied(TimeRequest.objects.get(), **columns)


@pytest.mark.parametrize(
    ("person", "change", "constraint"),
    [
        ("clerk", {"subdistrict": None}, "user_role_needs_subdistrict"),
        ("teamleader", {"organisation": None}, "user_role_needs_organisation"),
        ("member", {"organisation": None}, "user_role_needs_organisation"),
        ("admin", {"is_superuser": True}, "user_nobody_is_above_the_table"),
    ],
)
def test_roles_have_their_place_and_nobody_is_above_the_table(district, person, change, constraint):
    user = getattr(district.street, person)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        User.objects.filter(pk=user.pk).update(**change)
    with pytest.raises(IntegrityError, match="user_role_needs_organisation"), transaction.atomic():
        User.objects.filter(pk=district.liaison.pk).update(organisation=None)


def test_the_person_in_an_event_cannot_vanish(district):
    case_in(district, "handling")
    with pytest.raises(DatabaseError):
        district.street.clerk.delete()


TAMPERED = [
    ("handling", "UPDATE cases_case SET due_at = due_at + interval '1 day'", "due_at"),
    ("handling", "UPDATE cases_case SET officer_id = NULL", "officer_id"),
    ("handling", "UPDATE cases_case SET state = 'dispatched'", "state"),
    ("handling", "UPDATE cases_case SET rework_count = 1", "rework_count"),
    ("handling", "UPDATE cases_case SET closing_zh = 'x'", "closing_zh"),
    ("closed", "UPDATE cases_case SET close_kind = 'special'", "close_kind"),
    ("closed", "UPDATE cases_case SET handled_at = handled_at - interval '1 microsecond'", "handled_at"),
    ("suspended", "UPDATE cases_case SET \"left\" = interval '1 hour'", "left"),
    ("escalated", "UPDATE cases_escalation SET reply = 'x'", "escalation.1 reply"),
    ("escalated", "UPDATE cases_escalation SET due_at = due_at + interval '1 day'", "escalation.1 due_at"),
    ("escalated", "DELETE FROM cases_escalation", "escalation.1: only in the history"),
    ("suspended", "UPDATE cases_timerequest SET reason = 'x'", "request.1 reason"),
    ("suspended", "DELETE FROM cases_timerequest", "request.1: only in the history"),
    ("handling", "DELETE FROM cases_caseevent WHERE seq = 3", "seq: not gapless"),
    ("handling", "DELETE FROM cases_caseevent WHERE seq = 5", "state"),
    ("handling", "UPDATE cases_caseevent SET to_state = 'void' WHERE seq = 5", "event 5: ends in"),
    ("handling", "UPDATE cases_caseevent SET from_state = 'void' WHERE seq = 4", "event 4: begins in"),
    ("handling", "UPDATE cases_caseevent SET changes = '{}' WHERE seq = 3", "due_at"),
]


@pytest.mark.parametrize(("state", "statement", "finding"), TAMPERED)
def test_tampering_is_found(district, state, statement, finding):
    case_in(district, state)
    with transaction.atomic():
        with pgtrigger.ignore():
            execute(statement)
        found = [text for _number, texts in verify_history() for text in texts]
        assert [text for text in found if text.startswith(finding)], found
        transaction.set_rollback(True)


def test_a_part_without_history_is_found(district):
    case = case_in(district, "handling")
    with transaction.atomic():
        TimeRequest.objects.create(
            case=case, ordinal=1, kind="extension", extra_value=1, extra_unit="wd",
            asked_by=district.street.officer, asked_at=AT, reason="x",
        )  # fmt: skip
        assert any("request.1 reason" in text for _number, found in verify_history() for text in found)
        transaction.set_rollback(True)


def test_the_command_says_what_it_found(district):
    case = case_in(district, "handling")
    out = StringIO()
    call_command("verify_history", stdout=out)
    assert out.getvalue() != ""
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(urge_count=7)
        with pytest.raises((CommandError, SystemExit)):
            call_command("verify_history", stdout=StringIO(), stderr=StringIO())
        transaction.set_rollback(True)


def test_moments_and_durations_are_kept_to_the_microsecond(district):
    at = AT + timedelta(microseconds=123457)
    case = case_in(district, "handling")
    do(district, case, "request_suspension", at)
    do(district, case, "review", at)
    do(district, case, "approve", at)
    assert case.left == timedelta(hours=15 * 8) - timedelta(microseconds=123457)
    assert [found for _number, found in verify_history() if found] == []
