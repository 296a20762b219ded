"""Pages of people: where each role begins, users, the own account, failed log-ins."""

import re
from typing import Any

import pytest
from django.db import connection
from django.templatetags.static import static
from django.test import Client
from django.test.utils import CaptureQueriesContext

from citymgmt.people.models import User
from tests.office import District, user

KEY = {"request_key": "6f1e3c9e-6c2e-4a5c-9c55-0a6cde4b52a1"}
FIRST = {"clerk": "/cases/desk/", "officer": "/cases/mine/", "teamleader": "/cases/mine/", "member": "/cases/mine/",
         "leader": "/dashboard/", "admin": "/setup/", "secadmin": "/users/", "auditor": "/audit/"}  # fmt: skip


@pytest.mark.parametrize(("who", "address"), FIRST.items())
def test_home_leads_to_the_first_page_of_the_role(district: District, client: Client, who: str, address: str) -> None:
    client.force_login(getattr(district.street, who))
    assert client.get("/").headers["Location"] == address


def test_liaison_begins_with_escalations(district: District, client: Client) -> None:
    client.force_login(district.liaison)
    assert client.get("/").headers["Location"] == "/cases/escalations/"


def test_without_a_role_home_says_what_to_do(district: District, client: Client) -> None:
    client.force_login(user("fresh", "", subdistrict=district.street.subdistrict))
    answer = client.get("/")
    assert (answer.status_code, answer.templates[0].name) == (200, "people/no_role.html")


@pytest.mark.parametrize(("who", "status"), [("admin", 200), ("secadmin", 403), ("auditor", 403), ("clerk", 403)])
def test_set_up_is_the_administrators(district: District, client: Client, who: str, status: int) -> None:
    client.force_login(getattr(district.street, who))
    assert client.get("/setup/").status_code == status


@pytest.mark.parametrize(
    ("who", "lists", "creates"),
    [("admin", 200, 200), ("secadmin", 200, 403), ("auditor", 200, 403), ("clerk", 403, 403), ("leader", 403, 403),
     ("officer", 403, 403), ("teamleader", 403, 403)],
)  # fmt: skip
def test_who_opens_the_pages_of_users(district: District, client: Client, who: str, lists: int, creates: int) -> None:
    client.force_login(getattr(district.street, who))
    assert [client.get("/users/").status_code, client.get("/users/new/").status_code] == [lists, creates]


def test_list_holds_the_own_street_and_the_district_bodies(district: District, client: Client) -> None:
    client.force_login(district.street.auditor)
    names = {person.username for person in client.get("/users/").context["page"].object_list}
    own = set(User.objects.filter(subdistrict=district.street.subdistrict).values_list("username", flat=True))
    assert names == own | {"liaison", "liaison2", "supervisor"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [("?q=clerk", {"clerk1", "clerkb1"}), ("?role=leader", {"leader1"}), ("?q=clerk+b", {"clerkb1"}),
     ("?role=none", {"fresh"}), ("?state=locked", {"officer1"}), ("?q=%25", set())],
)  # fmt: skip
def test_filters_combine(district: District, client: Client, query: str, expected: set[str]) -> None:
    user("fresh", "", subdistrict=district.street.subdistrict)
    User.objects.filter(username="officer1").update(is_active=False)
    client.force_login(district.street.admin)
    assert {person.username for person in client.get(f"/users/{query}").context["page"].object_list} == expected


def test_list_takes_the_same_queries_for_many_rows(district: District, client: Client) -> None:
    client.force_login(district.street.admin)
    counts = []
    for more in (0, 29):
        for number in range(more):
            user(f"more{number}", "", subdistrict=district.street.subdistrict)
        client.get("/users/")  # reads what is kept
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/users/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_user_of_another_street_does_not_exist(district: District, client: Client) -> None:
    for who in ("admin", "secadmin", "auditor"):
        client.force_login(getattr(district.street, who))
        assert client.get("/users/clerk2/").status_code == 404
        for tail in ("grant/", "password/", "active/", ""):
            assert client.post(f"/users/clerk2/{tail}", {**KEY, "is_active": "0"}).status_code == 404
    assert User.objects.get(username="clerk2").is_active


@pytest.mark.parametrize(
    ("who", "tail", "status"),
    [("secadmin", "password/", 403), ("auditor", "password/", 403), ("secadmin", "active/", 403),
     ("admin", "grant/", 403), ("auditor", "grant/", 403), ("secadmin", "", 403), ("auditor", "", 403),
     ("clerk", "grant/", 404), ("leader", "password/", 404)],
)  # fmt: skip
def test_forbidden_posts(district: District, client: Client, who: str, tail: str, status: int) -> None:
    client.force_login(getattr(district.street, who))
    before = User.objects.filter(username="officer1").values().get()
    answer = client.post(f"/users/officer1/{tail}", {**KEY, "is_active": "0", "role": "leader", "display_name": "x"})
    assert answer.status_code == status
    assert User.objects.filter(username="officer1").values().get() == before


