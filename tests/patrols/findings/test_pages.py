"""Pages of findings: three taps from the round, the list with its two figures, who sees what, refusals in place."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions import process_photos
from cases.models import Case
from citymgmt.people.models import Organisation, User
from communities.models import KeyPlace
from patrols.findings.models import Finding
from patrols.rounds.actions.walking import CheckIn, finish_round, see_point
from tests.cases.list_pages import words
from tests.patrols.findings.found import category, finding_of
from tests.patrols.rounds.walks import Walk, near
from tests.patrols.teams import NOW, ONE_DAY, TODAY, Crew
from tests.photos.pictures import photo

Get = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("moment", "media")


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citymgmt.photos.actions.ring", lambda: None)


def test_from_the_round_category_and_button_make_a_case_and_one_is_back_on_the_round(
    walk: Walk, get: Get, send: Get
) -> None:
    round_ = walk.running()
    page = f"/findings/rounds/{round_.pk}/points/1/new/"
    assert page in get(walk.walker, round_.get_absolute_url()).content.decode()
    assert page not in get(walk.crew.clerk, round_.get_absolute_url()).content.decode()
    answer = send(walk.walker, page, category=category().pk, way="case")
    assert answer["Location"] == round_.get_absolute_url()
    told = words(get(walk.walker, answer["Location"]))
    assert f"The case {Case.objects.get().number} is logged." in told
    assert "Found on this round Trading on the public way made a case 09:00 · 榕荫肉菜市场" in told
    finding_page = Finding.objects.get().get_absolute_url()
    assert Case.objects.get().get_absolute_url() in get(walk.crew.clerk, finding_page).content.decode()


def test_handled_without_photo_or_note_is_refused_in_place_and_what_was_chosen_stays(walk: Walk, send: Get) -> None:
    page = f"/findings/rounds/{walk.running().pk}/points/1/new/"
    folded = category("06010").pk
    answer = send(walk.walker, page, category=folded, way="handled", note="")
    assert (answer.status_code, "Take a photo, or write what was done." in words(answer)) == (422, True)
    assert f'value="{folded}"' in answer.content.decode().partition("checked")[0].rpartition("<input")[2]
    nothing = send(walk.walker, page, note="x", way="")
    assert (nothing.status_code, "Say whether it was handled on the spot" in words(nothing)) == (422, True)
    assert Finding.objects.count() == 0


def test_away_from_rounds_the_key_place_says_the_community(crew: Crew, send: Get) -> None:
    community = crew.district.street.communities[1]
    place = KeyPlace.objects.create(community=community, kind="market", name_zh="市场", pinyin="sc")
    typed = {"category": category().pk, "way": "handled", "note": "已劝离", "community": "", "key_place": place.pk}
    answer = send(crew.leader, "/findings/new/", **typed)
    found = Finding.objects.get()
    assert answer["Location"] == found.get_absolute_url()
    assert (found.community, found.key_place, found.round) == (community, place, None)
    nowhere = send(crew.leader, "/findings/new/", **{**typed, "key_place": ""})
    assert (nowhere.status_code, "Choose the community." in words(nowhere)) == (422, True)


def test_what_one_notes_while_walking_belongs_to_the_round(walk: Walk, send: Get) -> None:
    round_ = walk.running()
    community = walk.crew.district.street.communities[1].pk
    typed = {"category": category().pk, "way": "handled", "note": "已劝离", "community": community}
    assert send(walk.walker, "/findings/new/", **typed)["Location"] == round_.get_absolute_url()
    assert (Finding.objects.get().round, Finding.objects.get().visit) == (round_, None)


def test_a_round_that_nobody_began_takes_no_finding_and_the_page_leads_back(walk: Walk, send: Get) -> None:
    ahead = walk.round()
    answer = send(walk.walker, f"/findings/rounds/{ahead.pk}/points/1/new/", category=category().pk, way="case")
    assert (answer.status_code, ahead.get_absolute_url() in answer.content.decode()) == (409, True)
    assert "Nobody has begun this round" in words(answer)


def test_the_two_figures_and_the_filters(crew: Crew, get: Get) -> None:
    finding_of(crew)
    finding_of(crew, at=NOW - 3 * ONE_DAY)
    finding_of(crew, "case", category=category("07001").pk)
    street = crew.district.street
    kept = {"kind": "pest_team", "key": "pest", "name_zh": "消杀队", "district_code": crew.team.district_code}
    other = Organisation.objects.create(subdistrict=street.subdistrict, **kept)
    here = f"/findings/?first={TODAY}"
    told = words(get(crew.clerk, here))
    assert "handled on the spot 1 no case, counted apart" in told
    assert "made a case 1 with number" in told
    rows = {
        "": 3,
        f"first={TODAY}": 2,
        f"last={TODAY - ONE_DAY}": 1,
        "way=case": 1,
        f"category={category().pk}": 2,
        f"team={other.pk}": 0,
        f"team={crew.team.pk}": 3,
    }
    for asked, count in rows.items():
        assert get(crew.clerk, f"/findings/?{asked}").content.decode().count("card-title-cell") == count, asked


def test_an_officer_sees_what_was_found_in_the_own_community_and_may_make_it_a_case(
    crew: Crew, get: Get, send: Get
) -> None:
    own, other = finding_of(crew), finding_of(crew, community=1)
    officer = crew.district.street.officer
    get(officer, other.get_absolute_url(), 404)
    page = own.get_absolute_url()
    assert send(officer, page, f"{page}case/")["Location"] == page
    assert "First handled on the spot; made a case by" not in words(get(officer, page))  # at the same moment
    assert Case.objects.get().number in words(get(officer, page))


def test_photos_are_for_who_sees_the_finding(crew: Crew, get: Get) -> None:
    found = finding_of(crew, photos=[photo(80, 60)])
    address = f"/findings/photos/{found.photos.get().pk}/picture/"
    get(crew.clerk, address, 404)  # not developed yet
    process_photos(now=lambda: NOW)
    assert get(crew.clerk, address)["Content-Type"] == "image/jpeg"
    assert address in get(crew.leader, found.get_absolute_url()).content.decode()
    get(crew.district.other.teamleader, address, 404)
    get(crew.clerk, address.replace("picture", "other"), 404)


def test_the_pages_cost_few_queries_however_much_was_found(walk: Walk, client: Client) -> None:
    round_ = walk.running()

    def costs() -> list[int]:
        found = []
        for page in ("/findings/", round_.get_absolute_url(), "/findings/new/"):
            client.get(page)  # what is kept in the process is read once
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            found.append(len(queries))
        return found

    finding_of(walk.crew, "case", round=round_.pk, ordinal=1)
    client.force_login(walk.walker)
    one = costs()
    for way in ("case", "handled") * 4:
        finding_of(walk.crew, way, round=round_.pk, ordinal=2)
    assert costs() == one
    assert max(one) <= 12


def test_after_the_walk_the_findings_stay_on_its_page(walk: Walk, get: Get) -> None:
    round_ = walk.running()
    finding_of(walk.crew, round=round_.pk, ordinal=1)
    see_point(pk=round_.pk, ordinal=1, by=walk.walker, at=NOW, told=CheckIn(near(walk.points[0])))
    finish_round(pk=round_.pk, by=walk.walker, at=NOW, note="下雨")
    page = get(walk.crew.clerk, round_.get_absolute_url())
    assert ("Found on this round" in words(page), "Note a finding" in words(page)) == (True, False)


def test_pages_of_findings_are_open_to_whom_the_table_names(crew: Crew, get: Get) -> None:
    street = crew.district.street
    people: dict[User, tuple[int, int]] = {
        street.clerk: (200, 403), street.officer: (200, 403), street.member: (200, 200), street.admin: (403, 403),
    }  # fmt: skip
    for person, (listed, new) in people.items():
        get(person, "/findings/", listed)
        get(person, "/findings/new/", new)
