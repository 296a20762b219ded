"""The one history of a case: append-only, guarded by the database."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from citymgmt.history import NOTE, Event, append_only, numbered


class Mention(NamedTuple):
    """A person who is mentioned in a note, and where: from `start` to `end`, the @ included."""

    user_id: int
    start: int
    end: int


class CaseEvent(Event):
    """Something that happened to a case: who (None: the portal), when, from, to, and what changed.

    `changes` maps a subject ("case", "escalation.1", "request.2") to its columns' new values; folding the
    events of a case gives its row again. Beside them, `note` keeps whom the note mentions, as ids, and of a resident's
    judgement whether it is satisfied. Personal data is never in it. `request_key` makes a resend harmless.
    """

    IS_SATISFIED = f"changes__{NOTE}__is_satisfied"  # by this name a query reads it

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["case", "seq"]
        constraints = numbered("case", "case_event")
        triggers = append_only("The history of cases")

    def __str__(self) -> str:
        return f"{self.case_id}.{self.seq} {self.kind}"

    @property
    def mentions(self) -> list[Mention]:
        """Whom the note mentions, in the order of the text."""
        return [Mention(*one) for one in self.changes.get(NOTE, {}).get("mentions", ())]

    @mentions.setter
    def mentions(self, found: Sequence[Mention]) -> None:
        if found:
            self.changes[NOTE] = {"mentions": [list(mention) for mention in found]}

    @property
    def is_satisfied(self) -> bool | None:
        """Whether the resident who judges a closing is satisfied; None of other events, and of older judgements."""
        found: bool | None = self.changes.get(NOTE, {}).get("is_satisfied")
        return found

    @is_satisfied.setter
    def is_satisfied(self, told: bool | None) -> None:
        if told is not None:
            self.changes[NOTE] = {"is_satisfied": told}
