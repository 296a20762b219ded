"""Who is told of an event: one row of a notice table, the same for every kind of thing that has a history.

Steps of a ladder name their recipients in their own rows (`LadderStep.recipients`), because delays, colours and
recipients are data. What a recipient's name means for a thing ("officer", say) is said by the thing's own app.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from citymgmt.history import Event
from citymgmt.outbox import wording
from citymgmt.people.models import NoticeGroup
from citymgmt.worktime.rules import Rules


@dataclass(frozen=True)
class Rule:
    """Who is told of an event, how it is worded, whether it may break the quiet hours, and its group for choosing."""

    recipients: tuple[str, ...]
    subject: Any
    is_urgent: bool = False
    group: NoticeGroup = NoticeGroup.WORK


def register(table: Mapping[str, Rule]) -> None:
    """Give the outbox the wording of all messages of a table. Raises ValueError for a kind of another table."""
    for kind, rule in table.items():
        wording.register(kind, rule.subject, rule.group.value)


def recipients_of(rule: Rule, event: Event, subject: str, rules: Rules) -> tuple[str, ...]:
    """The names of those who are told of the event: by the table, else by the step of a ladder that it took."""
    row = rules.rows.get(event.changes[subject].get("ladder_code", ""))
    return rule.recipients or (tuple(row.recipients) if row else ())
