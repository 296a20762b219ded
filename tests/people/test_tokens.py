"""API tokens on the pages: shown once, listed to their person alone, revoked by the person or the security admin."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from citymgmt.outbox.models import Message
from citymgmt.people.actions.tokens import MOST_TOKENS, create_token, end_token, note_use
from citymgmt.people.models import ApiToken, User
from citymgmt.people.trail import Wanted, entries
from citymgmt.refusals import Invalid
from tests.office import District
from tests.racing import race

KEY = {"request_key": "6f1e3c9e-6c2e-4a5c-9c55-0a6cde4b52a1"}
PAGE = "/account/tokens/"


def me(secret: str) -> int:
    return Client().get("/api/v1/me/", headers={"Authorization": f"Token {secret}"}).status_code


def shown(answer: Any) -> str:
    """The secret on the page that shows it."""
    found = re.search(r'id="shown-once">([^<]+)<', answer.content.decode())
    assert found
    return found[1]


def test_a_new_token_is_shown_once_and_opens_the_api(district: District, client: Client, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    clerk = district.street.clerk
    client.force_login(clerk)
    answer = client.post(PAGE, {**KEY, "name": "台账同步", "days": "7"})
    secret, token = shown(answer), ApiToken.objects.get()
    assert (answer.status_code, answer["Cache-Control"], me(secret)) == (200, "private, no-store", 200)
    assert (token.name, token.user) == ("台账同步", clerk)
    assert abs(token.expiry - timezone.now() - timedelta(days=7)) < timedelta(minutes=1)
    listed = client.get(PAGE).content.decode()
    assert ("台账同步" in listed, secret in listed, secret in client.get("/account/").content.decode()) == (
        True, False, False)  # fmt: skip
    assert secret not in caplog.text
    assert secret not in str(dict(client.session))
    notice = Message.objects.get(recipient=clerk)
    assert (notice.channel, notice.kind, notice.params, notice.link) == (
        "in_app", "token_issued", {"name": "台账同步"}, PAGE)  # fmt: skip


def test_sending_twice_makes_one_token(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    answers = [client.post(PAGE, {**KEY, "name": "x", "days": "7"}).status_code for _time in range(2)]
    assert (answers, ApiToken.objects.count(), Message.objects.count()) == ([200, 422], 1, 1)


def test_two_presses_at_once_make_one_token(committed: District) -> None:
    clerk = committed.street.clerk
    found = race([lambda: create_token(by=clerk, name="x", days=1)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["Invalid", "tuple"]
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 61}, {"name": "a\u202eb"}, {"days": "0"}, {"days": "91"}, {"days": "x"},
     {"days": "9" * 400}, {"request_key": ""}],
)  # fmt: skip
def test_wrong_entries_come_back_with_sentences(district: District, client: Client, wrong: dict[str, str]) -> None:
    assert settings.TOKEN_DAYS == 90
    client.force_login(district.street.clerk)
    answer = client.post(PAGE, {**KEY, "name": "x", "days": "7", **wrong})
    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)
    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize("days", [0, 91])
def test_the_action_too_refuses_a_token_that_lives_too_short_or_too_long(district: District, days: int) -> None:
    with pytest.raises(Invalid) as refused:
        create_token(by=district.street.clerk, name="x", days=days)
    assert (list(refused.value.fields), ApiToken.objects.count()) == (["days"], 0)


def test_nobody_has_more_than_so_many(district: District, client: Client) -> None:
    clerk = district.street.clerk
    for _number in range(MOST_TOKENS):
        ApiToken.objects.create(clerk)
    client.force_login(clerk)
    assert client.post(PAGE, {**KEY, "name": "x", "days": "7"}).status_code == 422
    assert ApiToken.objects.count() == MOST_TOKENS


def test_the_last_use_is_noted_to_the_day_with_one_write(district: District) -> None:
    secret, token = create_token(by=district.street.clerk, name="x", days=1)
    today = timezone.localdate()
    assert me(secret) == 200
    token.refresh_from_db()
    assert token.last_used_on == today
    with CaptureQueriesContext(connection) as queries:
        note_use(token=token, on=today)
        assert len(queries) == 0
    note_use(token=token, on=today - timedelta(days=1))
    token.refresh_from_db()
    assert token.last_used_on == today


def test_each_sees_and_revokes_the_own_tokens_only(district: District, client: Client) -> None:
    secret, token = create_token(by=district.street.clerk, name="meins", days=1)
    client.force_login(district.street.leader)
    assert "meins" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{token.number}/revoke/").status_code == 404
    assert me(secret) == 200
    client.force_login(district.street.clerk)
    assert client.get(f"{PAGE}{token.number}/revoke/").status_code == 405
    assert client.post(f"{PAGE}{token.number}/revoke/").headers["Location"] == PAGE
    assert client.post(f"{PAGE}{token.number}/revoke/").status_code == 404
    assert (me(secret), ApiToken.objects.count()) == (401, 0)


@pytest.mark.parametrize(
    ("who", "status", "left"),
    [("secadmin", 302, 0), ("admin", 403, 2), ("auditor", 403, 2), ("clerk", 404, 2), ("leader", 404, 2)],
)
def test_the_security_administrator_revokes_those_of_others(
    district: District, client: Client, who: str, status: int, left: int
) -> None:
    for name in ("a", "b"):
        create_token(by=district.street.officer, name=name, days=1)
    create_token(by=district.street.secadmin, name="own", days=1)
    client.force_login(getattr(district.street, who))
    assert client.post("/users/officer1/tokens/").status_code == status
    assert ApiToken.objects.filter(user=district.street.officer).count() == left
    assert ApiToken.objects.filter(name="own").count() == 1


def test_nobody_revokes_across_streets_nor_the_own_ones_there(district: District, client: Client) -> None:
    client.force_login(district.street.secadmin)
    assert client.post("/users/officer2x/tokens/").status_code == 404
    assert client.post(f"/users/{district.other.officer.username}/tokens/").status_code == 404
    assert client.post("/users/secadmin1/tokens/").status_code == 403


def test_the_page_of_a_user_lists_tokens_to_the_security_administrator_alone(
    district: District, client: Client
) -> None:
    create_token(by=district.street.officer, name="geheim", days=1)
    told = {}
    for who in ("secadmin", "admin", "auditor"):
        client.force_login(getattr(district.street, who))
        told[who] = "geheim" in client.get("/users/officer1/").content.decode()
    assert told == {"secadmin": True, "admin": False, "auditor": False}


def test_the_auditor_reads_who_made_and_ended_a_token_and_no_hash(district: District) -> None:
    clerk, at = district.street.clerk, timezone.now()
    _secret, token = create_token(by=clerk, name="x", days=1)
    note_use(token=token, on=timezone.localdate(at))
    end_token(token=token)
    rows, _next = entries(district.street.auditor, timezone.localdate(), Wanted(kind="people.apitoken"))
    assert [(row.label, row.by_id, sorted(row.now)) for row in rows] == [
        ("delete", clerk.pk, ["created", "expiry", "name", "user"]),
        ("insert", clerk.pk, ["created", "expiry", "name", "user"]),
    ]


@pytest.mark.parametrize("who", ["secadmin", "clerk"])
def test_pages_take_the_same_queries_for_many_tokens(district: District, client: Client, who: str) -> None:
    person = getattr(district.street, who)
    page = "/users/clerk1/" if who == "secadmin" else PAGE
    client.force_login(person)
    client.get(page)  # reads what is kept
    counts = []
    for more in (1, 29):
        for number in range(more):
            create_token(by=User.objects.get(username="clerk1"), name=f"{more}-{number}", days=1)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
