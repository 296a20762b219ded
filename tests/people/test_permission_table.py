"""THE permission table, read once more row by row, and the questions that read it. No database.

A row is changed here and in `citymgmt.people.permissions` on purpose, or by mistake in one of the two: then this fails.
"""

from dataclasses import FrozenInstanceError, dataclass, field
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from citymgmt.people import permissions
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.people.permissions import TABLE, Scope
from citymgmt.people.roles import Role
from citymgmt.refusals import NotFound, NotPermitted

DAY = date(2026, 3, 4)
ROWS = {  # what: how far: who
    "case.view": "community: officer; department: liaison; subdistrict: clerk leader auditor; "
    "team: team_leader team_member",
    "reporter.view": "subdistrict: clerk leader",
    "reporter.reveal": "subdistrict: clerk leader",
    "reporter.erase": "subdistrict: clerk leader",
    "reporter.looks": "subdistrict: auditor",
    "case.log": "community: officer; subdistrict: clerk team_leader team_member leader",
    "case.accept": "subdistrict: clerk leader",
    "case.verify": "subdistrict: clerk leader",
    "case.confirm": "community: officer; subdistrict: clerk leader; team: team_leader team_member",
    "case.file": "subdistrict: clerk leader",
    "case.dispatch": "subdistrict: clerk leader",
    "case.inspect": "subdistrict: clerk leader",
    "case.merge": "subdistrict: clerk leader",
    "case.reopen": "subdistrict: clerk leader",
    "case.correct": "community: officer; subdistrict: clerk leader",
    "case.urge": "subdistrict: clerk leader",
    "case.escalate": "subdistrict: clerk leader",
    "case.resume": "subdistrict: clerk leader",
    "case.void": "subdistrict: leader",
    "case.close_special": "subdistrict: leader",
    "case.supervise": "subdistrict: leader",
    "case.receive": "community: officer; team: team_leader team_member",
    "case.return": "community: officer; team: team_leader team_member",
    "case.assign": "team: team_leader",
    "case.report_back": "community: officer; team: team_leader team_member",
    "case.self_handle": "community: officer; subdistrict: clerk; team: team_leader team_member",
    "case.answer_supervision": "community: officer; subdistrict: clerk; team: team_leader team_member",
    "case.appeal": "community: officer; team: team_leader",
    "appeal.decide": "subdistrict: leader",
    "case.note": "community: officer; department: liaison; subdistrict: clerk leader; team: team_leader team_member",
    "case.measure": "community: officer; subdistrict: clerk leader; team: team_leader team_member",
    "resident.reply": "subdistrict: clerk leader",
    "judgement.view": "subdistrict: clerk leader auditor",
    "judgement.record": "subdistrict: clerk leader",
    "judgement.review": "subdistrict: clerk leader",
    "client.keep": "subdistrict: admin",
    "publication.edit": "subdistrict: clerk leader",
    "hotline.view": "subdistrict: clerk leader auditor",
    "hotline.import": "subdistrict: clerk",
    "hotline.reply": "subdistrict: clerk leader",
    "photo.upload": "own: clerk officer team_leader team_member leader liaison",
    "photo.redact": "community: officer; subdistrict: clerk leader",
    "request.create": "community: officer; subdistrict: clerk; team: team_leader",
    "request.review": "subdistrict: clerk",
    "request.approve": "subdistrict: leader",
    "escalation.view": "community: officer; department: liaison; subdistrict: clerk leader auditor; "
    "team: team_leader team_member",
    "escalation.reply": "department: liaison",
    "community.view": "subdistrict: clerk officer team_leader team_member leader admin secadmin auditor",
    "community.edit": "subdistrict: admin",
    "assignment.edit": "subdistrict: leader admin",
    "board.view": "community: officer; subdistrict: clerk leader admin",
    "board.keep": "subdistrict: leader admin",
    "board.place": "community: officer; subdistrict: clerk leader",
    "board.confirm": "community: officer; subdistrict: clerk leader",
    "duties.view": "community: officer; subdistrict: clerk leader",
    "duties.fill": "community: officer; subdistrict: clerk",
    "duties.confirm": "subdistrict: clerk leader",
    "duties.keep": "subdistrict: clerk leader",
    "area.view": "community: officer; subdistrict: clerk leader",
    "area.keep": "community: officer; subdistrict: clerk",
    "area.import": "subdistrict: clerk",
    "area.step": "community: officer; subdistrict: clerk",
    "area.decide": "subdistrict: leader",
    "area.review": "community: officer; subdistrict: clerk leader",
    "area.rules": "subdistrict: clerk",
    "committee.view": "community: officer; subdistrict: clerk leader",
    "committee.step": "community: officer; subdistrict: clerk",
    "committee.vote": "community: officer; subdistrict: clerk",
    "committee.decide": "subdistrict: leader",
    "institution.view": "community: officer; subdistrict: clerk leader admin",
    "institution.keep": "community: officer; subdistrict: clerk leader",
    "institution.visit": "community: officer; subdistrict: clerk leader",
    "institution.plan": "subdistrict: clerk leader",
    "institution.decide": "subdistrict: clerk leader",
    "institution.import": "subdistrict: clerk",
    "project.view": "subdistrict: clerk officer team_leader team_member leader auditor",
    "project.keep": "subdistrict: clerk leader",
    "project.decide": "subdistrict: leader",
    "project.report": "community: officer; subdistrict: clerk leader",
    "project.do": "community: officer; subdistrict: clerk leader",
    "project.accept": "subdistrict: clerk leader",
    "publicity.view": "community: officer; subdistrict: clerk leader",
    "publicity.keep": "community: officer; subdistrict: clerk leader",
    "publicity.import": "subdistrict: clerk",
    "forum.view": "community: officer; subdistrict: clerk leader",
    "forum.keep": "community: officer; subdistrict: clerk leader",
    "suggestion.view": "community: officer; subdistrict: clerk leader",
    "suggestion.enter": "community: officer; subdistrict: clerk leader",
    "suggestion.answer": "community: officer; subdistrict: clerk leader",
    "suggestion.reveal": "subdistrict: clerk leader",
    "suggestion.erase": "subdistrict: clerk leader",
    "regulation.view": "subdistrict: clerk officer team_leader team_member leader liaison admin secadmin auditor",
    "regulation.keep": "subdistrict: clerk leader admin",
    "regulation.share": "all: admin",
    "standard.view": "all: clerk officer team_leader team_member leader liaison admin secadmin auditor",
    "standard.edit": "all: admin",
    "calendar.view": "all: clerk officer team_leader team_member leader liaison admin secadmin auditor",
    "calendar.edit": "all: admin",
    "organisation.edit": "subdistrict: admin",
    "user.view": "subdistrict: admin secadmin auditor",
    "user.create": "subdistrict: admin",
    "user.grant": "subdistrict: secadmin",
    "audit.view": "subdistrict: auditor",
    "outbox.view": "subdistrict: admin auditor",
    "outbox.retry": "subdistrict: admin",
    "operations.view": "all: admin auditor",
    "ledger.import": "subdistrict: admin",
    "statistics.view": "department: liaison; subdistrict: clerk leader auditor",
    "evaluation.view": "subdistrict: clerk leader auditor",
    "evaluation.freeze": "subdistrict: leader",
    "evaluation.publish": "subdistrict: leader",
    "bulletin.view": "subdistrict: clerk leader auditor",
    "bulletin.write": "subdistrict: clerk leader",
    "bulletin.issue": "subdistrict: leader",
    "chain.view": "subdistrict: clerk leader admin auditor",
    "chain.edit": "subdistrict: leader admin",
    "meeting.view": "community: officer; department: liaison; subdistrict: clerk leader auditor; team: team_leader",
    "meeting.plan": "subdistrict: clerk leader",
    "meeting.answer": "community: officer; department: liaison; subdistrict: clerk leader; team: team_leader",
    "meeting.register": "subdistrict: clerk leader admin",
    "unit.link": "subdistrict: clerk leader",
    "minutes.view": "community: officer; department: liaison; subdistrict: clerk leader auditor; team: team_leader",
    "minutes.write": "subdistrict: clerk leader",
    "minutes.sign": "subdistrict: leader",
    "minutes.receive": "community: officer; department: liaison; subdistrict: clerk leader; team: team_leader",
    "circular.view": "community: officer; department: liaison; subdistrict: clerk leader auditor; team: team_leader",
    "circular.write": "subdistrict: clerk leader",
    "circular.issue": "subdistrict: leader",
    "circular.receive": "community: officer; department: liaison; subdistrict: clerk leader; team: team_leader",
    "resolution.view": "community: officer; department: liaison; subdistrict: clerk leader auditor; team: team_leader",
    "resolution.write": "subdistrict: clerk leader",
    "resolution.enact": "subdistrict: leader",
    "resolution.report": "community: officer; department: liaison; subdistrict: clerk leader; team: team_leader",
    "resolution.accept": "subdistrict: leader",
    "resolution.urge": "subdistrict: clerk leader",
    "team.view": "subdistrict: clerk leader; team: team_leader team_member",
    "team.plan": "subdistrict: clerk; team: team_leader",
    "team.check_in": "own: team_leader team_member",
    "certificate.view": "own: team_member; subdistrict: clerk leader; team: team_leader",
    "certificate.keep": "subdistrict: clerk; team: team_leader",
    "station.view": "community: officer; subdistrict: clerk leader; team: team_leader team_member",
    "station.keep": "subdistrict: clerk",
    "station.check": "community: officer; subdistrict: clerk; team: team_leader team_member",
    "station.excuse": "subdistrict: clerk; team: team_leader",
    "site.view": "community: officer; subdistrict: clerk leader; team: team_leader team_member",
    "site.keep": "subdistrict: clerk; team: team_leader",
    "site.inspect": "community: officer; subdistrict: clerk; team: team_leader team_member",
    "building.view": "community: officer; subdistrict: clerk leader; team: team_leader team_member",
    "building.record": "community: officer; subdistrict: clerk; team: team_leader team_member",
    "building.step": "subdistrict: clerk; team: team_leader",
    "building.decide": "subdistrict: leader",
    "building.owner": "subdistrict: clerk leader; team: team_leader",
    "building.paper": "subdistrict: clerk leader; team: team_leader",
    "round.view": "subdistrict: clerk leader; team: team_leader team_member",
    "round.plan": "subdistrict: clerk; team: team_leader",
    "round.classes": "subdistrict: clerk",
    "round.walk": "team: team_leader team_member",
    "round.excuse": "subdistrict: clerk; team: team_leader",
    "finding.view": "community: officer; subdistrict: clerk leader; team: team_leader team_member",
    "finding.note": "team: team_leader team_member",
    "finding.make_case": "community: officer; subdistrict: clerk; team: team_leader team_member",
    "cleanliness.view": "community: officer; subdistrict: clerk leader; team: team_leader team_member",
    "cleanliness.keep": "subdistrict: clerk",
    "cleanliness.look": "community: officer; subdistrict: clerk; team: team_leader team_member",
    "pest.view": "community: officer; subdistrict: clerk leader; team: team_leader team_member",
    "pest.keep": "subdistrict: clerk; team: team_leader team_member",
    "pest.check": "subdistrict: clerk leader; team: team_leader",
    "pest.limits": "subdistrict: clerk",
    "guard.view": "community: officer; subdistrict: clerk leader; team: team_leader team_member",
    "guard.plan": "subdistrict: clerk; team: team_leader",
    "guard.stand": "team: team_leader team_member",
    "guard.excuse": "own: team_member; subdistrict: clerk; team: team_leader",
    "place.view": "community: officer; subdistrict: clerk leader; team: team_leader team_member",
    "place.look": "community: officer; subdistrict: clerk; team: team_leader team_member",
    "place.deductions": "subdistrict: clerk",
    "view.use": "own: liaison; subdistrict: clerk officer team_leader team_member leader auditor",
    "view.edit": "own: clerk officer team_leader team_member leader liaison auditor",
    "view.share": "subdistrict: clerk leader",
    "export.view": "own: clerk officer team_leader team_member leader liaison auditor",
    "inbox.view": "own: clerk officer team_leader team_member leader liaison admin secadmin auditor",
    "account.edit": "own: clerk officer team_leader team_member leader liaison admin secadmin auditor",
}


