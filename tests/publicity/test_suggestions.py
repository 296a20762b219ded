"""Suggestions: received, answered with a decision, turned into a case, followed until carried out; what falls due."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.models import Case, CaseStandard, Reporter
from cases.publicity.actions import act_on_suggestion, retime_publicity
from cases.publicity.models import PublicityPhoto, Suggester, Suggestion, SuggestionEvent
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Refusal, Stale, WrongState
from citymgmt.worktime import sweep
from citymgmt.worktime.models import LadderStep
from tests.office import District, china, standard
from tests.photos.pictures import photo
from tests.publicity.told import DAY, HELD, NOW, TODAY, answered, decide, forum_in, suggested
from tests.racing import race

pytestmark = pytest.mark.usefixtures("english", "media")


def steps_of(row: Suggestion) -> list[tuple[str, str]]:
    found = row.events.filter(by=None).order_by("seq")
    return [(one.kind, f"{timezone.localtime(one.at):%m-%d %H:%M}") for one in found]


def test_a_suggestion_is_adopted_and_carried_out(district: District) -> None:
    row = suggested(district, name="陈婉仪", phone="13800002231")
    assert (row.state, row.received_on, row.due_at) == ("open", TODAY, china("2026-03-18 09:00"))
    assert (row.suggester.name, row.suggester.phone) == ("陈婉仪", "13800002231")
    answered(district, row, "adopted")
    assert (row.state, row.decision, row.answered_on, row.by_day) == ("to_do", "adopted", TODAY, TODAY + 30 * DAY)
    assert row.due_at == china("2026-04-03 18:00")
    decide(district, row, "extend", by_day=TODAY + 40 * DAY, note="材料未到")
    later = {"at": NOW + 9 * DAY, "on": TODAY + 8 * DAY}
    decide(district, row, "carry_out", done="加冲一次", photos=[photo(120, 90)], **later)
    assert (row.state, row.done, row.done_on, row.ended_on) == ("done", "加冲一次", TODAY + 8 * DAY, TODAY + 8 * DAY)
    assert (row.due_at, row.next_check_at) == (None, None)
    assert PublicityPhoto.objects.get().suggestion_event == row.events.latest("seq")
    told = str([one.changes for one in SuggestionEvent.objects.all()])
    assert [word for word in ("陈婉仪", "13800002231", "早市") if word in told] == []


def test_not_adopted_says_why(district: District) -> None:
    row = suggested(district)
    with pytest.raises(Invalid, match="Say why it is not adopted"):
        answered(district, row, "not", reason=" ")
    answered(district, row, "not")
    assert (row.state, row.decision, row.reason, row.ended_on, row.by_day) == (
        "declined", "not", "地块为绿地", TODAY, None,
    )  # fmt: skip
    for name, given in (("withdraw", {"note": "x"}), ("carry_out", {"on": TODAY, "done": "x"})):
        with pytest.raises(WrongState, match="answered, not adopted"):
            decide(district, row, name, **given)


WRONG_ANSWERS = [
    ({"decision": "maybe"}, {"decision"}),
    ({"answer": ""}, {"answer"}),
    ({"by_day": None}, {"by_day"}),
    ({"by_day": TODAY - DAY}, {"by_day"}),
    ({"on": TODAY + DAY}, {"on"}),
    ({"on": TODAY - DAY}, {"on"}),
    ({"answer": "x" * 1001}, {"answer"}),
]


@pytest.mark.parametrize(("given", "fields"), WRONG_ANSWERS)
def test_what_is_no_answer(district: District, given: dict[str, Any], fields: set[str]) -> None:
    row = suggested(district)
    with pytest.raises(Invalid) as refused:
        answered(district, row, "partly", **given)
    assert set(refused.value.fields) == fields
    assert Suggestion.objects.get().state == "open"


WRONG_SUGGESTIONS = [
    ({"text": " "}, {"text"}),
    ({"text": "x" * 501}, {"text"}),
    ({"way": "pigeon"}, {"way"}),
    ({"way": "forum"}, {"way"}),
    ({"received_on": TODAY + DAY}, {"received_on"}),
    ({"phone": "call me"}, {"phone"}),
    ({"name": "x" * 61}, {"name"}),
    ({"community": 10**12}, {"community"}),
]


@pytest.mark.parametrize(("changed", "fields"), WRONG_SUGGESTIONS)
def test_what_is_no_suggestion(district: District, changed: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        suggested(district, **changed)
    assert set(refused.value.fields) == fields
    assert (Suggestion.objects.count(), Suggester.objects.count()) == (0, 0)


def test_one_of_a_forum_is_of_its_community_and_day(district: District) -> None:
    forum = forum_in(district, 1)
    row = suggested(district, way="forum", forum=forum.pk, community=0, at=HELD + 2 * DAY)
    assert (row.forum, row.community, row.received_on) == (forum, district.street.communities[1], TODAY)
    ahead = suggested(district, way="forum", forum=forum.pk, community=0)  # noted before it began, on the same day
    assert ahead.received_on == TODAY
    for changed in ({"way": "phone", "forum": forum.pk}, {"way": "forum", "forum": 10**12}):
        with pytest.raises(Invalid):
            suggested(district, **changed)
    with pytest.raises(Invalid):
        suggested(district, way="forum", forum=forum.pk, by=district.street.officer)


def test_an_answer_that_is_due_climbs_its_ladder(district: District) -> None:
    row = suggested(district)
    sweep.run(china("2026-03-18 08:59"))
    assert steps_of(row) == []
    sweep.run(china("2026-05-01 09:00"))
    assert steps_of(row) == [("suggestion_urge", "03-18 09:00"), ("suggestion_supervise", "03-23 09:00")]
    told = Message.objects.filter(kind__startswith="suggestion_").order_by("kind", "recipient_id")
    assert sorted(told.values_list("kind", "recipient__username")) == [
        ("suggestion_enter", "officer1"),
        ("suggestion_supervise", "leader1"),
        ("suggestion_supervise", "officer1"),
        ("suggestion_urge", "clerk1"),
        ("suggestion_urge", "clerkb1"),
        ("suggestion_urge", "officer1"),
    ]
    assert {"早市" in str(one.params) for one in told} == {False}


def test_what_was_adopted_and_is_not_carried_out_climbs_another(district: District) -> None:
    row = suggested(district)
    answered(district, row, "partly", by_day=TODAY + 2 * DAY)
    sweep.run(NOW + 30 * DAY)
    assert steps_of(row) == [("suggestion_urge_doing", "03-06 18:00"), ("suggestion_supervise_doing", "03-13 18:00")]
    row.refresh_from_db()
    assert (row.state, row.rung, row.ladder_code) == ("to_do", 2, "S4")


def test_a_letter_is_due_from_its_day(district: District) -> None:
    row = suggested(district, way="letter", received_on=date(2026, 2, 27))
    assert (row.counted_from, row.due_at) == (
        china("2026-02-27 18:00"),
        china("2026-03-12 18:00"),
    )  # a Saturday is made up


def test_within_how_many_days_is_data_of_the_ladder(district: District) -> None:
    row, done = suggested(district), suggested(district)
    answered(district, done, "not")
    LadderStep.objects.filter(code="S1").update(delay_value=5)
    assert retime_publicity(NOW + DAY) == 1
    row.refresh_from_db()
    assert (row.due_at, row.limit_value) == (china("2026-03-11 09:00"), 5)
    assert retime_publicity(NOW + DAY) == 1  # nothing changed since
    assert [one.kind for one in row.events.order_by("seq")] == ["suggestion_enter", "suggestion_recalculate"]
    sweep.run(china("2099-01-01 00:00"))
    assert [kind for kind, _at in steps_of(row)] == [
        "suggestion_recalculate", "suggestion_urge", "suggestion_supervise",
    ]  # fmt: skip
    assert done.events.count() == 2


def test_without_a_step_the_usual_limit_holds(district: District) -> None:
    LadderStep.objects.filter(ladder="answer").update(is_active=False)
    row = suggested(district)
    assert (row.due_at, row.next_check_at) == (china("2026-03-18 09:00"), None)


def case_of(district: District, row: Suggestion, **given: Any) -> Any:
    condition = standard(20)
    told = {"category": condition.category_id, "standard": condition.pk, **given}
    return decide(district, row, "make_case", **told)


def test_a_suggestion_becomes_a_case_once(district: District) -> None:
    row = suggested(district, name="陈婉仪", phone="13800002231", text="路口占道经营")
    event = case_of(district, row, request_key="k")
    assert case_of(district, row, request_key="k") == event
    case = Case.objects.get()
    assert (row.state, row.case, row.ended_on, row.due_at) == ("case", case, TODAY, None)
    assert (case.description, case.source, case.community, case.officer) == (
        "路口占道经营", "call", row.community, district.street.officer,
    )  # fmt: skip
    kept = Reporter.objects.get()
    assert (kept.name, kept.phone) == ("陈婉仪", "13800002231")
    with pytest.raises(KeyReused):
        case_of(district, row, request_key="k", note="x")
    with pytest.raises(WrongState, match="turned into a case"):
        case_of(district, row)


def test_a_case_without_a_filing_condition_waits_at_the_desk(district: District) -> None:
    row = suggested(district)
    decide(district, row, "make_case", category=standard(20).category_id, note="请核实")
    assert (row.case.state, Reporter.objects.count(), row.events.latest("seq").note) == ("accepted", 0, "请核实")


@pytest.mark.parametrize("given", [{"category": 10**12}, {"category": 0}, {"standard": 10**12}, {"standard": -1}])
def test_a_case_needs_what_the_catalogue_knows(district: District, given: dict[str, int]) -> None:
    row = suggested(district)
    with pytest.raises(Invalid) as refused:
        case_of(district, row, **given)
    assert (set(refused.value.fields), Case.objects.count(), Suggestion.objects.get().state) == (
        {"category"},
        0,
        "open",
    )


def test_a_filing_condition_belongs_to_its_category(district: District) -> None:
    other = CaseStandard.objects.exclude(category=standard(20).category).order_by("pk").first()
    with pytest.raises(Invalid):
        case_of(district, suggested(district), standard=other.pk)


def test_who_answers_where(district: District) -> None:
    street, row = district.street, suggested(district)
    for person in (street.member, street.admin, street.auditor):
        with pytest.raises(NotPermitted):
            suggested(district, by=person)
    for person in (street.officer2, street.admin, district.other.leader):
        with pytest.raises(NotFound):
            answered(district, row, "not", by=person)
    with pytest.raises(NotFound):
        decide(district, row, "praise")
    with pytest.raises(Stale):
        answered(district, row, "not", version=7)
    answered(district, row, "not", by=street.officer, version=1)
    assert row.state == "declined"


def test_a_mistake_is_taken_back(district: District) -> None:
    row = suggested(district)
    decide(district, row, "withdraw", note="重复登记")
    assert (row.state, row.ended_on, row.due_at) == ("mistake", TODAY, None)


def test_what_was_done_comes_after_the_answer(district: District) -> None:
    row = suggested(district)
    answered(district, row, "adopted", at=NOW + 2 * DAY, on=TODAY + 2 * DAY)
    with pytest.raises(Invalid, match="It was adopted on"):
        decide(district, row, "carry_out", at=NOW + 3 * DAY, on=TODAY, done="x")
    with pytest.raises(Invalid):
        decide(district, row, "extend", by_day=TODAY - DAY, note="x")


def test_a_resend_enters_once(district: District) -> None:
    first = suggested(district, name="陈", request_key="k")
    assert suggested(district, name="陈", request_key="k") == first
    with pytest.raises(KeyReused):
        suggested(district, name="李", request_key="k")
    assert (Suggestion.objects.count(), Suggester.objects.count()) == (1, 1)


def test_the_database_knows_no_other_steps(district: District) -> None:
    row = suggested(district)
    for changed in ({"state": "done"}, {"answer": "x"}, {"way": "forum"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Suggestion.objects.filter(pk=row.pk).update(**changed)


def test_two_at_once_make_one_case(committed: District, media: Any) -> None:
    row, condition = suggested(committed), standard(20)

    def runner(name: str) -> Callable[[], Any]:
        given = {"category": condition.category_id, "standard": condition.pk, "version": 1}
        person = getattr(committed.street, name)
        return lambda: act_on_suggestion("make_case", pk=row.pk, by=person, at=NOW, **given)

    found = race([runner("clerk"), runner("leader")])
    assert sorted(isinstance(one, Refusal) for one in found) == [False, True]
    assert Case.objects.count() == 1