def test_create_shows_the_password_once(district: District, client: Client) -> None:
    client.force_login(district.street.admin)
    answer = client.post("/users/new/", {**KEY, "username": "zhang.san", "display_name": "张三"})
    shown = re.search(r'id="shown-once">([^<]+)<', answer.content.decode())
    assert shown is not None
    assert User.objects.get(username="zhang.san").check_password(shown.group(1))
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown.group(1) not in client.get("/users/zhang.san/").content.decode()


def test_reset_shows_the_new_password(district: District, client: Client) -> None:
    client.force_login(district.street.admin)
    answer = client.post("/users/officer1/password/")
    assert User.objects.get(username="officer1").check_password(answer.context["password"])


def test_grant_page_changes_the_role(district: District, client: Client) -> None:
    client.force_login(district.street.secadmin)
    seen = client.get("/users/clerkb1/").context["grant_form"].initial["seen"]
    posted = {**KEY, "role": "team_member", "organisation": district.street.team.pk, "seen": seen}
    assert client.post("/users/clerkb1/grant/", posted).status_code == 302
    assert User.objects.get(username="clerkb1").organisation == district.street.team
    assert client.post("/users/clerkb1/grant/", {**posted, "role": "leader"}).status_code == 409


HOSTILE: list[dict[str, Any]] = [
    {"username": "a\0b"}, {"username": "x" * 1_000_000}, {"username": "new"}, {"username": "../x"}, {"username": ""},
    {"username": "ok", "display_name": "\u202eevil"}, {"username": "ok", "display_name": "x" * 61},
    {"username": "ok", "organisation": "99999999999999999999"}, {"username": "ok", "organisation": "x"},
    {"username": "ok", "email": "a@b\nBcc: c@d.e"}, {"username": "ok", "request_key": "no"},
]  # fmt: skip