def written(grants: dict[str, Scope]) -> str:
    """The grants of a row as ROWS has them."""
    far: dict[str, list[str]] = {}
    for role in Role.values:
        if role in grants:
            far.setdefault(grants[role].value, []).append(role)
    return "; ".join(f"{scope}: {' '.join(roles)}" for scope, roles in sorted(far.items()))


def test_the_table() -> None:
    own = {action: grants for action, grants in TABLE.items() if not action.startswith("promise.")}  # of the tests
    assert {action: written(grants) for action, grants in own.items()} == ROWS
    assert list(own) == list(ROWS)
    assert all(role in Role.values for grants in own.values() for role in grants)
    assert sorted(permissions.OWN_TOO) == ["case.view"]


def test_how_far_a_permission_may_reach() -> None:
    assert [scope.value for scope in Scope] == ["own", "community", "team", "department", "subdistrict", "all"]


@dataclass
class Things:
    """A manager of things that keeps them itself; `filter` understands `name=value` and Q."""

    kept: list["Thing"]

    def filter(self, *queries: Q, **named: Any) -> "Things":
        return Things([thing for thing in self.kept if all(holds(one, thing) for one in (*queries, Q(**named)))])

    def none(self) -> "Things":
        return Things([])

    def exists(self) -> bool:
        return bool(self.kept)

    @property
    def model(self) -> type["Thing"]:
        return Thing


