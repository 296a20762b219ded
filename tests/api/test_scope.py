"""What lies outside the scope looks exactly as what does not exist, at every address; and every address has a row."""

import json

import pytest
from django.urls import URLPattern

from cases import api_urls as case_urls
from citymgmt.outbox import api_urls as outbox_urls
from citymgmt.outbox.models import Message
from citymgmt.people import api_urls as people_urls
from citymgmt.people.permissions import TABLE
from citymgmt.people.roles import Role
from communities import api_urls as community_urls
from tests.api.conftest import Program, problem
from tests.office import china, user

UNKNOWN = "440106001-20990101-0001"


@pytest.mark.parametrize("name", ["clerk", "officer", "teamleader", "leader", "auditor", "admin"])
def test_a_case_of_another_subdistrict_is_as_unknown_as_none(district, log, act, name):
    case = log(china("2026-03-04 09:00"))
    act("escalate", case, by=district.street.clerk, at=china("2026-03-04 09:10"), note="难", department=district.cgj)
    stranger = Program(getattr(district.other, name))
    for path in ("cases/{}/", "cases/{}/events/", "escalations/{}-D1/", "escalations/{}/"):
        hidden, none = stranger.get(path.format(case.number)), stranger.get(path.format(UNKNOWN))
        assert problem(hidden) == (404, "not_found"), path
        assert hidden.content == none.content, path
    for action in ("receive", "note", "void"):
        path = "cases/{}/actions/" + action + "/"
        hidden = stranger.post(path.format(case.number), {"version": 5, "note": "x"})
        none = stranger.post(path.format(UNKNOWN), {"version": 5, "note": "x"})
        assert problem(hidden) == (404, "not_found"), action
        assert hidden.content == none.content, action


def test_lists_hold_what_lies_within_the_scope_only(district, log):
    case = log(china("2026-03-04 09:00"))
    street, other = district.street, district.other
    seen = {
        (label, name): Program(getattr(place, name)).get("cases/")
        for label, place in (("own", street), ("other", other))
        for name in ("clerk", "officer", "officer2", "teamleader", "leader", "auditor", "admin", "secadmin")
    }
    numbers = {
        who: [row["number"] for row in answer.json()["results"]] if answer.status_code == 200 else 403
        for who, answer in seen.items()
    }
    own = {name: [case.number] for name in ("clerk", "officer", "leader", "auditor")}
    none: dict[str, list[str]] = {"officer2": [], "teamleader": []}
    assert numbers == {
        **{("own", name): found for name, found in {**own, **none, "admin": 403, "secadmin": 403}.items()},
        **{("other", name): [] for name in (*own, *none)},
        ("other", "admin"): 403,
        ("other", "secadmin"): 403,
    }
    assert Program(district.liaison).get("cases/").json()["count"] == 0


def test_communities_of_another_subdistrict_are_unknown(district):
    clerk = Program(district.street.clerk)
    assert [row["code"] for row in clerk.get("communities/").json()["results"]] == ["440106001001", "440106001002"]
    one = clerk.get("communities/440106001001/").json()
    assert (one["officer"]["username"], one["deputy"], one["is_vacant"], one["key_places"]) == (
        "officer1",
        None,
        False,
        [],
    )
    hidden, none = clerk.get("communities/440106002001/"), clerk.get("communities/999999999999/")
    assert problem(hidden) == (404, "not_found")
    assert hidden.content == none.content
    assert problem(Program(district.liaison).get("communities/")) == (403, "not_permitted")


def test_things_of_another_subdistrict_cannot_be_named(district, log):
    case, street, other = log(china("2026-03-04 09:00")), district.street, district.other
    clerk = Program(street.clerk)

    def same(make, foreign, unknown):
        """The answers to a foreign and to an unknown name are the same refusal."""
        answers = [make(foreign), make(unknown)]
        assert [problem(answer) for answer in answers] == [(422, "invalid")] * 2, foreign
        assert answers[0].content == answers[1].content

    new = {"description": "x", "source": "call"}
    same(lambda code: clerk.post("cases/", {**new, "community": code}), "440106002001", "440106009001")
    same(lambda name: clerk.act(case, "dispatch", officer=name), other.officer.username, "nobody")
    same(lambda pk: clerk.act(case, "dispatch", team=pk), other.team.pk, 10**12)
    same(lambda code: clerk.act(case, "correct", community=code), "440106002001", "440106009001")
    same(lambda number: clerk.act(case, "merge", target=number), UNKNOWN, "x")
    mine = {row["key"] for row in clerk.get("organisations/").json()["results"]}
    assert mine == {"cgj", "jjdd", "qzf", "team"}
    case.refresh_from_db()
    assert case.version == 4


