"""A round that nobody walks climbs its ladder, each step once and at its moment; of a walked one nothing is told."""

from datetime import timedelta

import pytest

from citymgmt.outbox.models import Message
from citymgmt.worktime import sweep
from patrols.rounds.actions.excusing import excuse_round
from patrols.rounds.actions.walking import start_round
from patrols.rounds.models import PatrolRound, RoundEvent
from tests.office import District, china
from tests.patrols.rounds.walks import Walk, walk_of
from tests.patrols.teams import NOW, TODAY, crew_of
from tests.racing import race

STEPS = [  # of a day shift that ends at 14:00 on Monday, 2 March; after four and sixteen hours of the office
    ("round_urge", china("2026-03-02 14:00")),
    ("round_supervise", china("2026-03-02 18:00")),
    ("round_miss", china("2026-03-04 18:00")),
]
LATE = china("2026-04-01 00:00")


def happened(round_: PatrolRound) -> list[tuple[str, object]]:
    events = RoundEvent.objects.filter(round=round_, by=None).exclude(kind="round_appoint").order_by("seq")
    return [(event.kind, event.at) for event in events]


def told() -> dict[str, list[str]]:
    """Who was told what, in the portal."""
    found: dict[str, list[str]] = {}
    for message in Message.objects.filter(kind__startswith="round_").select_related("recipient"):
        found.setdefault(message.kind, []).append(message.recipient.username)
    return {kind: sorted(people) for kind, people in found.items()}


@pytest.mark.parametrize("looks", [[LATE], [at + timedelta(minutes=by) for _kind, at in STEPS for by in (-1, 0, 0, 3)]])
def test_each_step_once_at_its_moment_however_late_or_often_somebody_looks(walk: Walk, looks: list) -> None:
    found = walk.round()
    for now in looks:
        sweep.run(now)
    assert happened(found) == STEPS
    found.refresh_from_db()
    assert (found.state, found.ended_at, found.next_check_at) == ("missed", STEPS[-1][1], None)


def test_sweeps_at_once_take_each_step_once(committed: District) -> None:
    found = walk_of(crew_of(committed)).round()
    race([lambda: sweep.run(LATE)] * 3)
    assert happened(found) == STEPS


def test_who_is_told_what(walk: Walk) -> None:
    walk.crew.put(walk.crew.members[1], TODAY, at=china("2026-03-01 09:00"))  # on shift; the others are not
    walk.round()
    sweep.run(LATE)
    assert told() == {
        "round_urge": ["m2", "teamleader1"],
        "round_supervise": ["clerk1", "clerkb1", "leader1", "teamleader1"],
        "round_miss": ["clerk1", "clerkb1", "teamleader1"],
    }


def test_of_what_is_walked_in_time_nothing_is_told(walk: Walk) -> None:
    found = walk.walked()
    sweep.run(LATE)
    assert (happened(found), told()) == ([], {})


def test_what_was_begun_and_not_finished_is_missed_too(walk: Walk) -> None:
    found = walk.running()
    sweep.run(LATE)
    assert happened(found) == STEPS


def test_walked_after_the_urge_it_climbs_no_further(walk: Walk) -> None:
    found = walk.round()
    start_round(pk=found.pk, by=walk.walker, at=china("2026-03-02 15:00"))
    excuse_round(pk=found.pk, by=walk.crew.clerk, at=china("2026-03-02 16:00"), note="台风")
    sweep.run(LATE)
    assert happened(found) == STEPS[:1]


def test_who_had_the_shift_hears_that_it_is_excused(walk: Walk) -> None:
    walk.crew.put(walk.walker, TODAY, at=china("2026-03-01 09:00"))
    excuse_round(pk=walk.round().pk, by=walk.crew.leader, at=NOW, note="台风")
    assert told() == {"round_excuse": [walk.walker.username]}