@dataclass
class Thing:
    """Something of a sub-district, that one person began."""

    pk: int
    subdistrict: int
    begun_by: str = ""
    community: str = ""
    _default_manager: Any = field(default=None, repr=False, compare=False)


def holds(query: Q, thing: Thing) -> bool:
    found = [holds(one, thing) if isinstance(one, Q) else getattr(thing, one[0]) == one[1] for one in query.children]
    return all(found) if query.connector == Q.AND else any(found)


CLERK, OFFICER = (
    User(username="c", role="clerk", subdistrict_id=1),
    User(username="o", role="officer", subdistrict_id=1),
)
LEADER, TEAM = User(username="l", role="leader", subdistrict_id=1), User(username="t", role="team_leader")
ADMIN, NOBODY = User(username="a", role="admin", subdistrict_id=1), User(username="n", role="")
GONE = User(username="c", role="clerk", subdistrict_id=1, is_active=False)
HERE, MINE, THERE = Thing(1, 1), Thing(2, 2, "o"), Thing(3, 2)


@pytest.fixture(autouse=True)
def things(monkeypatch: pytest.MonkeyPatch) -> Things:
    """Three things: one of the community "甲" of sub-district 1, one that the officer began elsewhere, and another."""
    kept = Things([HERE, MINE, THERE])
    HERE.community = "甲"
    monkeypatch.setattr(Thing, "_default_manager", kept, raising=False)
    monkeypatch.setattr(permissions, "_reach", dict(permissions.registered()))
    permissions.register(
        Thing,  # type: ignore[type-var]
        view="case.view",
        queries={
            Scope.SUBDISTRICT: lambda user, on: Q(subdistrict=user.subdistrict_id),
            Scope.COMMUNITY: lambda user, on: Q(community="甲" if on == DAY else "乙"),
            Scope.OWN: lambda user, on: Q(begun_by=user.username),
        },
    )
    return kept


