"""Recurrence: a closed case and a new one of the same disorder at the same place, against every pair compared."""

import random
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import Matter, perform, report_case
from cases.models import Case, CaseStandard
from cases.statistics.actions import catch_up, rebuild
from cases.statistics.models import CaseFact, Place
from cases.statistics.spots import Where, cases_at, hot_spots
from citymgmt.coordinates import distance_m
from communities.models import KeyPlace
from tests.cases.stories import case_in
from tests.office import District, china
from tests.statistics.counting import assert_counted

START = china("2026-03-02 09:00")
HERE = (113.33, 23.13)
DAY = timedelta(days=1)
NORTH_50_M = 50 / 111_195.08  # degrees


def report(district: District, at: datetime, *, line: int = 330, by: int = 0, **place: Any) -> Case:
    """Report a case of the filing condition's category."""
    street = [district.street, district.other][by]
    standard = CaseStandard.objects.get(line=line)
    point = place.pop("point", None)
    if point:
        place |= {"longitude": Decimal(f"{point[0]:.7f}"), "latitude": Decimal(f"{point[1]:.7f}")}
    told = {"description": "测试", "source": "call", "community": street.communities[0], **place}
    matter = Matter(category=standard.category, **told)
    return Case.objects.get(
        pk=report_case(subdistrict=street.subdistrict, matter=matter, by=street.clerk, at=at).case_id
    )


def close(district: District, case: Case, at: datetime, by: int = 0) -> None:
    """Accept and close it on a leader's word."""
    street = [district.street, district.other][by]
    perform("accept", number=case.number, by=street.clerk, at=at)
    perform("file", number=case.number, by=street.clerk, at=at, standard=CaseStandard.objects.get(line=330))
    perform("close_special", number=case.number, by=street.leader, at=at, note="测试")


def counted_as(case: Case) -> set[str]:
    """Of the measures of recurrence those in which it counts."""
    return {code for code in CaseFact.objects.get(pk=case.pk).measures if code.startswith(("recurred", "ended_placed"))}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (7, {"ended_placed", "recurred_7", "recurred_30"}),
        (8, {"ended_placed", "recurred_30"}),
        (30, {"ended_placed", "recurred_30"}),
        (31, {"ended_placed"}),
        (0, {"ended_placed"}),  # at the very moment it was closed: not after it
    ],
)
def test_how_soon_it_came_again(district: District, days: int, expected: set[str]) -> None:
    first = report(district, START, point=HERE)
    close(district, first, START + DAY)
    catch_up(at=START + 2 * DAY)
    assert counted_as(first) == {"ended_placed"}
    report(district, START + DAY + days * DAY, point=HERE)
    catch_up(at=START + 40 * DAY)
    assert counted_as(first) == expected
    assert_counted()


@pytest.mark.parametrize(
    ("metres", "recurs"),
    [(0, True), (49.9, True), (50.1, False), (120, False)],
)
def test_how_near_it_came_again(district: District, metres: float, recurs: bool) -> None:
    first = report(district, START, point=HERE)
    close(district, first, START + DAY)
    report(district, START + 2 * DAY, point=(HERE[0], HERE[1] + NORTH_50_M * metres / 50))
    catch_up(at=START + 3 * DAY)
    assert ("recurred_7" in counted_as(first)) is recurs


def test_the_same_key_place_is_the_same_place_however_far(district: District) -> None:
    market = KeyPlace.objects.create(community=district.street.communities[0], name_zh="市场", kind="market")
    first = report(district, START, key_place=market, point=HERE)
    close(district, first, START + DAY)
    report(district, START + 2 * DAY, key_place=market, point=(HERE[0], HERE[1] + 0.01))
    catch_up(at=START + 3 * DAY)
    assert "recurred_7" in counted_as(first)


def test_another_disorder_or_office_is_no_recurrence(district: District) -> None:
    first = report(district, START, point=HERE)
    close(district, first, START + DAY)
    report(district, START + 2 * DAY, line=20, point=HERE)
    report(district, START + 2 * DAY, by=1, point=HERE)
    catch_up(at=START + 3 * DAY)
    assert counted_as(first) == {"ended_placed"}


def test_what_is_taken_back_did_not_happen(district: District) -> None:
    first = report(district, START, point=HERE)
    close(district, first, START + DAY)
    again = report(district, START + 2 * DAY, point=HERE)
    catch_up(at=START + 3 * DAY)
    assert "recurred_7" in counted_as(first)
    perform("void", number=again.number, by=district.street.leader, at=START + 3 * DAY, note="误报")
    catch_up(at=START + 4 * DAY)
    assert counted_as(first) == {"ended_placed"}
    perform("reopen", number=first.number, by=district.street.clerk, at=START + 5 * DAY, note="未解决")
    catch_up(at=START + 6 * DAY)
    assert counted_as(first) == set()
    assert_counted()


def test_every_pair_compared_gives_the_same(district: District) -> None:
    chance = random.Random(11)
    cases = []
    for number in range(40):
        at = START + number * timedelta(hours=20)
        point = (HERE[0] + chance.randrange(4) * 0.0004, HERE[1] + chance.randrange(4) * 0.0004)
        case = report(district, at, point=point, line=chance.choice([330, 20]))
        cases.append(case)
        if chance.random() < 0.7:
            close(district, case, at + timedelta(hours=chance.randrange(1, 15)))
        catch_up(at=at + timedelta(hours=16))
    expected = {case.pk for case in Case.objects.filter(pk__in=[one.pk for one in cases]) if _recurs_by_hand(case)}
    assert {fact.pk for fact in CaseFact.objects.filter(measures__contains=["recurred_30"])} == expected
    assert 5 <= len(expected) <= 35
    rebuild(at=START + 60 * DAY)
    assert {fact.pk for fact in CaseFact.objects.filter(measures__contains=["recurred_30"])} == expected


def _recurs_by_hand(case: Case) -> bool:
    if case.state != "closed" or case.closed_at is None or case.category is None:
        return False
    others = Case.objects.exclude(pk=case.pk).filter(category__disorder=case.category.disorder_id)
    here = (float(case.longitude or 0), float(case.latitude or 0))
    return any(
        case.closed_at < other.created_at <= case.closed_at + 30 * DAY
        and distance_m(here, (float(other.longitude or 0), float(other.latitude or 0))) <= 50
        for other in others
    )


def test_hot_spots_are_led_by_recurrences_and_tell_their_history(district: District) -> None:
    for number in range(4):
        case = report(district, START + number * 3 * DAY, point=HERE)
        close(district, case, START + number * 3 * DAY + DAY)
    for number in range(3):
        report(district, START + number * DAY, point=(HERE[0] + 0.1, HERE[1]))
    report(district, START, point=(HERE[0] + 0.2, HERE[1]))
    case_in(district, "reported")  # of no place
    at = START + 20 * DAY
    catch_up(at=at)
    leader = district.street.leader
    found = hot_spots(leader, at.date(), at)
    assert [(spot.count, spot.recurrences) for spot in found] == [(4, 3), (3, 0)]
    histories = [cases_at(leader, at.date(), Where(s.disorder_id, s.key_place_id, s.cell)).count() for s in found]
    assert histories == [4, 3]
    assert hot_spots(district.other.leader, at.date(), at) == []
    assert hot_spots(leader, at.date(), at + 100 * DAY) == []
    assert Place.objects.count() == 8
