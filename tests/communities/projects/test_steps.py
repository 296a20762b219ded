"""The steps of a project: who takes which, when; its ladder, and that of its tasks, begin, rest and go on with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import InternalError, transaction

from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from citymgmt.worktime import sweep
from communities.models import Project
from communities.projects.lifecycle import STATES, STEPS, fits
from tests.communities.projects.conftest import assert_true
from tests.communities.projects.works import NOW, TODAY, Work, kinds, now_of, work_of
from tests.office import District, china
from tests.racing import race

DUE = china("2026-04-22 18:00")  # the end of the last planned day


def told(kind: str) -> list[str]:
    rows = Message.objects.filter(kind=kind).order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_a_leader_approves_and_it_is_due_on_its_last_day(work: Work) -> None:
    project = work.enter()
    work.task(project, community=work.street.communities[1].pk, owner=None)
    with pytest.raises(NotPermitted):
        work.step(project, "start", by=work.street.clerk)
    work.step(project, "start")
    project = now_of(project)
    assert (project.state, project.started_on, project.due_at, project.is_under_way) == ("running", TODAY, DUE, True)
    assert told("project_start") == [work.street.clerk.username, work.street.officer2.username]
    assert told("project_enter") == [work.street.leader.username]


def test_each_step_is_possible_in_its_states_alone(work: Work) -> None:
    for kind in ("campaign", "practical"):
        for state in STATES:
            project = into(work, kind, state)
            for name, step in STEPS.items():
                if project.state in step.sources and fits(step, kind, is_published=project.is_published):
                    continue
                with pytest.raises(WrongState):
                    work.step(project, name, **({"note": "x"} if "note" in step.carried else {}))


WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "running": ("start",),
    "suspended": ("start", "suspend"),
    "acceptance": ("start", "ask"),
    "completed": ("start", "complete"),
    "abandoned": ("abandon",),
}


def into(work: Work, kind: str, state: str) -> Project:
    """A project of a kind in a state; where it cannot come there, as near as it can."""
    project = work.enter(kind, source="vote" if kind == "practical" else "")
    for name in WAYS[state]:
        if fits(STEPS[name], kind, is_published=project.is_published):
            work.step(project, name, note="x" if "note" in STEPS[name].carries else "")
    if kind == "practical" and state == "completed":
        work.step(project, "ask")
        work.judge(project, "sssssss")
    return now_of(project)


@pytest.mark.parametrize("name", ["x", "judge", "report", "revise"])
def test_an_unknown_step_is_none(work: Work, name: str) -> None:
    with pytest.raises(NotFound):
        work.step(work.running(), name)


def test_who_does_not_see_it_finds_none_and_who_may_not_is_refused(work: Work) -> None:
    project = work.running()
    for who, error in (
        (work.district.other.leader, NotFound),
        (work.district.liaison, NotFound),
        (work.street.officer, NotPermitted),
        (work.street.auditor, NotPermitted),
        (work.street.clerk, NotPermitted),
    ):
        with pytest.raises(error):
            work.step(project, "suspend", by=who, note="x")


def test_days_follow_each_other_and_reasons_are_given(work: Work) -> None:
    project = work.running()
    for given, field in (
        ({"on": TODAY - timedelta(days=1), "note": "x"}, "on"),
        ({"on": TODAY + timedelta(days=1), "note": "x"}, "on"),
        ({"on": None, "note": "x"}, "on"),
        ({"note": " "}, "note"),
        ({"note": "x" * 1001}, "note"),
    ):
        with pytest.raises(Invalid) as error:
            work.step(project, "suspend", **given)
        assert set(error.value.fields) == {field}


def test_a_resend_acts_once_and_an_old_page_is_stale(work: Work) -> None:
    project = work.running()
    again = {"note": "等待经费", "request_key": "a", "version": 2}
    assert work.step(project, "suspend", **again).pk == work.step(project, "suspend", **again).pk
    with pytest.raises(KeyReused):
        work.step(project, "suspend", **{**again, "note": "x"})
    with pytest.raises(Stale):
        work.step(project, "resume", version=2)


def test_it_rests_with_its_tasks_and_goes_on(work: Work) -> None:
    project = work.running()
    task = work.task(project)
    assert task.due_at == china("2026-03-09 18:00")
    work.step(project, "suspend", note="x")
    task.refresh_from_db()
    assert (now_of(project).due_at, task.due_at, task.next_check_at) == (None, None, None)
    sweep.run(china("2026-05-01 09:00"))
    assert "urge" not in " ".join([*kinds(project), *kinds(task)])
    later = china("2026-05-06 09:00")  # a Wednesday
    work.step(project, "resume", at=later, on=later.date())
    sweep.run(later)
    assert kinds(project)[3:] == ["project_resume", "project_warn", "project_urge"]
    assert kinds(task) == ["project_task_add", "project_task_rest", "project_task_begin", "project_task_warn",
                           "project_task_urge"]  # fmt: skip
    work.step(project, "suspend", at=later, on=later.date(), note="y")
    work.step(project, "resume", at=later, on=later.date())
    sweep.run(later)
    assert (kinds(project)[-1], kinds(task)[-1]) == ("project_resume", "project_task_begin")  # nobody is urged twice


def test_what_is_late_climbs(work: Work) -> None:
    project = work.running()
    sweep.run(china("2026-05-20 09:00"))
    assert kinds(project)[2:] == ["project_warn", "project_urge", "project_supervise"]
    street = work.street
    assert [told(f"project_{step}") for step in ("warn", "urge", "supervise")] == [
        [street.clerk.username],
        sorted([street.clerk.username, street.clerk2.username]),
        sorted([street.clerk.username, street.leader.username]),
    ]


@pytest.mark.parametrize("name", ["complete", "ask"])
def test_it_ends_once_all_is_done_or_called_off(work: Work, name: str) -> None:
    project = work.running("practical" if name == "ask" else "campaign", source="vote" if name == "ask" else "")
    work.task(project)
    with pytest.raises(WrongState, match="1"):
        work.step(project, name, note="x" if name == "complete" else "")


def test_completed_it_is_due_no_more(work: Work) -> None:
    project = work.running()
    work.step(project, "complete", note="圆满")
    project = now_of(project)
    assert (project.state, project.ended_on, project.due_at, project.next_check_at) == ("completed", TODAY, None, None)
    assert project.events.latest("seq").note == "圆满"


def test_given_up_its_tasks_are_called_off(work: Work) -> None:
    project = work.running()
    task, late = work.task(project), work.task(project, days=0)
    at = china("2026-03-06 09:00")
    work.step(project, "abandon", at=at, on=at.date(), note="取消")
    assert [now_of(project).state, *project.tasks.order_by("pk").values_list("state", "due_at")] == [
        "abandoned", ("cancelled", None), ("cancelled", None),
    ]  # fmt: skip
    assert (kinds(late)[-2:], kinds(task)[-1]) == (
        ["project_task_urge", "project_task_cancel"],  # what fell due is recorded first
        "project_task_cancel",
    )


def test_it_is_published_and_taken_off_whatever_its_state(work: Work) -> None:
    project = work.running()
    for name, is_published in (("publish", True), ("withhold", False)):
        work.step(project, name, by=work.street.clerk, on=None)
        assert now_of(project).is_published is is_published


def test_asked_residents_it_can_be_taken_back(work: Work) -> None:
    project = work.asked()
    assert (project.state, project.due_at) == ("acceptance", DUE)
    work.step(project, "take_back", note="x")
    assert (now_of(project).state, now_of(project).due_at) == ("running", DUE)


def test_the_database_knows_the_steps(work: Work) -> None:
    project = work.enter()
    with pytest.raises(InternalError, match="no step of a project"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(state="completed", ended_on=TODAY)


def test_of_two_at_once_one_finds_it_done(committed: District, media: Any) -> None:
    work = work_of(committed)
    project = work.enter()
    work.task(project)
    found = race([lambda: work.step(project, "start")] * 2)
    assert sorted(type(one).__name__ for one in found) == ["ProjectEvent", "WrongState"]
    assert_true()


def test_a_late_clock_puts_no_event_before_the_last(work: Work) -> None:
    project = work.running()
    task = work.task(project)
    work.step(project, "suspend", at=NOW - timedelta(minutes=5), note="x")
    for thing in (project, task):
        moments = list(thing.events.order_by("seq").values_list("at", flat=True))
        assert moments == sorted(moments)
