"""What a promise says of itself: its ladder, what each step writes, who is told, and what is a fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from citymgmt import history
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.people.addressing import people_behind
from citymgmt.people.models import NoticeGroup
from citymgmt.worktime import journal
from citymgmt.worktime.clock import Limit, Unit
from citymgmt.worktime.journal import Effect, taken
from citymgmt.worktime.ladder import Due, Timing, next_due
from citymgmt.worktime.rules import Rules
from tests.promises.models import Promise, PromiseEvent

LADDER = [
    {"ladder": "promise", "code": "Q0", "position": 1, "effect": "warn", "anchor": "due", "lead_percent": 50,
     "recipients": ["clerks"], "name_zh": "提醒", "colour": "yellow"},
    {"ladder": "promise", "code": "Q1", "position": 2, "effect": "urge", "anchor": "due",
     "recipients": ["clerks"], "name_zh": "催办", "colour": "orange"},
    {"ladder": "promise", "code": "Q2", "position": 3, "effect": "report", "anchor": "previous", "delay_value": 1,
     "delay_unit": "wd", "recipients": ["clerks", "leaders"], "name_zh": "上报", "colour": "red"},
]  # fmt: skip
NOTICES: Mapping[str, Rule] = {
    "promise_warn": Rule((), "%(shop)s should soon have kept its promise", group=NoticeGroup.DEADLINES),
    "promise_urge": Rule((), "%(shop)s did not keep its promise", True, group=NoticeGroup.DEADLINES),
    "promise_report": Rule((), "%(shop)s still did not keep its promise", True, group=NoticeGroup.DEADLINES),
    "promise_keep": Rule(("leaders",), "%(shop)s kept its promise", group=NoticeGroup.ANSWERS),
}
FOLDED = history.columns_but(Promise, "id", "subdistrict_id", "shop", "limit_days", "next_check_at")


class Journal(journal.Journal[Promise, PromiseEvent]):
    """The journal of promises."""

    subject = "promise"
    event_model = PromiseEvent

    def find_due(self, thing: Promise) -> Due | None:
        """The next step of the promise's ladder, until it is kept."""
        if thing.state == "kept":
            return None
        limit = Limit(thing.limit_days, Unit.WORKING_DAY)
        timing = Timing(thing.due_at, limit, limit.unit, thing.rung, thing.rung_at, thing.watched_from)
        return next_due("promise", timing, frozenset(), self.rules)

    def tell(self) -> None:
        """Tell whom the table names: here, everybody of a post in the sub-district."""
        told = [(event, self._keys(event)) for event in self.events if event.kind in NOTICES]
        behind = people_behind({key for _event, keys in told for key in keys})
        enqueue_letters(
            Letter(
                dedupe=f"promise.{event.promise_id}.{event.seq}",
                kind=event.kind,
                recipient=user,
                at=event.at,
                params={"shop": event.promise.shop},
                link=event.promise.get_absolute_url(),
                is_urgent=NOTICES[event.kind].is_urgent,
            )
            for event, keys in told
            for key in keys
            for user in behind.get(key, ())
        )

    def _keys(self, event: PromiseEvent) -> list[tuple[str, int]]:
        names = recipients_of(NOTICES[event.kind], event, "promise", self.rules)
        return [(name, event.promise.subdistrict_id) for name in names]


def _warn(journal: Journal, promise: Promise, due: Due) -> None:
    journal.record(promise, "promise_warn", at=due.at, changes=taken(due))


def _urge(journal: Journal, promise: Promise, due: Due) -> None:
    journal.record(promise, "promise_urge", at=due.at, changes=taken(due, urge_count=promise.urge_count + 1))


def _report(journal: Journal, promise: Promise, due: Due) -> None:
    journal.record(promise, "promise_report", at=due.at, to="reported_up", changes=taken(due))


EFFECTS: Mapping[str, Effect] = {"warn": _warn, "urge": _urge, "report": _report}


def settle_batch(promises: Sequence[Promise], now: datetime, rules: Rules) -> None:
    """Settle locked rows of the sweep."""
    journal.settle_batch(Journal(promises, rules), now, EFFECTS)


def differences(promise: Promise) -> list[str]:
    """What the replay of its events and its row say differently."""
    return history.differences("promise", list(promise.events.order_by("seq")), promise, FOLDED, {})
