"""Tokens: who proves who one is gets one; five wrong passwords lock out; a locked account has none."""

import json
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from citymgmt.checks import tokens_end
from citymgmt.people.actions.tokens import remove_ended_tokens
from citymgmt.people.models import ApiToken
from tests.api.conftest import Program, problem

LOGIN = "/api/v1/auth/token/"


def ask(username, password, web=None):
    body = json.dumps({"username": username, "password": password})
    return (web or Client()).post(LOGIN, body, content_type="application/json")


def test_token_opens_the_api_until_logout(district):
    given = ask("clerk1", "clerk1-secret")
    assert given.status_code == 200
    assert sorted(given.json()) == ["expiry", "name", "token"]
    assert given["Cache-Control"] == "no-store"
    header = {"Authorization": f"Token {given.json()['token']}"}
    me = Client().get("/api/v1/me/", headers=header)
    assert me.status_code == 200
    assert {name: me.json()[name] for name in ("username", "role", "subdistrict", "organisation", "district")} == {
        "username": "clerk1",
        "role": "clerk",
        "subdistrict": {"code": "440106001", "name": "甲街"},
        "organisation": None,
        "district": "440106",
    }
    assert me.json()["scope"]["case.view"] == "subdistrict"
    assert "case.void" not in me.json()["scope"]
    assert Client().post("/api/v1/auth/logout/", headers=header).status_code == 204
    assert problem(Client().get("/api/v1/me/", headers=header)) == (401, "authentication_failed")


def test_token_ends_after_the_days_of_the_setting(district):
    before = timezone.now()
    given = ask("clerk1", "clerk1-secret").json()
    expiry = datetime.fromisoformat(given["expiry"])
    assert settings.TOKEN_DAYS == 90
    assert timedelta(0) <= expiry - before - timedelta(days=90) < timedelta(minutes=1)
    header = {"Authorization": f"Token {given['token']}"}
    assert Client().get("/api/v1/me/", headers=header).status_code == 200
    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    assert problem(Client().get("/api/v1/me/", headers=header)) == (401, "authentication_failed")
    assert ApiToken.objects.count() == 1
    assert remove_ended_tokens(at=timezone.now()) == 1
    with pytest.raises(IntegrityError, match="api_token_ends"), transaction.atomic():
        ApiToken.objects.create(district.street.clerk, expiry=None)


@pytest.mark.parametrize(("days", "ids"), [(1, []), (90, []), (0, ["citymgmt.E002"]), (99_999, ["citymgmt.E002"])])
def test_days_of_a_token_are_checked_at_the_start(settings, days, ids):
    settings.TOKEN_DAYS = days
    assert [found.id for found in tokens_end(None)] == ids


def test_a_wrong_password_and_an_unknown_name_look_the_same(district):
    wrong, unknown = ask("clerk1", "wrong"), ask("nobody", "wrong")
    assert problem(wrong) == (401, "wrong_credentials")
    assert wrong.json() == unknown.json()


def test_the_sixth_try_is_locked_out_even_with_the_right_password(district):
    answers = [ask("clerk1", "wrong").status_code for _try in range(5)]
    assert answers[:4] == [401] * 4
    assert problem(ask("clerk1", "clerk1-secret")) == (429, "locked_out")
    assert ask("officer1", "officer1-secret").status_code == 200


def test_a_closed_account_gets_no_token_and_its_token_ends(district):
    clerk = district.street.clerk
    program = Program(clerk)
    clerk.is_active = False
    clerk.save()
    assert problem(ask("clerk1", "clerk1-secret")) == (401, "wrong_credentials")
    assert problem(program.get("me/")) == (401, "authentication_failed")


def test_a_stranger_gets_a_401_and_no_page(district):
    stranger = Program(None)
    for path in ("cases/", "me/", "communities/", "escalations/", "inbox/", "standards/", "categories/", "schema/"):
        answer = stranger.get(path)
        assert problem(answer) == (401, "not_authenticated"), path
        assert answer["WWW-Authenticate"] == "Token"


def test_absurd_tokens_are_wrong_tokens(district):
    for token in ("x", "\xff\xfe", "a" * 5000, "ab\x00cd", "' OR 1=1", "1 2", ""):
        answer = Client().get("/api/v1/me/", headers={"Authorization": f"Token {token}"})
        assert problem(answer) == (401, "authentication_failed"), token


def test_a_browser_needs_its_csrf_token(district):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(district.street.clerk)
    assert browser.get("/api/v1/me/").status_code == 200
    answer = browser.post("/api/v1/cases/", "{}", content_type="application/json", headers={"Idempotency-Key": "k"})
    assert problem(answer) == (403, "permission_denied")
    browser.cookies["csrftoken"] = "c" * 32
    headers = {"X-CSRFToken": "c" * 32, "Idempotency-Key": "k"}
    answer = browser.post("/api/v1/cases/", "{}", content_type="application/json", headers=headers)
    assert problem(answer) == (422, "invalid")
