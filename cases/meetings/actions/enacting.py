"""Put all drafts of a meeting into force at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.actions.resolving import check_now, enacted
from cases.meetings.journal import Journal
from cases.meetings.lifecycle import DRAFT, OPEN, TRANSITIONS, event_kind
from cases.meetings.models import Resolution, ResolutionEvent
from cases.meetings.querysets import locked_meeting, locked_resolutions
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Stale, WrongState
from citymgmt.worktime.journal import in_order
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import current_rules

KIND = event_kind("enact")


def enact_all(
    *, by: User, at: datetime, meeting: int, versions: Mapping[str, int] | None = None, request_key: str | None = None
) -> ResolutionEvent:
    """Put every draft of a meeting into force in one transaction; returns the first of their events, which carries the
    key. `versions` are the drafts that the person saw, by number: one written, worded anew or put into force since is
    refused, and nothing comes into force. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState (there is no draft), Stale, Invalid, KeyReused.
    """
    digest = digest_of("resolution_enact_all", str(meeting), {"versions": sorted((versions or {}).items())})
    request = Request(ResolutionEvent, by, request_key, digest)

    def act() -> ResolutionEvent:
        held = locked_meeting(meeting)
        if (earlier := request.answer()) is not None:
            return earlier
        require(by, "resolution.enact", held, on=timezone.localdate(at))
        return _enact_some(_drafts(meeting, versions), by, at, request.keys)

    return request.once(act)


def _drafts(meeting: int, versions: Mapping[str, int] | None) -> list[Resolution]:
    """The drafts, locked, if they are those that the person saw. Raises: WrongState, Stale."""
    ids = Resolution.objects.filter(meeting=meeting, state=DRAFT).values_list("pk", flat=True)
    found = [one for one in locked_resolutions(ids) if one.state == DRAFT]
    if not found:
        raise WrongState(_("No resolution of this meeting waits to be put into force."))
    if versions is not None:
        if {one.number for one in found} != set(versions):
            raise Stale
        for one in found:
            check_now(one, TRANSITIONS["enact"], versions[one.number])
    return found


def _enact_some(drafts: list[Resolution], by: User, at: datetime, keys: Mapping[str, Any]) -> ResolutionEvent:
    journal = Journal(drafts, current_rules())
    for one in drafts:
        moment = in_order(one, at)
        journal.record(
            one,
            KIND,
            at=moment,
            by=by,
            to=OPEN,
            changes=enacted(journal, one, moment),
            **(keys if one is drafts[0] else {}),
        )
    first = journal.events[0]
    journal.write()
    return first
