"""Is every owners' committee what its history says, and every vote what its counts come to?"""

from collections.abc import Iterator, Sequence

from citymgmt.history import walked
from communities.committees.journal import Journal, differences
from communities.committees.querysets import result_of_vote
from communities.models import CommitteeEvent, OwnersCommittee, OwnersVote


def verify_committees(*, after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Each committee with what its replay, its rows and its counts say differently, in batches of ids after `after`."""
    parts = list(Journal.part_models.values())
    for one, events, votes in walked(OwnersCommittee, "committee", CommitteeEvent, parts, after=after):
        yield f"owners' committee {one.pk}", differences(one, events, votes) + _results(votes)


def _results(votes: Sequence[OwnersVote]) -> list[str]:
    found = []
    for vote in votes:
        told = result_of_vote(vote)
        if (told.is_quorate, told.is_passed) != (vote.is_quorate, vote.is_passed):
            found.append(f"vote {vote.ordinal}: its counts come to something else")
    return found
