"""Put on the agenda, put in order, take off, and write down what was said."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import pghistory
from django.apps import apps
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.journal import put_on_agenda, take_off_agenda
from cases.meetings.minutes.querysets import check_not_at_rest
from cases.meetings.models import AgendaItem, Meeting, Resolution
from cases.meetings.proposals import Proposal, proposals_for
from cases.meetings.querysets import locked_item, locked_meeting, locked_resolutions
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, Stale, WrongState
from citymgmt.worktime.rules import current_rules, hold_rules
from citymgmt.written import faults_of, in_lines

LONGEST_TITLE, LONGEST_BACKGROUND, LONGEST_DISCUSSION, MOST_ITEMS = 120, 2000, 10_000, 60


def _locked_open(by: User, at: datetime, pk: int) -> Meeting:
    """A meeting whose agenda can change. Raises: NotFound, NotPermitted, WrongState."""
    meeting = locked_meeting(pk)
    require(by, "meeting.plan", meeting, on=timezone.localdate(at))
    if meeting.state == Meeting.State.CANCELLED:
        raise WrongState(_("This meeting was called off."))
    check_not_at_rest(meeting)
    return meeting


def add_proposals(*, by: User, at: datetime, pk: int, keys: Sequence[str]) -> list[AgendaItem]:
    """Put what is proposed under these keys at the end of the agenda. What is there already stays, so no request key is
    needed; a proposal that is none any more is left out.

    Raises: NotFound, NotPermitted, WrongState, Invalid (too many items).
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="add_proposals"):
        hold_rules()
        meeting = _locked_open(by, at, pk)
        wanted = [one for one in proposals_for(meeting, at) if one.key in set(keys)]
        told = _tell_resolutions(meeting, wanted, by, at)
        return [put_item(meeting, one, by, at) for one in wanted if one.resolution is None or one.resolution.pk in told]


def _tell_resolutions(meeting: Meeting, proposals: Sequence[Proposal], by: User, at: datetime) -> set[int]:
    """Write into the history of each resolution among them that the meeting deals with it; one that was carried out
    in the meantime is left out. Returns their ids.
    """
    ids = [one.resolution.pk for one in proposals if one.resolution is not None]
    found = [one for one in locked_resolutions(ids) if one.is_unfinished] if ids else []
    if found:
        put_on_agenda(found, meeting.title, by, at, current_rules())
    return {one.pk for one in found}


def add_item(*, by: User, at: datetime, pk: int, title: str, background: str = "") -> AgendaItem:
    """Put something at the end of the agenda by hand; the same title again gives the item that is there.

    Raises: NotFound, NotPermitted, WrongState, Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="add_item"):
        meeting = _locked_open(by, at, pk)
        title, background = title.strip(), in_lines(background)
        told = {"title": faults_of(title, LONGEST_TITLE, is_needed=True)}
        _check({**told, "background": faults_of(background, LONGEST_BACKGROUND, is_one_line=False)})
        present = meeting.items.filter(title=title).first()
        return present or put_item(meeting, Proposal(AgendaItem.Reason.BY_HAND, title, background), by, at)


def _check(faults: dict[str, list[str]]) -> None:
    """Raises: Invalid."""
    wrong = {name: found for name, found in faults.items() if found}
    if wrong:
        raise Invalid(fields=wrong)


def put_item(meeting: Meeting, proposal: Proposal, by: User, at: datetime) -> AgendaItem:
    """Put it at the end of the agenda of a locked meeting. Raises: Invalid (too many items)."""
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST_ITEMS:
        raise Invalid(_("A meeting has at most %(most)s items.") % {"most": MOST_ITEMS})
    return AgendaItem.objects.create(
        meeting=meeting,
        position=last + 1,
        reason=proposal.reason,
        title=proposal.title[:LONGEST_TITLE],
        background=proposal.background[:LONGEST_BACKGROUND],
        case=proposal.case,
        resolution=proposal.resolution,
        saved_at=at,
        saved_by=by,
    )


def move_item(*, by: User, at: datetime, pk: int, item: int, to: int) -> None:
    """Move an item to a position, from 1; those between move up or down.

    Raises: NotFound, NotPermitted, WrongState.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="move_item"):
        meeting = _locked_open(by, at, pk)
        moved = locked_item(meeting, item)
        others = list(meeting.items.exclude(pk=moved.pk).order_by("position"))
        others.insert(max(0, min(to - 1, len(others))), moved)
        _put_in_order(others)


def _put_in_order(items: Sequence[AgendaItem]) -> None:
    for position, one in enumerate(items, 1):
        if one.position != position:
            AgendaItem.objects.filter(pk=one.pk).update(position=position)


def remove_item(*, by: User, at: datetime, pk: int, item: int) -> None:
    """Take an item off the agenda before the meeting; a resolution that the ladder had brought back waits for the next
    meeting again.

    Raises: NotFound, NotPermitted, WrongState (it holds text).
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="remove_item"):
        hold_rules()
        meeting = _locked_open(by, at, pk)
        found = locked_item(meeting, item)
        if found.discussion or Resolution.objects.filter(item=found).exists():
            raise WrongState(_("This item has been discussed already."))
        give_back(meeting, [found], by, at)
        found.delete()
        _put_in_order(list(meeting.items.order_by("position")))


def give_back(meeting: Meeting, items: Iterable[AgendaItem], by: User, at: datetime) -> None:
    """Write into the history of each resolution that these items of a locked meeting are about, and that is not carried
    out, that the meeting will not deal with it. The caller holds the rules of time.
    """
    ids = [one.resolution_id for one in items if one.resolution_id is not None]
    found = [one for one in locked_resolutions(ids) if one.is_unfinished] if ids else []
    if found:
        take_off_agenda(found, meeting, by, at, current_rules())


def save_discussion(*, by: User, at: datetime, pk: int, item: int, version: int, text: str) -> AgendaItem:
    """Keep what was said of an item, in place of the version that the person saw. The text that is there is no new
    version, so no request key is needed; nor is what the person saw, however often another one wrote since.

    Raises: NotFound, NotPermitted, WrongState, Stale (another one wrote meanwhile; nothing is lost), Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="save_discussion"):
        meeting = _locked_open(by, at, pk)
        found = locked_item(meeting, item)
        text = in_lines(text)
        if text == found.discussion or _is_as_seen(found, version, text):
            return found
        _check({"discussion": faults_of(text, LONGEST_DISCUSSION, is_one_line=False)})
        if version != found.version:
            raise Stale(version=found.version)
        AgendaItem.objects.filter(pk=found.pk).update(
            discussion=text, version=F("version") + 1, saved_at=at, saved_by=by
        )
        found.refresh_from_db()
        return found


def _is_as_seen(item: AgendaItem, version: int, text: str) -> bool:
    """Whether the text is what an earlier version of the item held: whoever saw that one wrote nothing."""
    if not 0 < version < item.version:
        return False
    events = apps.get_model("meetings", "AgendaItemEvent").objects.filter(pgh_obj=item.pk, version=version)
    return bool(events.filter(discussion=text).exists())
