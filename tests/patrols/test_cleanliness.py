"""Records of cleanliness: streets, samples drawn by lot once and for all, looks at points, blind spots."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from citymgmt.people.models import Organisation
from citymgmt.refusals import Invalid, NotFound, NotPermitted, Refusal, WrongState
from communities.placed import PlaceTold
from patrols.cleanliness.actions import draw_sample, look_at_spot, score_point
from patrols.cleanliness.models import BlindSpot, SampleDraw, SamplePoint, StreetSegment
from patrols.cleanliness.querysets import is_true, looked_between, measured, points_seen, together
from tests.office import District
from tests.patrols.cleanliness import sample_of, spot_in, street_in
from tests.patrols.sites import NOW, TODAY

DAY = timedelta(days=1)


def refused(fields: set[str], act: Callable[[], Any]) -> None:
    with pytest.raises(Invalid) as found:
        act()
    assert set(found.value.fields) == fields


def streets(district: District) -> None:
    """600 m of class 1 in the first community, 1,400 m of class 3 in the second."""
    street_in(district)
    street_in(district, 1, code="C1", name="西街", road_class=3, length_m=1400)


def test_a_segment_is_entered_once_and_changed(district: District) -> None:
    one = street_in(district)
    assert street_in(district, code=" A1 ") == one
    street_in(district, pk=one.pk, length_m=650, is_active=False)
    assert StreetSegment.objects.values_list("length_m", "is_active").get() == (650, False)
    refused({"code"}, lambda: street_in(district))
    far = district.other.communities[0].pk
    wrong: dict[str, list[Any]] = {
        "code": ["", "x" * 21, "\x00"], "name": [" "], "road_class": [0, 5], "length_m": [9, 50_001],
        "community": [far, 0, 2**70],
    }  # fmt: skip
    for field, values in wrong.items():
        for value in values:
            refused({field}, lambda told={"code": "B", field: value}: street_in(district, **told))
    with pytest.raises(NotFound):
        street_in(district, pk=0, code="B")


def test_a_sample_is_drawn_once_and_stays_true_when_streets_change(district: District) -> None:
    streets(district)
    by = district.street.clerk
    draw = sample_of(by, count=12)
    # 12 points, one for each class, ten by length: 600 and 1,400 of 2,000 m are 3 and 7
    assert sorted(draw.points.values_list("road_class", flat=True)) == [1] * 4 + [3] * 8
    street_in(district, pk=draw.points.filter(road_class=1).first().segment_id, code="Z9", length_m=5000)
    assert (sample_of(by, count=12), SampleDraw.objects.count()) == (draw, 1)
    assert is_true(draw)
    SamplePoint.objects.filter(pk=draw.points.first().pk).update(metre=0)
    SamplePoint.objects.filter(pk=draw.points.last().pk).update(metre=1)
    assert not is_true(draw)
    refused({"seed"}, lambda: sample_of(by, count=11))


def test_what_no_sample_can_be_drawn_of(district: District) -> None:
    by = district.street.clerk
    with pytest.raises(Invalid):
        sample_of(by)
    streets(district)
    for given, field in (({"seed": " "}, "seed"), ({"count": 0}, "count"), ({"count": 501}, "count"),
                         ({"count": 1}, "count")):  # fmt: skip
        refused({field}, lambda given=given: sample_of(by, **given))
    assert not SampleDraw.objects.exists()
    for person in (district.street.officer, district.street.leader, district.liaison):
        with pytest.raises(NotPermitted):
            sample_of(person)


def test_a_point_is_scored_and_only_who_looked_corrects_it_on_the_day(district: District) -> None:
    streets(district)
    street = district.street
    point = sample_of(street.clerk).points.filter(road_class=1).first()
    given: dict[str, Any] = {"at": NOW, "pk": point.pk}
    refused({"amiss"}, lambda: score_point(**given, by=street.officer, amiss=["cats"]))
    refused({"note"}, lambda: score_point(**given, by=street.officer, amiss=[], note="x" * 201))
    done = score_point(**given, by=street.officer, amiss=["rubble", "gutter"], note="树下")
    assert (done.score, done.amiss, done.looked_by) == (80, ["gutter", "rubble"], street.officer)
    score_point(**given, by=street.clerk, amiss=["gutter", "rubble"], note="树下")
    with pytest.raises(WrongState):
        score_point(**given, by=street.clerk, amiss=[])
    assert score_point(**given, by=street.officer, amiss=[]).score == 100
    with pytest.raises(WrongState):
        score_point(by=street.officer, at=NOW + DAY, pk=point.pk, amiss=["heap"])
    for who in (street.leader, street.officer2, district.other.clerk):
        with pytest.raises(Refusal):
            score_point(**given, by=who, amiss=[])


def test_rates_count_the_looks_of_a_time_by_class_and_community(district: District) -> None:
    streets(district)
    street = district.street
    points = list(sample_of(street.clerk, count=7).points.order_by("road_class", "ordinal"))
    for n, point in enumerate(points[:5]):
        score_point(by=street.clerk, at=NOW + n * DAY, pk=point.pk, amiss=["heap"] if n in (0, 4) else [])
    looked = looked_between(points_seen(street.clerk, TODAY), TODAY, TODAY + 3 * DAY)
    found = together(looked)
    assert found.rate is not None
    assert (found.rate.clean, found.rate.looks, found.score) == (3, 4, 97.5)
    by_class = {
        key: (one.rate.clean, one.rate.looks) for key, one in measured(looked, "road_class").items() if one.rate
    }
    assert sum(looks for _clean, looks in by_class.values()) == 4
    assert set(measured(looked, "segment__community_id")) <= {one.pk for one in street.communities}
    assert together(looked.filter(pk=0)).rate is None


def test_a_blind_spot_is_watched_until_clean_three_days_running(district: District) -> None:
    street, spot = district.street, spot_in(district)
    assert spot_in(district) == spot
    seen = []
    for n, is_clean in enumerate([True, True, False, True, True, True, True, False]):
        for _again in range(2):
            found = look_at_spot(by=street.officer, at=NOW + n * DAY, pk=spot.pk, is_clean=is_clean)
        seen.append((found.clean_count, found.is_watched))
    assert seen == [(1, True), (2, True), (0, True), (1, True), (2, True), (3, False), (4, False), (0, True)]
    with pytest.raises(WrongState):
        look_at_spot(by=street.clerk, at=NOW + 7 * DAY, pk=spot.pk, is_clean=True)
    said_already = look_at_spot(by=street.clerk, at=NOW + 7 * DAY, pk=spot.pk, is_clean=False)
    assert (said_already.clean_count, spot.looks.filter(by=street.clerk).count()) == (0, 0)
    for who in (street.leader, street.officer2, district.other.clerk):
        with pytest.raises(Refusal):
            look_at_spot(by=who, at=NOW + 9 * DAY, pk=spot.pk, is_clean=True)


def test_what_a_blind_spot_may_not_say(district: District) -> None:
    spot_in(district)
    refused({"name"}, lambda: spot_in(district, note="又脏"))
    far = PlaceTold(district.other.communities[0].pk)
    wrong = [({"name": " "}, "name"), ({"note": "\x00"}, "note"), ({"found_on": TODAY + DAY}, "found_on"),
             ({"place": far}, "community")]  # fmt: skip
    for changed, field in wrong:
        refused({field}, lambda changed=changed: spot_in(district, **{"name": "新", **changed}))
    with pytest.raises(NotPermitted):
        spot_in(district, by=district.street.leader, name="新")
    assert BlindSpot.objects.count() == 1


def test_officers_see_the_points_of_the_own_communities_and_two_teams_all(district: District) -> None:
    streets(district)
    draw = sample_of(district.street.clerk, count=7)
    of_officer = points_seen(district.street.officer, TODAY)
    assert {one.segment.community for one in of_officer} == {district.street.communities[0]}
    assert points_seen(district.street.teamleader, TODAY).count() == draw.points.count() == 7
    assert not points_seen(district.other.clerk, TODAY).exists()
    for kind, seen in (("cleaning_team", 7), ("pest_team", 0)):
        Organisation.objects.filter(pk=district.street.team.pk).update(kind=kind)
        assert points_seen(district.street.member, TODAY).count() == seen
    assert draw_sample(by=district.street.clerk, at=NOW, seed="9", count=2).points.count() == 2
