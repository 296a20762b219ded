"""Progress is reported: words, values of goals, photos; which of them everybody sees."""

from decimal import Decimal
from typing import Any

import pytest

from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from communities.models import Project, ProjectPhoto
from communities.projects import actions
from tests.communities.projects.works import NOW, TODAY, Work, kinds, now_of
from tests.photos.pictures import photo


def achieved(project: Project) -> list[Decimal]:
    return list(project.goals.order_by("ordinal").values_list("achieved", flat=True))


def test_a_report_keeps_what_was_reached(work: Work) -> None:
    project = work.running()
    event = work.report(project, achieved={1: Decimal("4.50")}, cost_spent=Decimal("100"), note="完成一半")
    project = now_of(project)
    assert (achieved(project), project.reported_on, project.cost_spent) == ([Decimal("4.5")], TODAY, Decimal(100))
    assert (event.note, event.changes["goal.1"], kinds(project)[-1]) == (
        "完成一半", {"achieved": Decimal("4.50")}, "project_report",
    )  # fmt: skip
    work.report(project, achieved={1: Decimal(3)})  # put right by another one
    assert achieved(project) == [Decimal(3)]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"note": " "}, {"note"}),
        ({"achieved": {1: Decimal(-1)}}, {"achieved_1"}),
        ({"achieved": {1: Decimal("0.001")}}, {"achieved_1"}),
        ({"cost_spent": Decimal(-1)}, {"cost_spent"}),
        ({"shows": "x"}, {"shows"}),
        ({"shows": "sheet"}, {"shows"}),
        ({"achieved": {9: Decimal(1)}}, set()),
        ({"photos": [b"x"]}, {"photos"}),
    ],
)
def test_what_cannot_be_is_refused(work: Work, given: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(Invalid) as error:
        work.report(work.running(), **given)
    assert set(error.value.fields) == fields


def test_reports_follow_each_other(work: Work) -> None:
    project = work.running()
    for days in (-1, 1):
        with pytest.raises(Invalid) as error:
            work.report(project, on=work.day(days))
        assert set(error.value.fields) == {"on"}
    work.report(project)
    with pytest.raises(Invalid):
        work.report(project, on=work.day(-1))


def test_who_reports_and_when(work: Work) -> None:
    street = work.street
    here = work.running(communities=(street.communities[0].pk,))
    work.report(here, by=street.officer)
    work.report(work.running(), by=street.officer2)
    for who, error in (
        (street.officer2, NotPermitted),
        (street.teamleader, NotPermitted),
        (work.district.other.clerk, NotFound),
    ):
        with pytest.raises(error):
            work.report(here, by=who)
    for project in (work.enter(),):
        with pytest.raises(WrongState):
            work.report(project)
    asked = work.asked()
    work.report(asked)
    assert kinds(asked)[-1] == "project_report"


def test_a_resend_reports_once_and_an_old_page_is_stale(work: Work) -> None:
    project = work.running()
    once = {"request_key": "a", "version": 2, "photos": [photo(120, 90)]}
    assert work.report(project, **once).pk == work.report(project, **once).pk
    assert ProjectPhoto.objects.count() == 1
    with pytest.raises(KeyReused):
        work.report(project, **{**once, "note": "y"})
    with pytest.raises(Stale):
        work.report(project, version=1)


def show(work: Work, pk: int, *, is_public: bool = True, by: Any = None) -> Any:
    return actions.show_photo(pk=pk, by=by or work.street.clerk, at=NOW, is_public=is_public)


def test_a_photo_is_shown_to_everybody_by_somebody_who_says_so(work: Work) -> None:
    project = work.running()
    work.report(project, photos=[photo(120, 90)])
    shot = ProjectPhoto.objects.get()
    assert shot.is_public is False
    with pytest.raises(NotPermitted):
        show(work, shot.pk, by=work.street.officer)
    with pytest.raises(NotFound):
        show(work, shot.pk, by=work.district.other.clerk)
    with pytest.raises(NotFound):
        show(work, 0)
    for is_public in (True, False):
        show(work, shot.pk, is_public=is_public)
        assert ProjectPhoto.objects.get().is_public is is_public
    assert kinds(project)[-2:] == ["project_show_photo", "project_hide_photo"]


def test_the_photo_of_a_sheet_is_never_shown(work: Work) -> None:
    project = work.asked()
    work.judge(project, "sssssss", photos=[photo(120, 90)])
    shot = ProjectPhoto.objects.get()
    assert (shot.shows, shot.is_public) == ("sheet", False)
    with pytest.raises(WrongState):
        show(work, shot.pk)
