"""A unit without a log-in: its link opens once, shows only its own, and what it reports counts as the unit's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.meetings.actions import act_on_resolution
from cases.meetings.models import Resolution, Seat, UnitLink
from cases.meetings.outside.actions import (
    MOST_AT_ONCE,
    LinkGone,
    digest_of_secret,
    end_links,
    link_to_open,
    make_link,
    open_link,
    opened_link,
    report_as_unit,
)
from citymgmt.refusals import KeyReused, NotFound, NotPermitted, Stale, WrongState
from tests.meetings.gatherings import ENACTED, Gathering
from tests.racing import race

LATER = ENACTED + timedelta(hours=2)
BACK = {"version": 2, "note": "已完成一半", "request_key": "r1"}


def opened(gathering: Gathering, unit: Any = None) -> UnitLink:
    secret, _link = make_link(by=gathering.district.street.clerk, at=ENACTED, unit=(unit or gathering.school).pk)
    return open_link(secret=secret, at=LATER)


def of_school(gathering: Gathering, state: str = "open") -> Resolution:
    return gathering.resolution(state, lead=gathering.school.pk)


def test_the_secret_is_kept_as_a_hash_alone(gathering: Gathering) -> None:
    secret, link = make_link(by=gathering.district.street.clerk, at=ENACTED, unit=gathering.school.pk)
    assert (link.digest, len(secret)) == (digest_of_secret(secret), 27)  # 160 bits
    assert secret not in str(UnitLink.objects.values())


@pytest.mark.parametrize(("who", "refusal"), [("officer", NotFound), ("auditor", NotFound), ("admin", NotPermitted)])
def test_links_are_made_by_the_office(gathering: Gathering, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        make_link(by=getattr(gathering.district.street, who), at=ENACTED, unit=gathering.school.pk)
    with pytest.raises(NotFound):
        make_link(by=gathering.district.other.clerk, at=ENACTED, unit=gathering.school.pk)


@pytest.mark.parametrize("unit", [0, -1, 10**12, 2**70])
def test_of_a_unit_that_is_none_there_are_no_links(gathering: Gathering, unit: int) -> None:
    for act in (make_link, end_links):
        with pytest.raises(NotFound):
            act(by=gathering.district.street.clerk, at=ENACTED, unit=unit)


def test_of_more_than_twenty_that_wait_the_oldest_end(gathering: Gathering) -> None:
    link = opened(gathering)
    for _n in range(MOST_AT_ONCE + 1):
        make_link(by=gathering.district.street.clerk, at=LATER, unit=gathering.school.pk)
    rows = UnitLink.objects.filter(unit=gathering.school, opened_at=None).order_by("id")
    ended = [one.ended_at for one in rows]
    assert ended == [LATER] * (len(ended) - MOST_AT_ONCE) + [None] * MOST_AT_ONCE
    assert len(ended) > MOST_AT_ONCE
    assert opened_link(link.pk, LATER) == link  # it waits no more


def test_it_opens_once(gathering: Gathering) -> None:
    secret, link = make_link(by=gathering.district.street.clerk, at=ENACTED, unit=gathering.school.pk)
    assert open_link(secret=secret, at=LATER).pk == link.pk
    with pytest.raises(LinkGone):
        open_link(secret=secret, at=LATER)


def test_of_two_who_open_it_at_once_one_does(gathered: Gathering) -> None:
    secret, _link = make_link(by=gathered.district.street.clerk, at=ENACTED, unit=gathered.school.pk)
    found = race([lambda: open_link(secret=secret, at=LATER)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["LinkGone", "UnitLink"]


@pytest.mark.parametrize("secret", ["", "x", "a" * 27, "\ud800", "%00"])
def test_what_was_never_given_opens_nothing(gathering: Gathering, secret: str) -> None:
    with pytest.raises(LinkGone):
        link_to_open(secret, LATER)


def test_it_expires_and_can_be_ended(gathering: Gathering) -> None:
    clerk = gathering.district.street.clerk
    secret, link = make_link(by=clerk, at=ENACTED, unit=gathering.school.pk)
    with pytest.raises(LinkGone):
        link_to_open(secret, link.expires_at)
    found = opened(gathering)
    assert opened_link(found.pk, LATER) == found
    with pytest.raises(LinkGone):
        opened_link(found.pk, LATER + timedelta(hours=4))
    assert end_links(by=clerk, at=LATER, unit=gathering.school.pk) == 3  # with that of the mail that invited it
    for gone in (lambda: opened_link(found.pk, LATER), lambda: link_to_open(secret, LATER)):
        with pytest.raises(LinkGone):
            gone()


@pytest.mark.parametrize("pk", [None, "1", 0, 10**12])
def test_a_session_of_no_link_lets_nobody_in(gathering: Gathering, pk: object) -> None:
    with pytest.raises(LinkGone):
        opened_link(pk, LATER)


def test_its_report_is_the_units(gathering: Gathering) -> None:
    link, resolution = opened(gathering), of_school(gathering)
    event = report_as_unit("progress", link=link, number=resolution.number, at=LATER, **BACK)
    again = report_as_unit("progress", link=link, number=resolution.number, at=LATER, **BACK)
    assert (event.by, event.unit_id, event.note, again.pk) == (None, gathering.school.pk, "已完成一半", event.pk)
    done = {"version": 3, "note": "已完成", "request_key": "r2"}
    report_as_unit("report_done", link=link, number=resolution.number, at=LATER, **done)
    resolution.refresh_from_db()
    assert (resolution.state, resolution.reported_at) == ("reported", LATER)


@pytest.mark.parametrize("state", ["draft", "open"])
def test_another_units_resolution_is_not_found(gathering: Gathering, state: str) -> None:
    link, resolution = opened(gathering), gathering.resolution(state)
    with pytest.raises(NotFound):
        report_as_unit("progress", link=link, number=resolution.number, at=LATER, **BACK)


def test_its_own_is_not_seen_before_it_is_in_force(gathering: Gathering) -> None:
    link, resolution = opened(gathering), of_school(gathering, "draft")
    with pytest.raises(NotFound):
        report_as_unit("progress", link=link, number=resolution.number, at=LATER, **BACK)


@pytest.mark.parametrize("name", ["agree", "withdraw", "urge", "enact"])
def test_it_does_nothing_that_is_the_offices(gathering: Gathering, name: str) -> None:
    link, resolution = opened(gathering), of_school(gathering)
    with pytest.raises(NotPermitted):
        act_on_resolution(name, number=resolution.number, by=None, at=LATER, note="x", for_unit=link.unit)


def test_stale_wrong_state_and_reused_keys_are_refused(gathering: Gathering) -> None:
    link, resolution = opened(gathering), of_school(gathering)
    with pytest.raises(Stale):
        report_as_unit("progress", link=link, number=resolution.number, at=LATER, **{**BACK, "version": 9})
    report_as_unit("report_done", link=link, number=resolution.number, at=LATER, **BACK)
    with pytest.raises(WrongState):
        report_as_unit("progress", link=link, number=resolution.number, at=LATER, **{**BACK, "request_key": "r2"})
    with pytest.raises(KeyReused):
        report_as_unit("report_done", link=link, number=resolution.number, at=LATER, **{**BACK, "note": "别的"})


@pytest.fixture
def guest(gathering: Gathering, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser in which the school's link was opened."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    secret, _link = make_link(by=gathering.district.street.clerk, at=ENACTED, unit=gathering.school.pk)
    asked = client.get(reverse("meetings:knock", args=[secret]))
    assert (asked.status_code, asked.headers["Referrer-Policy"]) == (200, "same-origin")  # with less no form is taken
    answer = client.post(reverse("meetings:enter"), {"secret": secret})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/unit/")
    assert client.get(reverse("meetings:knock", args=[secret])).status_code == 410
    return client


def test_only_its_own_is_on_its_pages(guest: Client, gathering: Gathering) -> None:
    own, other = of_school(gathering), gathering.resolution("open")
    page = guest.get("/unit/")
    assert (own.number in page.text, other.number in page.text) == (True, False)
    assert guest.get(f"/unit/resolutions/{own.number}/").status_code == 200
    assert guest.get(f"/unit/resolutions/{other.number}/").status_code == 404
    assert "no-store" in page.headers["Cache-Control"]


def test_reports_and_answers_by_the_pages(guest: Client, gathering: Gathering) -> None:
    own = of_school(gathering)
    address = f"/unit/resolutions/{own.number}/progress/"
    sent = {"version": own.version, "request_key": "0b5c2c53-8f2b-4b23-9f0c-3d7d2f6c1f11", "note": "已完成一半"}
    assert guest.post(address, sent).status_code == 302
    assert guest.post(address, {**sent, "note": ""}).status_code == 422
    seat = gathering.meeting.seats.get(unit=gathering.school)
    assert guest.post(f"/unit/seats/{seat.pk}/", {"answer": "coming", "names": "王五"}).status_code == 302
    seat.refresh_from_db()
    assert (seat.answer, seat.names, own.events.last().unit_id) == ("coming", "王五", gathering.school.pk)


def test_another_units_seat_is_not_found(guest: Client, gathering: Gathering) -> None:
    seat = gathering.meeting.seats.get(unit=gathering.department)
    assert guest.post(f"/unit/seats/{seat.pk}/", {"answer": "coming"}).status_code == 404
    assert guest.get(f"/unit/seats/{seat.pk}/calendar/").status_code == 404
    assert Seat.objects.exclude(answer="").count() == 0


def test_the_meeting_goes_into_a_calendar(guest: Client, gathering: Gathering) -> None:
    seat = gathering.meeting.seats.get(unit=gathering.school)
    lines = guest.get(f"/unit/seats/{seat.pk}/calendar/").text.split("\r\n")
    assert {"DTSTART:20260303T063000Z", "SUMMARY:三月联席会议", "LOCATION:三楼会议室", "SEQUENCE:1"} <= set(lines)
    assert all(len(line.encode()) <= 75 for line in lines)


def test_without_a_link_nobody_is_let_in(gathering: Gathering, client: Client) -> None:
    own = of_school(gathering)
    for address in ("/unit/", f"/unit/resolutions/{own.number}/"):
        assert client.get(address).status_code == 410
    assert client.post("/unit/open/", {"secret": "x"}).status_code == 410
    assert client.get("/meetings/").status_code == 302  # to the log-in: a link is none


GUESTS_GET = ("/unit/", "/unit/resolutions/x/", "/unit/seats/1/calendar/", "/unit/papers/minutes/1/",
              "/unit/papers/circulars/1/pdf/")  # fmt: skip
GUESTS_POST = ("/unit/seats/1/", "/unit/resolutions/x/progress/", "/unit/papers/circulars/1/", "/unit/leave/")


@pytest.mark.parametrize("who", ["", "clerk", "leader", "admin"])
def test_a_log_in_is_no_link(gathering: Gathering, client: Client, who: str) -> None:
    if who:
        client.force_login(getattr(gathering.district.street, who))
    assert {client.get(address).status_code for address in GUESTS_GET} == {410}
    assert {client.post(address).status_code for address in GUESTS_POST} == {410}


def test_closing_lets_out(guest: Client) -> None:
    guest.post("/unit/leave/")
    assert guest.get("/unit/").status_code == 410


def test_the_link_is_shown_once(gathering: Gathering, client: Client) -> None:
    client.force_login(gathering.district.street.clerk)
    address = reverse("meetings:unit-links", args=[gathering.school.pk])
    made = client.post(address, {"request_key": "0b5c2c53-8f2b-4b23-9f0c-3d7d2f6c1f12"})
    assert "/unit/open/" in made.text
    assert "/unit/open/" not in client.get(address).text


def test_what_was_reported_by_a_link_stands_in_the_units_name(guest: Client, gathering: Gathering) -> None:
    own = of_school(gathering)
    report_as_unit("progress", link=UnitLink.objects.latest("opened_at"), number=own.number, at=LATER, **BACK)
    act_on_resolution(
        "prolong", number=own.number, by=gathering.district.street.leader, at=LATER, note="雨天", limit_days=3
    )
    by_link = guest.get(f"/unit/resolutions/{own.number}/").context["events"]
    assert [str(one.by) for one in by_link] == ["甲街", "第一小学"]  # people are not named to guests
    guest.logout()
    guest.force_login(gathering.district.street.leader)
    at_desk = guest.get(own.get_absolute_url()).context["latest_first"]
    assert [str(one.by) for one in at_desk[:2]] == [str(gathering.district.street.leader), "第一小学"]
