"""Each action on a resolution: done, refused, by each role, twice, at once, after a step of the ladder."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import combinations
from typing import Any

import pytest
from django.utils import translation

from cases.meetings import lifecycle
from cases.meetings.actions import act_on_resolution
from cases.meetings.lifecycle import TRANSITIONS
from cases.meetings.models import Resolution, ResolutionEvent
from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Refusal, Stale, WrongState
from citymgmt.worktime import sweep
from tests.meetings.gatherings import ENACTED, Gathering
from tests.office import china
from tests.racing import race

LATER = ENACTED + timedelta(days=3)
CARRIED: dict[str, dict[str, Any]] = {
    "progress": {"note": "已清理一半"},
    "report_done": {"note": "已拆除"},
    "go_on": {"note": "还差一处"},
    "prolong": {"limit_days": 5, "note": "等待材料"},
    "withdraw": {"note": "由区统一处理"},
}
DONE_BY = {"progress": "liaison", "report_done": "liaison", "urge": "clerk"}
BEGINS_IN = {"enact": "draft", "agree": "reported", "go_on": "reported"}


def person(gathering: Gathering, name: str) -> User:
    district = gathering.district
    return getattr(district, name) if hasattr(district, name) else getattr(district.street, name)


def actor(gathering: Gathering, action: str) -> User:
    return person(gathering, DONE_BY.get(action, "leader"))


def ready(gathering: Gathering, action: str) -> Resolution:
    return gathering.resolution(BEGINS_IN.get(action, "open"))


def run(gathering: Gathering, action: str, resolution: Resolution, at: Any = LATER, **more: Any) -> ResolutionEvent:
    by = more.pop("by", None) or actor(gathering, action)
    given = {**CARRIED.get(action, {}), **more}
    return act_on_resolution(action, number=resolution.number, by=by, at=at, **given)


def columns(resolution: Resolution, *names: str) -> tuple[Any, ...]:
    resolution.refresh_from_db()
    return tuple(getattr(resolution, name) for name in names)


def test_the_table_is_of_one_piece() -> None:
    assert {one.permission for one in TRANSITIONS.values()} <= set(TABLE)
    for one in TRANSITIONS.values():
        assert one.sources <= set(lifecycle.STATES)
        assert one.target is None or one.target in lifecycle.STATES
        assert lifecycle.event_kind(one.action) in lifecycle.EVENTS
    assert set(lifecycle.EVENT_OF_EFFECT.values()) <= set(lifecycle.EVENTS)
    assert {key for key, state in lifecycle.STATES.items() if state.runs} <= lifecycle.UNFINISHED
    assert not lifecycle.UNFINISHED & lifecycle.ENDED
    assert max(map(len, lifecycle.EVENTS)) <= ResolutionEvent._meta.get_field("kind").max_length


def test_in_force_it_gets_its_deadline(gathering: Gathering) -> None:
    resolution = gathering.resolution()
    assert columns(resolution, "state", "due_at", "enacted_at", "next_check_at") == ("draft", None, None, None)
    run(gathering, "enact", resolution, ENACTED)
    told = columns(resolution, "state", "due_at", "enacted_at", "counted_from", "is_due_provisional", "version")
    assert told == ("open", china("2026-03-18 09:00"), ENACTED, ENACTED, False, 2)


def test_a_day_that_was_set_ends_with_the_office(gathering: Gathering) -> None:
    resolution = gathering.resolution("open", limit_days=None, due_on=china("2026-03-12 09:00").date())
    assert columns(resolution, "due_at", "limit_days", "due_on") == (china("2026-03-12 18:00"), None, resolution.due_on)


def test_a_day_that_is_over_comes_into_force_no_more(gathering: Gathering) -> None:
    resolution = gathering.resolution(limit_days=None, due_on=china("2026-03-05 09:00").date())
    with translation.override("en"), pytest.raises(Invalid, match="Word it anew"):
        run(gathering, "enact", resolution, china("2026-03-06 09:00"))
    assert columns(resolution, "state", "version") == ("draft", 1)


def test_from_progress_to_done(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    assert run(gathering, "progress", resolution).note == "已清理一半"
    assert columns(resolution, "state") == ("open",)
    run(gathering, "report_done", resolution)
    assert columns(resolution, "state", "reported_at", "next_check_at") == ("reported", LATER, None)
    run(gathering, "agree", resolution, LATER + timedelta(hours=1))
    told = columns(resolution, "state", "ended_at", "reported_at", "next_check_at")
    assert told == ("done", LATER + timedelta(hours=1), LATER, None)


def test_what_is_sent_on_counts_as_not_reported(gathering: Gathering) -> None:
    resolution = gathering.resolution("reported")
    due_at = resolution.due_at
    run(gathering, "go_on", resolution)
    assert columns(resolution, "state", "reported_at", "due_at", "watched_from") == ("open", None, due_at, LATER)


def test_urging_counts(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    run(gathering, "urge", resolution)
    run(gathering, "urge", resolution)
    assert columns(resolution, "urge_count", "state") == (2, "open")


def test_withdrawn_it_ends_and_its_cases_wait_no_longer(gathering: Gathering, log: Any) -> None:
    case = log(ENACTED)
    resolution = gathering.resolution("open", cases=[case])
    assert [part.is_waiting for part in resolution.cases.all()] == [True]
    run(gathering, "withdraw", resolution)
    assert columns(resolution, "state", "ended_at", "next_check_at") == ("withdrawn", LATER, None)
    assert [(part.is_waiting, part.is_linked) for part in resolution.cases.all()] == [(False, True)]


def test_done_its_cases_wait_no_longer(gathering: Gathering, log: Any) -> None:
    resolution = gathering.resolution("reported", cases=[log(ENACTED)])
    run(gathering, "agree", resolution)
    assert [part.is_waiting for part in resolution.cases.all()] == [False]


@pytest.mark.parametrize("action", TRANSITIONS)
def test_what_it_must_carry_is_asked_for_and_nothing_else_is_taken(gathering: Gathering, action: str) -> None:
    resolution, transition = ready(gathering, action), TRANSITIONS[action]
    before = resolution.version
    for name in transition.carries:
        with pytest.raises(Invalid) as refused:
            run(gathering, action, resolution, **{name: " " if name == "note" else None})
        assert set(refused.value.fields) == {name}
    with pytest.raises(Invalid) as refused:
        run(gathering, action, resolution, colour="red")
    assert set(refused.value.fields) == {"colour"}
    for note in ("字" * 2001, "a\x0bb", "\u202e"):
        with pytest.raises(Invalid) as refused:
            run(gathering, action, resolution, note=note)
        assert set(refused.value.fields) == {"note"}
    assert columns(resolution, "version") == (before,)


@pytest.mark.parametrize("days", [0, -1, 251, 2**40])
def test_more_time_has_its_bounds(gathering: Gathering, days: int) -> None:
    resolution = gathering.resolution("open")
    with pytest.raises(Invalid):
        run(gathering, "prolong", resolution, limit_days=days)
    assert columns(resolution, "version", "limit_days") == (2, 10)


@pytest.mark.parametrize("state", lifecycle.STATES)
@pytest.mark.parametrize("action", TRANSITIONS)
def test_it_begins_only_where_the_table_says(gathering: Gathering, action: str, state: str) -> None:
    resolution = gathering.resolution("open" if state == "withdrawn" else state)
    if state == "withdrawn":
        run(gathering, "withdraw", resolution)
        resolution.refresh_from_db()
    transition = TRANSITIONS[action]
    if state in transition.sources:
        assert run(gathering, action, resolution).to_state == (transition.target or state)
        return
    hidden = state == "draft" and action in ("progress", "report_done")  # a unit does not see what is no decision yet
    with pytest.raises(NotFound if hidden else WrongState):
        run(gathering, action, resolution)
    assert columns(resolution, "version", "state") == (resolution.version, state)


PEOPLE = ("clerk", "officer", "officer2", "teamleader", "member", "leader", "admin", "secadmin", "auditor",
          "liaison", "liaison2", "supervisor")  # fmt: skip
SEES = {"clerk", "leader", "auditor", "teamleader", "liaison", "officer"}  # of what all units but the school carry out


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("action", TRANSITIONS)
def test_who_may(gathering: Gathering, action: str, name: str) -> None:
    supporting = [gathering.team.pk, gathering.community.pk]
    state = BEGINS_IN.get(action, "open")
    resolution = gathering.resolution(state, supporting=supporting)
    by = person(gathering, name)
    sees = name in (SEES if state != "draft" else {"clerk", "leader", "auditor"})
    may = by.role in TABLE[TRANSITIONS[action].permission]
    expected = None if sees and may else NotPermitted if sees else NotFound
    if expected is None:
        assert run(gathering, action, resolution, by=by).by == by
    else:
        with pytest.raises(expected):
            run(gathering, action, resolution, by=by)


def test_nobody_of_another_office(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    for name in ("clerk", "leader", "teamleader", "officer"):
        with pytest.raises(NotFound):
            run(gathering, "urge", resolution, by=getattr(gathering.district.other, name))


def test_an_officer_on_whose_community_nobody_resolved_sees_none(gathering: Gathering) -> None:
    resolution = gathering.resolution("open", supporting=[gathering.community.pk])
    with pytest.raises(NotFound):
        run(gathering, "progress", resolution, by=gathering.district.street.officer2)
    run(gathering, "progress", resolution, by=gathering.district.street.officer)


@pytest.mark.parametrize("action", ["urge", "withdraw"])  # the second locks the meeting first
def test_there_is_none_of_this_number(gathering: Gathering, action: str) -> None:
    for number in ("", "x", "9" * 400, "440106001-2026-R9999"):
        with pytest.raises(NotFound):
            act_on_resolution(action, number=number, by=gathering.district.street.leader, at=LATER)


@pytest.mark.parametrize("action", TRANSITIONS)
def test_sent_twice_it_is_done_once(gathering: Gathering, action: str) -> None:
    resolution, key = ready(gathering, action), str(uuid.uuid4())
    told = Message.objects.count()
    first = run(gathering, action, resolution, request_key=key, version=resolution.version)
    told = Message.objects.count() - told
    again = run(gathering, action, resolution, LATER + timedelta(hours=5), request_key=key, version=resolution.version)
    assert (first.pk, columns(resolution, "version")) == (again.pk, (first.seq,))
    assert Message.objects.filter(created_at__gte=LATER).count() == told
    with pytest.raises(KeyReused):
        run(gathering, action, resolution, request_key=key, note="anders")


def test_the_key_of_another_person_is_another(gathering: Gathering) -> None:
    resolution, key = gathering.resolution("open"), str(uuid.uuid4())
    run(gathering, "urge", resolution, request_key=key)
    run(gathering, "urge", resolution, request_key=key, by=gathering.district.street.leader)
    assert columns(resolution, "urge_count") == (2,)


def test_who_saw_an_older_version_changes_nothing(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    seen = resolution.version
    run(gathering, "progress", resolution)
    for version in (seen, 0, -1, seen + 2, 2**70):
        with pytest.raises(Stale):
            run(gathering, "report_done", resolution, version=version)
    run(gathering, "report_done", resolution, version=seen + 1)


def test_a_step_of_the_ladder_meanwhile_disturbs_nobody_and_is_kept_whatever_becomes_of_the_action(
    gathering: Gathering,
) -> None:
    resolution = gathering.resolution("open")
    seen, late = resolution.version, china("2026-03-18 10:00")
    with pytest.raises(Invalid):
        run(gathering, "progress", resolution, late, version=seen, note="")
    kinds = list(ResolutionEvent.objects.filter(resolution=resolution, by=None).values_list("kind", flat=True))
    assert kinds == ["resolution_warn", "resolution_overdue"]
    event = run(gathering, "report_done", resolution, late, version=seen)
    assert (event.seq, event.to_state) == (seen + 3, "reported")


def test_what_was_brought_back_and_is_reported_waits_for_no_meeting(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    late = china("2026-03-25 10:00")
    sweep.run(late)
    assert columns(resolution, "is_back", "ladder_code") == (True, "J3")
    run(gathering, "report_done", resolution, late)
    assert columns(resolution, "is_back") == (False,)


def test_a_clock_that_lags_behind_does_not_turn_the_history_around(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    event = run(gathering, "progress", resolution, ENACTED - timedelta(minutes=5))
    assert event.at == ENACTED


def runner(gathering: Gathering, resolution: Resolution, action: str, at: Any) -> Any:
    return partial(sweep.run, at) if action == "sweep" else partial(run, gathering, action, resolution, at)


def pairs() -> Iterator[tuple[str, str]]:
    """Two actions that can be asked for at once, each with itself too, and with the sweep."""
    both = [*TRANSITIONS, "sweep"]
    for one, other in [*combinations(both, 2), *((name, name) for name in TRANSITIONS)]:
        if "sweep" in (one, other) or TRANSITIONS[one].sources & TRANSITIONS[other].sources:
            yield one, other


@pytest.mark.parametrize("names", list(pairs()), ids="-".join)
def test_of_two_at_once_one_order_wins(gathered: Gathering, names: tuple[str, str]) -> None:
    own = [TRANSITIONS[name].sources for name in names if name != "sweep"]
    shared = frozenset.intersection(*own)
    state = next(one for one in ("open", "reported", "draft") if one in shared)
    resolution, at = gathered.resolution(state), china("2026-03-18 10:00")
    outcomes = race([runner(gathered, resolution, name, at) for name in names])
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert {type(refusal) for refusal in refused} <= {WrongState}, refused
    assert len(refused) < 2
    events = list(ResolutionEvent.objects.filter(resolution=resolution).order_by("seq"))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.at for event in events] == sorted(event.at for event in events)
    kinds = [event.kind for event in events if event.by_id is None]
    assert len(kinds) == len(set(kinds))


def test_the_same_form_at_once_is_done_once(gathered: Gathering) -> None:
    resolution, key = gathered.resolution("open"), str(uuid.uuid4())
    same = partial(run, gathered, "urge", resolution, request_key=key, version=resolution.version)
    one, other = race([same, same])
    assert (one.pk, columns(resolution, "urge_count")) == (other.pk, (1,))
