"""What a team finds is handled on the spot or a case, never both and never neither; the first may become the second."""

import uuid
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cases.actions import process_photos
from cases.models import Case, Photo
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState
from communities.models import KeyPlace
from communities.placed import PlaceTold
from patrols.findings.actions import MOST_PHOTOS, make_case, note_finding
from patrols.findings.models import Finding, FindingPhoto
from patrols.findings.querysets import counted, usual_categories
from tests.office import District
from tests.patrols.findings.found import category, finding_of, told_of
from tests.patrols.rounds.walks import EAST, MINUTE, NORTH, Walk, appointed
from tests.patrols.teams import NOW, ONE_DAY, TODAY, Crew, crew_of
from tests.photos.pictures import photo
from tests.racing import race


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("citymgmt.photos.actions.ring", "cases.actions.photos.ring"):
        monkeypatch.setattr(name, lambda: None)


# --- two ways ------------------------------------------------------------------------------------------------------
def test_what_is_handled_on_the_spot_is_no_case_and_counted_apart(crew: Crew) -> None:
    found = finding_of(crew)
    finding_of(crew, "case")
    assert (found.way, found.case, found.team.pk, found.by) == ("handled", None, crew.team.pk, crew.members[0])
    assert counted(Finding.objects.all()) == (1, 1)
    assert Case.objects.count() == 1


def test_a_case_takes_category_place_and_source_along(walk: Walk) -> None:
    community = walk.crew.district.street.communities[0]
    place = KeyPlace.objects.create(community=community, kind="market", name_zh="榕荫肉菜市场", pinyin="ryrcsc")
    walk.route.points.filter(pk=walk.points[0].pk).update(key_place=place, address="文昌路 12 号")
    round_ = walk.running()
    told = told_of(walk.crew, "case", note="三个摊档", round=round_.pk, ordinal=1, place=None)
    found = note_finding(by=walk.walker, at=NOW, told=told)
    case = found.case
    assert case is not None
    assert (case.source, case.category, case.community, case.key_place) == ("patrol", category(), community, place)
    assert (case.address, case.longitude, case.logged_by) == (
        "文昌路 12 号 榕荫肉菜市场",
        walk.points[0].longitude,
        walk.walker,
    )
    assert case.description == "巡查发现：占道经营，文昌路 12 号 榕荫肉菜市场。 三个摊档"
    assert (case.state, case.officer) == ("dispatched", walk.crew.district.street.officer)
    assert (found.round, found.visit.ordinal, found.case_by, found.case_at) == (round_, 1, walk.walker, NOW)  # type: ignore[union-attr]


def test_the_database_refuses_both_at_once_neither_and_the_way_back(crew: Crew) -> None:
    handled, cased = finding_of(crew), finding_of(crew, "case")
    row: dict[str, Any] = {
        "team": crew.team, "category": category(), "community": handled.community, "by": handled.by, "at": NOW,
    }  # fmt: skip
    case = {"case": cased.case, "case_by": handled.by, "case_at": NOW}
    for wrong in ({"way": "handled", **case}, {"way": "case"}):
        with pytest.raises(IntegrityError, match="finding_handled_or_case"), transaction.atomic():
            Finding.objects.create(**row, **wrong)
    back = {"way": "handled", "case": None, "case_by": None, "case_at": None}
    for pk, changed in ((cased.pk, back), (handled.pk, {"note": "x"}), (cased.pk, {"note": "x"})):
        with pytest.raises(DatabaseError, match="changes once"), transaction.atomic():
            Finding.objects.filter(pk=pk).update(**changed)
    with pytest.raises(DatabaseError, match="never removed"), transaction.atomic():
        Finding.objects.filter(pk=handled.pk).delete()


# --- afterwards ----------------------------------------------------------------------------------------------------
def test_what_was_handled_becomes_a_case_once_and_its_photos_go_along(crew: Crew, media: Path) -> None:
    found = finding_of(crew, photos=[photo(80, 60)])
    process_photos(now=lambda: NOW)
    finding_of(crew, photos=[photo(64, 48)])  # another's photos stay
    clerk, later = crew.clerk, NOW + MINUTE
    case = make_case(by=clerk, at=later, pk=found.pk)
    assert make_case(by=crew.leader, at=later + MINUTE, pk=found.pk) == case
    found.refresh_from_db()
    assert (found.way, found.case, found.case_by, found.case_at) == ("case", case, clerk, later)
    assert (found.photos.count(), FindingPhoto.objects.count()) == (0, 1)
    process_photos(now=lambda: later)
    (taken,) = Photo.objects.all()
    assert (taken.case, taken.kind, taken.state, taken.width) == (case, "before", "ready", 80)
    assert counted(Finding.objects.all()) == (1, 1)


def test_a_photo_of_what_was_handled_is_never_removed(crew: Crew, media: Path) -> None:
    finding_of(crew, photos=[photo()])
    with pytest.raises(DatabaseError, match="never removed"), transaction.atomic():
        FindingPhoto.objects.all().delete()


@pytest.mark.parametrize("lost", [True, False])
def test_a_photo_that_waits_goes_along_as_it_was_sent_and_one_that_is_lost_hinders_nothing(
    crew: Crew, media: Path, lost: bool
) -> None:
    found = finding_of(crew, photos=[photo(80, 60)])
    if lost:
        for file in (media / "incoming").iterdir():
            file.unlink()
    make_case(by=crew.leader, at=NOW, pk=found.pk)
    assert (Photo.objects.count(), FindingPhoto.objects.count()) == (0 if lost else 1, 0)


def test_photos_of_a_case_are_with_the_case_alone(crew: Crew, media: Path) -> None:
    found = finding_of(crew, "case", photos=[photo(80, 60), photo(64, 48)])
    assert (FindingPhoto.objects.count(), Photo.objects.filter(case=found.case).count()) == (0, 2)


