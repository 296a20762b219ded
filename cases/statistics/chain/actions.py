"""Appoint who answers for what, and end it."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg2.extras import DateRange

from cases.models import Disorder
from cases.statistics.chain.models import LONGEST_POST, Answerable
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotFound
from communities.actions.periods import ONE_DAY, days, ended
from communities.models import Community


@dataclass(frozen=True)
class For:
    """For what somebody answers: one of these, or the whole office when none is named."""

    community: Community | None = None
    disorder: Disorder | None = None
    team: Organisation | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """As columns of a row."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@transaction.atomic
def appoint_answerable(
    *,
    subdistrict: SubDistrict,
    user: User,
    level: int,
    post_zh: str,
    post_en: str = "",
    answers_for: For = For(),
    from_on: date,
    until_on: date | None = None,
    by: User | None,
    at: datetime,
) -> Answerable:
    """Let somebody answer for something from a day on; whoever did so at this level ends the day before.

    Asking for the same again changes nothing: no request key is needed. Raises: NotFound, NotPermitted, Invalid.
    """
    _permitted(subdistrict.pk, by, at)
    period = days(from_on, until_on)
    asked = Answerable(
        subdistrict=subdistrict,
        user=user,
        level=level,
        post_zh=post_zh.strip(),
        post_en=post_en.strip(),
        period=period,
        **answers_for.columns,
    )
    _check(asked)
    others = Answerable.objects.filter(subdistrict=subdistrict, level=level, **answers_for.columns)
    overlapping = list(others.filter(period__overlap=period).select_related("user").order_by("period"))
    same = next((one for one in overlapping if _is_same(one, asked)), None)
    if same is not None:
        return same
    _give_way(overlapping, asked, timezone.localdate(at))
    asked.save(force_insert=True)
    return asked


def _permitted(subdistrict_id: int, by: User | None, at: datetime) -> None:
    """Lock the office, so that of two who appoint at once the second sees what the first did."""
    rows = SubDistrict.objects.filter(pk=subdistrict_id)
    office = rows.select_for_update(of=("self",), no_key=True).first()
    if office is None:
        raise NotFound
    require(by, "chain.edit", office, on=timezone.localdate(at))


def _check(asked: Answerable) -> None:
    """Raises: Invalid."""
    wrong: dict[str, str] = {}
    office = asked.subdistrict_id
    if asked.level not in Answerable.Level.values:
        wrong["level"] = _("Choose a level.")
    if not asked.post_zh:
        wrong["post_zh"] = _("Name the post.")
    for name in ("post_zh", "post_en"):
        if len(getattr(asked, name)) > LONGEST_POST:
            wrong[name] = _("At most %(most)s characters.") % {"most": LONGEST_POST}
    if asked.user.subdistrict_id != office or not asked.user.is_active:
        wrong["user"] = _("This person does not work in your office.")
    _check_scope(asked, wrong)
    if wrong:
        raise Invalid(fields=wrong)


def _check_scope(asked: Answerable, wrong: dict[str, str]) -> None:
    things: dict[str, Any] = {"community": asked.community, "disorder": asked.disorder, "team": asked.team}
    named = {name: thing for name, thing in things.items() if thing is not None}
    if len(named) > 1:
        wrong[list(named)[-1]] = _(
            "Name one community, one disorder or one team, or none of them for the whole office."
        )
    for name, thing in named.items():
        if name != "disorder" and (thing.subdistrict_id != asked.subdistrict_id or not thing.is_active):
            wrong[name] = _("This does not belong to your office.")


def _is_same(one: Answerable, asked: Answerable) -> bool:
    told = ("user_id", "post_zh", "post_en", "from_on", "until_on")
    return all(getattr(one, name) == getattr(asked, name) for name in told)


def _give_way(overlapping: list[Answerable], asked: Answerable, today: date) -> None:
    """End who runs into the first day; refuse what cannot give way. Raises: Invalid."""
    for other in overlapping:
        if other.from_on >= asked.from_on:
            told = _("%(who)s already has this post from %(day)s. End that first.")
            raise Invalid(fields={"from_on": told % {"who": other.user, "day": other.from_on}})
        if asked.from_on < today:
            told = _("%(who)s answered until today; past days stay as they were. Choose today or later.")
            raise Invalid(fields={"from_on": told % {"who": other.user}})
        other.period = DateRange(other.from_on, asked.from_on)
        other.save(update_fields=["period"])


@transaction.atomic
def end_answerable(*, answerable: Answerable, last_on: date, by: User | None, at: datetime) -> Answerable | None:
    """Make `last_on` the last day; with a day before the first it is withdrawn (returns None). Past days stay.

    Raises: NotFound, NotPermitted, Invalid.
    """
    _permitted(answerable.subdistrict_id, by, at)
    found = Answerable.objects.filter(pk=answerable.pk).select_related("user").first()
    if found is None:
        raise NotFound
    period = ended(found, last_on, timezone.localdate(at))
    if period is None:
        found.delete()
        return None
    if period != found.period:
        found.period = period
        found.save(update_fields=["period"])
    return found


def withdraw_answerable(*, answerable: Answerable, by: User | None, at: datetime) -> None:
    """Take back an appointment that has not begun before today. Raises: NotFound, NotPermitted, Invalid."""
    end_answerable(answerable=answerable, last_on=answerable.from_on - ONE_DAY, by=by, at=at)
