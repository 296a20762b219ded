"""Make a link, open it once, end it; and what a unit does by it."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.meetings.actions.resolving import act_on_resolution
from cases.meetings.actions.seats import answer_of_unit
from cases.meetings.models import MemberUnit, ResolutionEvent, Seat
from cases.meetings.outside.models import SECRET_BYTES, TO_BE_OPENED, UnitLink, digest_of_secret
from cases.meetings.querysets import MOST_ID
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import NotFound, Refusal

OPEN_FOR = timedelta(hours=4)
MOST_AT_ONCE = 20  # links of a unit that wait to be opened


class LinkGone(Refusal):
    """The link was opened already, has expired, or was never given: the three must look the same."""

    status = 410
    code = "link_gone"
    sentence: Any = _("This link cannot be opened (any more). Ask the sub-district office for a new one.")


def make_link(*, by: User, at: datetime, unit: int) -> tuple[str, UnitLink]:
    """A new link for a unit; returns its secret, which is kept nowhere, and the row. Made twice there are two, of which
    the second does not end the first; those beyond twenty end the oldest.

    Raises: NotFound, NotPermitted.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="make_link"):
        found = _locked_unit(unit)
        require(by, "unit.link", found, on=timezone.localdate(at))
        waiting = UnitLink.objects.filter(unit=found, opened_at=None, ended_at=None).order_by("-id")
        for old in waiting[MOST_AT_ONCE - 1 :]:
            UnitLink.objects.filter(pk=old.pk).update(ended_at=at)
        secret = secrets.token_urlsafe(SECRET_BYTES)
        link = UnitLink.objects.create(
            unit=found, digest=digest_of_secret(secret), made_at=at, made_by=by, expires_at=at + TO_BE_OPENED
        )
        return secret, link


def end_links(*, by: User, at: datetime, unit: int) -> int:
    """End all links of a unit, opened ones too; returns how many. Raises: NotFound, NotPermitted."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="end_links"):
        found = _locked_unit(unit)
        require(by, "unit.link", found, on=timezone.localdate(at))
        return UnitLink.objects.filter(unit=found, ended_at=None).update(ended_at=at)


def _locked_unit(pk: int) -> MemberUnit:
    rows = MemberUnit.objects.filter(pk=pk) if 0 < pk < MOST_ID else MemberUnit.objects.none()
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFound
    return found


def link_to_open(secret: str, at: datetime) -> UnitLink:
    """The link of a secret that can still be opened. Raises: LinkGone."""
    found = UnitLink.objects.filter(digest=digest_of_secret(secret), opened_at=None, ended_at=None, expires_at__gt=at)
    link = found.select_related("unit__subdistrict").filter(unit__is_active=True).first()
    if link is None:
        raise LinkGone
    return link


def open_link(*, secret: str, at: datetime) -> UnitLink:
    """Open a link, once: of two at the same moment one does. Raises: LinkGone."""
    with transaction.atomic(), pghistory.context(action="open_link"):
        link = link_to_open(secret, at)
        until = at + OPEN_FOR
        if not UnitLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=at, open_until=until):
            raise LinkGone
        link.opened_at, link.open_until = at, until
        return link


def opened_link(pk: object, at: datetime) -> UnitLink:
    """The opened link of a session, while it is good. Raises: LinkGone."""
    rows = UnitLink.objects.filter(pk=pk, open_until__gt=at, ended_at=None) if isinstance(pk, int) else None
    link = rows.select_related("unit__subdistrict").filter(unit__is_active=True).first() if rows is not None else None
    if link is None:
        raise LinkGone
    return link


def report_as_unit(
    name: str,
    *,
    link: UnitLink,
    number: str,
    at: datetime,
    version: int,
    note: str,
    request_key: str,
    photos: Iterable[bytes] = (),
) -> ResolutionEvent:
    """Report progress on a resolution of the unit, or that it is done, with files that show it. A resend acts once.

    Raises: NotFound (also for an action that is none of a unit's), KeyReused, Stale, WrongState, Invalid.
    """
    return act_on_resolution(
        name,
        number=number,
        by=None,
        at=at,
        version=version,
        note=note,
        photos=photos,
        for_unit=link.unit,
        request_key=request_key,
    )


def answer_as_unit(*, link: UnitLink, seat: int, at: datetime, answer: str, names: str) -> Seat:
    """Say whether the unit comes. Raises: NotFound, WrongState, Invalid."""
    return answer_of_unit(unit=link.unit, at=at, seat=seat, answer=answer, names=names)
