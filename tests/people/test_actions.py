"""What the three administrators may do to users, and what nobody may."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from citymgmt.people import actions
from citymgmt.people.models import ApiToken, User
from citymgmt.refusals import Invalid, NotFound, NotPermitted, Stale
from tests.office import District, china, user

NOW = china("2026-03-04 09:00")


def session_of(person: User) -> str:
    """A live session of the person, as the log-in makes it."""
    store = SessionStore()
    store["_auth_user_id"] = str(person.pk)
    store.create()
    return str(store.session_key)


def live(keys: list[str]) -> list[str]:
    return [key for key in keys if Session.objects.filter(session_key=key).exists()]


def test_created_user_has_no_role_and_logs_in_with_the_shown_password(district: District) -> None:
    street = district.street
    person, password = actions.create_user(by=street.admin, at=NOW, username="new.one", display_name="新人")
    row = User.objects.get(username="new.one")
    assert (row.role, row.subdistrict, row.organisation, row.display_name) == ("", street.subdistrict, None, "新人")
    assert row.check_password(password)
    assert len(password) == 19
    assert person == row


def test_user_of_a_district_department_belongs_to_no_subdistrict(district: District) -> None:
    person, _password = actions.create_user(
        by=district.street.admin, at=NOW, username="li", organisation=district.cgj, display_name="李"
    )
    assert (person.subdistrict, person.organisation) == (None, district.cgj)


def test_log_in_name_is_unique_whatever_the_case(district: District) -> None:
    with pytest.raises(Invalid) as refused:
        actions.create_user(by=district.street.admin, at=NOW, username="CLERK1", display_name="x")
    assert list(refused.value.fields) == ["username"]


def test_a_log_in_name_that_is_taken_in_between_is_refused(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken_meanwhile() -> str:
        user("late", "clerk", subdistrict=district.street.subdistrict)
        return "x"

    monkeypatch.setattr("citymgmt.people.actions.users.random_password", taken_meanwhile)
    with pytest.raises(Invalid) as refused:
        actions.create_user(by=district.street.admin, at=NOW, username="late", display_name="x")
    assert list(refused.value.fields) == ["username"]


def test_body_of_another_subdistrict_cannot_be_chosen(district: District) -> None:
    with pytest.raises(Invalid) as refused:
        actions.create_user(
            by=district.street.admin, at=NOW, username="spy", organisation=district.other.team, display_name="x"
        )
    assert list(refused.value.fields) == ["organisation"]
    assert not User.objects.filter(username="spy").exists()


@pytest.mark.parametrize("role", ["clerk", "officer", "leader", "secadmin", "auditor"])
def test_only_the_administrator_creates(district: District, role: str) -> None:
    with pytest.raises(NotPermitted):
        actions.create_user(by=getattr(district.street, role), at=NOW, username="nn", display_name="x")


def test_what_an_administrator_edits_of_a_person_is_details_and_no_right(district: District) -> None:
    street = district.street
    values = {"display_name": "陈静", "post": "社区网格员", "office_phone": "020-1", "email": "c@example.org",
              "role": "leader", "username": "boss", "is_active": False}  # fmt: skip
    actions.edit_user(by=street.admin, at=NOW, user=street.officer, values=values)
    row = User.objects.get(pk=street.officer.pk)
    assert (row.display_name, row.post, row.office_phone, row.email) == ("陈静", "社区网格员", "020-1", "c@example.org")
    assert (row.role, row.username, row.is_active) == ("officer", "officer1", True)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("street.secadmin", NotPermitted), ("street.leader", NotFound), ("other.admin", NotFound), ("liaison", NotFound)],
)
def test_who_does_not_edit_people(district: District, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.edit_user(
            by=attrgetter(who)(district), at=NOW, user=district.street.officer, values={"display_name": "x"}
        )
    assert User.objects.get(pk=district.street.officer.pk).display_name == "officer1"


@pytest.mark.parametrize(
    ("role", "body", "expected"),
    [
        ("clerk", None, ("clerk", "甲街", None)),
        ("leader", None, ("leader", "甲街", None)),
        ("team_member", "team", ("team_member", "甲街", "甲街执法队")),
        ("liaison", "cgj", ("liaison", None, "cgj")),
        ("", None, ("", "甲街", None)),
    ],
)
def test_scope_follows_the_role(district: District, role: str, body: str | None, expected: tuple[Any, ...]) -> None:
    street = district.street
    organisation = {"team": street.team, "cgj": district.cgj, None: None}[body]
    actions.grant_role(by=street.secadmin, at=NOW, user=street.clerk2, role=role, organisation=organisation)
    row = User.objects.select_related("subdistrict", "organisation").get(pk=street.clerk2.pk)
    place = row.subdistrict.name_zh if row.subdistrict else None
    assert (row.role, place, row.organisation.name_zh if row.organisation else None) == expected


@pytest.mark.parametrize(
    ("role", "body"),
    [("liaison", None), ("liaison", "team"), ("team_leader", None), ("team_leader", "cgj"), ("clerk", "cgj"),
     ("officer", "team"), ("team_member", "other_team")],
)  # fmt: skip
def test_role_with_a_body_that_does_not_fit_is_refused(district: District, role: str, body: str | None) -> None:
    street = district.street
    bodies = {"team": street.team, "cgj": district.cgj, "other_team": district.other.team}
    with pytest.raises(Invalid) as refused:
        actions.grant_role(
            by=street.secadmin, at=NOW, user=street.clerk2, role=role, organisation=bodies[body] if body else None
        )
    assert list(refused.value.fields) == ["organisation"]
    assert User.objects.get(pk=street.clerk2.pk).role == "clerk"


def test_nobody_changes_the_own_rights(district: District) -> None:
    street = district.street
    with pytest.raises(NotPermitted):
        actions.grant_role(by=street.secadmin, at=NOW, user=street.secadmin, role="leader")
    with pytest.raises(NotPermitted):
        actions.set_active(by=street.admin, at=NOW, user=street.admin, is_active=False)


@pytest.mark.parametrize("role", ["admin", "auditor", "leader"])
def test_only_the_security_administrator_grants(district: District, role: str) -> None:
    by = getattr(district.street, role)
    with pytest.raises((NotPermitted, NotFound)):
        actions.grant_role(by=by, at=NOW, user=district.street.clerk2, role="leader")
    assert User.objects.get(pk=district.street.clerk2.pk).role == "clerk"


@pytest.mark.parametrize("victim", ["secadmin", "auditor"])
def test_administrator_does_not_get_into_the_account_of_another_of_the_three(district: District, victim: str) -> None:
    street = district.street
    before = User.objects.get(pk=getattr(street, victim).pk).password
    for act in (actions.reset_password, lambda **given: actions.set_active(is_active=False, **given)):
        with pytest.raises(NotPermitted):
            act(by=street.admin, at=NOW, user=getattr(street, victim))
    row = User.objects.get(pk=getattr(street, victim).pk)
    assert (row.password, row.is_active) == (before, True)


def test_another_subdistrict_does_not_exist(district: District) -> None:
    street, stranger = district.street, district.other.clerk
    with pytest.raises(NotFound):
        actions.reset_password(by=street.admin, at=NOW, user=stranger)
    with pytest.raises(NotFound):
        actions.grant_role(by=street.secadmin, at=NOW, user=stranger, role="")


def test_grant_on_what_somebody_else_changed_is_stale(district: District) -> None:
    street = district.street
    seen = actions.stamp_of(street.clerk2)
    actions.grant_role(by=street.secadmin, at=NOW, user=street.clerk2, role="leader", seen=seen)
    with pytest.raises(Stale):
        actions.grant_role(by=street.secadmin, at=NOW, user=street.clerk2, role="officer", seen=seen)
    assert User.objects.get(pk=street.clerk2.pk).role == "leader"


@pytest.mark.parametrize(
    "act",
    [
        lambda street: actions.grant_role(by=street.secadmin, at=NOW, user=street.clerk, role="leader"),
        lambda street: actions.reset_password(by=street.admin, at=NOW, user=street.clerk),
        lambda street: actions.set_active(by=street.admin, at=NOW, user=street.clerk, is_active=False),
        lambda street: actions.change_password(by=street.clerk, at=NOW, password="another-secret-7"),
    ],
    ids=["grant", "reset", "lock", "own password"],
)
def test_sessions_and_tokens_end(district: District, act: Callable[[Any], Any]) -> None:
    street = district.street
    own, others = session_of(street.clerk), session_of(street.officer)
    ApiToken.objects.create(street.clerk)
    ApiToken.objects.create(street.officer)
    act(street)
    assert live([own, others]) == [others]
    assert list(ApiToken.objects.values_list("user__username", flat=True)) == ["officer1"]


def test_own_password_keeps_the_session_in_which_it_was_changed(district: District) -> None:
    here, there = session_of(district.street.clerk), session_of(district.street.clerk)
    actions.change_password(by=district.street.clerk, at=NOW, password="another-secret-7", keep_session=here)
    assert live([here, there]) == [here]


def test_role_takes_effect_on_a_browser_that_is_logged_in(district: District, client: Client) -> None:
    street = district.street
    client.force_login(street.clerk)
    assert client.get("/account/").status_code == 200
    actions.grant_role(by=street.secadmin, at=timezone.now(), user=street.clerk, role="")
    answer = client.get("/account/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=/account/")


def test_person_without_a_role_changes_the_own_password(district: District) -> None:
    person = user("fresh", "", subdistrict=district.street.subdistrict)
    actions.change_password(by=person, at=NOW, password="another-secret-7")
    assert User.objects.get(pk=person.pk).check_password("another-secret-7")
