"""Circulars go from draft to issue by two people at least; units confirm them; who has not is reminded once a day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from cases.meetings.circulars.actions import (
    ask_circular_files,
    confirm_circular_receipt,
    discard_circular,
    draft_circular,
    issue_circular,
    receive_circular_as_unit,
    remind_units,
    save_circular,
    send_back_circular,
    submit_circular,
)
from cases.meetings.circulars.models import Circular, CircularReceipt, CircularReminder
from cases.meetings.circulars.querysets import receipts_of_unit
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from tests.cases.stories import case_in
from tests.meetings.circulating import AT, LATER, made, text_to
from tests.meetings.gatherings import Gathering
from tests.racing import race

UNITS_PEOPLE = ["liaison", "officer1", "teamleader1"]


def told(kind: str) -> list[str]:
    rows = Message.objects.filter(kind=kind, addressee="").order_by("recipient__username", "id")
    return list(rows.values_list("recipient__username", flat=True))


def issue(gathering: Gathering, circular: Circular, **changed: Any) -> Circular:
    given = {"by": gathering.district.street.leader, "at": AT, "pk": circular.pk, "version": circular.version}
    return issue_circular(**{**given, **changed})


def test_to_the_issue(gathering: Gathering) -> None:
    circular = made(gathering, "issued")
    assert (circular.state, circular.year, circular.number) == ("issued", 2026, 1)
    assert circular.issuer == f"{gathering.district.street.subdistrict.name_zh}办事处"
    assert circular.content == {
        "units": ["区城管局", "第一小学", "执法队", "第一社区"],  # departments first, as papers have it
        "cases": [],
        "corrects": None,
    }
    assert (told("circular_submit"), told("circular_issue")) == (["leader1"], UNITS_PEOPLE)
    assert {receipt.unit_id for receipt in circular.receipts.all()} == {unit.pk for unit in gathering.units}
    assert circular.jobs.get().version == circular.version


def test_each_step_done_again_by_the_same_person_changes_nothing(gathering: Gathering) -> None:
    street, circular = gathering.district.street, made(gathering)
    first, second = (submit_circular(by=street.clerk, at=AT, pk=circular.pk, version=1) for _ in "12")
    assert (first.version, second.version, told("circular_submit")) == (2, 2, ["leader1"])
    first, second = (issue(gathering, circular, version=2) for _ in "12")
    assert (first.version, second.version, second.number, told("circular_issue")) == (3, 3, 1, UNITS_PEOPLE)
    assert CircularReceipt.objects.count() == 4


@pytest.mark.parametrize("state", ["draft", "submitted", "issued"])
@pytest.mark.parametrize("name", ["submit", "issue", "send back"])
def test_no_step_is_left_out(gathering: Gathering, state: str, name: str) -> None:
    street, circular = gathering.district.street, made(gathering, state)
    act: Any = {"submit": submit_circular, "issue": issue_circular, "send back": send_back_circular}[name]
    given = {"by": street.clerk2 if name == "submit" else street.leader, "at": AT, "pk": circular.pk}
    reason = {"reason": "文字有误"} if name == "send back" else {}
    fits = (state, name) in {("draft", "submit"), ("submitted", "issue"), ("submitted", "send back")}
    replayed = (state, name) == ("issued", "issue")
    if fits or replayed:
        found = act(**given, version=circular.version, **reason)
        assert found.version == circular.version + (not replayed)
    else:
        with pytest.raises(WrongState):
            act(**given, version=circular.version, **reason)


@pytest.mark.parametrize(
    ("who", "refusal"), [("clerk", NotPermitted), ("auditor", NotPermitted), ("officer", NotFound), ("admin", NotFound)]
)
def test_only_a_leader_issues_or_sends_back(gathering: Gathering, who: str, refusal: type[Exception]) -> None:
    circular = made(gathering, "submitted")
    by = getattr(gathering.district.street, who)
    with pytest.raises(refusal):
        issue(gathering, circular, by=by)
    with pytest.raises(refusal):
        send_back_circular(by=by, at=AT, pk=circular.pk, version=circular.version, reason="文字有误")


@pytest.mark.parametrize("who", ["officer", "teamleader", "auditor", "admin"])
def test_only_the_desk_and_leaders_write(gathering: Gathering, who: str) -> None:
    by = getattr(gathering.district.street, who)
    with pytest.raises(NotPermitted):
        draft_circular(by=by, at=AT, text=text_to(gathering))
    assert Circular.objects.count() == 0


def test_another_office_finds_nothing(gathering: Gathering) -> None:
    other, circular = gathering.district.other, made(gathering, "submitted")
    given = {"at": AT, "pk": circular.pk, "version": circular.version}
    for act, by, more in (
        (issue_circular, other.leader, {}),
        (send_back_circular, other.leader, {"reason": "x"}),
        (submit_circular, other.clerk, {}),
        (save_circular, other.clerk, {"text": text_to(gathering)}),
    ):
        with pytest.raises(NotFound):
            act(by=by, **given, **more)  # type: ignore[operator]


@pytest.mark.parametrize("pk", [0, -1, 2**63, 10**40])
def test_what_is_no_id_finds_nothing(gathering: Gathering, pk: int) -> None:
    street = gathering.district.street
    with pytest.raises(NotFound):
        issue_circular(by=street.leader, at=AT, pk=pk, version=1)
    with pytest.raises(NotFound):
        discard_circular(by=street.clerk, at=AT, pk=pk)
    with pytest.raises(NotFound):
        confirm_circular_receipt(by=street.clerk, at=AT, pk=pk)


@pytest.mark.parametrize("wrote", ["drafted", "submitted"])
def test_who_drafted_or_submitted_it_does_not_issue_it(gathering: Gathering, wrote: str) -> None:
    street = gathering.district.street
    drafter, submitter = (street.leader, street.clerk) if wrote == "drafted" else (street.clerk, street.leader)
    circular = draft_circular(by=drafter, at=AT, text=text_to(gathering))
    circular = submit_circular(by=submitter, at=AT, pk=circular.pk, version=1)
    with pytest.raises(NotPermitted):
        issue(gathering, circular)


def test_another_text_than_was_seen_is_neither_submitted_nor_issued(gathering: Gathering) -> None:
    street, circular = gathering.district.street, made(gathering)
    save_circular(by=street.clerk2, at=AT, pk=circular.pk, version=1, text=text_to(gathering, title="另一个"))
    with pytest.raises(Stale):
        submit_circular(by=street.clerk, at=AT, pk=circular.pk, version=1)
    circular = submit_circular(by=street.clerk, at=AT, pk=circular.pk, version=2)
    with pytest.raises(Stale):
        issue(gathering, circular, version=2)


def test_sent_back_it_is_a_draft_with_the_reason_and_its_writers_are_told(gathering: Gathering) -> None:
    street = gathering.district.street
    circular = draft_circular(by=street.clerk2, at=AT, text=text_to(gathering))
    circular = submit_circular(by=street.clerk, at=AT, pk=circular.pk, version=1)
    given = {"by": street.leader, "at": AT, "pk": circular.pk, "version": 2}
    with pytest.raises(Invalid):
        send_back_circular(**given, reason=" \n")
    back = send_back_circular(**given, reason="数字有误")
    again = send_back_circular(**given, reason="数字有误")
    assert (back.state, back.reason, back.submitted_by, again.version) == ("draft", "数字有误", None, 3)
    assert told("circular_send_back") == ["clerk1", "clerkb1"]
    assert submit_circular(by=street.clerk, at=AT, pk=circular.pk, version=3).reason == ""


def test_the_same_text_again_is_no_new_version(gathering: Gathering) -> None:
    circular = made(gathering)
    given = {"by": gathering.district.street.clerk, "at": AT, "pk": circular.pk, "version": 1}
    changed = text_to(gathering, body="改过的文字")
    versions = [save_circular(**given, text=changed).version for _ in "12"]
    assert versions == [2, 2]
    with pytest.raises(Stale):
        save_circular(**given, text=text_to(gathering, body="别的"))


def test_a_resent_draft_is_drafted_once(gathering: Gathering) -> None:
    given = {"by": gathering.district.street.clerk, "at": AT, "request_key": "k"}
    first, second = (draft_circular(**given, text=text_to(gathering)) for _ in "12")
    assert (first.pk, Circular.objects.count()) == (second.pk, 1)
    with pytest.raises(KeyReused):
        draft_circular(**given, text=text_to(gathering, title="另一个"))
    assert draft_circular(**{**given, "by": gathering.district.street.leader}, text=text_to(gathering)).pk != first.pk


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"title": " "}, "title"),
    ({"title": "文" * 101}, "title"),
    ({"title": "通\n报"}, "title"),
    ({"title": "通\x00报"}, "title"),
    ({"body": "\n \n"}, "body"),
    ({"body": "文" * 6001}, "body"),
    ({"body": "\ud800"}, "body"),
    ({"issuer": "文" * 61}, "issuer"),
    ({"kind": "praise"}, "kind"),
    ({"language": "fr"}, "language"),
    ({"recipients": []}, "recipients"),
    ({"recipients": [10**30]}, "recipients"),
    ({"recipients": [-1]}, "recipients"),
    ({"confirm_by": date(2026, 3, 3)}, "confirm_by"),
    ({"corrects": 10**30}, "corrects"),
]


@pytest.mark.parametrize(("changed", "field"), WRONG)
def test_what_no_circular_can_hold_is_refused(gathering: Gathering, changed: dict[str, Any], field: str) -> None:
    clerk = gathering.district.street.clerk
    with pytest.raises(Invalid) as refused:
        draft_circular(by=clerk, at=AT, text=text_to(gathering, **changed))
    assert set(refused.value.fields) == {field}
    assert Circular.objects.count() == 0


def test_recipients_are_active_units_of_the_office(gathering: Gathering) -> None:
    gathering.school.is_active = False
    gathering.school.save()
    street = gathering.district.street
    for by in (street.clerk, gathering.district.other.clerk):
        with pytest.raises(Invalid) as refused:
            draft_circular(by=by, at=AT, text=text_to(gathering))
        assert set(refused.value.fields) == {"recipients"}


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_a_recipient_that_is_gone_meanwhile_stops_the_step(gathering: Gathering, state: str) -> None:
    circular = made(gathering, state)
    gathering.school.is_active = False
    gathering.school.save()
    act: Any = submit_circular if state == "draft" else issue_circular
    by = gathering.district.street.clerk if state == "draft" else gathering.district.street.leader
    with translation.override("en"), pytest.raises(WrongState, match="recipients"):
        act(by=by, at=AT, pk=circular.pk, version=circular.version)


def test_a_day_to_confirm_by_that_is_over_stops_the_issue(gathering: Gathering) -> None:
    circular = made(gathering, "submitted", confirm_by=date(2026, 3, 4))
    with translation.override("en"), pytest.raises(WrongState, match="over"):
        issue(gathering, circular, at=LATER)
    assert issue(gathering, circular).confirm_by == date(2026, 3, 4)


def test_cases_are_those_that_the_writer_sees(gathering: Gathering) -> None:
    case = case_in(gathering.district, "filed", at="2026-03-02 10:00")
    with pytest.raises(Invalid) as refused:
        draft_circular(
            by=gathering.district.other.clerk,
            at=AT,
            text=text_to(gathering, cases=[case], recipients=[others_unit(gathering).pk]),
        )
    assert set(refused.value.fields) == {"cases"}
    issued = made(gathering, "issued", cases=[case])
    assert issued.content["cases"] == [{"number": case.number, "place": "甲街第1社区", "state": "待派遣"}]


def others_unit(gathering: Gathering) -> Any:
    return type(gathering.school).objects.create(
        subdistrict=gathering.district.other.subdistrict, kind="institution", name_zh="乙街小学"
    )


def test_what_is_told_of_cases_stays_as_it_was_at_the_issue(gathering: Gathering) -> None:
    case = case_in(gathering.district, "filed", at="2026-03-02 10:00")
    issued = made(gathering, "issued", cases=[case])
    type(case).objects.filter(pk=case.pk).update(address="另一处")
    type(gathering.school).objects.filter(pk=gathering.school.pk).update(name_zh="改名小学")
    kept = Circular.objects.get(pk=issued.pk).content
    assert (kept["cases"][0]["place"], "第一小学" in kept["units"]) == ("甲街第1社区", True)


def test_a_correction_names_an_issued_one_of_the_office(gathering: Gathering) -> None:
    first, draft = made(gathering, "issued"), made(gathering)
    second = made(gathering, "issued", corrects=first.pk)
    assert (second.number, second.corrects_id, list(first.corrected_by.all())) == (2, first.pk, [second])
    assert second.content["corrects"] == [2026, 1, first.title]
    with pytest.raises(Invalid):
        made(gathering, corrects=draft.pk)
    other = gathering.district.other.clerk
    with pytest.raises(Invalid):
        draft_circular(
            by=other, at=AT, text=text_to(gathering, corrects=first.pk, recipients=[others_unit(gathering).pk])
        )


def test_a_draft_is_thrown_away_nothing_else_is(gathering: Gathering) -> None:
    clerk = gathering.district.street.clerk
    discard_circular(by=clerk, at=AT, pk=made(gathering).pk)
    assert Circular.objects.count() == 0
    for state in ("submitted", "issued"):
        with pytest.raises(WrongState):
            discard_circular(by=clerk, at=AT, pk=made(gathering, state).pk)


def test_numbers_count_by_year_and_office(gathering: Gathering) -> None:
    first, second = made(gathering, "issued"), made(gathering, "submitted")
    next_year = AT + timedelta(days=365)
    assert (first.number, issue(gathering, second, at=next_year).number) == (1, 1)
    assert made(gathering, "issued").number == 2
    other = gathering.district.other
    theirs = draft_circular(by=other.clerk, at=AT, text=text_to(gathering, recipients=[others_unit(gathering).pk]))
    theirs = submit_circular(by=other.clerk, at=AT, pk=theirs.pk, version=1)
    assert issue_circular(by=other.leader, at=AT, pk=theirs.pk, version=2).number == 1


def test_issued_while_its_files_are_still_to_be_made(gathering: Gathering) -> None:
    circular = made(gathering, "submitted")
    ask_circular_files(by=gathering.district.street.clerk, at=AT, pk=circular.pk)
    issued = issue(gathering, circular)
    assert [job.version for job in issued.jobs.all()] == [issued.version]


def test_receipts_are_confirmed_by_the_units_own_or_noted_by_the_office(gathering: Gathering) -> None:
    district, circular = gathering.district, made(gathering, "issued")
    receipt = circular.receipts.get(unit=gathering.department)
    with pytest.raises(NotFound):
        confirm_circular_receipt(by=district.liaison2, at=LATER, pk=receipt.pk)
    with pytest.raises(NotPermitted):
        confirm_circular_receipt(by=district.street.auditor, at=LATER, pk=receipt.pk)
    first = confirm_circular_receipt(by=district.liaison, at=LATER, pk=receipt.pk)
    again = confirm_circular_receipt(by=district.street.clerk, at=LATER + timedelta(days=1), pk=receipt.pk)
    assert [(one.received_by, one.received_at) for one in (first, again)] == [(district.liaison, LATER)] * 2
    own = {gathering.team: district.street.teamleader, gathering.community: district.street.officer}
    for unit, by in {**own, gathering.school: district.street.clerk}.items():
        assert confirm_circular_receipt(by=by, at=LATER, pk=circular.receipts.get(unit=unit).pk).received_by == by


def test_a_unit_confirms_by_its_link(gathering: Gathering) -> None:
    circular = made(gathering, "issued")
    receipt = circular.receipts.get(unit=gathering.school)
    with pytest.raises(NotFound):
        receive_circular_as_unit(unit=gathering.team, at=LATER, pk=receipt.pk)
    found = receive_circular_as_unit(unit=gathering.school, at=LATER, pk=receipt.pk)
    assert (found.received_at, found.received_by, found.is_by_link) == (LATER, None, True)


def test_what_a_unit_was_sent_begins_with_what_it_has_not_confirmed(gathering: Gathering) -> None:
    first, second, third = (made(gathering, "issued") for _ in "123")
    receipt = second.receipts.get(unit=gathering.school)
    receive_circular_as_unit(unit=gathering.school, at=LATER, pk=receipt.pk)
    made(gathering, "submitted")
    made(gathering, "issued", recipients=[gathering.team.pk])
    assert [one.circular for one in receipts_of_unit(gathering.school)] == [third, first, second]


def test_who_has_not_confirmed_is_reminded_once_a_day(gathering: Gathering) -> None:
    district, circular = gathering.district, made(gathering, "issued")
    confirm_circular_receipt(by=district.liaison, at=AT, pk=circular.receipts.get(unit=gathering.department).pk)
    given = {"by": district.street.clerk, "pk": circular.pk}
    first, again = (remind_units(**given, at=LATER + timedelta(hours=hours)) for hours in (0, 3))
    assert (first, told("circular_remind")) == (again, ["officer1", "teamleader1"])
    remind_units(**given, at=LATER + timedelta(days=1))
    assert told("circular_remind") == ["officer1", "officer1", "teamleader1", "teamleader1"]
    assert CircularReminder.objects.count() == 2


def test_there_is_nobody_to_be_reminded(gathering: Gathering) -> None:
    district, submitted = gathering.district, made(gathering, "submitted")
    with translation.override("en"), pytest.raises(WrongState, match="not issued"):
        remind_units(by=district.street.clerk, at=AT, pk=submitted.pk)
    issued = made(gathering, "issued", recipients=[gathering.school.pk])
    with pytest.raises(NotPermitted):
        remind_units(by=district.street.auditor, at=AT, pk=issued.pk)
    with pytest.raises(NotFound):
        remind_units(by=district.other.clerk, at=AT, pk=issued.pk)
    confirm_circular_receipt(by=district.street.clerk, at=AT, pk=issued.receipts.get().pk)
    with translation.override("en"), pytest.raises(WrongState, match="All units"):
        remind_units(by=district.street.clerk, at=AT, pk=issued.pk)


def test_two_issued_at_once_get_two_numbers(gathered: Gathering) -> None:
    one, two = made(gathered, "submitted"), made(gathered, "submitted", title="另一个通报")
    outcomes = race([lambda circular=circular: issue(gathered, circular) for circular in (one, two)])
    assert sorted(outcome.number for outcome in outcomes) == [1, 2]


def test_one_issued_while_it_is_sent_back(gathered: Gathering) -> None:
    """One of the two happens; the other is told."""
    leader, circular = gathered.district.street.leader, made(gathered, "submitted")
    given = {"by": leader, "at": AT, "pk": circular.pk, "version": circular.version}
    outcomes = race([lambda: issue(gathered, circular), lambda: send_back_circular(**given, reason="文字有误")])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Circular", "WrongState"]


def test_two_reminders_at_once_remind_once(gathered: Gathering) -> None:
    street, circular = gathered.district.street, made(gathered, "issued")
    by = (street.clerk, street.clerk2)
    race([lambda who=who: remind_units(by=who, at=LATER, pk=circular.pk) for who in by])
    assert (CircularReminder.objects.count(), told("circular_remind")) == (1, UNITS_PEOPLE)


def test_the_same_form_sent_twice_at_once_drafts_once(gathered: Gathering) -> None:
    by, text = gathered.district.street.clerk, text_to(gathered)
    race([lambda: draft_circular(by=by, at=AT, text=text, request_key="k") for _ in "12"])
    assert Circular.objects.count() == 1
