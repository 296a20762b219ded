"""The permission table holds: every action of a case x everybody, inside and outside their scope."""

from typing import Any

import pytest
from django.db import transaction

from cases import workflow
from cases.actions import ACTIONS, perform
from cases.models import Case, Escalation
from citymgmt.people import permissions
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE, Scope, allows, permits, require, require_role, visible_to
from citymgmt.people.roles import Role
from citymgmt.refusals import NotFound, NotPermitted
from communities.models import Community
from tests.cases.stories import carried, case_in, ready_for
from tests.office import District, china

DAY = china("2026-03-04 09:00").date()


def lies_within(scope: Scope | None, person: User, case: Case, district: District) -> bool:
    """What a scope means, told once more and without queries on scopes."""
    street = district.street
    if scope is None or not person.is_active:
        return False
    return {
        Scope.SUBDISTRICT: person.subdistrict_id == case.subdistrict_id,
        Scope.COMMUNITY: person in (street.officer,),
        Scope.TEAM: case.team_id is not None and person.organisation_id == case.team_id,
        Scope.DEPARTMENT: Escalation.objects.filter(case=case, department=person.organisation_id).exists(),
        Scope.ALL: True,
    }[scope]


def expected(person: User, permission: str, case: Case, district: District) -> str:
    """allowed, 403 or 404, read from the table."""
    if lies_within(TABLE[permission].get(person.role), person, case, district):
        return "allowed"
    return "403" if lies_within(TABLE["case.view"].get(person.role), person, case, district) else "404"


def outcome(action: str, case: Case, person: User, at: Any, given: dict[str, Any]) -> str:
    """What the action says to this person; nothing stays of it."""
    with transaction.atomic():
        try:
            perform(action, number=case.number, by=person, at=at, **given)
            return "allowed"
        except NotPermitted:
            return "403"
        except NotFound:
            return "404"
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("action", sorted(workflow.TRANSITIONS))
def test_everybody_may_exactly_what_the_table_says(district, action):
    case, at = ready_for(district, action)
    given = carried(district, action, at)
    User.objects.filter(pk=district.street.clerk2.pk).update(is_active=False)
    permission = workflow.TRANSITIONS[action].permission
    people = list(User.objects.order_by("username"))
    found = {person.username: outcome(action, case, person, at, given) for person in people}
    assert found == {person.username: expected(person, permission, case, district) for person in people}
    assert "allowed" in found.values()
    assert {found["clerk2"], found["leader2"], found["officer2"], found["clerkb1"]} == {"404"}


def test_every_action_of_a_case_names_a_row_and_every_grant_is_a_role_and_scope():
    assert {transition.permission for transition in workflow.TRANSITIONS.values()} <= set(TABLE)
    assert sorted(ACTIONS) == sorted(workflow.TRANSITIONS)
    for grants in TABLE.values():
        assert set(grants) <= set(Role)
        assert all(isinstance(scope, Scope) for scope in grants.values())


def test_the_three_administrators_have_no_case_and_none_of_the_others_powers():
    own = {
        role: {row for row, grants in TABLE.items() if role in grants}
        for role in (Role.ADMIN, Role.SECADMIN, Role.AUDITOR)
    }
    assert [row for row in TABLE if row.startswith(("case.", "request.", "appeal.")) and Role.ADMIN in TABLE[row]] == []
    assert [
        row for row in TABLE if row.startswith(("case.", "request.", "appeal.")) and Role.SECADMIN in TABLE[row]
    ] == []
    assert [row for row in TABLE if row.startswith("case.") and Role.AUDITOR in TABLE[row]] == ["case.view"]
    assert {"user.grant"} == own[Role.SECADMIN] - own[Role.ADMIN] - own[Role.AUDITOR]
    assert TABLE["audit.view"].keys() == {Role.AUDITOR}
    assert TABLE["user.create"].keys() == {Role.ADMIN}


def test_lists_and_single_things_read_the_same_rows(district):
    cases = [case_in(district, state) for state in ("reported", "handling", "escalated")]
    for person in User.objects.order_by("username"):
        listed = set(visible_to(person, Case.objects.all(), on=DAY))
        assert listed == {case for case in cases if permits(person, "case.view", case, on=DAY)}, person.username


def test_who_sees_how_many_cases(district):
    for state in ("reported", "handling", "escalated"):
        case_in(district, state)
    seen = {
        person.username: visible_to(person, Case.objects.all(), on=DAY).count()
        for person in User.objects.order_by("username")
    }
    nobody = {name: 0 for name in seen}
    assert seen == {
        **nobody, "clerk1": 3, "clerkb1": 3, "officer1": 3, "leader1": 3, "auditor1": 3,
        "teamleader1": 2, "member1": 2, "liaison": 1,
    }  # fmt: skip


def test_whoever_logged_a_case_goes_on_seeing_it(district, log):
    """A team member's case that went to the community's officer: seen in list and by itself, no more than seen."""
    street, at = district.street, china("2026-03-04 09:00")
    case = log(at, by=street.member)
    assert (case.team_id, case.officer, case.logged_by) == (None, street.officer, street.member)
    seeing = [one.username for one in User.objects.order_by("username") if permits(one, "case.view", case, on=DAY)]
    assert seeing == ["auditor1", "clerk1", "clerkb1", "leader1", "member1", "officer1"]
    listed = visible_to(street.member, Case.objects.all(), on=DAY)
    assert list(listed) == [case]
    assert list(visible_to(street.teamleader, Case.objects.all(), on=DAY)) == []
    with pytest.raises(NotPermitted):
        require(street.member, "case.receive", case, on=DAY)
    with pytest.raises(NotFound):
        require(street.teamleader, "case.receive", case, on=DAY)


def test_whoever_moves_to_another_subdistrict_leaves_the_cases_behind(district, log):
    case, member = log(china("2026-03-04 09:00"), by=district.street.member), district.street.member
    member.subdistrict, member.organisation = district.other.subdistrict, district.other.team
    member.save()
    assert permits(member, "case.view", case, on=DAY) is False


def test_the_portal_itself_may_everything_and_a_nobody_nothing(district):
    case = case_in(district, "handling")
    nobody = User.objects.create(username="nobody", role="")
    require(None, "case.void", case, on=DAY)
    assert not allows(nobody, "case.view")
    with pytest.raises(NotFound):
        require(nobody, "case.view", case, on=DAY)
    with pytest.raises(NotPermitted):
        require_role(nobody, "standard.view")


def test_a_scope_that_a_model_does_not_know_is_nothing(district):
    assert permissions.scope_query(district.liaison, "case.view", Community, DAY) is None
    assert list(visible_to(district.liaison, Community.objects.all(), on=DAY, action="case.view")) == []


def test_things_for_all_are_for_all(district):
    everybody = User.objects.exclude(role="")
    assert {allows(person, "standard.view") for person in everybody} == {True}
    assert permissions.scope_query(district.liaison, "standard.view", Community, DAY) is not None


def test_what_has_a_scope(district):
    named = {model.__name__: reach.view for model, reach in permissions.registered().items()}
    wanted = {"Case": "case.view", "Escalation": "escalation.view", "TimeRequest": "case.view", "User": "user.view"}
    assert {name: named[name] for name in wanted} == wanted
