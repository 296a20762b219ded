"""What the database refuses is told as what it is: the constraints that are meant become refusals, others go on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import time
from typing import Any

import pytest
from django.db import IntegrityError
from psycopg2.extras import DateTimeTZRange

from citymgmt.refusals import WrongState
from patrols.changing import changing
from patrols.cleanliness.actions.frame import in_office
from patrols.cleanliness.models import BlindSpot, SpotLook, StreetSegment
from patrols.guards.actions.frame import act
from patrols.teams.actions.frame import working_on
from patrols.teams.models import Duty, Shift
from tests.office import District
from tests.patrols.guards import EVENING, guard_of
from tests.patrols.teams import NOW, TODAY, Crew

pytestmark = pytest.mark.usefixtures("english")
PLANNED = "Somebody has just planned something else at that time. Load the page again."
ENTERED = "Somebody has just entered the same. Load the page again."
Frame = Callable[[], AbstractContextManager[Any]]


def refusal(frame: Frame, write: Callable[[], Any]) -> str:
    with pytest.raises(WrongState) as caught, frame():
        write()
    return str(caught.value)


def test_two_duties_at_once_are_meant_a_shift_without_hours_is_not(crew: Crew) -> None:
    def on_duty(hour: int) -> Duty:
        period = DateTimeTZRange(NOW.replace(hour=hour), NOW.replace(hour=12))
        return Duty.objects.create(team=crew.team, user=crew.members[0], shift=crew.day, on=TODAY, period=period)

    def frame() -> AbstractContextManager[Any]:
        return working_on(crew.team.pk, "plan_month", permission="team.plan", by=crew.leader, at=NOW)

    assert refusal(frame, lambda: (on_duty(8), on_duty(9))) == PLANNED
    with pytest.raises(IntegrityError, match="shift_takes_time"), frame():
        Shift.objects.create(team=crew.team, name_zh="空", starts="08:00", ends="08:00")


def test_a_street_entered_twice_is_meant_one_without_length_is_not(crew: Crew) -> None:
    def street(length_m: int) -> StreetSegment:
        told: dict[str, Any] = {"community": crew.district.street.communities[0], "code": "A1", "name": "体育东路"}
        return StreetSegment.objects.create(subdistrict=crew.clerk.subdistrict, road_class=1, length_m=length_m, **told)

    def frame() -> AbstractContextManager[Any]:
        return in_office("save_segment", permission="cleanliness.keep", by=crew.clerk)

    assert refusal(frame, lambda: (street(500), street(500))) == ENTERED
    with pytest.raises(IntegrityError, match="street_segment_has_length"), frame():
        street(0)


def test_a_row_names_the_constraint_it_means(crew: Crew) -> None:
    spot = BlindSpot.objects.create(community=crew.district.street.communities[0], name="桥底", found_on=TODAY)

    def look() -> SpotLook:
        return SpotLook.objects.create(spot=spot, on=TODAY, by=crew.clerk, at=NOW, is_clean=True)

    def frame(once: str = "") -> AbstractContextManager[Any]:
        asked: dict[str, Any] = {"permission": "cleanliness.look", "by": crew.clerk, "at": NOW, "once": once}
        return changing(BlindSpot, spot.pk, "look_at_spot", **asked)

    assert refusal(lambda: frame("spot_look_once_a_day"), lambda: (look(), look())) == ENTERED
    with pytest.raises(IntegrityError, match="spot_look_once_a_day"), frame():
        look(), look()


def test_two_watches_of_one_person_are_meant_one_without_arrival_is_not(district: District) -> None:
    guard = guard_of(district)
    guard.more_hours(time(8), time(10))
    watch, other = guard.plan()[:2]

    def given(**columns: Any) -> None:
        told: dict[str, Any] = {"permission": "guard.plan", "given": {}, "by": guard.crew.leader, "at": EVENING}
        act("guard_assign", pk=watch.pk, body=lambda *_locked: columns, **told)

    with pytest.raises(WrongState) as caught:
        given(changes={"user_id": other.user_id})
    assert str(caught.value) == PLANNED
    with pytest.raises(IntegrityError, match="guard_watch_stood_by_somebody"):
        given(to="present")
