"""Minutes go from draft to issue, step by step, by two people at least; what is issued never changes."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cases.meetings.minutes.actions import (
    Lines,
    ask_files,
    check_minutes,
    confirm_receipt,
    discard_minutes,
    draft_minutes,
    issue_minutes,
    save_minutes,
    sign_minutes,
    take_back_minutes,
)
from cases.meetings.minutes.actions.receiving import receive_as_unit
from cases.meetings.minutes.models import Minutes, Receipt
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, NotFound, NotPermitted, Stale, WrongState
from tests.meetings.gatherings import Gathering
from tests.meetings.minutes.conftest import AFTER, made
from tests.racing import race

LINES = Lines("二〇二六年第一次联席会议纪要", "某街道办事处", "会议听取了汇报。", "区政府", "区城管局", "各社区")


def told(kind: str) -> list[str]:
    rows = Message.objects.filter(kind=kind, addressee="").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_drafted_with_the_lines_of_the_meeting(discussed: Gathering) -> None:
    minutes = made(discussed, "draft")
    name = discussed.district.street.subdistrict.name_zh
    assert minutes.title == f"{name}办事处2026年第1次联席会议纪要"
    assert minutes.opening.startswith("2026年3月3日14:30，leader1在三楼会议室主持召开2026年第1次联席会议。")


def test_a_draft_that_is_there_is_gone_on_with(discussed: Gathering) -> None:
    assert made(discussed, "draft").pk == made(discussed, "draft").pk


def test_of_a_meeting_that_was_not_held_there_are_none(gathering: Gathering) -> None:
    with pytest.raises(WrongState):
        draft_minutes(by=gathering.district.street.clerk, at=AFTER, meeting=gathering.meeting.pk)


def test_to_the_issue(discussed: Gathering) -> None:
    minutes = made(discussed, "issued")
    assert (minutes.year, minutes.number, minutes.state) == (2026, 1, "issued")
    resolution = discussed.meeting.resolutions.get()
    assert (resolution.state, resolution.enacted_at) == ("open", AFTER)
    assert (told("minutes_check"), told("minutes_issue")) == (
        ["leader1"],
        ["leader1", "liaison", "officer1", "teamleader1"],
    )
    assert minutes.receipts.count() == discussed.meeting.seats.count()
    assert minutes.jobs.get().version == minutes.version


def test_issued_while_their_files_are_still_to_be_made(discussed: Gathering) -> None:
    clerk, minutes = discussed.district.street.clerk, made(discussed, "signed")
    ask_files(by=clerk, at=AFTER, pk=minutes.pk)
    issued = issue_minutes(by=clerk, at=AFTER, pk=minutes.pk, version=minutes.version)
    assert [job.version for job in issued.jobs.all()] == [issued.version]


def test_each_step_done_again_changes_nothing(discussed: Gathering) -> None:
    street, minutes = discussed.district.street, made(discussed, "issued")
    again = issue_minutes(by=street.clerk, at=AFTER, pk=minutes.pk, version=minutes.version - 1)
    assert (again.version, again.number, Minutes.objects.count()) == (minutes.version, 1, 1)
    assert told("minutes_issue").count("liaison") == 1


@pytest.mark.parametrize(
    ("state", "who", "step"),
    [("checked", "clerk", check_minutes), ("signed", "leader", sign_minutes), ("draft", "clerk", take_back_minutes)],
)
def test_who_did_a_step_may_ask_again(discussed: Gathering, state: str, who: str, step: Any) -> None:
    minutes, by = made(discussed, state), getattr(discussed.district.street, who)
    again = step(by=by, at=AFTER, pk=minutes.pk, version=minutes.version)
    assert (again.state, again.version) == (state, minutes.version)


STEPS = {"draft": check_minutes, "checked": sign_minutes, "signed": issue_minutes}


SIGNED_ALREADY = ("signed", sign_minutes)  # by the leader, for whom it changes nothing


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (state, step)
        for state in ("draft", "checked", "signed", "issued")
        for step in STEPS.values()
        if (state, step) != SIGNED_ALREADY
    ],
)
def test_no_step_is_left_out(discussed: Gathering, state: str, step: Any) -> None:
    minutes = made(discussed, state)
    person = discussed.district.street.leader
    if STEPS.get(state) is step:
        assert step(by=person, at=AFTER, pk=minutes.pk, version=minutes.version).state != state
    else:
        with pytest.raises(WrongState):
            step(by=person, at=AFTER, pk=minutes.pk, version=minutes.version)


def test_who_checked_does_not_sign(discussed: Gathering) -> None:
    leader, minutes = discussed.district.street.leader, made(discussed, "draft")
    minutes = check_minutes(by=leader, at=AFTER, pk=minutes.pk, version=minutes.version)
    with pytest.raises(NotPermitted):
        sign_minutes(by=leader, at=AFTER, pk=minutes.pk, version=minutes.version)


@pytest.mark.parametrize(
    ("who", "refusal"), [("clerk", NotPermitted), ("officer", NotFound), ("auditor", NotPermitted)]
)
def test_only_a_leader_signs(discussed: Gathering, who: str, refusal: type[Exception]) -> None:
    minutes = made(discussed, "checked")
    with pytest.raises(refusal):
        sign_minutes(by=getattr(discussed.district.street, who), at=AFTER, pk=minutes.pk, version=minutes.version)


def test_another_office_finds_nothing(discussed: Gathering) -> None:
    minutes = made(discussed, "checked")
    with pytest.raises(NotFound):
        sign_minutes(by=discussed.district.other.leader, at=AFTER, pk=minutes.pk, version=minutes.version)


def test_another_text_than_was_seen_is_not_signed(discussed: Gathering) -> None:
    minutes = made(discussed, "checked")
    with pytest.raises(Stale):
        sign_minutes(by=discussed.district.street.leader, at=AFTER, pk=minutes.pk, version=minutes.version - 1)


def test_taken_back_they_are_written_again(discussed: Gathering) -> None:
    street, minutes = discussed.district.street, made(discussed, "signed")
    minutes = take_back_minutes(by=street.clerk, at=AFTER, pk=minutes.pk, version=minutes.version)
    assert (minutes.state, minutes.content, minutes.checked_by, minutes.signed_by) == ("draft", None, None, None)
    saved = save_minutes(by=street.clerk, at=AFTER, pk=minutes.pk, version=minutes.version, lines=LINES)
    assert (saved.title, saved.version) == (LINES.title, minutes.version + 1)


def test_another_text_than_was_seen_is_not_taken_back(discussed: Gathering) -> None:
    minutes = made(discussed, "checked")
    with pytest.raises(Stale):
        take_back_minutes(by=discussed.district.street.clerk, at=AFTER, pk=minutes.pk, version=minutes.version - 1)


def test_in_a_language_that_there_is_not_none_are_drafted(discussed: Gathering) -> None:
    street = discussed.district.street
    with pytest.raises(Invalid) as refused:
        draft_minutes(by=street.clerk, at=AFTER, meeting=discussed.meeting.pk, language="fr")
    assert list(refused.value.fields) == ["language"]


def test_issued_they_are_not_taken_back(discussed: Gathering) -> None:
    minutes = made(discussed, "issued")
    with pytest.raises(WrongState):
        take_back_minutes(by=discussed.district.street.clerk, at=AFTER, pk=minutes.pk, version=minutes.version)


def test_the_same_lines_again_are_no_new_version(discussed: Gathering) -> None:
    clerk, minutes = discussed.district.street.clerk, made(discussed, "draft")
    first = save_minutes(by=clerk, at=AFTER, pk=minutes.pk, version=minutes.version, lines=LINES)
    second = save_minutes(by=clerk, at=AFTER, pk=minutes.pk, version=minutes.version, lines=LINES)
    assert (first.version, second.version) == (2, 2)


def test_of_two_writers_the_second_is_told(discussed: Gathering) -> None:
    street, minutes = discussed.district.street, made(discussed, "draft")
    save_minutes(by=street.clerk, at=AFTER, pk=minutes.pk, version=1, lines=LINES)
    with pytest.raises(Stale):
        save_minutes(by=street.clerk2, at=AFTER, pk=minutes.pk, version=1, lines=Lines("别的", "某街道办事处"))


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        (Lines("", "某街道"), "title"),
        (Lines("纪要", "某街道\n办事处"), "issuer"),
        (Lines("纪要", "某街道", "文" * 3001), "opening"),
        (Lines("纪\x00要", "某街道"), "title"),
        (Lines("纪要", "某街道", copies_to="\ud800"), "copies_to"),
    ],
)
def test_what_no_paper_can_hold_is_refused(discussed: Gathering, lines: Lines, field: str) -> None:
    minutes = made(discussed, "draft")
    with pytest.raises(Invalid) as refused:
        save_minutes(by=discussed.district.street.clerk, at=AFTER, pk=minutes.pk, version=1, lines=lines)
    assert set(refused.value.fields) == {field}


def test_a_correction_takes_the_place_of_issued_ones(discussed: Gathering) -> None:
    street, first = discussed.district.street, made(discussed, "issued")
    with pytest.raises(Invalid):
        draft_minutes(by=street.clerk, at=AFTER, meeting=discussed.meeting.pk)
    second = draft_minutes(by=street.clerk, at=AFTER, meeting=discussed.meeting.pk, reason="单位名称有误")
    second = made(discussed, "issued")
    assert (second.replaces_id, second.number, second.reason) == (first.pk, 2, "单位名称有误")


def test_a_draft_is_thrown_away_an_issue_is_not(discussed: Gathering) -> None:
    clerk = discussed.district.street.clerk
    discard_minutes(by=clerk, at=AFTER, pk=made(discussed, "draft").pk)
    assert Minutes.objects.count() == 0
    issued = made(discussed, "issued")
    with pytest.raises(WrongState):
        discard_minutes(by=clerk, at=AFTER, pk=issued.pk)


@pytest.mark.parametrize(
    "change",
    [
        lambda minutes: Minutes.objects.filter(pk=minutes.pk).update(title="另一个"),
        lambda minutes: Minutes.objects.filter(pk=minutes.pk).update(state="draft"),
        lambda minutes: Minutes.objects.filter(pk=minutes.pk)._raw_delete("default"),
    ],
)
def test_the_database_keeps_what_is_issued(discussed: Gathering, change: Any) -> None:
    minutes = made(discussed, "issued")
    with pytest.raises(DatabaseError, match="issued minutes"), transaction.atomic():
        change(minutes)


@pytest.mark.parametrize("told", [{"content": {}}, {"title": "另一个"}])
def test_the_database_keeps_what_is_checked(discussed: Gathering, told: dict[str, Any]) -> None:
    minutes = made(discussed, "checked")
    with pytest.raises(DatabaseError, match="keep their text"), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(**told)


def test_the_database_lets_no_step_out(discussed: Gathering) -> None:
    minutes = made(discussed, "checked")
    leader = discussed.district.street.leader
    told = {"signed_by": leader, "signed_at": AFTER, "issued_by": leader, "issued_at": AFTER}
    with pytest.raises(DatabaseError, match="step to step"), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(state="issued", year=2026, number=9, **told)


def test_receipts_are_confirmed_by_the_units_own(discussed: Gathering) -> None:
    street, minutes = discussed.district.street, made(discussed, "issued")
    receipt = minutes.receipts.get(unit=discussed.department)
    with pytest.raises(NotFound):
        confirm_receipt(by=discussed.district.liaison2, at=AFTER, pk=receipt.pk)
    confirmed = confirm_receipt(by=discussed.district.liaison, at=AFTER, pk=receipt.pk)
    again = confirm_receipt(by=street.clerk, at=AFTER, pk=receipt.pk)
    assert (confirmed.received_by, again.received_by) == (discussed.district.liaison,) * 2
    school = minutes.receipts.get(unit=discussed.school)
    assert confirm_receipt(by=street.clerk, at=AFTER, pk=school.pk).received_at == AFTER
    assert Receipt.objects.filter(received_at=None).count() == 2


def test_a_unit_without_log_in_confirms_its_own_by_its_link(discussed: Gathering) -> None:
    minutes = made(discussed, "issued")
    receipt, other = (minutes.receipts.get(unit=unit) for unit in (discussed.school, discussed.department))
    confirmed = receive_as_unit(unit=discussed.school, at=AFTER, pk=receipt.pk)
    assert (confirmed.received_at, confirmed.received_by, confirmed.is_by_link) == (AFTER, None, True)
    with pytest.raises(NotFound):
        receive_as_unit(unit=discussed.school, at=AFTER, pk=other.pk)


def test_signing_while_somebody_writes(discussed_for_all: Gathering) -> None:
    """Either the new text waits for a check, or the check is of the text that was seen: never another one is signed."""
    street, minutes = discussed_for_all.district.street, made(discussed_for_all, "draft")
    outcomes = race(
        [
            lambda: check_minutes(by=street.clerk, at=AFTER, pk=minutes.pk, version=1),
            lambda: save_minutes(by=street.clerk2, at=AFTER, pk=minutes.pk, version=1, lines=LINES),
        ]
    )
    minutes.refresh_from_db()
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert [type(one) for one in refused] in ([Stale], [WrongState])
    assert (minutes.state == "checked") == (minutes.title != LINES.title)


def test_two_who_issue_at_once_give_one_number(discussed_for_all: Gathering) -> None:
    street, minutes = discussed_for_all.district.street, made(discussed_for_all, "signed")
    outcomes = race(
        [
            lambda: issue_minutes(by=street.clerk, at=AFTER, pk=minutes.pk, version=minutes.version),
            lambda: issue_minutes(by=street.clerk2, at=AFTER, pk=minutes.pk, version=minutes.version),
        ]
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Minutes", "WrongState"]
    minutes.refresh_from_db()
    assert (minutes.number, minutes.receipts.count()) == (1, 4)