@pytest.mark.parametrize("given", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_new_user_is_refused_in_words(district: District, client: Client, given: dict[str, Any]) -> None:
    client.force_login(district.street.admin)
    count = User.objects.count()
    answer = client.post("/users/new/", {**KEY, "display_name": "名", **given})
    assert (answer.status_code, bool(answer.context["form"].errors), User.objects.count()) == (422, True, count)


@pytest.mark.parametrize("given", [{"role": "superuser"}, {"organisation": "0"}, {"seen": "x" * 99}, {"role": "x\0"}])
def test_hostile_grant_is_refused_in_words(district: District, client: Client, given: dict[str, str]) -> None:
    client.force_login(district.street.secadmin)
    assert client.post("/users/clerkb1/grant/", {**KEY, "role": "leader", **given}).status_code == 422
    assert User.objects.get(username="clerkb1").role == "clerk"


ACCOUNT = {**KEY, "language": "en", "email": "me@example.org", "mail_choice": "all", "quiet_from": "22:00",
           "quiet_until": "07:00", "mail_groups": ["mentions", "work", "work"], "mail_rhythm": "daily",
           "mail_hour": "8"}  # fmt: skip


def test_account_is_kept(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    assert client.post("/account/", ACCOUNT).status_code == 302
    row = User.objects.get(username="clerk1")
    assert (row.language, row.email, row.mail_choice, f"{row.quiet_from:%H%M}-{row.quiet_until:%H%M}") == (
        "en", "me@example.org", "all", "2200-0700",
    )  # fmt: skip
    assert (row.mail_groups, row.mail_rhythm, row.mail_hour) == (["work", "mentions"], "daily", 8)


def test_no_group_is_a_choice_too(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    assert client.post("/account/", {**ACCOUNT, "mail_groups": []}).status_code == 302
    assert User.objects.get(username="clerk1").mail_groups == []


@pytest.mark.parametrize(
    "given",
    [{"quiet_until": ""}, {"quiet_until": "22:00"}, {"language": "xx"}, {"email": ""}, {"email": "nobody"},
     {"mail_choice": "some"}, {"quiet_from": "25:00"}, {"request_key": ""}, {"mail_groups": ["work", "gossip"]},
     {"mail_rhythm": ""}, {"mail_rhythm": "weekly"}, {"mail_hour": "24"}, {"mail_hour": ""}],
)  # fmt: skip
def test_wrong_account_changes_nothing(district: District, client: Client, given: dict[str, str]) -> None:
    client.force_login(district.street.clerk)
    before = User.objects.filter(username="clerk1").values().get()
    assert client.post("/account/", {**ACCOUNT, **given}).status_code == 422
    assert User.objects.filter(username="clerk1").values().get() == before


INBOX = "You get every message in the inbox."
QUIET = "From 22:00 to 07:00 only urgent matters come by e-mail."


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        (
            {},
            [
                INBOX,
                "By e-mail you get urgent matters at once and the rest gathered at 08:00 each working day: "
                "new work, mentions by colleagues.",
                QUIET,
            ],
        ),
        (
            {"mail_rhythm": "hourly", "mail_groups": ["answers"], "quiet_from": "", "quiet_until": ""},
            [INBOX, "By e-mail you get urgent matters at once and the rest gathered every hour: answers and results."],
        ),
        (
            {"mail_rhythm": "at_once", "mail_groups": ["work"]},
            [INBOX, "By e-mail you get everything at once, each by itself: new work.", QUIET],
        ),
        (
            {"mail_choice": "urgent", "mail_groups": ["work", "deadlines"]},
            [INBOX, "By e-mail you get only urgent matters, at once: new work, deadlines and urges.", QUIET],
        ),
        ({"mail_choice": "none"}, [INBOX, "You get nothing by e-mail."]),
        ({"mail_groups": []}, [INBOX, "You get nothing by e-mail."]),
        (
            {"mail_choice": "urgent", "email": ""},
            [INBOX, "You get nothing by e-mail as long as there is no address."],
        ),
    ],
)
def test_choices_are_told_in_words_before_they_are_saved(
    district: District, client: Client, given: dict[str, Any], sentences: list[str]
) -> None:
    User.objects.update(language="en")
    client.force_login(district.street.clerk)
    before = User.objects.filter(username="clerk1").values().get()
    answer = client.post("/account/preview/", {**ACCOUNT, **given})
    assert (answer.status_code, answer.context["sentences"]) == (200, sentences)
    assert User.objects.filter(username="clerk1").values().get() == before
    assert client.post("/account/", {**ACCOUNT, **given}).status_code == 302
    assert client.get("/account/").context["sentences"] == sentences


def test_incomplete_choice_is_told_as_such(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    answer = client.post("/account/preview/", {**ACCOUNT, "quiet_until": ""})
    assert (answer.status_code, answer.context["sentences"]) == (422, [])
    assert client.get("/account/preview/").status_code == 405


def test_account_cannot_name_another_role(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    client.post("/account/", {**ACCOUNT, "role": "admin", "is_active": "0", "username": "root"})
    row = User.objects.get(username="clerk1")
    assert (row.role, row.is_active) == ("clerk", True)


def test_new_password_keeps_this_session_only(district: District, client: Client) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(district.street.clerk)
    posted = {"old_password": "clerk1-secret", "new_password1": "quite-other-77", "new_password2": "quite-other-77"}
    assert client.post("/account/password/", posted).status_code == 302
    assert [browser.get("/account/").status_code for browser in (client, elsewhere)] == [200, 302]


@pytest.mark.parametrize(("old", "new"), [("wrong", "quite-other-77"), ("clerk1-secret", "short"),
                                          ("clerk1-secret", "y7" * 300)])  # fmt: skip
def test_wrong_password_changes_nothing(district: District, client: Client, old: str, new: str) -> None:
    client.force_login(district.street.clerk)
    posted = {"old_password": old, "new_password1": new, "new_password2": new}
    assert client.post("/account/password/", posted).status_code == 422
    assert User.objects.get(username="clerk1").check_password("clerk1-secret")


@pytest.mark.parametrize(
    ("back", "target"), [("/calendar/", "/calendar/"), ("https://evil.example/", "/"), ("//x", "/")]
)
def test_language_switch_of_a_member_is_kept(district: District, client: Client, back: str, target: str) -> None:
    client.force_login(district.street.clerk)
    answer = client.post("/account/language/", {"language": "en", "next": back})
    assert (answer.headers["Location"], User.objects.get(username="clerk1").language) == (target, "en")


def test_failed_log_ins_hide_names_that_nobody_has(district: District, client: Client) -> None:
    for name in ("clerk1", "clerk2", "my-Password-1"):
        Client().post("/login/", {"username": name, "password": "wrong"})
    client.force_login(district.street.auditor)
    assert [row["name"] for row in client.get("/audit/log-ins/").context["rows"]] == ["my…", "clerk1"]


def test_organisations_are_set_up_within_reach(district: District, client: Client) -> None:
    client.force_login(district.street.admin)
    base = "/admin/people/organisation/"
    assert client.get(f"{base}{district.street.team.pk}/change/").status_code == 200
    assert client.get(f"{base}{district.other.team.pk}/change/").status_code == 302  # the admin's own "does not exist"
    client.force_login(district.street.secadmin)
    assert client.get(base).status_code == 302


def test_set_up_pages_have_the_portals_icon(district: District, client: Client) -> None:
    client.force_login(district.street.admin)
    page = client.get("/admin/").content.decode()
    assert re.findall(r'<link rel="icon"[^>]*href="([^"]*)"', page) == [static("img/logo.svg")]
