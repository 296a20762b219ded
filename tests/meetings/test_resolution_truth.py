"""The database keeps the history of resolutions; verify_history finds what was planted; any life can be replayed."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.meetings import lifecycle
from cases.meetings.actions import act_on_resolution, add_proposals, link_cases, plan_meeting, revise_resolution
from cases.meetings.actions.meetings import MeetingPlan
from cases.meetings.lifecycle import TRANSITIONS
from cases.meetings.models import Resolution, ResolutionCase, ResolutionEvent
from cases.meetings.querysets import is_overdue
from cases.meetings.verification import verify_resolutions
from citymgmt.refusals import Refusal
from citymgmt.worktime import sweep
from tests.meetings.gatherings import ENACTED, Gathering, assert_resolutions_are_true, gather
from tests.office import District


def execute(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE meetings_resolutionevent SET note = 'x'",
        "UPDATE meetings_resolutionevent SET request_key = NULL WHERE seq = 1",
        "DELETE FROM meetings_resolutionevent",
        "TRUNCATE meetings_resolutionevent CASCADE",
        "TRUNCATE meetings_resolution CASCADE",
    ],
)
def test_the_history_is_append_only_for_everybody(gathering: Gathering, statement: str) -> None:
    gathering.resolution("done")
    before = list(ResolutionEvent.objects.values())
    with pytest.raises(DatabaseError, match="append-only"):
        execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")
    assert list(ResolutionEvent.objects.values()) == before


def test_numbers_and_sequences_are_unique(gathering: Gathering) -> None:
    resolution = gathering.resolution("open")
    event = {"resolution": resolution, "kind": "resolution_urge", "at": ENACTED, "to_state": "open"}
    for bad in ({**event, "seq": 1}, {**event, "seq": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResolutionEvent.objects.create(**bad)


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ("limit_days = NULL", "resolution_says_by_when"),
        ("limit_days = 0", "resolution_says_by_when"),
        ("due_on = '2026-03-20'", "resolution_says_by_when"),
        ("due_at = NULL", "resolution_in_force_has_deadline"),
        ("enacted_at = NULL", "resolution_in_force_has_deadline"),
        ("state = 'draft'", "resolution_in_force_has_deadline"),
        ("ended_at = now()", "resolution_ended_has_moment"),
        ("state = 'withdrawn'", "resolution_ended_has_moment"),
        ("state = 'reported'", "resolution_done_was_reported"),
        ("state = 'done', ended_at = now()", "resolution_done_was_reported"),
    ],
)
def test_what_must_always_be_true_is_a_constraint(gathering: Gathering, columns: str, name: str) -> None:
    gathering.resolution("open")
    with pytest.raises(IntegrityError, match=name):
        execute(f"UPDATE meetings_resolution SET {columns}")


def test_a_case_is_linked_once(gathering: Gathering, log: Any) -> None:
    case = log(ENACTED)
    resolution = gathering.resolution("open", cases=[case])
    for ordinal in (1, 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResolutionCase.objects.create(resolution=resolution, case=case, ordinal=ordinal)


PLANTED = (
    "UPDATE meetings_resolution SET text = 'x'",
    "UPDATE meetings_resolution SET due_at = due_at + interval '1 microsecond'",
    "UPDATE meetings_resolution SET is_back = true",
    "UPDATE meetings_resolution SET supporting = '[]'",
    "UPDATE meetings_resolution SET version = version + 1",
    "UPDATE meetings_resolutioncase SET is_waiting = NOT is_waiting",
    "DELETE FROM meetings_resolutioncase",
    "DELETE FROM meetings_resolutionevent WHERE seq = 2",
    "UPDATE meetings_resolutionevent SET to_state = 'done' WHERE seq = 2",
)


@pytest.mark.parametrize("statement", PLANTED)
def test_verify_history_finds_what_was_tampered_with(
    gathering: Gathering, log: Any, statement: str, capsys: Any
) -> None:
    resolution = gathering.resolution("open", cases=[log(ENACTED)])
    call_command("verify_history")
    told = capsys.readouterr().out.splitlines()
    assert {f"1 {things} checked, 0 with differences" for things in ("cases", "resolutions")} <= {*told}
    point = transaction.savepoint()
    with pgtrigger.ignore():
        execute(statement)
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_history", stdout=StringIO(), stderr=told)
    assert resolution.number in told.getvalue()
    transaction.savepoint_rollback(point)


MOVES = st.lists(
    st.tuples(
        st.sampled_from([*TRANSITIONS, "revise", "link", "agenda", "sweep"]),
        st.integers(0, 9 * 24 * 60),  # minutes since the move before
        st.integers(1, 12),  # working days, where it takes some
        st.booleans(),
    ),
    max_size=14,
)


class Life:
    """A resolution to which anything happens, in any order, at moments that only go forward."""

    def __init__(self, district: District, log: Any) -> None:
        self.gathering, self.at = gather(district), ENACTED
        self.cases = [log(ENACTED) for _count in range(2)]
        self.street = district.street
        self.resolution = self.gathering.resolution(cases=self.cases[:1])
        plan = MeetingPlan("四月", ENACTED + timedelta(days=200), "会议室", [self.gathering.team.pk])
        self.meeting = plan_meeting(by=self.street.clerk, at=ENACTED, plan=plan)

    def move(self, what: str, minutes: int, days: int, flag: bool) -> None:
        self.at += timedelta(minutes=minutes)
        given: dict[str, Any] = {"number": self.resolution.number, "by": self.street.leader, "at": self.at}
        others = {
            "revise": lambda: revise_resolution(wording=self.gathering.wording(limit_days=days), **given),
            "link": lambda: link_cases(cases=self.cases[: 1 + flag], **given),
            "sweep": lambda: sweep.run(self.at),
            "agenda": lambda: add_proposals(
                by=self.street.clerk, at=self.at, pk=self.meeting.pk, keys=[f"resolution:{self.resolution.pk}"]
            ),
        }
        carried = {"limit_days": days, "note": "x"}
        if what in others:
            others[what]()
        else:
            may = TRANSITIONS[what].carries
            act_on_resolution(what, **given, **{name: value for name, value in carried.items() if name in may})

    def check(self) -> None:
        assert_resolutions_are_true()
        row, at = Resolution.objects.get(pk=self.resolution.pk), self.at
        events = list(row.events.order_by("seq"))
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert row.state in lifecycle.STATES
        assert (row.next_check_at is not None) <= lifecycle.STATES[row.state].runs
        waits = row.cases.filter(is_waiting=True).exists()
        assert waits <= (row.state not in lifecycle.ENDED)
        assert not (row.is_back and row.state != "open")
        assert is_overdue(row, at) <= row.is_unfinished


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_life_can_be_replayed(district: District, log: Any, moves: list[tuple[str, int, int, bool]]) -> None:
    with transaction.atomic():
        life = Life(district, log)
        for move in moves:
            try:
                with transaction.atomic():
                    life.move(*move)
            except Refusal:
                pass
            life.check()
        transaction.set_rollback(True)


def test_replay_covers_every_column_but_the_facts(gathering: Gathering) -> None:
    gathering.resolution("done")
    assert [found for _number, found in verify_resolutions()] == [[]]
