"""The one history of cases: the only door by which their events, and the columns that follow from them, are written.

What every history does is in `citymgmt.worktime.journal` and `citymgmt.history`; here is what a case adds: its parts,
its two ladders, who is told, and which of its columns are facts.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models

from cases import deadlines, notices, told
from cases.models import Case, CaseEvent, Escalation, TimeRequest
from cases.querysets import open_escalations_of, suspended_since
from citymgmt import history
from citymgmt.history import Parts, Values
from citymgmt.people.models import Organisation
from citymgmt.worktime import journal
from citymgmt.worktime.ladder import Due
from citymgmt.worktime.rules import Rules

__all__ = ["FACTS", "FOLDED", "Journal", "Parts", "Values", "differences"]

FACTS = frozenset(
    [
        "id",
        "number",
        "subdistrict_id",
        "description",
        "address",
        "longitude",
        "latitude",
        "source",
        "is_campaign",
        "campaign_id",
        "external_ref",
        "created_at",
        "logged_by_id",
    ]
) | {"next_check_at"}  # an index for the sweep: follows from the row and the rules in force
FOLDED = history.columns_but(Case, *FACTS)


class Journal(journal.Journal[Case, CaseEvent]):
    """The journal of cases, with the open escalation of each and who of the district and the office is concerned."""

    subject = "case"
    event_model = CaseEvent
    part_models = {"escalation": Escalation, "request": TimeRequest}

    def __init__(self, cases: Iterable[Case], rules: Rules) -> None:
        super().__init__(cases, rules)
        self.escalations = open_escalations_of(self.things)

    @cached_property
    def departments(self) -> Mapping[int, Organisation]:
        """The bodies of the districts, by id."""
        return {body.pk: body for body in Organisation.objects.filter(kind__in=Organisation.OF_DISTRICT)}

    @cached_property
    def suspended_since(self) -> Mapping[int, datetime]:
        """When each suspended case of the journal was suspended, by case id."""
        return suspended_since(self.things)

    def find_due(self, thing: Case) -> Due | None:
        """What falls due next for the case and its open escalation."""
        return deadlines.next_due(thing, self.escalations.get(thing.pk), self.rules)

    def keep_part(self, thing: Case, part: Any) -> None:
        """Remember the open escalation of the case."""
        if not isinstance(part, Escalation):
            return
        if part.is_open:
            self.escalations[thing.pk] = part
        else:
            self.escalations.pop(thing.pk, None)

    def tell(self) -> None:
        """Tell whom the notice table names, and the rooms that follow."""
        notices.enqueue(self.events, self)
        for listen in told.listeners:
            listen(self.events)


def differences(case: Case, events: Iterable[CaseEvent], parts: Iterable[models.Model]) -> list[str]:
    """What the replay of a case's events and its rows in the database say differently; empty when they agree."""
    named = {Journal.part_subject(part): part for part in parts}
    return history.differences("case", list(events), case, FOLDED, named)