@pytest.mark.parametrize(
    ("user", "action", "expected"),
    [
        (CLERK, "case.log", True),
        (CLERK, "case.void", False),
        (LEADER, "case.void", True),
        (GONE, "case.log", False),
        (NOBODY, "case.view", False),
        (AnonymousUser(), "case.view", False),
        (AnonymousUser(), "calendar.view", False),
        (NOBODY, "calendar.view", False),
        (ADMIN, "calendar.edit", True),
    ],
)
def test_whether_a_role_may_do_it_somewhere(user: Any, action: str, expected: bool) -> None:
    assert permissions.allows(user, action) is expected
    if expected:
        permissions.require_role(user, action)
    else:
        with pytest.raises(NotPermitted):
            permissions.require_role(user, action)


def test_an_action_without_a_row_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        permissions.allows(CLERK, "case.invented")


@pytest.mark.parametrize(
    ("user", "action", "seen"),
    [
        (CLERK, "case.view", [HERE]),
        (OFFICER, "case.view", [HERE, MINE]),  # who began it sees it
        (OFFICER, "case.confirm", [HERE]),  # and may do no more with it
        (TEAM, "case.view", []),  # things have no team
        (GONE, "case.view", []),
        (NOBODY, "case.view", []),
        (ADMIN, "case.view", []),
        (ADMIN, "calendar.edit", [HERE, MINE, THERE]),
        (CLERK, "case.void", []),
        (OFFICER, "view.edit", [MINE]),
    ],
)
def test_lists_and_single_things_by_the_same_rows(things: Things, user: User, action: str, seen: list[Thing]) -> None:
    assert permissions.visible_to(user, things, on=DAY, action=action).kept == seen  # type: ignore[type-var]
    assert [thing for thing in things.kept if permissions.permits(user, action, thing, on=DAY)] == seen