# --- refusals ------------------------------------------------------------------------------------------------------
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "another way": ({"way": "both"}, "way"),
    "handled without a word": ({"note": " "}, "note"),
    "a long note": ({"note": "字" * 1001}, "note"),
    "no such category": ({"category": 2**40}, "category"),
    "nowhere": ({"place": None}, "community"),
    "half a point": ({"place": PlaceTold(1, longitude=1)}, "longitude"),  # type: ignore[arg-type]
    "a long address": ({"place": PlaceTold(1, "字" * 201)}, "address"),
    "another's key place": ({"key_place": 1}, "key_place"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_noted_says_why(crew: Crew, wrong: str) -> None:
    changed, field = WRONG[wrong]
    with pytest.raises(Invalid) as refused:
        finding_of(crew, **changed)
    assert list(refused.value.fields) == [field]


def test_a_category_that_is_no_longer_used_a_foreign_community_and_too_many_photos(crew: Crew, media: Path) -> None:
    unused, used = category("07001"), category().pk
    type(unused).objects.filter(pk=unused.pk).update(is_active=False)
    abroad = crew.district.other.communities[0].pk
    for changed, field in (({"category": unused.pk}, "category"), ({"place": PlaceTold(abroad)}, "community")):
        with pytest.raises(Invalid) as refused:
            finding_of(crew, **changed)
        assert list(refused.value.fields) == [field]
    with pytest.raises(Invalid) as refused:
        finding_of(crew, category=used, photos=[photo()] * (MOST_PHOTOS + 1))
    assert list(refused.value.fields) == ["photos"]


def test_the_round_is_begun_and_the_own_teams(walk: Walk) -> None:
    told = told_of(walk.crew, round=walk.round().pk, ordinal=1)
    with pytest.raises(WrongState):
        note_finding(by=walk.walker, at=NOW, told=told)
    running = walk.running(TODAY + ONE_DAY, NOW + ONE_DAY)
    with pytest.raises(NotFound):
        note_finding(by=walk.walker, at=NOW, told=replace(told, round=running.pk, ordinal=9))
    with pytest.raises(NotFound):
        note_finding(by=walk.crew.district.other.member, at=NOW, told=replace(told, round=running.pk))
    on_the_way = note_finding(by=walk.walker, at=NOW, told=replace(told, round=running.pk, ordinal=None))
    assert (on_the_way.round, on_the_way.visit, on_the_way.address) == (running, None, "文昌路 3 号")


def test_who_may_note_and_who_may_make_a_case(crew: Crew) -> None:
    street, other = crew.district.street, crew.district.other
    for person in (street.clerk, street.officer, street.leader):
        with pytest.raises(NotPermitted):
            note_finding(by=person, at=NOW, told=told_of(crew))
    found = finding_of(crew)
    refused: dict[User, Any] = {street.leader: NotPermitted, other.teamleader: NotFound, other.clerk: NotFound}
    for person, why in refused.items():
        with pytest.raises(why):
            make_case(by=person, at=NOW, pk=found.pk)
    assert make_case(by=street.officer, at=NOW, pk=found.pk).community == found.community


# --- resends -------------------------------------------------------------------------------------------------------
def test_a_resend_notes_once_and_its_key_serves_nothing_else(crew: Crew) -> None:
    given: dict[str, Any] = {"by": crew.members[0], "at": NOW, "request_key": str(uuid.uuid4())}
    first = note_finding(told=told_of(crew, "case"), **given)
    assert note_finding(told=told_of(crew, "case"), **given) == first
    with pytest.raises(KeyReused):
        note_finding(told=told_of(crew, "handled"), **given)
    assert (Finding.objects.count(), Case.objects.count()) == (1, 1)


def test_two_at_once_note_one_and_make_one_case(committed: District) -> None:
    crew = crew_of(committed)
    key = str(uuid.uuid4())
    given: dict[str, Any] = {"by": crew.members[0], "at": NOW, "told": told_of(crew), "request_key": key}
    one, other = race([partial(note_finding, **given)] * 2)
    assert one == other
    first, second = race([partial(make_case, by=by, at=NOW, pk=one.pk) for by in (crew.leader, crew.clerk)])
    assert (first, Case.objects.count()) == (second, 1)


# --- what is usual -------------------------------------------------------------------------------------------------
def test_usual_is_what_the_team_found_most_in_ninety_days(crew: Crew) -> None:
    for code, days in (("09005", 1), ("09005", 2), ("07001", 1), ("06010", 91)):
        finding_of(crew, category=category(code).pk, at=NOW - days * ONE_DAY)
    assert usual_categories(crew.team, TODAY) == [category("09005").pk, category("07001").pk]


def test_the_community_is_the_one_in_which_the_telephone_is(crew: Crew) -> None:
    square = [[EAST, NORTH], [EAST + 1, NORTH], [EAST + 1, NORTH + 1], [EAST, NORTH + 1], [EAST, NORTH]]
    community = crew.district.street.communities[1]
    community.boundary = {"type": "Polygon", "coordinates": [square]}
    community.save()
    there = PlaceTold(0, longitude=EAST + 0.5, latitude=NORTH + 0.5)  # type: ignore[arg-type]
    assert finding_of(crew, place=there).community == community


def test_one_person_walks_one_round_says_the_database(walk: Walk) -> None:
    running = walk.running()
    other = appointed(walk.route, walk.crew.evening, TODAY)
    with pytest.raises(IntegrityError, match="round_walked_one_at_a_time"), transaction.atomic():
        type(other).objects.filter(pk=other.pk).update(state="walking", walker=running.walker, started_at=NOW)
