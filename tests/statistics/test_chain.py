"""Who answers: one person at each level for each thing on each day, from the secretary down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from psycopg2.errors import DeadlockDetected, ExclusionViolation
from psycopg2.extras import DateRange

from cases.demo import prepare
from cases.models import Category, Disorder
from cases.statistics.chain.actions import For, appoint_answerable, end_answerable, withdraw_answerable
from cases.statistics.chain.demo import POSTS
from cases.statistics.chain.models import Answerable
from cases.statistics.chain.querysets import chain_for, in_force, in_street
from cases.statistics.chain.who import WHOLE, scopes_of, who_answers
from cases.statistics.demo import seed
from cases.statistics.models import Answerable as OfTheApp
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from citymgmt.refusals import Invalid, NotFound, NotPermitted
from communities.models import Community
from tests.office import District, china
from tests.racing import race

AT = china("2026-03-04 09:00")
TODAY = date(2026, 3, 4)
ONE = timedelta(days=1)
SECRETARY, DIRECTOR, DEPUTY, HEAD = Answerable.Level.values


@dataclass(frozen=True)
class Row:
    """A row as the pure core sees it."""

    who: str
    level: int
    scope: tuple[str, int] = WHOLE
    period: range = range(10)


def names(rows: list[Row], scopes: list[tuple[str, int]], on: Any = 5) -> list[list[str]]:
    return [[one.who for one in link.held] for link in who_answers(rows, scopes, on)]


ROWS = [
    Row("secretary", 1),
    Row("director", 2),
    Row("deputy", 3),
    Row("hygiene", 3, ("disorder", 7)),
    Row("north", 4, ("community", 1)),
    Row("south", 4, ("community", 2)),
    Row("pest", 4, ("team", 9)),
]


@pytest.mark.parametrize(
    ("scopes", "deputy", "head"),
    [
        ([], ["deputy"], []),
        ([("community", 1)], ["deputy"], ["north"]),
        ([("community", 3)], ["deputy"], []),
        ([("disorder", 7)], ["hygiene"], []),
        ([("disorder", 8)], ["deputy"], []),
        ([("team", 9)], ["deputy"], ["pest"]),
        ([("community", 1), ("community", 2)], ["deputy"], ["north", "south"]),
    ],
)
def test_who_answers_for_the_very_thing_comes_before_who_answers_for_the_whole(
    scopes: list[tuple[str, int]], deputy: list[str], head: list[str]
) -> None:
    assert names(ROWS, scopes) == [["secretary"], ["director"], deputy, head]


def test_a_chain_is_of_its_day() -> None:
    rows = [Row("first", 1, period=range(5)), Row("second", 1, period=range(5, 10))]
    assert [names(rows, [], on)[0] for on in (4, 5, 10)] == [["first"], ["second"], []]


def test_a_link_says_whether_it_is_of_the_very_thing() -> None:
    links = who_answers(ROWS, [("disorder", 7)], 5)  # type: ignore[arg-type]
    assert [link.is_special for link in links] == [False, False, True, False]


@pytest.mark.parametrize(
    ("asked", "scopes"),
    [
        (("community", "4"), [("community", 4)]),
        (("disorder", "4"), [("disorder", 4)]),
        (("team", "4"), [("team", 4)]),
        (("officer", "4", (1, 2)), [("community", 1), ("community", 2)]),
        (("category", "4", (), 7), [("disorder", 7)]),
        (("category", "4"), []),
        (("source", "call"), []),
        (("department", "4"), []),
        (("all", ""), []),
    ],
)
def test_which_scopes_fit_what_is_asked(asked: tuple[Any, ...], scopes: list[tuple[str, int]]) -> None:
    assert scopes_of(*asked) == scopes


def appoint(district: District, person: Any, **given: Any) -> Answerable:
    street = district.street
    asked = {"level": DEPUTY, "post_zh": "分管副主任", "from_on": TODAY, "by": street.leader, "at": AT, **given}
    return appoint_answerable(subdistrict=given.pop("subdistrict", street.subdistrict), user=person,
                              **{name: value for name, value in asked.items() if name != "subdistrict"})  # fmt: skip


def kept(**asked: Any) -> list[tuple[str, date, date | None]]:
    found = Answerable.objects.filter(**asked).order_by("period")
    return [(str(one.user), one.from_on, one.until_on) for one in found]


def test_the_model_is_one_of_the_statistics() -> None:
    assert (OfTheApp, Answerable._meta.app_label) == (Answerable, "statistics")


def test_who_is_appointed_ends_who_held_the_same_the_day_before(district: District) -> None:
    street = district.street
    appoint(district, street.clerk, from_on=TODAY - 9 * ONE)
    appoint(district, street.clerk2)
    assert kept() == [("clerk1", TODAY - 9 * ONE, TODAY - ONE), ("clerkb1", TODAY, None)]


def test_another_level_or_thing_gives_no_way(district: District) -> None:
    street, disorder = district.street, Disorder.objects.order_by("pk")[0]
    first, second = street.communities
    for given in (
        {},
        {"level": HEAD},
        {"answers_for": For(community=first)},
        {"answers_for": For(community=second)},
        {"answers_for": For(disorder=disorder)},
        {"answers_for": For(team=street.team)},
    ):
        appoint(district, street.clerk, **given)
    assert kept() == [("clerk1", TODAY, None)] * 6


def test_asking_again_changes_nothing(district: District) -> None:
    first = appoint(district, district.street.clerk)
    assert (appoint(district, district.street.clerk).pk, Answerable.objects.count()) == (first.pk, 1)


@pytest.mark.parametrize("role", Role)
def test_only_administrator_and_leader_of_the_place_appoint_and_end(district: District, role: str) -> None:
    people = {person.role: person for person in vars(district.street).values() if hasattr(person, "role")}
    person = people.get(role) or district.liaison
    held = appoint(district, district.street.clerk, level=HEAD)
    expected = {Role.ADMIN: None, Role.LEADER: None, Role.LIAISON: NotFound}.get(Role(role), NotPermitted)
    if expected is None:
        assert appoint(district, district.street.clerk2, by=person).user == district.street.clerk2
        ended = end_answerable(answerable=held, last_on=TODAY, by=person, at=AT)
        assert ended is not None
        assert ended.until_on == TODAY
    else:
        with pytest.raises(expected):
            appoint(district, district.street.clerk2, by=person)
        with pytest.raises(expected):
            end_answerable(answerable=held, last_on=TODAY, by=person, at=AT)
        assert kept() == [("clerk1", TODAY, None)]


def test_an_office_that_is_gone_has_nobody(district: District) -> None:
    with pytest.raises(NotFound):
        appoint(district, district.street.clerk, subdistrict=SubDistrict(pk=2**40))
    assert kept() == []


def test_another_office_does_not_exist(district: District) -> None:
    held = appoint(district, district.street.clerk)
    for act in (
        partial(appoint, district, district.street.clerk, by=district.other.leader),
        partial(end_answerable, answerable=held, last_on=TODAY, by=district.other.leader, at=AT),
        partial(withdraw_answerable, answerable=held, by=district.other.admin, at=AT),
    ):
        with pytest.raises(NotFound):
            act()
    assert kept() == [("clerk1", TODAY, None)]


WRONG: list[tuple[Callable[[District], dict[str, Any]], str]] = [
    (lambda d: {"user": d.other.clerk}, "user"),
    (lambda d: {"user": d.liaison}, "user"),
    (lambda d: {"level": 5}, "level"),
    (lambda d: {"level": 0}, "level"),
    (lambda d: {"post_zh": " "}, "post_zh"),
    (lambda d: {"post_zh": "职" * 61}, "post_zh"),
    (lambda d: {"post_en": "x" * 61}, "post_en"),
    (lambda d: {"answers_for": For(community=d.other.communities[0])}, "community"),
    (lambda d: {"answers_for": For(team=d.other.team)}, "team"),
    (lambda d: {"answers_for": For(team=d.cgj)}, "team"),
    (lambda d: {"answers_for": For(community=d.street.communities[0], team=d.street.team)}, "team"),
    (lambda d: {"from_on": date(1999, 12, 31)}, "from_on"),
    (lambda d: {"until_on": TODAY - ONE}, "until_on"),
    (lambda d: {"until_on": date(9999, 12, 31)}, "until_on"),
]


@pytest.mark.parametrize(("given", "field"), WRONG)
def test_what_cannot_be_is_refused_with_a_sentence(
    district: District, given: Callable[[District], dict[str, Any]], field: str
) -> None:
    asked = {"user": district.street.clerk, **given(district)}
    with pytest.raises(Invalid) as refused:
        appoint(district, asked.pop("user"), **asked)
    assert (list(refused.value.fields), Answerable.objects.count()) == ([field], 0)


def test_somebody_locked_out_and_a_closed_community_are_refused(district: District) -> None:
    street = district.street
    street.clerk.is_active = street.communities[0].is_active = False
    for person, given, field in (
        (street.clerk, {}, "user"),
        (street.clerk2, {"answers_for": For(community=street.communities[0])}, "community"),
    ):
        with pytest.raises(Invalid) as refused:
            appoint(district, person, **given)
        assert list(refused.value.fields) == [field]


def test_past_days_stay_as_they_were(district: District) -> None:
    street = district.street
    held = appoint(district, street.clerk, from_on=TODAY - 9 * ONE)
    for from_on in (TODAY - ONE, TODAY - 9 * ONE, TODAY - 10 * ONE):
        with pytest.raises(Invalid) as refused:
            appoint(district, street.clerk2, from_on=from_on)
        assert list(refused.value.fields) == ["from_on"]
    for last_on in (TODAY - 2 * ONE, date(2101, 1, 1)):
        with pytest.raises(Invalid) as refused:
            end_answerable(answerable=held, last_on=last_on, by=street.leader, at=AT)
        assert list(refused.value.fields) == ["last_on"]
    with pytest.raises(Invalid):
        withdraw_answerable(answerable=held, by=street.leader, at=AT)
    assert kept() == [("clerk1", TODAY - 9 * ONE, None)]


def test_what_has_not_begun_is_withdrawn(district: District) -> None:
    street = district.street
    planned = appoint(district, street.clerk, from_on=TODAY + 9 * ONE)
    withdraw_answerable(answerable=planned, by=street.leader, at=AT)
    assert kept() == []
    with pytest.raises(NotFound):
        withdraw_answerable(answerable=planned, by=street.leader, at=AT)


def test_ending_twice_is_ending_once(district: District) -> None:
    held = appoint(district, district.street.clerk)
    for _time in range(2):
        assert end_answerable(answerable=held, last_on=TODAY + ONE, by=district.street.leader, at=AT) == held
    assert kept() == [("clerk1", TODAY, TODAY + ONE)]


def row(district: District, **given: Any) -> Answerable:
    street = district.street
    told = {"subdistrict": street.subdistrict, "user": street.clerk, "level": HEAD, "post_zh": "科长",
            "period": DateRange(TODAY, None)}  # fmt: skip
    return Answerable.objects.create(**{**told, **given})


REFUSED_BY_DATABASE: list[Callable[[District], dict[str, Any]]] = [
    lambda d: {"period": DateRange(TODAY + 9 * ONE, None)},  # beside the row that is there
    lambda d: {"user": d.street.clerk2},
    lambda d: {"user": d.other.clerk, "level": DEPUTY},
    lambda d: {"user": d.liaison, "level": DEPUTY},
    lambda d: {"community": d.other.communities[0]},
    lambda d: {"team": d.other.team},
    lambda d: {"team": d.cgj},
    lambda d: {"community": d.street.communities[0], "team": d.street.team},
    lambda d: {"level": 5},
    lambda d: {"level": DEPUTY, "post_zh": ""},
    lambda d: {"level": DEPUTY, "period": DateRange(TODAY, TODAY)},
]


@pytest.mark.parametrize("given", REFUSED_BY_DATABASE)
def test_the_database_itself_refuses(district: District, given: Callable[[District], dict[str, Any]]) -> None:
    row(district)
    with pytest.raises(IntegrityError), transaction.atomic():
        row(district, **given(district))
    assert Answerable.objects.count() == 1


def test_the_database_lets_each_thing_have_its_own(district: District) -> None:
    street, disorder = district.street, Disorder.objects.order_by("pk")[0]
    for given in ({}, {"community": street.communities[0]}, {"community": street.communities[1]},
                  {"team": street.team}, {"disorder": disorder}, {"level": DEPUTY}):  # fmt: skip
        row(district, **given)
    row(district, level=DIRECTOR, period=DateRange(TODAY - ONE, TODAY))
    row(district, level=DIRECTOR)
    assert Answerable.objects.count() == 8


def test_a_row_may_not_move_to_another_office(district: District) -> None:
    held = row(district)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answerable.objects.filter(pk=held.pk).update(user=district.other.clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answerable.objects.filter(pk=held.pk).update(subdistrict=district.other.subdistrict)


def test_of_two_who_appoint_at_once_the_second_sees_the_first(committed: District) -> None:
    street = committed.street
    answers = race([partial(appoint, committed, person) for person in (street.clerk, street.clerk2)])
    assert sorted(type(one).__name__ for one in answers) == ["Answerable", "Invalid"]
    assert Answerable.objects.count() == 1


def test_the_database_itself_knows_one_person_each_day(committed: District) -> None:
    """Two connections that pass every check by hand; a violation or, when both wait at once, a deadlock."""
    people = (committed.street.clerk, committed.street.clerk2)
    answers = race([partial(row, committed, user=one) for one in people], losing=(IntegrityError, OperationalError))
    (lost,) = [answer.__cause__ for answer in answers if isinstance(answer, DatabaseError)]
    assert isinstance(lost, ExclusionViolation | DeadlockDetected), lost
    assert Answerable.objects.count() == 1


def test_what_happened_to_an_appointment_is_audited(district: District) -> None:
    held = appoint(district, district.street.clerk, from_on=TODAY - ONE)
    appoint(district, district.street.clerk2)
    planned = appoint(district, district.street.clerk, level=HEAD)
    withdraw_answerable(answerable=planned, by=district.street.leader, at=AT)
    events: Any = Answerable.pgh_event_model.objects  # type: ignore[attr-defined]
    assert list(events.filter(pgh_obj_id=held.pk).order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert", "update",
    ]  # fmt: skip
    assert list(events.filter(pgh_obj_id=planned.pk).order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert", "delete",
    ]  # fmt: skip


def chain(district: District, dimension: str, key: Any, on: date = TODAY) -> list[str]:
    """The people of a chain, the last one after the four."""
    street = district.street
    rows = in_force(street.leader, TODAY, on)
    found = chain_for(dimension, str(key), rows, in_street(street.subdistrict.pk, on), on)
    people = ["/".join(str(one.user) for one in link.held) for link in found.links]
    return people + (["/".join(map(str, found.last.people))] if found.last else [])


def test_the_chain_of_each_dimension(district: District) -> None:
    street, disorder = district.street, Disorder.objects.order_by("pk")[0]
    category = Category.objects.filter(disorder=disorder).order_by("pk")[0]
    first, second = street.communities
    appoint(district, street.leader, level=SECRETARY, post_zh="书记")
    appoint(district, street.clerk, level=DEPUTY)
    appoint(district, street.clerk2, level=DEPUTY, answers_for=For(disorder=disorder))
    appoint(district, street.auditor, level=HEAD, answers_for=For(community=first))
    appoint(district, street.admin, level=HEAD, answers_for=For(team=street.team))
    usual = ["leader1", "", "clerk1", ""]
    assert chain(district, "all", "") == usual
    assert chain(district, "community", first.pk) == ["leader1", "", "clerk1", "auditor1", "officer1"]
    assert chain(district, "community", second.pk) == [*usual, "officerb1"]
    assert chain(district, "disorder", disorder.pk) == ["leader1", "", "clerkb1", ""]
    assert chain(district, "team", street.team.pk) == ["leader1", "", "clerk1", "admin1", "teamleader1"]
    assert chain(district, "officer", street.officer.pk) == ["leader1", "", "clerk1", "auditor1", "officer1"]
    assert chain(district, "source", "call") == usual
    assert chain(district, "category", category.pk) == ["leader1", "", "clerkb1", ""]


def test_who_answered_on_a_day_stays_answerable(district: District) -> None:
    street = district.street
    appoint(district, street.clerk, from_on=TODAY - 9 * ONE)
    appoint(district, street.clerk2)
    found = [chain(district, "all", "", on)[2] for on in (TODAY - 10 * ONE, TODAY - ONE, TODAY, TODAY + 99 * ONE)]
    assert found == ["", "clerk1", "clerkb1", "clerkb1"]


def test_a_community_without_officer_ends_in_nobody(district: District) -> None:
    empty = Community.objects.create(code="440106001009", name_zh="新社区", subdistrict=district.street.subdistrict)
    assert chain(district, "community", empty.pk)[-1] == ""


def test_chains_of_another_office_are_not_seen(district: District) -> None:
    appoint(district, district.street.clerk)
    assert in_force(district.other.leader, TODAY, TODAY) == []


def test_the_demo_appoints_its_people_once(db: None) -> None:
    prepare(passwords={}, now=AT)
    told: list[str] = []
    for _time in range(2):
        seed(now=AT, tell=told.append, cases=1, seed=1)
    assert (len(told), Answerable.objects.count()) == (1, sum(map(len, POSTS.values())))
    assert Answerable.objects.exclude(community=None).count() == Answerable.objects.exclude(team=None).count() == 1
    assert set(User.objects.filter(username="fanghongyi").values_list("role", flat=True)) == {""}


def test_the_demo_appoints_nobody_where_there_is_no_demo_office(district: District) -> None:
    told: list[str] = []
    seed(now=AT, tell=told.append, cases=1, seed=1)
    assert (told, Answerable.objects.count()) == ([], 0)
