"""The pages of who answers: read by whom they concern, arranged by leader and administrator of the office."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.statistics.chain.actions import For, appoint_answerable
from cases.statistics.chain.models import Answerable
from citymgmt.people.models import User
from communities.models import Community
from tests.office import District

MOST_QUERIES = 12
ONE = timedelta(days=1)
CHAIN = "/statistics/chain/"
APPOINT = "/statistics/chain/appoint/"


def web(person: User) -> Client:
    """A browser in which somebody has logged in and reads English."""
    User.objects.filter(pk=person.pk).update(language="en")
    client = Client()
    client.force_login(person)
    return client


def appoint(district: District, person: User, level: int = 3, **given: Any) -> Answerable:
    now = timezone.now()
    asked = {"post_zh": "分管副主任", "from_on": timezone.localdate(now), "by": None, "at": now, **given}
    return appoint_answerable(subdistrict=district.street.subdistrict, user=person, level=level, **asked)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def sent(district: District, **typed: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {
        "user": district.street.clerk.pk,
        "request_key": uuid4(),
        "level": 4,
        "post_zh": "城管科科长",
        "from_on": today,
        **typed,
    }


@pytest.mark.parametrize(
    ("who", "reads", "arranges"),
    [("clerk", 200, 403), ("leader", 200, 200), ("admin", 200, 200), ("auditor", 200, 403), ("officer", 403, 403),
     ("teamleader", 403, 403), ("member", 403, 403), ("secadmin", 403, 403)],
)  # fmt: skip
def test_who_may_read_and_arrange(district: District, who: str, reads: int, arranges: int) -> None:
    held = appoint(district, district.street.clerk2)
    client = web(getattr(district.street, who))
    assert (client.get(CHAIN).status_code, client.get(APPOINT).status_code) == (reads, arranges)
    assert client.post(APPOINT, sent(district)).status_code == (302 if arranges == 200 else 403)
    ending = client.get(reverse("statistics:end-answering", args=[held.pk])).status_code
    assert ending == (arranges if reads == 200 else 404)
    assert ("statistics/chain/appoint/" in text(client.get(CHAIN))) == (arranges == 200)
    assert Answerable.objects.count() == (2 if arranges == 200 else 1)


def test_a_liaison_and_a_guest_see_nothing_of_it(district: District) -> None:
    assert web(district.liaison).get(CHAIN).status_code == 403
    assert Client().get(CHAIN)["Location"] == f"/login/?next={CHAIN}"


def test_another_office_is_not_found(district: District) -> None:
    held = appoint(district, district.street.clerk2)
    end = reverse("statistics:end-answering", args=[held.pk])
    stranger = web(district.other.leader)
    assert (stranger.get(end).status_code, stranger.post(end).status_code) == (404, 404)
    street = district.street
    for by, thing in (("community", street.communities[0]), ("team", street.team), ("officer", street.officer)):
        answer = stranger.get(CHAIN, {"by": by, "key": thing.pk})
        assert (answer.status_code, str(street.officer) in text(answer)) == (404, False)
    assert str(street.clerk2) not in text(stranger.get(CHAIN))
    assert Answerable.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [("by=community", 404), ("by=community&key=999999", 404), ("by=community&key=x", 404), ("by=team&key=²", 404),
     ("by=community&key=99999999999999999999", 404), ("by=source&key=nothing", 404), ("by=king&key=1", 422),
     ("on=2026-13-01", 422), ("on=1999-12-31", 422), (f"by=team&key={'9' * 21}", 422), ("by=source&key=call", 200),
     ("by=all&key=1", 200), ("on=2026-03-04", 200), ("key=%3Cscript%3E", 200)],
)  # fmt: skip
def test_what_an_address_may_ask(district: District, query: str, status: int) -> None:
    answer = web(district.street.leader).get(f"{CHAIN}?{query}")
    assert (answer.status_code, "<script>" in text(answer)) == (status, False)


def test_the_chain_of_a_community_reads_from_the_secretary_down(district: District) -> None:
    street = district.street
    first = street.communities[0]
    appoint(district, street.leader, 1, post_zh="书记", post_en="Secretary")
    appoint(district, street.clerk, 3, answers_for=For(community=first), post_en="Deputy of the north")
    page = web(street.leader).get(CHAIN, {"by": "community", "key": first.pk})
    steps = [(step.post, step.people, step.is_special) for step in page.context["asked"].steps]
    assert steps == [
        ("Secretary", "leader1", False),
        ("Director of the office", "", False),
        ("Deputy of the north", "clerk1", True),
        ("Section head", "", False),
        ("Community officer", "officer1", True),
    ]
    assert "Who answers for 甲街第1社区" in text(page)


def test_gaps_are_said_once_for_the_office_and_once_for_each_thing(district: District) -> None:
    street = district.street
    for level in (1, 2, 4):
        appoint(district, street.leader, level)
    Community.objects.create(code="440106001009", name_zh="新社区", subdistrict=street.subdistrict)
    gaps = web(street.leader).get(CHAIN).context["gaps"]
    assert gaps == [
        "Nobody answers for the whole office as Deputy director in charge.",
        "Nobody answers for 新社区 as Community officer.",
    ]


def test_a_past_day_shows_who_answered_then(district: District) -> None:
    street, today = district.street, timezone.localdate()
    appoint(district, street.clerk, from_on=today - 9 * ONE, until_on=today - ONE)
    appoint(district, street.clerk2, from_on=today)
    client = web(street.leader)
    shown = {
        day: client.get(CHAIN, {"on": day.isoformat()}).context["whole"].steps[2].people
        for day in (today - 10 * ONE, today - ONE, today)
    }
    assert shown == {today - 10 * ONE: "", today - ONE: "clerk1", today: "clerkb1"}


def test_appointing_by_the_form_and_ending_it(district: District) -> None:
    street = district.street
    client, today = web(street.leader), timezone.localdate()
    answer = client.post(APPOINT, sent(district, team=street.team.pk, post_en="Head"))
    held = Answerable.objects.get()
    assert (answer["Location"], held.user, held.level, held.scope, held.post_en, held.from_on) == (
        CHAIN, street.clerk, 4, ("team", street.team.pk), "Head", today,
    )  # fmt: skip
    client.post(APPOINT, sent(district, team=street.team.pk, post_en="Head"))
    assert Answerable.objects.count() == 1
    end = reverse("statistics:end-answering", args=[held.pk])
    assert "Withdraw" in text(client.get(end))
    assert client.post(end, {"request_key": uuid4()})["Location"] == CHAIN
    assert Answerable.objects.count() == 0
    assert client.post(end, {"request_key": uuid4()}).status_code == 404


def test_what_has_begun_gets_a_last_day(district: District) -> None:
    today = timezone.localdate()
    held = appoint(district, district.street.clerk, from_on=today - 9 * ONE)
    client, end = web(district.street.admin), reverse("statistics:end-answering", args=[held.pk])
    assert client.post(end, {"last_on": (today - 2 * ONE).isoformat(), "request_key": uuid4()}).status_code == 422
    assert client.post(end, {"last_on": "x", "request_key": uuid4()}).status_code == 422
    assert client.post(end, {"last_on": today.isoformat(), "request_key": uuid4()}).status_code == 302
    held.refresh_from_db()
    assert held.until_on == today


WRONG: list[tuple[Callable[[District], dict[str, Any]], str]] = [
    (lambda d: {"user": d.other.clerk.pk}, "user"),
    (lambda d: {"user": ""}, "user"),
    (lambda d: {"level": "5"}, "level"),
    (lambda d: {"level": "²"}, "level"),
    (lambda d: {"post_zh": ""}, "post_zh"),
    (lambda d: {"post_zh": "职" * 61}, "post_zh"),
    (lambda d: {"post_zh": "a\u202eb"}, "post_zh"),
    (lambda d: {"community": d.other.communities[0].pk}, "community"),
    (lambda d: {"team": d.cgj.pk}, "team"),
    (lambda d: {"disorder": "0"}, "disorder"),
    (lambda d: {"from_on": "0001-01-01"}, "from_on"),
    (lambda d: {"until_on": "9999-12-31"}, "until_on"),
    (lambda d: {"community": d.street.communities[0].pk, "team": d.street.team.pk}, "team"),
]


@pytest.mark.parametrize(("typed", "field"), WRONG)
def test_what_cannot_be_shows_at_its_field(
    district: District, typed: Callable[[District], dict[str, Any]], field: str
) -> None:
    answer = web(district.street.leader).post(APPOINT, sent(district, **typed(district)))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Answerable.objects.count() == 0


def test_what_people_type_is_shown_as_text(district: District) -> None:
    appoint(district, district.street.clerk, post_zh="<b>x</b>", post_en="<b>x</b>")
    assert "&lt;b&gt;x" in text(web(district.street.leader).get(CHAIN))


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_little_however_many_there_are(
    district: District, count: int, django_assert_max_num_queries: Any
) -> None:
    street = district.street
    for number in range(count):
        place = Community.objects.create(
            code=f"44010600110{number:01}" if number < 10 else f"4401060012{number}",
            name_zh=f"社区{number}",
            subdistrict=street.subdistrict,
        )
        appoint(district, street.clerk, answers_for=For(community=place))
    client = web(street.leader)
    client.get(CHAIN)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(CHAIN, {"by": "community", "key": street.communities[0].pk})
    assert len(page.context["appointments"]) == count


def test_rows_of_figures_lead_to_who_answers_for_whom_it_is_open(district: District, log: Callable[..., Any]) -> None:
    log(timezone.now() - timedelta(minutes=5))
    first = district.street.communities[0]
    link = f'{CHAIN}?by=community&amp;key={first.pk}"'
    client = web(district.street.clerk)
    for page in ("/dashboard/", "/statistics/evaluation/"):
        assert link in text(client.get(page)), page
    assert CHAIN not in text(web(district.liaison).get("/dashboard/"))
