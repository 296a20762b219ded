"""Visits are recorded, with what was promised, or called off."""

from typing import Any

import pytest

from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState
from communities.institutions import actions
from communities.institutions.actions import PledgeTold, VisitTold
from communities.models import Institution, InstitutionPhoto, InstitutionVisit, Pledge
from tests.communities.institutions.places import NOW, ONE_DAY, SWEPT, TODAY, Place, place_of, shot
from tests.office import District
from tests.racing import race


def planned(place: Place) -> InstitutionVisit:
    return actions.plan_visit(by=place.street.clerk, at=NOW, institution=place.school.pk, on=TODAY)


@pytest.mark.parametrize("who", ["clerk", "leader", "officer"])
def test_a_visit_is_recorded_with_photos_and_promises(place: Place, who: str) -> None:
    by = getattr(place.street, who)
    made = place.visit(SWEPT, PledgeTold("更换招牌", working_days=3), by=by, photos=[shot(), shot()])
    assert (made.state, made.made_on, made.made_by, made.leaflet_count, made.planned_on) == ("made", TODAY, by, 5, None)
    assert [(one.text, one.by_day.day) for one in made.pledges.order_by("pk")] == [(SWEPT.text, 10), ("更换招牌", 9)]
    assert list(InstitutionPhoto.objects.values_list("visit", "institution")) == [(made.pk, place.school.pk)] * 2


def test_a_planned_visit_is_made_once(place: Place) -> None:
    plan = planned(place)
    made = place.visit(visit=plan.pk, institution=0)
    assert (made.pk, made.state, made.planned_on) == (plan.pk, "made", TODAY)
    for again in (lambda: place.visit(visit=plan.pk), lambda: drop(place, plan)):
        with pytest.raises(WrongState):
            again()


def drop(place: Place, visit: InstitutionVisit, **given: Any) -> InstitutionVisit:
    return actions.drop_visit(**{"by": place.officer, "at": NOW, "pk": visit.pk, "reason": "停业", **given})


def test_a_planned_visit_is_called_off_with_a_reason(place: Place) -> None:
    plan = planned(place)
    with pytest.raises(Invalid):
        drop(place, plan, reason=" ")
    with pytest.raises(NotFound):
        drop(place, plan, by=place.street.officer2)
    with pytest.raises(NotFound):
        drop(place, plan, pk=0)
    dropped = drop(place, plan)
    assert (dropped.state, dropped.drop_reason) == ("dropped", "停业")
    with pytest.raises(WrongState):
        place.visit(visit=plan.pk)


@pytest.mark.parametrize("who", ["admin", "officer2", "teamleader"])
def test_who_does_not(place: Place, who: str) -> None:
    with pytest.raises(NotPermitted if who == "admin" else NotFound):
        place.visit(by=getattr(place.street, who))
    with pytest.raises(NotFound):
        place.visit(institution=0)


@pytest.mark.parametrize(
    ("told", "pledges", "field", "sentence"),
    [
        (VisitTold(TODAY + ONE_DAY, "x"), (), "on", "Choose a day that is not in the future."),
        (VisitTold(TODAY, " "), (), "talk", "Please fill this in."),
        (VisitTold(TODAY, "x", -1), (), "leaflet_count", "Choose a number from 0 to 9999."),
        (VisitTold(TODAY, "x"), (PledgeTold(" ", working_days=1),), "text", "Please fill this in."),
        (VisitTold(TODAY, "x"), (PledgeTold("x"),), "by_day", "Give a day, or a number of working days."),
        (VisitTold(TODAY, "x"), (PledgeTold("x", TODAY, 1),), "by_day", "Give a day, or a number of working days."),
        (VisitTold(TODAY, "x"), (PledgeTold("x", TODAY - ONE_DAY),), "by_day",
         "A day from today on, at most two years ahead."),
        (VisitTold(TODAY, "x"), (PledgeTold("x", working_days=251),), "working_days",
         "Choose a number from 1 to 250."),
    ],
)  # fmt: skip
def test_what_is_refused(
    place: Place, english: None, told: VisitTold, pledges: tuple[PledgeTold, ...], field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        place.visit(*pledges, told=told)
    assert refused.value.fields == {field: [sentence]}
    assert (InstitutionVisit.objects.count(), Pledge.objects.count()) == (0, 0)


def test_a_resend_records_once(place: Place) -> None:
    first, again = (place.visit(SWEPT, request_key="a") for _ in range(2))
    assert (first.pk, Pledge.objects.count()) == (again.pk, 1)
    with pytest.raises(KeyReused):
        place.visit(request_key="a", institution=place.another("医院").pk)


def test_nobody_visits_one_that_is_gone(place: Place) -> None:
    Institution.objects.update(is_active=False)
    with pytest.raises(WrongState):
        place.visit()


def test_two_who_record_a_planned_visit_at_once_record_it_once(committed: District, media: Any) -> None:
    place = place_of(committed)
    plan = planned(place)
    answers = race([lambda: place.visit(visit=plan.pk)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["InstitutionVisit", "WrongState"]
