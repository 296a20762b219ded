"""Progress is reported: in words, with what was reached of each goal, with photos; which of them everybody may see."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import amount_faults, carried_faults, refuse
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, NotFound, WrongState
from communities.models import Project, ProjectEvent, ProjectPhoto
from communities.models.projects import LONGEST_TEXT, MOST_MEASURE, MOST_MONEY
from communities.projects.actions.frame import perform
from communities.projects.journal import Journal
from communities.projects.lifecycle import HIDE_PHOTO, REPORT_STEP, SHOW_PHOTO

SHEET = ProjectPhoto.Shows.SHEET


def report_progress(
    *,
    pk: int,
    by: User,
    at: datetime,
    on: date,
    note: str,
    achieved: Mapping[int, Decimal] | None = None,
    cost_spent: Decimal | None = None,
    photos: Iterable[bytes] = (),
    shows: str = ProjectPhoto.Shows.DURING.value,
    is_public: bool = False,
    version: int | None = None,
    request_key: str | None = None,
) -> ProjectEvent:
    """Report how far a project is; `achieved` by the ordinal of the goal. Reports follow each other and are never
    changed: what was wrong is put right by another one.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid (fields achieved_… with the ordinal).
    """
    values, given = dict(achieved or {}), {"on": on, "note": note}

    def body(journal: Journal, project: Project, moment: datetime) -> Mapping[str, Any]:
        refuse(carried_faults(REPORT_STEP.carries, (), given, {"note": LONGEST_TEXT}))
        goals = {one.ordinal: one for one in project.goals.filter(is_dropped=False)}
        refuse(_faults(project, on, values, cost_spent, at))
        if not set(values) <= set(goals):
            raise Invalid(_("The goals have changed in the meantime. Load the page again."))
        parts = [(goals[n], {"achieved": one}) for n, one in values.items() if goals[n].achieved != one]
        costs = {} if cost_spent is None else {"cost_spent": cost_spent}
        return {"changes": {"reported_on": on, **costs}, "parts": parts}

    told = {**given, "achieved": sorted(values.items()), "cost_spent": cost_spent, "shows": shows, "public": is_public}
    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": told, "photos": photos}
    return perform(REPORT_STEP, pk=pk, by=by, at=at, body=body, of_photos=of_photos(shows, is_public), **asked)


def of_photos(shows: str, is_public: bool) -> Mapping[str, Any]:
    """What photos show, and whether everybody may see them. Raises: Invalid."""
    if shows not in ProjectPhoto.Shows.values or shows == SHEET:
        raise Invalid(fields={"shows": _("Choose one of these.")})
    return {"shows": shows, "is_public": is_public}


def _faults(
    project: Project, on: date, values: Mapping[int, Decimal], cost_spent: Decimal | None, at: datetime
) -> dict[str, Any]:
    faults: dict[str, Any] = {
        f"achieved_{ordinal}": amount_faults(value, MOST_MEASURE) for ordinal, value in values.items()
    }
    if cost_spent is not None:
        faults["cost_spent"] = amount_faults(cost_spent, MOST_MONEY)
    first, today = project.reported_on or project.started_on or project.stepped_on, timezone.localdate(at)
    if not first <= on <= today:
        faults["on"] = _("A day from %(first)s until %(last)s.") % {"first": first, "last": today}
    return faults


def show_photo(*, pk: int, by: User, at: datetime, is_public: bool, request_key: str | None = None) -> ProjectEvent:
    """Show a photo of a project to everybody, or no longer; one of an acceptance sheet is never shown.

    Raises: NotFound, NotPermitted, KeyReused, WrongState.
    """
    photo = ProjectPhoto.objects.filter(pk=pk).first()
    if photo is None:
        raise NotFound

    def body(journal: Journal, project: Project, moment: datetime) -> Mapping[str, Any]:
        if photo.shows == SHEET:
            raise WrongState(_("The photo of a sheet holds names and is not shown."))
        return {"note": photo.label}

    def then(event: ProjectEvent) -> None:
        ProjectPhoto.objects.filter(pk=photo.pk).update(is_public=is_public)

    step = SHOW_PHOTO if is_public else HIDE_PHOTO
    asked: dict[str, Any] = {"version": None, "request_key": request_key, "given": {"photo": pk}}
    return perform(step, pk=photo.project_id, by=by, at=at, body=body, then=then, **asked)