def test_nobody_reads_or_marks_the_messages_of_others(district, log):
    log(china("2026-03-04 09:00"))
    officer, other = Program(district.street.officer), Program(district.street.officer2)
    rows = officer.get("inbox/").json()["results"]
    assert [(row["kind"], row["read_at"]) for row in rows] == [("dispatch", None)]
    assert rows[0]["subject"]
    assert other.get("inbox/").json()["count"] == 0
    ids = [row["id"] for row in rows]
    assert other.post("inbox/read/", {"ids": ids}).json() == {"marked_count": 0}
    assert Message.objects.get(pk=ids[0]).read_at is None
    assert officer.post("inbox/read/", {"ids": ids}).json() == {"marked_count": 1}
    assert officer.post("inbox/read/", {}).json() == {"marked_count": 0}
    assert problem(officer.post("inbox/read/", {}, key=None)) == (400, "key_missing")


def test_who_has_no_role_gets_nothing_but_oneself(district):
    nobody = Program(user("nobody", "", subdistrict=district.street.subdistrict))
    for path in ("cases/", "escalations/", "communities/", "standards/", "categories/", "organisations/", "inbox/"):
        assert problem(nobody.get(path)) == (403, "not_permitted"), path
    assert nobody.get("me/").json()["scope"] == {}
    assert problem(nobody.post("cases/", {})) == (403, "not_permitted")


def test_every_list_lets_in_exactly_whom_its_row_lets_in(district):
    patterns: list[URLPattern] = [
        *case_urls.urlpatterns,
        *community_urls.urlpatterns,
        *outbox_urls.urlpatterns,
        *people_urls.urlpatterns,
    ]
    views = {str(one.pattern): one.callback.view_class for one in patterns if "<" not in str(one.pattern)}
    asked = {path: view for path, view in views.items() if view.row and hasattr(view, "get")}
    lists = set(asked) - {"cases/nearby/", "communities/locate/"}  # these need a place: 422 without one
    assert sorted(lists) == [
        "cases/",
        "categories/",
        "communities/",
        "escalations/",
        "exports/",
        "inbox/",
        "organisations/",
        "standards/",
        "views/",
    ]
    people = {
        Role.CLERK: "clerk",
        Role.OFFICER: "officer",
        Role.TEAM_LEADER: "teamleader",
        Role.TEAM_MEMBER: "member",
        Role.LEADER: "leader",
        Role.ADMIN: "admin",
        Role.SECADMIN: "secadmin",
        Role.AUDITOR: "auditor",
    }
    for path, view in asked.items():
        for role in Role:
            person = district.liaison if role == Role.LIAISON else getattr(district.street, people[role])
            allowed = 200 if path in lists else 422
            expected = allowed if role in TABLE[view.row] else 403
            assert Program(person).get(path).status_code == expected, (path, role)


def test_only_who_may_log_logs(district):
    body = {"description": "x", "source": "patrol", "community": "440106001001"}
    found = {
        name: Program(getattr(district.street, name)).post("cases/", body).status_code
        for name in ("clerk", "officer", "officer2", "teamleader", "member", "leader", "admin", "secadmin", "auditor")
    }
    assert found == {
        "clerk": 201,
        "officer": 201,
        "officer2": 403,
        "teamleader": 201,
        "member": 201,
        "leader": 201,
        "admin": 403,
        "secadmin": 403,
        "auditor": 403,
    }
    assert Program(district.liaison).post("cases/", body).status_code == 403
    assert json.loads(Program(None).post("cases/", body).content)["status"] == 401
