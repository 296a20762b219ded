"""Guard posts and their hours, kept by the team's leader and the clerks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import choice_faults, line_faults, number_faults, refuse
from citymgmt.found import MOST_ID, one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid
from communities.actions.periods import days
from communities.placed import PlaceTold, faults_of_place
from patrols.clashes import entered_by_another
from patrols.guards.models import GuardedPlace, GuardHours, GuardPost
from patrols.guards.models.posts import LEAST_RADIUS_M, MOST_PERSONS, MOST_RADIUS_M, USUAL_RADIUS_M
from patrols.guards.querysets import locked_post
from patrols.teams.models import Team

LONGEST = {"name_zh": 60, "name_en": 100}  # characters


@dataclass(frozen=True)
class PostTold:
    """A guard post as a person writes it: ids of team and key place, the first and the last day.

    What of the place is left out is that of the key place.
    """

    name_zh: str
    team: int
    place: PlaceTold
    from_on: date
    until_on: date | None = None
    name_en: str = ""
    key_place: int | None = None
    radius_m: int = USUAL_RADIUS_M


def save_post(*, by: User, at: datetime, told: PostTold, pk: int | None = None) -> GuardPost:
    """Enter a guard post, or change one; its team stays. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, WrongState, Invalid.
    """
    require_role(by, "guard.plan")
    with _saving("save_post", by):
        row = GuardPost() if pk is None else locked_post(pk)
        if pk is not None:
            require(by, "guard.plan", row, on=timezone.localdate(at))
        told, values = _checked(row, told, by, timezone.localdate(at))
        same = GuardPost.objects.filter(community=told.place.community, name_zh=values["name_zh"]).first()
        if same is not None and same.pk != row.pk:
            if pk is None and all(getattr(same, name) == value for name, value in values.items()):
                return same
            raise Invalid(fields={"name_zh": _("Another post of this community has this name.")})
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return row


@contextmanager
def _saving(action: str, by: User) -> Iterator[None]:
    """A transaction that the audit trail names by the action. Raises: WrongState (the same was entered meanwhile)."""
    once = entered_by_another("guard_post_name_unique", "guard_hours_once")
    with once, transaction.atomic(), pghistory.context(user=by.pk, action=action):
        yield


def _checked(row: GuardPost, told: PostTold, by: User, on: date) -> tuple[PostTold, dict[str, Any]]:
    """What was told, its place complete, and the columns of a post. Raises: NotFound, NotPermitted, Invalid."""
    faults: dict[str, Any] = line_faults(told, LONGEST, ["name_zh"])
    faults["radius_m"] = number_faults(told.radius_m, MOST_RADIUS_M, LEAST_RADIUS_M)
    faults["team"] = _team_faults(row, told, by, on)
    key_place = _key_place(told, by)
    if told.key_place is not None and key_place is None:
        faults["key_place"] = _("Choose one of these.")
    if key_place is not None:
        told = replace(told, place=_at_key_place(told.place, key_place))
        if told.place.community != key_place.community_id:
            faults["key_place"] = _("This key place lies in another community.")
    faults |= faults_of_place(told.place, by, "guard.plan", on)
    if told.place.longitude is None or told.place.latitude is None:
        faults["longitude"] = faults.get("longitude") or _("A post needs its point: whoever arrives is measured by it.")
    refuse(faults)
    values = {
        **told.place.columns,
        "name_zh": told.name_zh.strip(),
        "name_en": told.name_en.strip(),
        "team_id": told.team,
        "key_place_id": told.key_place,
        "radius_m": told.radius_m,
        "period": days(told.from_on, told.until_on),
    }
    return told, values


def _team_faults(row: GuardPost, told: PostTold, by: User, on: date) -> list[str]:
    """Raises: NotFound, NotPermitted."""
    team = Team.objects.filter(pk=told.team if 0 < told.team < MOST_ID else 0).first()
    if team is None:
        return [_("Choose one of these.")]
    require(by, "guard.plan", team, on=on)
    if row.pk is not None and row.team_id != team.pk:
        return [_("The team of a post does not change. End this post and enter another one.")]
    return []


def _key_place(told: PostTold, by: User) -> GuardedPlace | None:
    known = told.key_place if told.key_place and 0 < told.key_place < MOST_ID else 0
    rows = GuardedPlace.objects.filter(pk=known, is_active=True, community__subdistrict=by.subdistrict_id)
    return rows.first()


def _at_key_place(told: PlaceTold, place: GuardedPlace) -> PlaceTold:
    """The place, completed by that of a key place."""
    point = {}
    if told.longitude is None and told.latitude is None:
        point = {"longitude": place.longitude, "latitude": place.latitude}
    return replace(told, address=told.address or place.address, community=told.community or place.community_id, **point)


@dataclass(frozen=True)
class HoursTold:
    """Hours of a post as a person writes them; they may cross midnight."""

    days: str
    starts: time
    ends: time
    persons: int = 1
    is_active: bool = True


def save_hours(*, by: User, at: datetime, post: int, told: HoursTold, pk: int | None = None) -> GuardHours:
    """Enter hours of a post, or change some. Watches that are planned follow when the month is planned again. Saving
    the
    same again changes nothing.

    Raises: NotFound, NotPermitted, WrongState, Invalid.
    """
    with _saving("save_hours", by):
        found = locked_post(post)
        require(by, "guard.plan", found, on=timezone.localdate(at))
        rows = GuardHours.objects.filter(post=found)
        row = GuardHours(post=found) if pk is None else one_of(rows, pk)
        faults: dict[str, Any] = {"days": choice_faults(told.days, GuardHours.Days.values)}
        faults["persons"] = number_faults(told.persons, MOST_PERSONS, 1)
        if told.starts == told.ends:
            faults["ends"] = _("Guard hours end at another time than they start.")
        refuse(faults)
        same = rows.filter(days=told.days, starts=told.starts, ends=told.ends).exclude(pk=row.pk).first()
        if same is not None and pk is None and (same.persons, same.is_active) == (told.persons, told.is_active):
            return same
        if same is not None:
            raise Invalid(fields={"starts": _("These hours of the post are entered already.")})
        for name, value in vars(told).items():
            setattr(row, name, value)
        row.save()
        return row
