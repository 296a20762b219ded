"""What is wrong with the plan of a project, by field; of a line of the form with its number."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.faults import CENT, EARLIEST, amount_faults, choice_faults, line_faults
from citymgmt.people.models import SubDistrict
from citymgmt.written import faults_of
from communities.actions.periods import LATEST
from communities.models import Community
from communities.models.projects import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_UNIT,
    MOST_MEASURE,
    MOST_MONEY,
    Source,
)
from communities.projects.kinds import KINDS
from communities.projects.querysets import bodies_for, staff_of
from communities.projects.told import GoalTold, ProjectTold, StageTold

LONGEST_PROJECT = timedelta(days=3 * 366)
MOST_LINES = 12  # goals, and stages

LINES = {"name": LONGEST_NAME, "theme": LONGEST_LINE, "lead_text": LONGEST_LINE, "partners": LONGEST_LINE,
         "participants": LONGEST_LINE, "funds": LONGEST_LINE}  # fmt: skip


def faults_of_plan(
    told: ProjectTold,
    office: SubDistrict,
    kind: str,
    goals: Collection[int] = (),
    stages: Collection[int] = (),
) -> dict[str, Any]:
    """What is wrong with a plan, by field; `goals` and `stages` are the ordinals of those that are there already."""
    faults: dict[str, Any] = {
        "kind": choice_faults(kind, list(KINDS)),
        **line_faults(told, LINES, ["name"]),
        "aim": faults_of(told.aim.strip(), LONGEST_TEXT, is_needed=True, is_one_line=False),
        "reason": faults_of(told.reason.strip(), LONGEST_TEXT, is_one_line=False),
        **_faults_of_days(told),
        **_faults_of_choices(told, office),
        **_faults_of_money(told),
    }
    if kind in KINDS and KINDS[kind].tells_source and not told.source:
        faults["source"] = _("Say where the matter came from.")
    for one in told.goals:
        faults |= _faults_of_goal(one, goals)
    for stage in told.stages:
        faults |= _faults_of_stage(stage, stages, told)
    for name, lines in (("goals", told.goals), ("stages", told.stages)):
        if len(lines) > MOST_LINES:
            faults[name] = _("At most %(most)d of them.") % {"most": MOST_LINES}
    return faults


def _faults_of_days(told: ProjectTold) -> dict[str, Any]:
    if not EARLIEST <= told.first_on <= LATEST:
        return {"first_on": _("Choose a day between 2000 and 2100.")}
    if not timedelta() <= told.last_on - told.first_on <= LONGEST_PROJECT:
        return {"last_on": _("Not before the first day, and at most three years after it.")}
    return {}


def _faults_of_choices(told: ProjectTold, office: SubDistrict) -> dict[str, Any]:
    """What is wrong with people, units and communities: they are of this office, or of its district."""
    faults: dict[str, Any] = {"source": choice_faults(told.source, ["", *Source.values])}
    if not staff_of(office.pk).filter(pk=told.responsible).exists():
        faults["responsible"] = _("Choose one of these.")
    if told.lead_unit and not bodies_for(office).filter(pk=told.lead_unit).exists():
        faults["lead_unit"] = _("Choose one of these.")
    known = Community.objects.filter(subdistrict=office, pk__in=told.communities).count()
    if known < len(told.communities) or len(set(told.communities)) < len(told.communities):
        faults["communities"] = _("Choose one of these.")
    return faults


def _faults_of_money(told: ProjectTold) -> dict[str, str]:
    names = ("cost_planned", "cost_spent")
    given = {name: getattr(told, name) for name in names}
    return {name: amount_faults(value, MOST_MONEY) for name, value in given.items() if value is not None}


def _faults_of_goal(told: GoalTold, known: Collection[int]) -> dict[str, Any]:
    return {
        f"measure_{told.line}": faults_of(told.measure.strip(), LONGEST_NAME, is_needed=True) or _unknown(told, known),
        f"unit_{told.line}": faults_of(told.unit.strip(), LONGEST_UNIT, is_needed=True),
        f"target_{told.line}": amount_faults(told.target, MOST_MEASURE, CENT),
    }


def _faults_of_stage(told: StageTold, known: Collection[int], plan: ProjectTold) -> dict[str, Any]:
    faults: dict[str, Any] = {
        f"stage_{told.line}": faults_of(told.name.strip(), LONGEST_NAME, is_needed=True) or _unknown(told, known)
    }
    if not plan.first_on <= told.from_on <= told.until_on <= plan.last_on:
        days = {"first": plan.first_on, "last": plan.last_on}
        faults[f"until_{told.line}"] = _("Days one after the other, from %(first)s to %(last)s.") % days
    return faults


def _unknown(told: GoalTold | StageTold, known: Collection[int]) -> list[str]:
    """One that was dropped or never there cannot be changed."""
    return [] if not told.ordinal or told.ordinal in known else [_("This line is not there any more. Load the page.")]
