"""Votes of the owners' assembly: recorded by their sums, or counted of a list of units that is not kept."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import CENT, amount_faults, number_faults, refuse
from citymgmt.people.models import User
from citymgmt.written import faults_of
from communities.committees.actions.frame import day_of_step, perform
from communities.committees.journal import Journal
from communities.committees.lifecycle import NOTIFIED, RECORD_VOTE
from communities.committees.quorum import MATTERS, Count, result_of
from communities.models import CommitteeEvent, OwnersCommittee, OwnersVote
from communities.models.areas import LARGEST_M2
from communities.models.committees import LONGEST_TITLE, MOST_OWNERS


@dataclass(frozen=True)
class VoteTold:
    """A vote as it was counted, by area and by heads. `list_sha256` names the list of units it was counted of."""

    on: date
    matter: int
    title: str
    whole_m2: Decimal
    part_m2: Decimal
    favour_m2: Decimal
    whole_count: int
    part_count: int
    favour_count: int
    list_sha256: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the vote."""
        return {**vars(self), "title": self.title.strip()}


def record_vote(
    *,
    pk: int,
    by: User,
    at: datetime,
    told: VoteTold,
    version: int | None = None,
    request_key: str | None = None,
) -> CommitteeEvent:
    """Record a vote with what it came to by the Civil Code. Of an assembly that was called it is not before its day.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """

    def body(journal: Journal, committee: OwnersCommittee, moment: datetime) -> dict[str, Any]:
        _check(told)
        day_of_step(committee, told.on, timezone.localdate(at))
        if committee.state == NOTIFIED and committee.meeting_on is not None and told.on < committee.meeting_on:
            refuse({"on": _("The assembly is on %(day)s.") % {"day": committee.meeting_on}})
        area = Count(told.whole_m2, told.part_m2, told.favour_m2)
        heads = Count(Decimal(told.whole_count), Decimal(told.part_count), Decimal(told.favour_count))
        result = result_of(told.matter, area, heads)
        ordinal = committee.votes.count() + 1
        passed = {"is_quorate": result.is_quorate, "is_passed": result.is_passed}
        part = {"ordinal": ordinal, **told.columns, **passed}
        return {"changes": {"stepped_on": told.on}, "parts": [(OwnersVote(ordinal=ordinal), part)]}

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": told.columns}
    return perform(RECORD_VOTE, pk=pk, by=by, at=at, body=body, **asked)


def _check(told: VoteTold) -> None:
    faults: dict[str, Any] = {
        "matter": [] if told.matter in MATTERS else [_("Choose one of these.")],
        "title": faults_of(told.title.strip(), LONGEST_TITLE, is_needed=True),
        "whole_m2": amount_faults(told.whole_m2, LARGEST_M2, CENT),
        "part_m2": amount_faults(told.part_m2, LARGEST_M2),
        "favour_m2": amount_faults(told.favour_m2, LARGEST_M2),
        "whole_count": number_faults(told.whole_count, MOST_OWNERS, 1),
        "part_count": number_faults(told.part_count, MOST_OWNERS),
        "favour_count": number_faults(told.favour_count, MOST_OWNERS),
    }
    refuse(faults)
    for whole, part, favour in (("whole_m2", "part_m2", "favour_m2"), ("whole_count", "part_count", "favour_count")):
        if getattr(told, part) > getattr(told, whole):
            faults[part] = _("Not more than the whole.")
        if getattr(told, favour) > getattr(told, part):
            faults[favour] = _("Not more than took part.")
    refuse(faults)
