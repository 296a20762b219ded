"""Boards are compared with what would be printed today: those that show something else are to be renewed.

It is done at each change of a community's posts and of what is told of its people, and by beat, which also finds what
begins by a day. Repeating it changes nothing; what became wrong (or right again) by a day is recorded at the start of
that day, however late somebody looks.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from citymgmt.people.models import User
from citymgmt.worktime.rules import current_rules, hold_rules
from communities.actions.handing_over import start_of
from communities.boards.journal import NO_LADDER, Journal, in_order, last_moment, to_be_renewed
from communities.boards.lifecycle import AS_BEFORE, OUTDATE, RENEW, RIGHT
from communities.boards.querysets import boards_of, communities_with_boards, contents_on, turns_between
from communities.models import Board, Community
from communities.querysets import assignments_on, locked_community


def compare_everywhere(*, at: datetime) -> int:
    """Compare the boards of all communities as of the day in which `at` lies; returns how many changed their state."""
    today = timezone.localdate(at)
    rows = list(communities_with_boards())
    contents = contents_on(rows, today)
    states = Board.objects.filter(community__in=rows, state__in=(RENEW, RIGHT)).order_by("pk")
    odd = {one.community_id for one in states if _is_odd(one, contents[one.community_id].digest)}
    return sum(compare_boards(community=pk, at=at, is_by_beat=True) for pk in sorted(odd))


@transaction.atomic
def compare_boards(*, community: int, at: datetime, is_by_beat: bool = False) -> int:
    """Compare the boards of a community; returns how many changed their state. Raises: NotFound.

    What began today is recorded at `at`; by beat, which looks when nobody acts, at the start of the day.
    """
    hold_rules()
    place = locked_community(community)
    boards = list(boards_of(place).select_for_update(of=("self",), no_key=True))
    journal, changed = Journal(boards, current_rules()), 0
    for board in boards:
        changed += _compare(journal, board, place, at, is_by_beat)
    journal.write()
    return changed


def compare_boards_of(person: User, at: datetime) -> None:
    """Compare the boards on which a person stands today."""
    posts = assignments_on(timezone.localdate(at)).filter(user=person)
    for pk in sorted(set(posts.order_by("community").values_list("community", flat=True))):
        compare_boards(community=pk, at=at)


def _is_odd(board: Board, digest: str) -> bool:
    """Whether its state is not what the comparison gives. A board that was never confirmed waits for that."""
    return (board.state == RIGHT) is not (board.confirmed_digest == digest) and bool(board.confirmed_digest)


def _compare(journal: Journal, board: Board, place: Community, at: datetime, is_by_beat: bool) -> bool:
    if not _is_odd(board, _digest(place, timezone.localdate(at))):
        return False
    moment = in_order(board, _since(board, place, at, is_by_beat))
    if board.state == RENEW:
        journal.record(board, AS_BEFORE, at=moment, to=RIGHT, changes=NO_LADDER)
    else:
        journal.record(board, OUTDATE, at=moment, to=RENEW, changes=to_be_renewed(moment, journal.rules))
    return True


def _since(board: Board, place: Community, at: datetime, is_by_beat: bool) -> datetime:
    """Since when the state of a board is odd: the start of the first day on which the posts made it so, else now."""
    today, last_on = timezone.localdate(at), timezone.localdate(last_moment(board))
    for day in turns_between(place.pk, last_on, today):
        if _is_odd(board, _digest(place, day)) and (day < today or is_by_beat):
            return start_of(day)
    return at


def _digest(place: Community, on: date) -> str:
    return contents_on([place], on)[place.pk].digest


def recheck_boards(at: datetime) -> int:
    """Have the next sweep look again at what waits, when a rule of time has changed; returns how many these are."""
    return Board.objects.filter(state=RENEW).update(next_check_at=at)
