"""What a resolution says of itself: its deadline, its ladder, what each step writes, who is told, what is a fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cases.meetings import lifecycle, notices
from cases.meetings.lifecycle import EVENT_OF_EFFECT, event_kind
from cases.meetings.models import AgendaItem, Meeting, Resolution, ResolutionCase, ResolutionEvent
from citymgmt import history
from citymgmt.worktime import journal, sweep
from citymgmt.worktime.clock import Unit, due, is_provisional
from citymgmt.worktime.journal import Effect, in_order, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules

LADDER = "resolution"
OF_AGENDAS = frozenset({event_kind("on_agenda"), event_kind("off_agenda")})
FACTS = frozenset({"id", "subdistrict_id", "meeting_id", "number", "made_at"}) | {"next_check_at"}
FOLDED = history.columns_but(Resolution, *FACTS)


class Journal(journal.Journal[Resolution, ResolutionEvent]):
    """The journal of resolutions, with the cases they are about."""

    subject = "resolution"
    event_model = ResolutionEvent
    part_models = {"case": ResolutionCase}
    unit_id: int | None = None  # for which somebody without a log-in acts

    def find_due(self, thing: Resolution) -> Due | None:
        """The next step of the ladder while it is carried out."""
        if not lifecycle.STATES[thing.state].runs:
            return None
        timing = Timing(thing.due_at, thing.limit, Unit.WORKING_DAY, thing.rung, thing.rung_at, thing.watched_from)
        return next_due(LADDER, timing, frozenset(), self.rules)

    def write(self) -> None:
        """Write what was gathered, with the unit for which it was done."""
        for event in self.events:
            event.unit_id = self.unit_id
        super().write()

    def tell(self) -> None:
        """Tell whom the notice table names."""
        notices.enqueue(self.events, self.rules)


def deadline(resolution: Resolution, counted_from: datetime, rules: Rules) -> dict[str, Any]:
    """The columns of a deadline: the limit counted from a moment, or the end of the office's day that was set."""
    if resolution.limit is None:
        assert resolution.due_on is not None
        closes = max((shift.ends for shift in rules.calendar.shifts), default=time(17, 30))
        due_at = timezone.make_aware(datetime.combine(resolution.due_on, closes))
        return {"due_at": due_at, "counted_from": counted_from, "is_due_provisional": False}
    due_at = due(rules.calendar, counted_from, resolution.limit)
    told = is_provisional(rules.calendar, counted_from, due_at)
    return {"due_at": due_at, "counted_from": counted_from, "is_due_provisional": told}


def _warn(journal: Journal, resolution: Resolution, due: Due) -> None:
    journal.record(resolution, EVENT_OF_EFFECT["warn"], at=due.at, changes=taken(due))


def _urge(journal: Journal, resolution: Resolution, due: Due) -> None:
    changes = taken(due, urge_count=resolution.urge_count + 1)
    journal.record(resolution, EVENT_OF_EFFECT["urge"], at=due.at, changes=changes)


def _supervise(journal: Journal, resolution: Resolution, due: Due) -> None:
    changes = taken(due, supervision_count=resolution.supervision_count + 1)
    journal.record(resolution, EVENT_OF_EFFECT["supervise"], at=due.at, changes=changes)


def _to_agenda(journal: Journal, resolution: Resolution, due: Due) -> None:
    journal.record(resolution, EVENT_OF_EFFECT["to_agenda"], at=due.at, changes=taken(due, is_back=True))


def _to_district(journal: Journal, resolution: Resolution, due: Due) -> None:
    journal.record(resolution, EVENT_OF_EFFECT["to_district"], at=due.at, changes=taken(due))


EFFECTS: Mapping[str, Effect] = {
    "warn": _warn,
    "urge": _urge,
    "supervise": _supervise,
    "to_agenda": _to_agenda,
    "to_district": _to_district,
}


def settle_batch(resolutions: Sequence[Resolution], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(resolutions, rules), now, EFFECTS)


def settle(journal_: Journal, resolution: Resolution, now: datetime) -> None:
    """Record in the journal whatever fell due for the resolution until and including `now`."""
    journal.settle(journal_, resolution, now, EFFECTS)


def put_on_agenda(resolutions: Sequence[Resolution], title: str, by: Any, at: datetime, rules: Rules) -> None:
    """Write into the histories of locked resolutions that a meeting of this title deals with them. What the ladder
    brought back waits for no meeting from now on.
    """
    journal_ = Journal(resolutions, rules)
    for one in resolutions:
        settle(journal_, one, at)
    journal_.write()
    for one in resolutions:
        journal_.record(
            one, event_kind("on_agenda"), at=in_order(one, at), by=by, note=title, changes={"is_back": False}
        )
    journal_.write()


def take_off_agenda(resolutions: Sequence[Resolution], meeting: Meeting, by: Any, at: datetime, rules: Rules) -> None:
    """Write into the histories of locked resolutions that a meeting will not deal with them. What the ladder brought
    back waits for a meeting again, unless another one deals with it.
    """
    journal_ = Journal(resolutions, rules)
    for one in resolutions:
        settle(journal_, one, at)
    journal_.write()
    for one in resolutions:
        changes = {"is_back": _waits_without(one, meeting)}
        moment = in_order(one, at)
        journal_.record(one, event_kind("off_agenda"), at=moment, by=by, note=meeting.title, changes=changes)
    journal_.write()


def _waits_without(resolution: Resolution, meeting: Meeting) -> bool:
    """Whether the ladder brought it back, and no meeting but this one has it on its agenda since."""
    since = _brought_back_at(resolution)
    if since is None:
        return False
    others = AgendaItem.objects.filter(resolution=resolution).exclude(meeting=meeting)
    deal_with_it = Q(meeting__state__in=Meeting.AHEAD) | Q(
        meeting__state=Meeting.State.HELD, meeting__starts_at__gte=since
    )
    return not others.filter(deal_with_it).exists()


def _brought_back_at(resolution: Resolution) -> datetime | None:
    """When the ladder last brought it back, unless something else than an agenda has settled that since."""
    since: datetime | None = None
    for event in resolution.events.exclude(kind__in=OF_AGENDAS).order_by("seq"):
        told = event.changes["resolution"].get("is_back")
        if told is not None:
            since = event.at if told else None
    return since


def differences(
    resolution: Resolution, events: Sequence[ResolutionEvent], parts: Sequence[ResolutionCase]
) -> list[str]:
    """What the replay of a resolution's events and its rows say differently; empty when they agree."""
    named = {Journal.part_subject(part): part for part in parts}
    return history.differences("resolution", list(events), resolution, FOLDED, named)


def register() -> None:
    """Have the sweep settle resolutions, when the app is ready."""
    sweep.register("resolutions", Resolution, settle_batch)
