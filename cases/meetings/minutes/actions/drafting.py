"""Draft the minutes of a meeting, write the lines around its content, throw a draft away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.minutes.composing import first_lines
from cases.meetings.minutes.models import LONGEST_COPIES, LONGEST_ISSUER, LONGEST_OPENING, LONGEST_TITLE, Minutes
from cases.meetings.minutes.querysets import in_force, in_the_making, locked_minutes
from cases.meetings.models import Meeting
from cases.meetings.querysets import locked_meeting
from citymgmt.paperwork.actions import renew_waiting
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, Stale, WrongState
from citymgmt.written import faults_of, in_lines

LONGEST_REASON = 200  # characters
COPIES = ("issuer", "reports_to", "sends_to", "copies_to")


@dataclass(frozen=True)
class Lines:
    """All that people write of minutes beside the meeting's own texts."""

    title: str
    issuer: str
    opening: str = ""
    reports_to: str = ""
    sends_to: str = ""
    copies_to: str = ""

    @property
    def limits(self) -> Mapping[str, int]:
        """How long each may be, in characters."""
        own = {"title": LONGEST_TITLE, "issuer": LONGEST_ISSUER, "opening": LONGEST_OPENING}
        return {**own, **dict.fromkeys(("reports_to", "sends_to", "copies_to"), LONGEST_COPIES)}

    def checked(self) -> dict[str, str]:
        """The columns. Raises: Invalid."""
        written = {name: in_lines(getattr(self, name)) for name in self.limits}
        faults = {
            name: faults_of(
                text, self.limits[name], is_needed=name in ("title", "issuer"), is_one_line=name != "opening"
            )
            for name, text in written.items()
        }
        wrong = {name: found for name, found in faults.items() if found}
        if wrong:
            raise Invalid(fields=wrong)
        return written


def draft_minutes(
    *, by: User, at: datetime, meeting: int, language: str = Minutes.Language.CHINESE, reason: str = ""
) -> Minutes:
    """Draft the minutes of a meeting that was held; where some are issued, a correction of them, with its reason. A
    draft that is there already is given as it is, so no request key is needed.

    Raises: NotFound, NotPermitted, WrongState (not held yet), Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="draft_minutes"):
        held = locked_meeting(meeting)
        require(by, "minutes.write", held, on=timezone.localdate(at))
        if held.state != Meeting.State.HELD:
            raise WrongState(_("Minutes are drafted once the meeting was held."))
        present, replaced = in_the_making(held), in_force(held)
        if present is not None:
            return present
        if language not in Minutes.Language.values:
            raise Invalid(fields={"language": _("There is no such language.")})
        reason = reason.strip()
        faults = faults_of(reason, LONGEST_REASON, is_needed=replaced is not None)
        if faults:
            raise Invalid(fields={"reason": faults})
        return _drafted(held, replaced, language, reason if replaced else "", by, at)


def _drafted(meeting: Meeting, replaced: Minutes | None, language: str, reason: str, by: User, at: datetime) -> Minutes:
    """The draft; who it goes to is as in the minutes that the office issued last."""
    minutes = Minutes(
        subdistrict_id=meeting.subdistrict_id,
        meeting=meeting,
        language=language,
        reason=reason,
        replaces=replaced,
        drafted_at=at,
        drafted_by=by,
        **first_lines(meeting, language),
    )
    issued = Minutes.objects.filter(subdistrict=meeting.subdistrict_id, state=Minutes.State.ISSUED, language=language)
    last = replaced or issued.order_by("-issued_at", "-pk").first()
    if last is not None:
        for name in COPIES:
            setattr(minutes, name, getattr(last, name))
    minutes.save(force_insert=True)
    return minutes


def save_minutes(*, by: User, at: datetime, pk: int, version: int, lines: Lines) -> Minutes:
    """Keep the lines of a draft in place of those that the person saw. The same lines again are no new version, so no
    request key is needed.

    Raises: NotFound, NotPermitted, WrongState, Stale (somebody else saved meanwhile), Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="save_minutes"):
        minutes = locked_draft(by, at, pk)
        written = lines.checked()
        if all(getattr(minutes, name) == text for name, text in written.items()):
            return minutes
        if minutes.version != version:
            raise Stale(version=minutes.version)
        for name, text in written.items():
            setattr(minutes, name, text)
        minutes.version += 1
        renew_waiting(minutes, at)
        minutes.save(update_fields=[*written, "version"])
        return minutes


def discard_minutes(*, by: User, at: datetime, pk: int) -> None:
    """Throw a draft away; the meeting's texts stay. Raises: NotFound, NotPermitted, WrongState."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="discard_minutes"):
        locked_draft(by, at, pk).delete()


def locked_draft(by: User, at: datetime, pk: int) -> Minutes:
    """Minutes whose text can change. Raises: NotFound, NotPermitted, WrongState."""
    minutes = locked_minutes(pk)
    require(by, "minutes.write", minutes, on=timezone.localdate(at))
    if not minutes.is_draft:
        raise WrongState(_("These minutes are no draft any more."))
    return minutes
