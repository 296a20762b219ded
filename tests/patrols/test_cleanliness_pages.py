"""Pages of cleanliness: streets, samples and blind spots by their forms, rates with their interval, few queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from patrols.cleanliness.actions import look_at_spot, score_point
from patrols.cleanliness.models import BlindSpot, SampleDraw, SamplePoint, StreetSegment
from tests.cases.list_pages import words
from tests.office import District
from tests.patrols.cleanliness import sample_of, spot_in, street_in
from tests.patrols.costs import assert_no_dearer, costs_of
from tests.patrols.sites import NOW

pytestmark = pytest.mark.usefixtures("moment")
Ask = Callable[..., Any]


def test_from_a_street_to_its_rate(district: District, get: Ask, send: Ask) -> None:
    street = district.street
    typed = {"code": "A1", "name": "建设路", "community": street.communities[0].pk, "length_m": "600",
             "is_active": "on"}  # fmt: skip
    assert send(street.clerk, "/cleanliness/segments/new/", **{**typed, "length_m": "9"}).status_code == 422
    assert send(street.clerk, "/cleanliness/segments/new/", **typed)["Location"] == "/cleanliness/segments/"
    own = f"/cleanliness/segments/{StreetSegment.objects.get().pk}/"
    assert send(street.clerk, own, length_m="700", is_active="on").status_code == 302
    assert send(street.clerk, "/cleanliness/samples/new/", count="20", seed="7").status_code == 302
    draw = SampleDraw.objects.get()
    page = words(get(street.officer, f"/cleanliness/samples/{draw.pk}/"))
    assert "1 segment of 700 m drawn again the same points" in page
    points = list(SamplePoint.objects.order_by("ordinal"))
    assert send(street.officer, f"/cleanliness/points/{points[0].pk}/", amiss=["heap"]).status_code == 302
    for point in points[1:]:
        score_point(by=street.officer, at=NOW, pk=point.pk, amiss=[])
    assert "90 small heap of rubbish" in words(get(street.clerk, f"/cleanliness/samples/{draw.pk}/"))
    # 19 of 20: the interval of the test of rates, 0.7639 to 0.9911
    told = "95.0% 76.4% – 99.1% 19 / 20 99.5"
    page = words(get(street.leader, "/cleanliness/"))
    assert f"class 1 {told} all together {told}" in page
    assert f"{street.communities[0].name} {told} {street.communities[1].name} – – – –" in page
    assert "all together – – – –" in words(get(street.leader, "/cleanliness/?month=2026-02"))
    assert f"700 {told}" in words(get(street.leader, "/cleanliness/segments/"))
    assert send(street.clerk, f"/cleanliness/points/{points[1].pk}/", amiss=["heap"]).status_code == 409


def test_a_blind_spot_by_its_forms(district: District, get: Ask, send: Ask) -> None:
    street = district.street
    typed = {"name": "后巷", "community": street.communities[0].pk}
    assert send(street.officer, "/cleanliness/spots/new/", **typed).status_code == 302
    own = f"/cleanliness/spots/{BlindSpot.objects.get().pk}/"
    assert send(street.officer, f"{own}look/", found="").status_code == 422
    assert send(street.officer, f"{own}look/", found="clean", note="已清运").status_code == 302
    assert "watched clean times running 1 / 3" in words(get(street.leader, own))
    assert "已清运" in words(get(street.leader, own))
    get(street.leader, f"{own}look/", 403)
    get(street.officer2, own, 404)


def test_as_many_queries_however_many_records(district: District, client: Client, get: Ask) -> None:
    by = district.street.clerk
    street_in(district)
    draw, spot = sample_of(by, count=30), spot_in(district)
    parts = ("", "segments/", "samples/", f"samples/{draw.pk}/", "spots/", f"spots/{spot.pk}/")
    few = costs_of(client, get, by, [f"/cleanliness/{part}" for part in parts])
    for n, point in enumerate(draw.points.order_by("pk")[:9]):
        score_point(by=by, at=NOW, pk=point.pk, amiss=["heap"] if n % 2 else [])
        street_in(district, 1, code=f"N{n}")
        sample_of(by, seed=str(n))
        look_at_spot(by=by, at=NOW, pk=spot_in(district, name=str(n)).pk, is_clean=True)
    assert_no_dearer(costs_of(client, get, by, [*few]), few)
