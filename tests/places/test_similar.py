"""Similar open cases: how near, how old, of which kind, seen by whom; and a report added to one of them."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions import Matter, log_case, log_into
from cases.models import Case, CaseEvent, Category, Reporter
from cases.similar import Sought, similar_cases
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted
from communities.models import KeyPlace
from tests.office import china, standard

MORNING = china("2026-03-04 09:00")
LATER = MORNING + timedelta(hours=1)
HERE = {"longitude": 113.3265, "latitude": 23.1366}
NORTH_45_M = {"longitude": 113.3265, "latitude": 23.1366 + 45 / 111_195.08}
NORTH_55_M = {"longitude": 113.3265, "latitude": 23.1366 + 55 / 111_195.08}
CORNER_60_M = {
    "longitude": 113.3265 + 45 / 102_250,
    "latitude": 23.1366 + 45 / 111_195.08,
}  # in the box, not the circle


@pytest.fixture
def numbers(district):
    """The numbers of the similar cases that a person is shown."""

    def ask(by=None, at=LATER, line=20, **where):
        sought = Sought(standard(line).category, **where)
        found = similar_cases(by or district.street.clerk, sought, at=at, on=at.date())
        return [one.case.number for one in found]

    return ask


@pytest.mark.parametrize(
    ("where", "is_shown"), [(HERE, True), (NORTH_45_M, True), (NORTH_55_M, False), (CORNER_60_M, False), ({}, False)]
)
def test_within_fifty_metres(where, is_shown, log, numbers):
    case = log(MORNING, **where)
    assert numbers(**HERE) == ([case.number] if is_shown else [])


def test_how_near_and_how_old_are_settings(log, numbers, settings):
    case = log(MORNING, **NORTH_55_M)
    settings.SIMILAR_WITHIN_M = 60
    assert numbers(**HERE) == [case.number]
    settings.SIMILAR_WITHIN_DAYS = 1
    assert numbers(**HERE, at=MORNING + timedelta(hours=24)) == [case.number]
    assert numbers(**HERE, at=MORNING + timedelta(hours=24, seconds=1)) == []


def test_seven_days_old_and_no_more(log, numbers):
    case = log(MORNING, **HERE)
    assert numbers(**HERE, at=MORNING + timedelta(days=7)) == [case.number]
    assert numbers(**HERE, at=MORNING + timedelta(days=7, seconds=1)) == []


def test_same_disorder_counts_the_same_category_comes_first(log, numbers):
    neighbour = Category.objects.filter(disorder=standard(20).category.disorder, standards__isnull=False)
    line = neighbour.exclude(pk=standard(20).category_id).first().standards.order_by("line").first().line
    other = log(MORNING, line=line, **HERE)
    same = log(MORNING, **NORTH_45_M)
    assert numbers(**HERE) == [same.number, other.number]


def test_other_disorder_is_another_matter(log, numbers):
    elsewhere = Category.objects.exclude(disorder=standard(20).category.disorder).filter(standards__isnull=False)
    log(MORNING, line=elsewhere.first().standards.order_by("line").first().line, **HERE)
    assert numbers(**HERE) == []


def test_ended_cases_are_not_shown(log, numbers, act, district):
    case = log(MORNING, **HERE)
    act("void", case, by=district.street.leader, at=LATER, note="测试")
    assert numbers(**HERE) == []


def test_same_address_in_the_same_community(log, numbers, district):
    first, second = district.street.communities
    case = log(MORNING, address="天河路1号")
    assert numbers(community=first, address=" 天河路1号 ") == [case.number]
    assert numbers(community=second, address="天河路1号") == []
    assert numbers(community=first, address="天河路2号") == []
    assert numbers(address="天河路1号") == []


def test_no_address_is_no_place(log, numbers, district):
    log(MORNING)
    assert numbers(community=district.street.communities[0], address=" ") == []


def test_same_key_place_however_far(log, numbers, district):
    place = KeyPlace.objects.create(community=district.street.communities[0], kind="market", name_zh="市场")
    case = log(MORNING, key_place=place, **NORTH_55_M)
    assert numbers(key_place=place, **HERE) == [case.number]


def test_each_sees_the_own_cases_only(log, numbers, district):
    case = log(MORNING, **HERE)
    street = district.street
    people = [street.clerk, street.leader, street.officer, street.officer2, district.other.clerk, district.liaison]
    assert [numbers(by=person, **HERE) for person in people] == [[case.number]] * 3 + [[]] * 3


def test_five_at_most_nearest_first(log, numbers):
    cases = [log(MORNING, longitude=113.3265, latitude=23.1366 + metres / 111_195.08) for metres in range(40, 0, -5)]
    assert numbers(**HERE) == [case.number for case in cases[::-1]][:5]


def test_two_queries_however_many(log, district):
    for _case in range(8):
        log(MORNING, **HERE)
    sought = Sought(standard(20).category, **HERE)
    similar_cases(district.street.clerk, sought, at=LATER, on=LATER.date())  # reads what is kept
    with CaptureQueriesContext(connection) as asked:
        found = similar_cases(district.street.clerk, sought, at=LATER, on=LATER.date())
        shown = [(str(one.case.community), one.case.category.disorder.key) for one in found]
    assert (len(asked), len(shown)) == (2, 5)


@pytest.fixture
def repeat(district):
    """Log a second report of the same stall into a case."""

    def log_one(target, by=None, key=None, words="又有人来电"):
        matter = Matter(
            description=words,
            source="call",
            community=district.street.communities[0],
            category=standard(20).category,
            reporter_name="李女士",
        )
        return log_into(
            target=target,
            subdistrict=district.street.subdistrict,
            matter=matter,
            by=by or district.street.clerk,
            at=LATER,
            request_key=key,
        )

    return log_one


def test_report_is_logged_and_merged_in_one(log, repeat, kinds):
    target = log(MORNING)
    event = repeat(target)
    added = Case.objects.get(pk=event.case_id)
    assert (event.kind, kinds(added)) == ("report", ["report", "merge"])
    assert (added.state, added.merged_into, added.closed_at, added.number) == (
        "merged", target, LATER, "440106001-20260304-0002",
    )  # fmt: skip
    assert Reporter.objects.get().case == added
    assert kinds(target) == ["report", "accept", "file", "dispatch"]


def test_sent_twice_it_is_added_once(log, repeat):
    target, key = log(MORNING), str(uuid.uuid4())
    assert repeat(target, key=key) == repeat(target, key=key)
    assert Case.objects.count() == 2
    with pytest.raises(KeyReused):
        repeat(target, key=key, words="another")
    with pytest.raises(KeyReused):
        repeat(log(MORNING), key=key)


def test_resend_is_answered_even_when_the_target_has_ended(log, repeat, act, district):
    target, key = log(MORNING), str(uuid.uuid4())
    first = repeat(target, key=key)
    act("void", target, by=district.street.leader, at=LATER, note="测试")
    assert repeat(target, key=key) == first


def test_nothing_is_written_when_the_target_has_ended(log, repeat, act, district):
    target = log(MORNING)
    act("void", target, by=district.street.leader, at=LATER, note="测试")
    before = CaseEvent.objects.count()
    with pytest.raises(Invalid) as refused:
        repeat(target)
    assert list(refused.value.fields) == ["target"]
    assert (Case.objects.count(), CaseEvent.objects.count()) == (1, before)


def test_who_may_not_merge_may_not_add(log, repeat, district):
    target = log(MORNING)
    with pytest.raises(NotPermitted):
        repeat(target, by=district.street.officer)
    with pytest.raises(NotFound):
        repeat(target, by=district.other.clerk)
    assert Case.objects.count() == 1


def test_point_finds_community_and_officer(district):
    from communities.models import Community
    from tests.places.test_boundaries import square

    street = district.street
    second = street.communities[1]
    Community.objects.filter(pk=second.pk).update(boundary=square(113.32, 23.13, 113.33, 23.14))
    matter = Matter(description="摊贩", source="call", category=standard(20).category, **HERE)
    event = log_case(subdistrict=street.subdistrict, matter=matter, by=street.clerk, at=MORNING, standard=standard(20))
    case = Case.objects.get(pk=event.case_id)
    assert (case.community, case.officer, case.state) == (second, street.officer2, "dispatched")
