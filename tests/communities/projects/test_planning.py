"""A project is planned: entered under the next number, with its parts; changed; begun as another was."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from communities.models import Project
from communities.projects import actions
from communities.projects.actions import GoalTold, StageTold
from communities.projects.querysets import running_campaigns
from tests.communities.projects.conftest import assert_true
from tests.communities.projects.works import NOW, TODAY, Work, kinds, now_of, work_of
from tests.office import District
from tests.racing import race


def faults(error: pytest.ExceptionInfo[Invalid]) -> dict[str, list[str]]:
    return {name: [str(one) for one in some] if isinstance(some, list) else [str(some)]
            for name, some in error.value.fields.items()}  # fmt: skip


def revise(work: Work, project: Project, **told: Any) -> Any:
    usual = {"by": work.street.clerk, "at": NOW, "pk": project.pk}
    given = {name: told.pop(name) for name in ("by", "version", "request_key") if name in told}
    return actions.revise_project(**{**usual, **given}, told=work.told(**told))


def parts(project: Project, name: str) -> list[tuple[Any, ...]]:
    columns = {"goals": ("ordinal", "measure", "is_dropped"), "stages": ("ordinal", "name", "is_dropped"),
               "places": ("ordinal", "community_id", "is_dropped")}  # fmt: skip
    return list(getattr(project, name).order_by("ordinal").values_list(*columns[name]))


def test_a_draft_is_entered_under_the_next_number_of_its_year(work: Work) -> None:
    one, two = work.enter(), work.enter("activity", communities=(work.street.communities[0].pk,))
    assert [(p.year, p.number, p.state, p.is_published, p.is_for_all) for p in (now_of(one), now_of(two))] == [
        (2026, 1, "draft", False, True),
        (2026, 2, "draft", True, False),
    ]
    assert (one.code, str(one), one.stepped_on, one.due_at, kinds(one)) == (
        "2026-01", "占道经营整治", TODAY, None, ["project_enter"],
    )  # fmt: skip
    assert parts(two, "places") == [(1, work.street.communities[0].pk, False)]
    assert (parts(one, "goals"), [one[1] for one in parts(one, "stages")]) == ([(1, "点位", False)], ["摸底", "整治"])


def test_a_resend_enters_once(work: Work) -> None:
    assert work.enter(request_key="a") == work.enter(request_key="a")
    assert Project.objects.count() == 1
    with pytest.raises(KeyReused):
        work.enter(request_key="a", name="另一个")


def test_who_may_not_plan_is_refused(work: Work) -> None:
    for who in (work.street.officer, work.street.teamleader, work.street.auditor):
        with pytest.raises(NotPermitted):
            work.enter(by=who)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"aim": ""}, "aim"),
        ({"first_on": date(1999, 1, 1)}, "first_on"),
        ({"last_on": date(2026, 2, 1), "stages": ()}, "last_on"),
        ({"last_on": date(2030, 2, 1), "stages": ()}, "last_on"),
        ({"responsible": 0}, "responsible"),
        ({"lead_unit": 1_000_000}, "lead_unit"),
        ({"communities": (1_000_000,)}, "communities"),
        ({"source": "x"}, "source"),
        ({"cost_planned": Decimal("-1")}, "cost_planned"),
        ({"cost_spent": Decimal("0.001")}, "cost_spent"),
        ({"goals": (GoalTold(3, "", "处", Decimal(1)),)}, "measure_3"),
        ({"goals": (GoalTold(3, "x", "", Decimal(1)),)}, "unit_3"),
        ({"goals": (GoalTold(3, "x", "处", Decimal(0)),)}, "target_3"),
        ({"goals": (GoalTold(3, "x", "处", Decimal(1), ordinal=9),)}, "measure_3"),
        ({"goals": tuple(GoalTold(n, "x", "处", Decimal(1)) for n in range(13))}, "goals"),
        ({"stages": (StageTold(2, "", TODAY, TODAY),)}, "stage_2"),
        ({"stages": (StageTold(2, "x", TODAY, date(2026, 3, 1)),)}, "until_2"),
        ({"stages": (StageTold(2, "x", date(2026, 1, 1), TODAY),)}, "until_2"),
    ],
)
def test_what_cannot_be_is_refused_by_field(work: Work, told: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as error:
        work.enter(**told)
    assert set(faults(error)) == {field}


def test_people_units_and_communities_are_of_the_office_or_its_district(work: Work) -> None:
    other = work.district.other
    for told in (
        {"responsible": other.clerk.pk},
        {"responsible": work.street.teamleader.pk},
        {"lead_unit": other.team.pk},
        {"communities": (other.communities[0].pk,)},
        {"communities": (work.street.communities[0].pk,) * 2},
    ):
        with pytest.raises(Invalid) as error:
            work.enter(**told)
        assert set(faults(error)) == set(told)
    assert now_of(work.enter(lead_unit=work.district.cgj.pk)).lead_unit_id == work.district.cgj.pk


def test_a_practical_matter_says_where_it_came_from_and_kinds_are_known(work: Work) -> None:
    for kind, field in (("practical", "source"), ("x", "kind")):
        with pytest.raises(Invalid) as error:
            work.enter(kind)
        assert set(faults(error)) == {field}
    made = work.enter("practical", source="vote", cost_planned=Decimal("1200.50"))
    assert now_of(made).cost_planned == Decimal("1200.5")


def test_the_plan_is_changed_and_what_is_told_no_more_is_dropped(work: Work) -> None:
    one, two = (place.pk for place in work.street.communities)
    project = work.enter(communities=(one,))
    goals = (GoalTold(1, "新点位", "处", Decimal(10), ordinal=1), GoalTold(2, "行动", "次", Decimal(3)))
    revise(work, project, name="新名", goals=goals, stages=(), communities=(two,), version=1)
    project = now_of(project)
    assert (project.name, project.version, project.is_for_all) == ("新名", 2, False)
    assert parts(project, "goals") == [(1, "新点位", False), (2, "行动", False)]
    assert parts(project, "stages") == [(1, "摸底", True), (2, "整治", True)]
    assert parts(project, "places") == [(1, one, True), (2, two, False)]
    revise(work, project, communities=(one,), goals=())
    assert parts(project, "places") == [(1, one, False), (2, two, True)]
    with pytest.raises(Stale):
        revise(work, project, version=1)
    with pytest.raises(NotPermitted):
        revise(work, project, by=work.street.officer)
    with pytest.raises(NotFound):
        revise(work, project, by=work.district.other.clerk)
    with pytest.raises(Invalid) as error:
        revise(work, project, goals=(GoalTold(1, "x", "处", Decimal(1), ordinal=7),))
    assert set(faults(error)) == {"measure_1"}


def test_another_last_day_moves_the_deadline_of_one_under_way(work: Work) -> None:
    project = work.running()
    before = project.due_at
    revise(work, project, name="x")
    assert now_of(project).due_at == before
    revise(work, project, last_on=work.day(60))
    assert (now_of(project).due_at, now_of(project).rung) == (before + (work.day(60) - work.day(49)), 0)
    work.step(project, "abandon", note="不办")
    with pytest.raises(WrongState):
        revise(work, project)


def test_last_year_s_project_is_begun_anew_with_its_tasks(work: Work) -> None:
    old = work.running()
    kept, dropped = work.task(old, "清理"), work.task(old, "取消的")
    actions.act_on_task("cancel", pk=dropped.pk, by=work.street.clerk, at=NOW, note="x")
    told = {"by": work.street.clerk, "at": NOW, "kind": "campaign"}
    later = work.told(first_on=date(2027, 2, 22), last_on=date(2027, 4, 22), stages=())
    new = actions.enter_project(**told, told=later, like=old.pk).project
    assert (new.code, [(task.text, task.due_on, task.state, task.due_at) for task in new.tasks.all()]) == (
        "2027-01",
        [("清理", date(2027, 3, 9), "open", None)],
    )
    assert (kept.due_on, later.first_on - old.first_on) == (date(2026, 3, 9), date(2027, 3, 9) - kept.due_on)
    empty = actions.enter_project(**told, told=later, like=work.enter().pk).project
    assert empty.tasks.count() == 0
    clerk = work.district.other.clerk
    with pytest.raises(NotFound):
        actions.enter_project(**{**told, "by": clerk}, told=work.told(responsible=clerk.pk), like=old.pk)


def test_running_campaigns_are_found_by_one_query(work: Work, django_assert_num_queries: Any) -> None:
    one, two = (place.pk for place in work.street.communities)
    everywhere, here = work.running(name="甲"), work.running(name="乙", communities=(one,))
    work.enter(name="草稿")
    work.running("activity", name="活动")
    work.step(work.running(name="停"), "suspend", note="x")
    office = work.street.subdistrict.pk
    with django_assert_num_queries(1):
        assert list(running_campaigns(office, TODAY)) == [here, everywhere]
    assert list(running_campaigns(office, TODAY, one)) == [here, everywhere]
    assert list(running_campaigns(office, TODAY, two)) == [everywhere]
    assert list(running_campaigns(office, work.day(-1))) == []
    assert list(running_campaigns(work.district.other.subdistrict.pk, TODAY)) == []


def test_two_at_once_get_two_numbers(committed: District, media: Any) -> None:
    work = work_of(committed)
    race([lambda: work.enter(name="一"), lambda: work.enter(name="二")])
    assert sorted(Project.objects.values_list("number", flat=True)) == [1, 2]
    assert_true()