def test_a_list_shows_by_default_what_a_person_sees(things: Things) -> None:
    assert permissions.visible_to(OFFICER, things, on=DAY).kept == [HERE, MINE]  # type: ignore[type-var]
    assert permissions.visible_to(OFFICER, things, on=date(2026, 3, 5)).kept == [MINE]  # type: ignore[type-var]


def test_who_reaches_the_whole_office_is_asked_for_nothing_more() -> None:
    assert permissions.scope_query(CLERK, "case.view", Thing, DAY) == Q(subdistrict=1)  # type: ignore[arg-type]
    assert permissions.scope_query(OFFICER, "case.view", Thing, DAY) == Q(community="甲") | Q(begun_by="o")
    assert permissions.scope_query(ADMIN, "standard.edit", Thing, DAY) == Q()  # type: ignore[arg-type]
    assert permissions.scope_query(TEAM, "case.view", Thing, DAY) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("user", "action", "thing", "refusal"),
    [
        (None, "case.void", THERE, None),  # the portal itself
        (LEADER, "case.void", HERE, None),
        (LEADER, "case.void", THERE, NotFound),
        (CLERK, "case.void", HERE, NotPermitted),
        (CLERK, "case.void", THERE, NotFound),
        (OFFICER, "case.confirm", MINE, NotPermitted),
        (ADMIN, "case.view", HERE, NotFound),
    ],
)
def test_outside_it_does_not_exist_inside_it_is_forbidden(
    user: User | None, action: str, thing: Thing, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        permissions.require(user, action, thing, on=DAY)  # type: ignore[arg-type]
    else:
        with pytest.raises(refusal):
            permissions.require(user, action, thing, on=DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("role", "action", "seeing", "is_as_far"),
    [
        ("clerk", "project.keep", "project.view", True),
        ("officer", "project.do", "project.view", False),  # of a community, what is seen of the office
        ("officer", "project.view", "case.log", False),  # of the office, what is seen of a community
        ("officer", "case.log", "case.view", False),  # one's own cases are seen beyond the community
        ("clerk", "case.log", "case.view", True),  # which lie in the office already
        ("auditor", "project.keep", "project.view", False),
        ("auditor", "case.log", "case.accept", False),  # neither
    ],
)
def test_whether_an_action_reaches_all_that_is_seen(role: str, action: str, seeing: str, is_as_far: bool) -> None:
    assert permissions.reaches_as_far(User(role=role), action, seeing) is is_as_far
    assert not permissions.reaches_as_far(User(role=role, is_active=False), action, seeing)


def test_what_is_registered_cannot_be_changed_from_outside() -> None:
    reach = permissions.registered()[User]
    with pytest.raises(FrozenInstanceError):
        reach.view = "x"  # type: ignore[misc]
    permissions.registered().clear()  # type: ignore[attr-defined]
    assert permissions.registered()[User] == reach


PERSON = User(pk=7, role="admin", subdistrict_id=3, subdistrict=SubDistrict(pk=3, district_code="440106"))


@pytest.mark.parametrize(
    ("model", "view", "queries"),
    [
        (
            User,
            "user.view",
            {
                "subdistrict": Q(subdistrict_id=3) | Q(subdistrict=None, organisation__district_code="440106"),
                "own": Q(pk=7),
            },
        ),
        (SubDistrict, "community.view", {"subdistrict": Q(pk=3)}),
        (
            Organisation,
            "organisation.edit",
            {"subdistrict": Q(subdistrict_id=3) | Q(subdistrict=None, district_code="440106")},
        ),
    ],
)
def test_how_far_people_bodies_and_offices_are_reached(model: Any, view: str, queries: dict[str, Q]) -> None:
    reach = permissions.registered()[model]
    assert reach.view == view
    assert {scope.value: query(PERSON, DAY) for scope, query in reach.queries.items()} == queries
