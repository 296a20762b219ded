"""The hotline's limit is never forgotten: the ladder of an order that waits for its final reply, and who is told.

An order has no history of its own: what happens to it stands in that of its case, and the ladder leaves messages alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.intake.hotline.models import HotlineOrder
from citymgmt.bulk import update_models
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import people_behind
from citymgmt.people.models import NoticeGroup
from citymgmt.worktime import sweep
from citymgmt.worktime.actions import after_rules_change
from citymgmt.worktime.clock import Unit
from citymgmt.worktime.ladder import DueStep, Timing, settle
from citymgmt.worktime.rules import Rules

LADDER = "hotline"
DEADLINES = NoticeGroup.DEADLINES
TABLE: Mapping[str, Rule] = {  # by the effect of the step, whose row says who is told
    "warn": Rule((), _("Order %(number)s of the hotline is due soon"), group=DEADLINES),
    "urge": Rule((), _("Order %(number)s of the hotline is overdue"), is_urgent=True, group=DEADLINES),
    "supervise": Rule((), _("Order %(number)s of the hotline is still not replied"), is_urgent=True, group=DEADLINES),
}
CLIMBING = frozenset({"due_at", "rung", "rung_at", "watched_from", "next_check_at"})


def register() -> None:
    """Have orders watched, and give the outbox the wording, when the app is ready."""
    register_words({_kind(effect): rule for effect, rule in TABLE.items()})
    sweep.register("hotline orders", HotlineOrder, settle_batch)
    after_rules_change.append(watch_again)


def _kind(effect: str) -> str:
    return f"hotline_{effect}"


def watch(order: HotlineOrder, at: datetime) -> None:
    """Have an order that is not written yet climb the ladder until it is replied."""
    order.due_at, order.watched_from, order.next_check_at = order.finish_due_at, at, at


def let_go(order: HotlineOrder) -> None:
    """Have it climb no more, once it is replied; the caller writes the columns `CLIMBING`."""
    order.due_at, order.next_check_at = None, None


def watch_again(at: datetime) -> int:
    """Have the next sweep look at all orders that are not replied, since a rule of time has changed."""
    return HotlineOrder.objects.filter(due_at__isnull=False).update(next_check_at=at)


def settle_batch(orders: Sequence[HotlineOrder], now: datetime, rules: Rules) -> None:
    """Let locked orders take what fell due, and tell of the last step each took, in a fixed number of queries."""
    taken = {order: step for order in orders if (step := _climb(order, now, rules))}
    update_models((order, {*CLIMBING}) for order in orders)
    enqueue_letters(_letters(taken, rules))


def _climb(order: HotlineOrder, now: datetime, rules: Rules) -> DueStep | None:
    """The last of the steps that the order takes."""
    timing = Timing(order.due_at, None, Unit.WORKING_DAY, order.rung, order.rung_at, order.watched_from)
    steps, order.next_check_at = settle(rules.ladders.get(LADDER, ()), timing, frozenset(), rules.calendar, now)
    if not steps:
        return None
    order.rung, order.rung_at = steps[-1].step.position, steps[-1].at
    return steps[-1]


def _letters(taken: Mapping[HotlineOrder, DueStep], rules: Rules) -> Iterator[Letter]:
    rows = {order: rules.rows[due.step.code] for order, due in taken.items()}
    keys = {order: [(name, order.subdistrict_id) for name in row.recipients] for order, row in rows.items()}
    behind = people_behind({key for some in keys.values() for key in some})
    for order, row in rows.items():
        for person in dict.fromkeys(one for key in keys[order] for one in behind.get(key, [])):
            yield Letter(
                dedupe=f"hotline.{order.pk}.{row.code}",
                kind=_kind(row.effect),
                recipient=person,
                at=taken[order].at,
                params={"number": order.number},
                link=order.get_absolute_url(),
                is_urgent=TABLE[row.effect].is_urgent,
            )
