"""Promises: made, kept with evidence or not, given more time, on their ladder."""

from datetime import date
from typing import Any

import pytest

from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from citymgmt.worktime import sweep
from communities.institutions import actions
from communities.institutions.actions import PledgeTold
from communities.models import InstitutionPhoto, Pledge
from tests.communities.institutions.places import NOW, ONE_DAY, SWEPT, TODAY, Place, place_of, shot
from tests.office import District, china
from tests.racing import race

DUE = date(2026, 3, 10)
LATE = china("2026-03-20 09:00")


def act(name: str, pledge: Pledge, by: Any, at: Any = NOW, **given: Any) -> Any:
    return actions.act_on_pledge(name, pk=pledge.pk, by=by, at=at, **given)


def keep(place: Place, pledge: Pledge, **given: Any) -> Any:
    return act("keep", pledge, place.officer, **{"on": TODAY, "note": "已见", **given})


def kinds(pledge: Pledge) -> list[str]:
    return list(pledge.events.order_by("seq").values_list("kind", flat=True))


def test_it_is_due_at_the_end_of_the_office_s_day(place: Place) -> None:
    pledge = place.promised()
    assert (pledge.state, pledge.by_day, pledge.made_on, pledge.due_at) == (
        "open",
        DUE,
        TODAY,
        china("2026-03-10 18:00"),
    )


def test_working_days_are_told_as_a_day(place: Place) -> None:
    assert place.promised(PledgeTold("x", working_days=3)).by_day == date(2026, 3, 9)


def test_one_more_is_added_to_a_visit(place: Place) -> None:
    visit = place.visit()
    add = {"by": place.officer, "at": NOW, "visit": visit.pk, "told": SWEPT, "request_key": "a"}
    assert actions.add_pledge(**add).pk == actions.add_pledge(**add).pk
    with pytest.raises(KeyReused):
        actions.add_pledge(**{**add, "told": PledgeTold("x", DUE)})
    with pytest.raises(Invalid):
        actions.add_pledge(**{**add, "told": PledgeTold("", DUE), "request_key": "b"})
    with pytest.raises(NotFound):
        actions.add_pledge(**{**add, "by": place.street.officer2, "request_key": "b"})
    plan = actions.plan_visit(by=place.street.clerk, at=NOW, institution=place.school.pk, on=TODAY)
    with pytest.raises(WrongState):
        actions.add_pledge(**{**add, "visit": plan.pk, "request_key": "b"})
    assert Pledge.objects.count() == 1


def test_its_ladder_reminds_urges_and_supervises(place: Place) -> None:
    pledge = place.promised()
    sweep.run(LATE)
    pledge.refresh_from_db()
    moments = [(one.kind, one.at) for one in pledge.events.order_by("seq")[1:]]
    assert moments == [
        ("pledge_warn", china("2026-03-09 08:00")),
        ("pledge_urge", china("2026-03-10 18:00")),
        ("pledge_supervise", china("2026-03-13 18:00")),
    ]
    told = Message.objects.filter(kind__startswith="pledge").order_by("kind", "recipient__username")
    assert list(told.values_list("kind", "recipient__username")) == [
        ("pledge_supervise", "leader1"), ("pledge_supervise", "officer1"),
        ("pledge_urge", "clerk1"), ("pledge_urge", "clerkb1"), ("pledge_urge", "officer1"),
        ("pledge_warn", "officer1"),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["clerk", "leader", "officer"])
def test_it_is_kept_with_evidence(place: Place, who: str) -> None:
    pledge, by = place.promised(), getattr(place.street, who)
    event = act("keep", pledge, by, on=TODAY, photos=[shot()])
    pledge.refresh_from_db()
    assert (pledge.state, pledge.done_on, pledge.due_at, pledge.next_check_at) == ("kept", TODAY, None, None)
    assert InstitutionPhoto.objects.get().event == event


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"note": " "}, "note", "Show it: a photo, or a note of what somebody saw."),
        ({"on": None}, "on", "Please fill this in."),
        ({"on": TODAY + ONE_DAY}, "on", "Choose a day that is not in the future."),
        ({"on": TODAY - ONE_DAY}, "on", "Not before the day of the promise, 2026-03-04."),
        ({"note": "长" * 201}, "note", "At most 200 characters."),
    ],
)
def test_what_is_no_evidence(place: Place, english: None, given: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        keep(place, place.promised(), **given)
    assert refused.value.fields == {field: [sentence]}


def test_the_office_judges_what_was_not_kept(place: Place, english: None) -> None:
    pledge, leader = place.promised(), place.street.leader
    with pytest.raises(Invalid) as early:
        act("break", pledge, leader, note="x")
    assert str(early.value) == "The institution has until 2026-03-10."
    with pytest.raises(NotPermitted):
        act("break", pledge, place.officer, LATE, note="x")
    with pytest.raises(Invalid):
        act("break", pledge, leader, LATE, note="")
    act("break", pledge, leader, LATE, note="多次催办无果")
    assert kinds(pledge)[-2:] == ["pledge_supervise", "pledge_break"]
    told = Message.objects.filter(kind="pledge_break").values_list("recipient__username", flat=True)
    assert list(told) == ["officer1"]
    with pytest.raises(WrongState) as closed:
        keep(place, pledge, at=LATE)
    assert str(closed.value) == "This is not possible: the promise is now “not kept”."


def test_more_time_begins_the_ladder_anew(place: Place) -> None:
    pledge, clerk = place.promised(), place.street.clerk
    for given in ({"by_day": DUE, "note": "x"}, {"note": "x"}, {"by_day": DUE + ONE_DAY}):
        with pytest.raises(Invalid):
            act("extend", pledge, clerk, **given)
    with pytest.raises(Invalid):
        act("extend", pledge, clerk, by_day=TODAY + 800 * ONE_DAY, note="x")
    act("extend", pledge, clerk, LATE, by_day=date(2026, 4, 10), note="材料未到")
    pledge.refresh_from_db()
    assert (pledge.by_day, pledge.due_at, pledge.rung) == (date(2026, 4, 10), china("2026-04-10 18:00"), 0)
    sweep.run(china("2026-04-10 18:00"))
    assert kinds(pledge)[-3:] == ["pledge_extend", "pledge_warn", "pledge_urge"]


def test_a_mistake_is_taken_back(place: Place) -> None:
    pledge = place.promised()
    with pytest.raises(Invalid):
        act("withdraw", pledge, place.street.clerk)
    act("withdraw", pledge, place.street.clerk, note="重复")
    sweep.run(LATE)
    assert kinds(pledge) == ["pledge_make", "pledge_withdraw"]


def test_a_resend_acts_once_and_who_saw_less_is_told(place: Place) -> None:
    pledge = place.promised()
    first, again = (keep(place, pledge, request_key="a", version=1) for _ in range(2))
    assert first.pk == again.pk
    with pytest.raises(KeyReused):
        keep(place, pledge, request_key="a", note="y")
    with pytest.raises(Stale):
        keep(place, pledge, request_key="b", version=1)
    with pytest.raises(NotFound):
        act("dance", pledge, place.officer)
    with pytest.raises(NotFound):
        keep(place, Pledge(pk=0))


def test_a_promise_is_kept_once(committed: District, media: Any) -> None:
    place = place_of(committed)
    pledge = place.promised()
    answers = race([lambda: keep(place, pledge)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["PledgeEvent", "WrongState"]
