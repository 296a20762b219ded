"""Pages of communities: who enters, what is refused, how many queries."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from citymgmt.people.roles import Role
from communities.actions import assign_officer, grant_leave, hand_over
from communities.models import Community, DutyGrid, Handover, KeyPlace, OfficerAssignment, OfficerLeave
from tests.office import District, user

ONE = timedelta(days=1)
ROLES = ["clerk", "officer", "teamleader", "member", "leader", "admin", "secadmin", "auditor"]


def as_(person: Any) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="citymgmt.people.log_in.PortalBackend")
    return client


def page(name: str, *args: Any) -> str:
    return reverse(f"communities:{name}", args=args)


@pytest.fixture
def at() -> Any:
    return timezone.now()


@pytest.fixture
def today(at: Any) -> date:
    return timezone.localdate(at)


def test_every_role_of_the_office_looks_and_the_district_does_not(district: District) -> None:
    code = district.street.communities[0].code
    for role in ROLES:
        client = as_(getattr(district.street, role))
        assert [client.get(page("list")).status_code, client.get(page("detail", code)).status_code] == [200, 200]
    client = as_(district.liaison)
    assert [client.get(page("list")).status_code, client.get(page("detail", code)).status_code] == [403, 404]


def test_only_administrator_and_leader_arrange(district: District) -> None:
    code = district.street.communities[0].code
    running = OfficerAssignment.objects.get(community__code=code)
    addresses = [page("assign", code), page("leave", code), page("hand_over", code), page("end", code, running.pk)]
    for role in ROLES:
        client = as_(getattr(district.street, role))
        expected = 200 if role in ("admin", "leader") else 403
        assert [client.get(address).status_code for address in addresses] == [expected] * 4
        assert client.get(page("import")).status_code == (200 if role == "admin" else 403)


def test_other_sub_district_is_not_found(district: District, at: Any, today: date) -> None:
    foreign = district.other.communities[0]
    sheet = hand_over(community=foreign, to_user=district.other.officer2, on=today, by=None, at=at)
    leave = grant_leave(user=district.other.officer2, from_on=today, until_on=today, by=None, at=at)
    running = OfficerAssignment.objects.filter(community=foreign).latest("pk")
    client = as_(district.street.leader)
    own = district.street.communities[0].code
    addresses = [
        *(page(name, foreign.code) for name in ("detail", "people", "assign", "leave", "hand_over")),
        page("end", foreign.code, running.pk),
        page("end", own, running.pk),
        page("end_leave", own, leave.pk),
        page("handover", sheet.pk),
        page("handover", 10**30),
        page("detail", "no-such"),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)


def test_leader_hands_over_in_the_browser(district: District, today: date) -> None:
    street = district.street
    client = as_(street.leader)
    values = {"request_key": uuid4(), "to_user": street.officer2.pk, "on": today, "note": "钥匙两把"}
    answer = client.post(page("hand_over", street.communities[0].code), values)
    sheet = Handover.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page("handover", sheet.pk))
    assert "钥匙两把" in client.get(answer["Location"]).content.decode()


def test_assignment_and_leave_are_arranged_and_ended_in_the_browser(district: District, today: date) -> None:
    street = district.street
    client, code = as_(street.admin), street.communities[0].code
    key = {"request_key": uuid4()}
    deputy = {**key, "part": "deputy", "user": street.officer2.pk, "from_on": today}
    assert client.post(page("assign", code), deputy).status_code == 302
    away = {**key, "user": street.officer.pk, "from_on": today - ONE, "until_on": today + ONE}
    assert client.post(page("leave", code), away).status_code == 302
    leave = OfficerLeave.objects.get()
    assert client.post(page("end_leave", code, leave.pk), {**key, "last_on": today}).status_code == 302
    leave.refresh_from_db()
    assert leave.until_on == today
    made = OfficerAssignment.objects.get(part="deputy")
    assert client.post(page("end", code, made.pk), key).status_code == 302
    assert OfficerAssignment.objects.filter(part="deputy").count() == 0


@pytest.mark.parametrize(
    "wrong",
    [{"user": "999999999999999999999"}, {"user": "\x00"}, {"from_on": "0001-01-01"}, {"until_on": "9999-12-31"},
     {"from_on": "x" * 1_000_000}, {"part": "king"}, {"request_key": "1"}, {"user": ""}, {"user": "foreign"}],
)  # fmt: skip
def test_hostile_post_is_a_sentence_on_the_form(district: District, today: date, wrong: dict[str, str]) -> None:
    street = district.street
    if wrong.get("user") == "foreign":
        wrong = {"user": str(district.other.officer.pk)}
    values = {"request_key": uuid4(), "part": "officer", "user": street.officer2.pk, "from_on": today, **wrong}
    before = OfficerAssignment.objects.count()
    answer = as_(street.leader).post(page("assign", street.communities[0].code), values)
    assert (answer.status_code, OfficerAssignment.objects.count()) == (422, before)


@pytest.mark.parametrize("note", ["\x00", "\x07", "长" * 2001, "\u202e"])
def test_hostile_note_is_refused(district: District, today: date, note: str) -> None:
    street = district.street
    values = {"request_key": uuid4(), "to_user": street.officer2.pk, "on": today, "note": note}
    answer = as_(street.leader).post(page("hand_over", street.communities[0].code), values)
    assert (answer.status_code, Handover.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("day", "status"), [("2021-05-05", 200), ("0001-01-01", 200), ("9999-12-31", 200), ("tomorrow", 422), ("", 422)]
)
def test_any_day_can_be_asked(district: District, day: str, status: int) -> None:
    answer = as_(district.street.clerk).get(page("people", district.street.communities[0].code), {"on": day})
    assert answer.status_code == status
    if status == 200:
        officer = answer.context["answered"].officer
        assert (str(officer.user) if officer else None) == (None if day == "0001-01-01" else "officer1")


def test_vacancies_and_absences_are_filtered(district: District, at: Any, today: date) -> None:
    street = district.street
    OfficerAssignment.objects.filter(community=street.communities[1]).delete()
    grant_leave(user=street.officer, from_on=today, until_on=today, by=None, at=at)
    client = as_(street.clerk)
    found = {
        post: [row.community.name_zh for row in client.get(page("list"), {"post": post}).context["posts"]]
        for post in ("", "vacant", "away")
    }
    assert found == {"": ["甲街第1社区", "甲街第2社区"], "vacant": ["甲街第2社区"], "away": ["甲街第1社区"]}
    assert client.get(page("list"), {"post": "king"}).status_code == 422


def test_reason_of_a_leave_is_shown_to_who_arranges_only(district: District, at: Any, today: date) -> None:
    street = district.street
    grant_leave(user=street.officer, from_on=today, until_on=today, reason="病假", by=None, at=at)
    address = page("people", street.communities[0].code)
    assert [("病假" in as_(who).get(address).content.decode()) for who in (street.leader, street.clerk)] == [
        True,
        False,
    ]


def fill(district: District, at: Any, today: date, count: int) -> None:
    street = district.street
    home = street.communities[0]
    for n in range(count):
        one = Community.objects.create(code=f"{street.subdistrict.code}{n + 100}", name_zh=f"社区{n}",
                                       subdistrict=street.subdistrict)  # fmt: skip
        person = user(f"person{n}", Role.OFFICER, subdistrict=street.subdistrict)
        assign_officer(community=one, user=person, part="officer", from_on=today, by=None, at=at)
        KeyPlace.objects.create(community=home, kind="street", name_zh=f"街{n}")
        DutyGrid.objects.create(community=home, code=f"g{n}", name_zh=f"网格{n}")
        assign_officer(community=home, user=person, part="deputy", from_on=today - (n + 2) * ONE,
                       until_on=today - (n + 2) * ONE, by=None, at=at)  # fmt: skip
        Handover.objects.create(community=home, from_user=street.officer, to_user=person, on=today, at=at)


@pytest.mark.parametrize("name", ["list", "detail", "people"])
def test_queries_do_not_grow(
    district: District, at: Any, today: date, name: str, django_assert_max_num_queries: Any
) -> None:
    address = page(name, *([district.street.communities[0].code] if name != "list" else []))
    client, counts = as_(district.street.leader), []
    for count in (1, 10):
        Community.objects.filter(name_zh__startswith="社区").update(is_active=False)
        if count == 10:
            OfficerAssignment.objects.filter(user__username__startswith="person").delete()
            Handover.objects.all().delete()
            Community.objects.filter(name_zh__startswith="社区").delete()
            KeyPlace.objects.all().delete()
            DutyGrid.objects.all().delete()
            type(district.street.officer).objects.filter(username__startswith="person").delete()
        fill(district, at, today, count)
        with django_assert_max_num_queries(12) as queries:
            assert client.get(address, {"on": today} if name == "people" else {}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_administrator_imports_in_the_browser(district: District) -> None:
    code = district.street.subdistrict.code
    client = as_(district.street.admin)
    content = f"street_code,community\n{code},新社区\n".encode()

    def send(content: bytes, **more: Any) -> int:
        file = SimpleUploadedFile("list.csv", content)
        return client.post(page("import"), {"request_key": uuid4(), "file": file, **more}).status_code

    assert (send(content, is_dry_run="on"), Community.objects.filter(name_zh="新社区").count()) == (200, 0)
    assert (send(content), Community.objects.filter(name_zh="新社区").count()) == (302, 1)
    assert [send(b"PK"), send(b"\x00"), send(b"street_code,community\n440199001,x\n")] == [422, 422, 422]


def test_set_up_knows_the_own_sub_district_only(district: District) -> None:
    own, foreign = district.street.communities[0], district.other.communities[0]
    client = as_(district.street.admin)
    listed = client.get(reverse("admin:communities_community_changelist")).content.decode()
    assert (own.code in listed, foreign.code in listed) == (True, False)
    change = "admin:communities_community_change"
    assert [client.get(reverse(change, args=[one.pk])).status_code for one in (own, foreign)] == [200, 404]
    add = reverse("admin:communities_keyplace_add")
    place = {"name_zh": "市场", "kind": "market", "community": own.pk, "is_active": "on"}
    wrong = [{"community": foreign.pk}, {"longitude": "200", "latitude": "1"}, {"longitude": "113"},
             {"latitude": "NaN", "longitude": "1"}, {"name_zh": "\x07"}]  # fmt: skip
    assert [client.post(add, {**place, **one}).status_code for one in wrong] == [200] * 5
    assert KeyPlace.objects.count() == 0
    assert client.post(add, place).status_code == 302
    assert KeyPlace.objects.get().community == own
    assert as_(district.street.leader).get(add).status_code == 302  # to the log-in of the set-up


@pytest.mark.parametrize(
    "boundary",
    ["[" * 100_000, '{"type": "Point", "coordinates": [1, 2]}', '"\\u0000"', "NaN", "1" * 5000,
     '{"type": "Polygon", "coordinates": [[[1e999, 1], [1, 2], [2, 2], [1e999, 1]]]}',
     '{"type": "Polygon", "coordinates": [[[200, 1], [1, 2], [2, 2], [200, 1]]]}'],
)  # fmt: skip
def test_impossible_boundary_is_refused(district: District, boundary: str) -> None:
    own = district.street.communities[0]
    values = {"name_zh": own.name_zh, "is_active": "on", "boundary": boundary}
    answer = as_(district.street.admin).post(reverse("admin:communities_community_change", args=[own.pk]), values)
    own.refresh_from_db()
    assert (answer.status_code, own.boundary) == (200, None)
