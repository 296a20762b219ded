"""Tasks of a project: added, done with words and photos, opened again, changed, called off; their ladder."""

from datetime import date
from typing import Any

import pytest

from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from citymgmt.worktime import sweep
from communities.models import ProjectPhoto, ProjectTask
from communities.projects import actions
from communities.projects.actions import TaskTold
from tests.communities.projects.conftest import assert_true
from tests.communities.projects.works import NOW, TODAY, Work, kinds, work_of
from tests.office import District, china
from tests.photos.pictures import photo
from tests.racing import race


def act(work: Work, name: str, task: ProjectTask, **given: Any) -> Any:
    usual: dict[str, Any] = {"by": work.street.clerk, "at": NOW}
    if name == "do":
        usual["on"] = TODAY
    return actions.act_on_task(name, pk=task.pk, **{**usual, **given})


def now(task: ProjectTask) -> ProjectTask:
    return ProjectTask.objects.get(pk=task.pk)


def told(kind: str) -> list[str]:
    rows = Message.objects.filter(kind=kind).order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_in_a_draft_it_waits_under_way_it_is_timed(work: Work) -> None:
    draft, running = work.enter(), work.running()
    waits, timed = work.task(draft), work.task(running, owner=work.street.officer.pk)
    assert (waits.due_at, timed.due_at, kinds(timed)) == (None, china("2026-03-09 18:00"), ["project_task_add"])
    assert told("project_task_add") == [work.street.officer.username]
    work.step(draft, "start")
    assert (now(waits).due_at, kinds(waits)) == (timed.due_at, ["project_task_add", "project_task_begin"])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 201}, "text"),
        ({"days": -1}, "due_on"),
        ({"owner": None}, "owner"),
        ({"owner": 10**7}, "owner"),
        ({"community": 10**7}, "community"),
        ({"unit": "x" * 61}, "unit"),
        ({"stage": 9}, "stage"),
    ],
)
def test_what_cannot_be_is_refused(work: Work, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as error:
        work.task(work.running(), **given)
    assert set(error.value.fields) == {field}


def test_who_adds_when(work: Work) -> None:
    project = work.running()
    add: dict[str, Any] = {"at": NOW, "project": project.pk, "told": TaskTold("x", TODAY, unit="物业", stage=1)}
    with pytest.raises(NotPermitted):
        actions.add_task(by=work.street.officer, **add)
    with pytest.raises(NotFound):
        actions.add_task(by=work.district.other.clerk, **add)
    one = actions.add_task(by=work.street.clerk, **add, request_key="a")
    assert actions.add_task(by=work.street.clerk, **add, request_key="a") == one
    assert (one.task.stage.name, one.task.unit, one.task.owner) == ("摸底", "物业", None)
    with pytest.raises(KeyReused):
        actions.add_task(by=work.street.clerk, **{**add, "told": TaskTold("y", TODAY, unit="物业")}, request_key="a")
    with pytest.raises(WrongState):
        work.task(work.asked())


def test_it_is_done_with_words_and_photos(work: Work, english: None) -> None:
    task = work.task(work.running())
    act(work, "do", task, note="已清", photos=[photo(120, 90)], of_photos={"shows": "after", "is_public": True})
    shot = ProjectPhoto.objects.get()
    assert (now(task).state, now(task).done_on, now(task).due_at) == ("done", TODAY, None)
    assert (shot.task_event.task, shot.shows, shot.is_public, shot.label) == (
        task,
        "after",
        True,
        "Photo: after the work",
    )
    act(work, "reopen", task, note="又乱了")
    assert (now(task).state, now(task).done_on, now(task).due_at) == ("open", None, china("2026-03-09 18:00"))


@pytest.mark.parametrize("on", [None, date(2026, 3, 5), date(1999, 1, 1)])
def test_it_is_done_on_a_day_that_was(work: Work, on: date | None) -> None:
    task = work.task(work.running())
    with pytest.raises(Invalid) as error:
        act(work, "do", task, on=on)
    assert set(error.value.fields) == {"on"}


def test_who_does_it(work: Work) -> None:
    street = work.street
    project = work.running()
    own = work.task(project, owner=None, community=street.communities[0].pk)
    named = work.task(project, owner=street.officer2.pk, community=street.communities[0].pk)
    for task, who, error in (
        (own, street.officer2, NotPermitted),
        (own, street.teamleader, NotPermitted),
        (own, street.auditor, NotPermitted),
        (own, work.district.other.officer, NotFound),
        (own, work.district.liaison, NotFound),
    ):
        with pytest.raises(error):
            act(work, "do", task, by=who)
    act(work, "do", own, by=street.officer)
    act(work, "do", named, by=street.officer2)
    for name in ("revise", "cancel"):
        with pytest.raises(NotPermitted):
            act(work, name, work.task(project, owner=street.officer.pk), by=street.officer, note="x")


def test_nothing_is_done_while_the_project_rests_or_is_over(work: Work) -> None:
    project = work.running()
    done, task = work.task(project), work.task(project)
    act(work, "do", done)
    work.step(project, "suspend", note="x")
    for name, thing in (("do", task), ("reopen", done)):
        with pytest.raises(WrongState):
            act(work, name, thing)
    act(work, "revise", task, told=TaskTold("新", work.day(9), owner=work.street.clerk.pk))
    assert (now(task).text, now(task).due_at) == ("新", None)
    act(work, "cancel", task, note="不用")
    assert now(task).state == "cancelled"
    for name in ("do", "reopen", "revise", "cancel"):
        with pytest.raises(WrongState):
            act(work, name, task, note="x")


def test_it_is_changed_and_timed_anew_where_its_day_moves(work: Work) -> None:
    task = work.task(work.running())
    sweep.run(china("2026-03-10 09:00"))
    assert kinds(task)[1:] == ["project_task_warn", "project_task_urge"]
    given = {"at": china("2026-03-10 10:00"), "told": TaskTold("新", task.due_on, unit="物业")}
    act(work, "revise", task, **given)  # its day has passed and stays
    assert (now(task).rung, now(task).owner) == (2, None)
    act(work, "revise", task, **{**given, "told": TaskTold("新", work.day(10), owner=work.street.officer.pk)})
    assert (now(task).rung, now(task).due_at) == (0, china("2026-03-16 18:00")) or now(task).due_on == work.day(10)
    assert told("project_task_revise") == [work.street.officer.username]
    for bad in (None, TaskTold("", work.day(10), unit="x"), TaskTold("x", TODAY, unit="x")):
        with pytest.raises(Invalid):
            act(work, "revise", task, **{**given, "told": bad})


def test_what_is_late_climbs_and_is_not_urged_twice_after_an_undo(work: Work) -> None:
    task = work.task(work.running(), owner=None, community=work.street.communities[0].pk)
    late = china("2026-03-20 09:00")
    sweep.run(late)
    assert kinds(task)[1:] == ["project_task_warn", "project_task_urge", "project_task_supervise"]
    officer, leader = work.street.officer.username, work.street.leader.username
    assert [told(f"project_task_{step}") for step in ("warn", "urge", "supervise")] == [
        [officer], [officer], sorted([leader, officer]),
    ]  # fmt: skip
    act(work, "do", task, at=late, on=late.date())
    act(work, "reopen", task, at=late)
    sweep.run(china("2026-04-20 09:00"))
    assert kinds(task)[4:] == ["project_task_do", "project_task_reopen"]


def test_what_only_a_unit_is_to_do_is_told_to_whoever_answers_for_the_project(work: Work) -> None:
    work.task(work.running(responsible=work.street.officer2.pk), owner=None, unit="物业")
    assert told("project_task_add") == [work.street.officer2.username]


def test_a_resend_acts_once_and_an_old_page_is_stale(work: Work) -> None:
    task = work.task(work.running())
    once = {"request_key": "a", "version": 1}
    assert act(work, "do", task, **once).pk == act(work, "do", task, **once).pk
    with pytest.raises(KeyReused):
        act(work, "do", task, **{**once, "note": "y"})
    with pytest.raises(Stale):
        act(work, "reopen", task, version=1)
    with pytest.raises(NotFound):
        act(work, "x", task)
    with pytest.raises(NotFound):
        actions.act_on_task("do", pk=0, by=work.street.clerk, at=NOW, on=TODAY)
    with pytest.raises(Invalid) as error:
        act(work, "cancel", work.task(work.running()), note=" ")
    assert set(error.value.fields) == {"note"}


def test_ticked_off_by_two_at_once_it_is_done_once(committed: District, media: Any) -> None:
    work = work_of(committed)
    task = work.task(work.running())
    found = race([lambda: act(work, "do", task), lambda: act(work, "do", task, by=work.street.leader)])
    assert sorted(type(one).__name__ for one in found) == ["ProjectTaskEvent", "WrongState"]
    assert_true()
