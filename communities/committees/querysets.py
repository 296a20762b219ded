"""Named questions about owners' committees."""

from datetime import date
from decimal import Decimal

from django.db.models import F, QuerySet

from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from communities.committees.quorum import ELECTION, Count, Result, result_of
from communities.models import OwnersCommittee, OwnersVote

AROUND = ("area__community__subdistrict",)


def visible_committee(user: User, pk: int, on: date) -> OwnersCommittee:
    """The committee of this id with its area, if the person may see it. Raises: NotFound."""
    return one_of(visible_to(user, OwnersCommittee.objects.select_related(*AROUND), on=on), pk)


def locked_committee(pk: int) -> OwnersCommittee:
    """The committee of this id, locked until the transaction ends. Raises: NotFound."""
    rows = OwnersCommittee.objects.select_related(*AROUND)
    return one_of(rows.select_for_update(of=("self",), no_key=True), pk)


def due_first(rows: QuerySet[OwnersCommittee]) -> QuerySet[OwnersCommittee]:
    """What is due first first, then what has ended."""
    return rows.order_by(F("due_at").asc(nulls_last=True), "-id")


def result_of_vote(vote: OwnersVote) -> Result:
    """What the counts of a vote come to."""
    area = Count(vote.whole_m2, vote.part_m2, vote.favour_m2)
    heads = Count(*(Decimal(one) for one in (vote.whole_count, vote.part_count, vote.favour_count)))
    return result_of(vote.matter, area, heads)


def has_elected(committee: OwnersCommittee) -> bool:
    """Whether the owners elected a committee in the assembly that was called."""
    votes = committee.votes.filter(matter=ELECTION, is_passed=True)
    return committee.meeting_on is not None and votes.filter(on__gte=committee.meeting_on).exists()
