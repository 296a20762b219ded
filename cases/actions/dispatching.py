"""What filing fixes and who handles: shared by the desk's actions and by logging in one go."""

from typing import Any

from django.utils.translation import gettext as _

from cases import deadlines
from cases.actions.frame import Desk
from cases.history import Values
from cases.models import Case, CaseStandard
from citymgmt.people.kept import Kept
from citymgmt.people.models import Organisation, User
from citymgmt.people.roles import Role
from citymgmt.refusals import Invalid
from citymgmt.worktime.clock import Limit, Unit
from communities.querysets import acting_officer

LONGEST_LIMIT = 400  # of any unit; the database holds standards to the same


def filing_changes(desk: Desk, standard: CaseStandard | None, limit_value: int | None, limit_unit: str) -> Values:
    """The columns that filing fixes: the copy of the standard, the deadline, the department for escalation.

    Raises: Invalid without standard and limit, or for a standard that is not in force.
    """
    copy = _copy_of(desk, standard) if standard is not None else _by_hand(desk, limit_value, limit_unit)
    limit = Limit(copy["limit_value"], Unit(copy["limit_unit"]))
    due_at, is_provisional = deadlines.deadline(desk.rules.calendar, desk.at, limit)
    return {
        **copy,
        "department_id": _department_id(desk, standard, copy.get("category_id")),
        "filed_at": desk.at,
        "due_at": due_at,
        "is_due_provisional": is_provisional,
        "watched_from": desk.at,
    }


def _copy_of(desk: Desk, standard: CaseStandard) -> dict[str, Any]:
    if desk.on not in standard.validity:
        raise Invalid(fields={"standard": _("This filing condition is not in force on that day.")})
    return {
        "standard_id": standard.pk,
        "category_id": standard.category_id,
        "condition_zh": standard.condition_zh,
        "condition_en": standard.condition_en,
        "closing_zh": standard.closing_zh,
        "closing_en": standard.closing_en,
        "limit_value": standard.limit_value,
        "limit_unit": standard.limit_unit,
    }


def _by_hand(desk: Desk, limit_value: int | None, limit_unit: str) -> dict[str, Any]:
    """A limit by hand, for a category that has no filing condition in force (domain 3.3)."""
    if not limit_value or limit_unit not in set(Unit):
        raise Invalid(fields={"standard": _("Choose a filing condition, or give a limit by hand.")})
    if not 1 <= limit_value <= LONGEST_LIMIT:
        raise Invalid(fields={"limit_value": _("The limit must lie between 1 and 400.")})
    category_id = desk.case.category_id
    if category_id is None:
        raise Invalid(fields={"standard": _("Choose a filing condition: the case has no category yet.")})
    if CaseStandard.objects.filter(category_id=category_id, validity__contains=desk.on).exists():
        raise Invalid(fields={"standard": _("This category has filing conditions: choose one.")})
    return {"limit_value": limit_value, "limit_unit": limit_unit}


def _department_id(desk: Desk, standard: CaseStandard | None, category_id: int | None) -> int | None:
    """The body of the case's own district that the standard, or else the category, names."""
    category = standard.category if standard else desk.case.category
    key = (standard.department_key if standard else "") or (category.department_key if category else "")
    return _departments_of(desk.case.subdistrict.district_code).get(key) if key else None


def _read_departments(district_code: str) -> dict[str, int]:
    """The active bodies of a district, by key."""
    bodies = Organisation.objects.filter(district_code=district_code, subdistrict=None, is_active=True)
    return dict(bodies.values_list("key", "pk"))


_departments_of = Kept(_read_departments, Organisation)


def _is_at_work(officer: User, case: Case) -> bool:
    return officer.is_active and officer.role == Role.OFFICER and officer.subdistrict_id == case.subdistrict_id


def who_handles(desk: Desk, officer: User | None, team: Organisation | None) -> dict[str, Any]:
    """The officer (by default who acts for the community on that day) and the team that a dispatch names.

    Raises: Invalid for a person or team of another sub-district.
    """
    case = desk.case
    if officer is not None and not _is_at_work(officer, case):
        raise Invalid(fields={"officer": _("This person is no officer of your sub-district.")})
    if team is not None and not (team.subdistrict_id == case.subdistrict_id and team.is_active):
        raise Invalid(fields={"team": _("This team belongs to another sub-district.")})
    officer_id = officer.pk if officer else acting_officer(case.community_id, desk.on) if case.community_id else None
    return {"officer_id": officer_id, "team_id": team.pk if team else None, "handler_id": None}
