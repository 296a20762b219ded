"""Density surveys: what was counted by one method at a place on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.faults import choice_faults, day_faults, line_faults, number_faults, refuse, stripped
from citymgmt.people.models import User
from citymgmt.refusals import Invalid
from patrols.changing import changing
from patrols.pests.actions.frame import SURVEY_ONCE, community_of, keeping
from patrols.pests.indices import METHODS, Method
from patrols.pests.models import LONGEST_LINE, MOST_COUNTED, MOST_MINUTES, MOST_SAMPLED, DensitySurvey
from patrols.teams.models import Team

SAME = ("method", "on", "community", "place")


@dataclass(frozen=True)
class SurveyTold:
    """A survey as a person writes it; `community` is an id, the numbers are those of the method."""

    method: str
    community: int
    place: str
    on: date
    sampled: int
    positive: int = 0
    counted: int = 0
    minutes: int | None = None


def save_survey(*, by: User, at: datetime, team: int, told: SurveyTold, pk: int | None = None) -> DensitySurvey:
    """Enter a survey of a pest team, or correct one. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, WrongState, Invalid.
    """
    if pk is not None:
        with changing(DensitySurvey, pk, "save_survey", permission="pest.keep", by=by, at=at, once=SURVEY_ONCE) as row:
            return _write(row, row.team, told, at)
    with keeping(team, "save_survey", by=by, at=at) as found:
        return _write(DensitySurvey(team=found, surveyor=by), found, told, at)


def _write(row: DensitySurvey, team: Team, told: SurveyTold, at: datetime) -> DensitySurvey:
    refuse({"method": choice_faults(told.method, list(METHODS))})
    refuse(_faults(METHODS[told.method], told, at))
    values: dict[str, Any] = {**stripped(told), "community": community_of(team, told.community)}
    rows = DensitySurvey.objects.filter(team=team, **{name: values[name] for name in SAME})
    same = rows.exclude(pk=row.pk).first()
    if same is not None:
        if row.pk is None and all(getattr(same, name) == value for name, value in values.items()):
            return same
        raise Invalid(fields={"place": _("This is entered already for that day and place.")})
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def _faults(method: Method, told: SurveyTold, at: datetime) -> dict[str, list[str]]:
    """What is wrong with the numbers: each that the method asks for must be given, no other may be."""
    faults = {
        **line_faults(told, {"place": LONGEST_LINE}, ("place",)),
        "on": day_faults(told.on, at),
        "sampled": number_faults(told.sampled, MOST_SAMPLED, 1),
        "positive": number_faults(told.positive, MOST_SAMPLED if method.positive else 0),
        "counted": number_faults(told.counted, MOST_COUNTED if method.counted else 0),
        "minutes": number_faults(told.minutes or 0, MOST_MINUTES, 1) if method.minutes else [],
    }
    if told.minutes is not None and not method.minutes:
        faults["minutes"] = [_("This method asks for no minutes.")]
    if method.positive and method.is_share and told.positive > told.sampled:
        faults["positive"] = [_("No more can be positive than were sampled.")]
    if method.positive and method.counted and (told.positive > 0) != (told.counted > 0):
        faults["counted"] = [_("Where something is positive something was counted, and the other way round.")]
    if method.positive and method.counted and told.positive > told.counted > 0:
        faults["counted"] = [_("Each that is positive has at least one.")]
    return faults


def remove_survey(*, by: User, at: datetime, pk: int) -> None:
    """Take out a survey that was entered by mistake; the audit trail keeps it. Raises: NotFound, NotPermitted."""
    with changing(DensitySurvey, pk, "remove_survey", permission="pest.keep", by=by, at=at) as row:
        row.delete()
