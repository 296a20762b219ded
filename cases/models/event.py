"""The one history of a case: append-only, guarded by the database."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from citymgmt.people.models import User


def append_only(name: str) -> list[Any]:
    """Triggers that refuse UPDATE, DELETE and TRUNCATE."""
    refuse = f"RAISE EXCEPTION '{name} is append-only';"
    return [
        pgtrigger.Trigger(
            name="append_only_rows",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=refuse,
        ),
        pgtrigger.Trigger(
            name="append_only_table",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=refuse,
        ),
    ]


NOTE = "note"  # what `changes` keeps of the note itself; no row follows from it


class Mention(NamedTuple):
    """A person who is mentioned in a note, and where: from `start` to `end`, the @ included."""

    user_id: int
    start: int
    end: int


class CaseEvent(models.Model):
    """Something that happened to a case: who (None: the portal), when, from, to, and what changed.

    `changes` maps a subject ("case", "escalation.1", "request.2") to its columns' new values; folding the
    events of a case gives its row again. Beside them, `note` keeps whom the note mentions, as ids. Personal data is
    never in it. `request_key` makes a resend harmless.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(_("event"), max_length=30)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    note = models.TextField(_("note"), blank=True)
    changes = models.JSONField(default=dict)
    request_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    request_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["case", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="case_event_seq_unique"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="case_event_seq_from_one"),
        ]
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
