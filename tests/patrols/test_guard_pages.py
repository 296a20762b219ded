"""Pages of guard posts and key places: enter, plan, stand on the phone, figures; who sees what; few queries."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patrols.guards.actions import LookTold, leave_post, save_post, take_look
from patrols.guards.models import ConditionLook, GuardHours, GuardPost, GuardWatch
from patrols.guards.querysets import disorders
from tests.cases.list_pages import words
from tests.office import District, china
from tests.patrols.guards import EVENING, SEVEN, TODAY, Guard, guard_of, told_of

Get = Callable[..., Any]
NINE = china("2026-03-02 09:00")
DEVICE = {"longitude": "113.33", "latitude": "23.13", "accuracy_m": "12"}


@pytest.fixture
def guard(district: District) -> Guard:
    return guard_of(district)


def test_a_leader_enters_a_post_its_hours_and_plans_the_month(guard: Guard, moment: Any, get: Get, send: Get) -> None:
    leader = guard.crew.leader
    moment(EVENING)
    new = f"/guards/new/?key_place={guard.place.pk}"
    assert (
        send(leader, new, "", name_zh="西门", until_on="", community="", team=str(guard.crew.team.pk)).status_code
        == 302
    )
    post = GuardPost.objects.get(name_zh="西门")
    assert (post.key_place_id, post.community_id) == (guard.place.pk, guard.place.community_id)
    page = f"/guards/{post.pk}/hours/"
    assert send(leader, page, days="every", starts="22:00", ends="22:00", persons="1").status_code == 422
    assert (
        send(leader, page, days="every", starts="22:00", ends="01:00", persons="2", is_active="on").status_code == 302
    )
    assert send(leader, f"/guards/{post.pk}/change/", radius_m="80", until_on="").status_code == 302
    hours = GuardHours.objects.get(post=post)
    assert send(leader, f"/guards/hours/{hours.pk}/", persons="1", is_active="on").status_code == 302
    roster = f"/guards/roster/{guard.crew.team.pk}/"
    answer = send(leader, f"{roster}?month=2026-03", f"{roster}plan/")
    assert answer.status_code == 302
    assert GuardWatch.objects.filter(post=post).count() == 31  # of today too: it has not begun
    assert "Planned: 53 watches added" in words(get(leader, f"{roster}?month=2026-03"))
    get(leader, f"{roster}?month=x")


def test_on_the_phone_one_arrives_looks_and_leaves(guard: Guard, moment: Any, get: Get, send: Get) -> None:
    guard.more_hours(time(9), time(11))
    first, second, *_rest = guard.plan()
    me, next_one = first.user, second.user
    moment(SEVEN)
    page = first.get_absolute_url()
    assert page in get(me, "/guards/mine/").content.decode()
    refused = send(me, page, f"{page}arrive/")
    assert (refused.status_code, "does not know where you are" in words(refused)) == (422, True)
    assert send(me, page, f"{page}arrive/", **DEVICE).status_code == 302
    look = f"/guards/places/{guard.place.pk}/look/"
    seen = f"seen_{disorders()[0].key}"
    assert send(me, look, **{seen: "awful"}).status_code == 422
    assert send(me, look, **{seen: "serious"})["Location"] == page  # back to the watch
    assert ConditionLook.objects.get().score == 85
    refused = send(me, page, f"{page}leave/", note="")
    assert (refused.status_code, first.events.count()) == (422, 2)  # too early, without a reason
    moment(NINE)
    there = second.get_absolute_url()
    assert "takes over from" in words(get(next_one, there))
    assert send(next_one, there, f"{there}arrive/", **DEVICE).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.left_at) == ("done", NINE)
    assert f"took over from {me}" in words(get(next_one, there))
    later = guard.watches()[2]
    page = later.get_absolute_url()
    assert send(guard.crew.leader, f"{page}assign/", user=str(me.pk), reason="对调").status_code == 302
    assert send(me, f"{page}absence/", reason="").status_code == 422
    assert send(me, f"{page}absence/", reason="家中有事").status_code == 302
    assert "absent with a reason" in words(get(guard.crew.leader, page))


def test_figures_say_how_they_are_made(guard: Guard, moment: Any, get: Get) -> None:
    first, second, *_rest = guard.plan()
    guard.come(first)
    leave_post(pk=first.pk, by=first.user, at=NINE)
    moment(china("2026-03-03 12:00"))
    found = words(get(guard.street.leader, "/guards/figures/?month=2026-03"))
    assert "120 of 240 minutes" in found
    assert "An absence with a reason stays planned." in found
    assert "50 %" in found
    assert "–" in words(get(guard.street.leader, "/guards/figures/?month=2020-01"))
    assert str(second.user) in found


def test_a_key_place_shows_cases_and_condition_and_opens_forms_filled_in(
    guard: Guard, moment: Any, get: Get, send: Get
) -> None:
    take_look(by=guard.street.officer, at=EVENING, place=guard.place.pk, told=LookTold())
    moment(SEVEN)
    page = f"/guards/places/{guard.place.pk}/"
    clerk = guard.crew.clerk
    found = get(clerk, page)
    assert "2026-03" in words(found)
    assert page in get(clerk, "/guards/places/").content.decode()
    assert f'href="/cases/?key_place={guard.place.pk}"' in get(clerk, page).content.decode()
    log = f"/cases/new/?key_place={guard.place.pk}"
    assert log in found.content.decode()
    assert f'<option value="{guard.place.pk}" selected>' in get(clerk, log).content.decode()
    assert send(clerk, "/guards/places/deductions/").status_code == 302
    get(guard.street.leader, "/guards/places/deductions/", 403)
    get(guard.street.leader, f"{page}look/", 403)


def test_others_have_no_such_pages(guard: Guard, get: Get) -> None:
    watch, other = guard.plan()[0], guard.crew.district.other
    pages = (guard.post.get_absolute_url(), watch.get_absolute_url(), f"/guards/places/{guard.place.pk}/")
    for person in (other.clerk, other.officer, other.member, guard.street.officer2):
        for page in pages:
            get(person, page, 404)
        assert "榕荫市场" not in words(get(person, "/guards/"))
    for person in (guard.street.admin, guard.street.auditor):
        get(person, "/guards/", 403)
    get(guard.street.officer, pages[1])


@pytest.mark.parametrize("page", ["list", "post", "roster", "mine", "watch", "figures", "places", "place"])
def test_as_many_queries_however_many_rows(guard: Guard, client: Client, get: Get, moment: Any, page: str) -> None:
    watches = guard.plan()
    guard.come(watches[0])
    person = watches[0].user if page in ("mine", "watch") else guard.crew.clerk
    address = {
        "list": "/guards/",
        "post": guard.post.get_absolute_url(),
        "roster": reverse("guards:roster", args=[guard.crew.team.pk]),
        "mine": "/guards/mine/",
        "watch": watches[0].get_absolute_url(),
        "figures": "/guards/figures/",
        "places": "/guards/places/",
        "place": f"/guards/places/{guard.place.pk}/",
    }[page]
    moment(SEVEN)

    def counted() -> int:
        get(person, address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    take_look(by=guard.street.officer, at=EVENING, place=guard.place.pk, told=LookTold())
    few = counted()
    for n in range(3):
        save_post(by=guard.crew.leader, at=EVENING, told=told_of(guard.crew, guard.place, name_zh=f"门{n}"))
        guard.more_hours(time(11 + n), time(12 + n))
        take_look(by=guard.street.officer, at=EVENING, place=guard.place.pk, told=LookTold(note=str(n)))
    guard.plan(month=TODAY)
    assert counted() == few
    assert few <= 12
