"""What a team works with: its shifts, its area, its rotation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.faults import EARLIEST, refuse
from citymgmt.found import MOST_ID, one_of
from citymgmt.people.models import User
from citymgmt.refusals import Invalid
from citymgmt.written import faults_of
from communities.actions.periods import LATEST
from communities.models import Community
from patrols.teams.actions.frame import working_on
from patrols.teams.models import MOST_PEOPLE, Duty, Rotation, Shift, Team, TeamArea
from patrols.teams.querysets import members_of, shifts_of
from patrols.teams.rotation import OFF

MOST_SHIFTS, LONGEST_CYCLE, LONGEST_NAME = 6, 14, 30
USUAL = (  # three shifts of eight hours (三班倒): a proposal, changed by each team
    ("早班", "Day", time(6), time(14)),
    ("中班", "Evening", time(14), time(22)),
    ("夜班", "Night", time(22), time(6)),
)


@dataclass(frozen=True)
class ShiftTold:
    """A shift as a person writes it."""

    name_zh: str
    name_en: str
    starts: time
    ends: time
    fewest: int = 1
    is_active: bool = True


def make_usual_shifts(*, by: User, at: datetime, team: int) -> list[Shift]:
    """Give a team day, evening and night, as far as it has none of that name; returns what was added.

    Raises: NotFound, NotPermitted.
    """
    with working_on(team, "make_usual_shifts", permission="team.plan", by=by, at=at) as found:
        there = set(Shift.objects.filter(team=found).values_list("name_zh", flat=True))
        missing = [usual for usual in USUAL if usual[0] not in there]
        return [
            Shift.objects.create(team=found, name_zh=zh, name_en=en, starts=starts, ends=ends)
            for zh, en, starts, ends in missing[: max(0, MOST_SHIFTS - len(shifts_of(found)))]
        ]


def save_shift(*, by: User, at: datetime, team: int, told: ShiftTold, pk: int | None = None) -> Shift:
    """Enter a shift, or change one. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid (also: other hours, or an end, while duties of it lie ahead).
    """
    with working_on(team, "save_shift", permission="team.plan", by=by, at=at) as found:
        shift = Shift(team=found) if pk is None else one_of(Shift.objects.filter(team=found), pk)
        same = Shift.objects.filter(team=found, name_zh=told.name_zh.strip()).exclude(pk=shift.pk).first()
        if pk is None and same is not None and _told_of(same) == told:
            return same
        _check_shift(found, shift, told, at)
        if same is not None:
            raise Invalid(fields={"name_zh": _("Another shift of the team has this name.")})
        for name, value in _columns(told).items():
            setattr(shift, name, value)
        shift.save()
        return shift


def _columns(told: ShiftTold) -> dict[str, Any]:
    return {**vars(told), "name_zh": told.name_zh.strip(), "name_en": told.name_en.strip()}


def _told_of(shift: Shift) -> ShiftTold:
    return ShiftTold(shift.name_zh, shift.name_en, shift.starts, shift.ends, shift.fewest, shift.is_active)


def _check_shift(team: Team, shift: Shift, told: ShiftTold, at: datetime) -> None:
    faults: dict[str, Any] = {
        "name_zh": faults_of(told.name_zh, LONGEST_NAME, is_needed=True),
        "name_en": faults_of(told.name_en, LONGEST_NAME),
        "ends": [_("A shift must take some time.")] if told.starts == told.ends else [],
        "fewest": [] if 0 <= told.fewest <= MOST_PEOPLE else [_("Choose a number from 0 to 100.")],
    }
    others = [one for one in shifts_of(team) if one.pk != shift.pk]
    if told.is_active and len(others) >= MOST_SHIFTS:
        faults["is_active"] = [_("A team has at most %(most)s shifts.") % {"most": MOST_SHIFTS}]
    has_other_hours = shift.pk is not None and (told.starts, told.ends) != (shift.starts, shift.ends)
    if has_other_hours or not told.is_active:
        ahead = Duty.objects.filter(shift=shift.pk or 0, is_removed=False, period__endswith__gt=at)
        if ahead.exists():
            name = "starts" if has_other_hours else "is_active"
            faults[name] = [_("Duties of this shift lie ahead. Enter another shift.")]
    refuse(faults)


def set_area(*, by: User, at: datetime, team: int, communities: Sequence[int]) -> list[Community]:
    """Say in which communities of its sub-district a team works. Saying it again changes nothing.

    Raises: NotFound, NotPermitted, Invalid (a community of elsewhere).
    """
    with working_on(team, "set_area", permission="team.plan", by=by, at=at) as found:
        wanted = set(communities)
        known = [pk for pk in wanted if 0 < pk < MOST_ID]
        chosen = list(Community.objects.filter(subdistrict=found.subdistrict_id, pk__in=known).order_by("code"))
        if len(chosen) != len(wanted):
            raise Invalid(fields={"communities": _("Choose communities of your sub-district.")})
        TeamArea.objects.filter(team=found).exclude(community__in=known).delete()
        there = set(TeamArea.objects.filter(team=found).values_list("community_id", flat=True))
        for community in chosen:
            if community.pk not in there:
                TeamArea.objects.create(team=found, community=community)
        return chosen


def set_rotation(
    *, by: User, at: datetime, team: int, since: date, step: int, cycle: Sequence[int], members: Sequence[int]
) -> Rotation:
    """Say how members take turns: ids of shifts (0: off) in a cycle, ids of members in their order.

    What is planned already follows when a month is planned again. Saying it again changes nothing.
    Raises: NotFound, NotPermitted, Invalid.
    """
    with working_on(team, "set_rotation", permission="team.plan", by=by, at=at) as found:
        _check_rotation(found, since, step, cycle, members)
        told = {"since": since, "step": step, "cycle": list(cycle), "members": list(members)}
        rotation = Rotation.objects.filter(team=found).first() or Rotation(team=found)
        if any(getattr(rotation, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(rotation, name, value)
            rotation.save()
        return rotation


def _check_rotation(team: Team, since: date, step: int, cycle: Sequence[int], members: Sequence[int]) -> None:
    known = {shift.pk for shift in shifts_of(team)}
    people = {one.pk for one in members_of(team)}
    has_shift = bool(set(cycle) - {OFF}) and set(cycle) <= known | {OFF}
    sentences = {
        "since": (EARLIEST <= since <= LATEST, _("Choose a day between 2000 and 2100.")),
        "step": (0 <= step <= LONGEST_CYCLE, _("Choose a number from 0 to %(most)s.") % {"most": LONGEST_CYCLE}),
        "cycle": (
            has_shift and len(cycle) <= LONGEST_CYCLE,
            _("A cycle has at least one shift and at most %(most)s days.") % {"most": LONGEST_CYCLE},
        ),
        "members": (
            bool(members) and set(members) <= people and len(set(members)) == len(members),
            _("Choose at least one member of the team, each once."),
        ),
    }
    wrong = {name: sentence for name, (holds, sentence) in sentences.items() if not holds}
    if wrong:
        raise Invalid(fields=wrong)
