"""The database itself keeps circulars: steps, four eyes, what is issued, and receipts that somebody confirmed."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from cases.meetings.circulars.models import Circular, CircularFile, CircularReceipt
from tests.meetings.circulating import AT, made
from tests.meetings.gatherings import Gathering


def refused(match: str, statement: str, *values: Any) -> None:
    """The database refuses a statement with these words."""
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


WRITTEN = {"title": "另一个", "body": "另一个", "recipients": "[]", "kind": "criticism", "confirm_by": "2026-12-01"}


@pytest.mark.parametrize("column", WRITTEN)
@pytest.mark.parametrize(("state", "match"), [("submitted", "keep their text"), ("issued", "issued circulars")])
def test_what_is_submitted_keeps_its_text(gathering: Gathering, state: str, match: str, column: str) -> None:
    circular = made(gathering, state)
    refused(match, f"UPDATE meetings_circular SET {column} = %s WHERE id = %s", WRITTEN[column], circular.pk)


@pytest.mark.parametrize("told", ["state = 'draft'", "content = '{}'", "number = 9", "version = 9"])
def test_what_is_issued_never_changes(gathering: Gathering, told: str) -> None:
    refused("issued circulars", f"UPDATE meetings_circular SET {told} WHERE id = %s", made(gathering, "issued").pk)


@pytest.mark.parametrize("state", ["submitted", "issued"])
def test_only_drafts_go(gathering: Gathering, state: str) -> None:
    refused("only drafts", "DELETE FROM meetings_circular WHERE id = %s", made(gathering, state).pk)


def test_the_tables_are_not_emptied(gathering: Gathering) -> None:
    for table in ("meetings_circular", "meetings_circularfile"):
        refused("is not emptied", f"TRUNCATE {table} CASCADE")


def test_a_draft_is_not_issued_at_once(gathering: Gathering) -> None:
    circular, leader = made(gathering), gathering.district.street.leader
    refused(
        "step to step",
        "UPDATE meetings_circular SET state = 'issued', submitted_at = %s, submitted_by_id = drafted_by_id, "
        "issued_at = %s, issued_by_id = %s, year = 2026, number = 1, content = '{}' WHERE id = %s",
        AT, AT, leader.pk, circular.pk,
    )  # fmt: skip


@pytest.mark.parametrize("column", ["drafted_by_id", "submitted_by_id"])
def test_four_eyes(gathering: Gathering, column: str) -> None:
    circular = made(gathering, "submitted")
    refused(
        "circular_four_eyes",
        f"UPDATE meetings_circular SET state = 'issued', issued_at = %s, issued_by_id = {column}, year = 2026, "
        "number = 1, content = '{}' WHERE id = %s",
        AT, circular.pk,
    )  # fmt: skip


def test_who_drafted_it_stays(gathering: Gathering) -> None:
    refused(
        "who drafted",
        "UPDATE meetings_circular SET drafted_by_id = %s WHERE id = %s",
        gathering.district.street.leader.pk,
        made(gathering).pk,
    )


def test_circulars_begin_as_drafts(gathering: Gathering) -> None:
    circular = made(gathering, "issued")
    columns = "subdistrict_id, kind, language, title, issuer, body, recipients, cases, reason, version, drafted_at, "
    columns += "drafted_by_id, submitted_at, submitted_by_id"
    refused(
        "begin as drafts",
        f"INSERT INTO meetings_circular ({columns}, state) SELECT {columns}, 'submitted' FROM meetings_circular "
        "WHERE id = %s",
        circular.pk,
    )


@pytest.mark.parametrize(
    ("constraint", "told"),
    [
        ("circular_step_by_step", "submitted_at = now()"),
        ("circular_issued_with_number", "year = 2026, number = 1"),
        ("circular_issued_with_number", "content = '{}'"),
        ("circular_corrects_another", "corrects_id = id"),
        ("corrects an issued one", "corrects_id = (SELECT id FROM meetings_circular WHERE state = 'submitted')"),
    ],
)
def test_a_draft_tells_no_more_than_a_draft(gathering: Gathering, constraint: str, told: str) -> None:
    made(gathering, "submitted")
    draft = made(gathering)
    match = "corrects an issued one" if "another" in constraint else constraint
    refused(match, f"UPDATE meetings_circular SET {told} WHERE id = %s", draft.pk)


def test_only_a_draft_was_sent_back(gathering: Gathering) -> None:
    circular = made(gathering, "submitted")
    refused("reason_of_a_draft", "UPDATE meetings_circular SET reason = 'x' WHERE id = %s", circular.pk)


def test_a_number_is_given_once(gathering: Gathering) -> None:
    made(gathering, "issued")
    circular, leader = made(gathering, "submitted"), gathering.district.street.leader
    refused(
        "circular_number_unique",
        "UPDATE meetings_circular SET state = 'issued', issued_at = %s, issued_by_id = %s, year = 2026, number = 1, "
        "content = '{}' WHERE id = %s",
        AT, leader.pk, circular.pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    "told", ["received_at = now()", "is_by_link = true", "received_by_id = (SELECT min(id) FROM people_user)"]
)
def test_a_receipt_is_confirmed_by_somebody(gathering: Gathering, told: str) -> None:
    receipt = made(gathering, "issued").receipts.get(unit=gathering.school)
    refused("by_somebody", f"UPDATE meetings_circularreceipt SET {told} WHERE id = %s", receipt.pk)
    assert CircularReceipt.objects.get(pk=receipt.pk).received_at is None


def test_a_unit_has_one_receipt_and_a_day_one_reminder(gathering: Gathering) -> None:
    circular = made(gathering, "issued")
    again = "INSERT INTO meetings_circularreceipt (circular_id, unit_id, is_by_link) VALUES (%s, %s, false)"
    refused("receipt_of_a_unit_once", again, circular.pk, gathering.school.pk)
    reminder = "(%s, '2026-03-05', %s, %s)"
    values = (circular.pk, AT, gathering.district.street.clerk.pk)
    refused(
        "reminded_once_a_day",
        'INSERT INTO meetings_circularreminder (circular_id, "on", reminded_at, reminded_by_id) '
        f"VALUES {reminder}, {reminder}",
        *values,
        *values,
    )


def test_files_of_an_issued_one_stay(gathering: Gathering) -> None:
    circular = made(gathering, "issued")
    told = {"circular": circular, "kind": "docx", "content": b"x", "sha256": "", "made_at": AT}
    earlier, last = (CircularFile.objects.create(**told, version=version) for version in (1, circular.version))
    refused("does not change", "UPDATE meetings_circularfile SET sha256 = 'x' WHERE id = %s", last.pk)
    refused("is not deleted", "DELETE FROM meetings_circularfile WHERE id = %s", last.pk)
    CircularFile.objects.filter(pk=earlier.pk).delete()
    assert Circular.objects.get(pk=circular.pk).files.get() == last
