"""What a board shows is compared with what would be printed: at each change, by beat, once, at its moment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from citymgmt.photos.actions import process_photos
from citymgmt.worktime import sweep
from citymgmt.worktime.models import LadderStep
from communities.actions import assign_officer, end_assignment, grant_leave, hand_over, save_place
from communities.actions.changing import on_change_of_posts
from communities.boards import actions
from communities.boards.actions import CardTold, PortraitTold, compare_boards, compare_everywhere
from communities.models import Board, Community, DutyGrid
from communities.tasks import compare_boards_with_what_is_so
from tests.communities.boards.boards import CARD, NOW, ONE_DAY, TODAY, Square, square_of
from tests.office import District, china
from tests.photos.pictures import photo
from tests.racing import race

LATER = NOW + timedelta(hours=2)


def by_leader(square: Square, **more: Any) -> dict[str, Any]:
    return {"by": square.street.leader, "at": LATER, **more}


def new_officer(square: Square) -> None:
    assign_officer(**by_leader(square), community=square.community, user=square.street.officer2, part="officer",
                   from_on=TODAY)  # fmt: skip


def handed_over(square: Square) -> None:
    hand_over(**by_leader(square), community=square.community, to_user=square.street.officer2, on=TODAY)


def post_ended(square: Square) -> None:
    assignment = square.community.assignments.get(user=square.officer)
    end_assignment(**by_leader(square), assignment=assignment, last_on=TODAY - ONE_DAY)


def new_deputy(square: Square) -> None:
    assign_officer(**by_leader(square), community=square.community, user=square.street.officer2, part="deputy",
                   from_on=TODAY)  # fmt: skip


def new_phone(square: Square) -> None:
    told = CardTold("020-80002222", CARD.badge_number, CARD.duties, CARD.hours)
    actions.save_card(**by_leader(square), username=square.officer.username, told=told)


def new_supervision(square: Square) -> None:
    actions.save_office(**by_leader(square), phone="020-99999999")


def new_name(square: Square) -> None:
    place = Community.objects.get(pk=square.community.pk)
    place.name_zh = "新名社区"
    save_place(place=place, by=square.street.admin, at=LATER)


CHANGES = (new_officer, handed_over, post_ended, new_deputy, new_phone, new_supervision, new_name)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_each_change_makes_the_board_out_of_date_at_once(confirmed: Square, change: Callable[[Square], None]) -> None:
    change(confirmed)
    board = confirmed.now()
    assert confirmed.kinds() == ["board_put_up", "board_confirm", "board_outdate"]
    assert (board.state, board.outdated_on, board.due_at) == ("renew", TODAY, china("2026-03-09 11:00"))
    assert board.events.get(kind="board_outdate").at == LATER
    assert compare_everywhere(at=LATER) == 0


@pytest.mark.parametrize("change", ["leave", "same card", "card of another", "grid"])
def test_what_no_board_shows_changes_nothing(confirmed: Square, change: str) -> None:
    leader = by_leader(confirmed)
    if change == "leave":
        grant_leave(**leader, user=confirmed.officer, from_on=TODAY, until_on=TODAY)
    elif change == "same card":
        actions.save_card(**leader, username=confirmed.officer.username, told=CARD)
    elif change == "card of another":
        actions.save_card(**leader, username=confirmed.street.officer2.username, told=CARD)
    else:
        grid = DutyGrid(community=confirmed.community, code="x", name_zh="第一网格")
        save_place(place=grid, by=confirmed.street.admin, at=LATER)
    assert (confirmed.now().state, compare_everywhere(at=LATER)) == ("right", 0)


def test_a_name_is_found_by_beat(confirmed: Square) -> None:
    User.objects.filter(pk=confirmed.officer.pk).update(display_name="新名")
    assert [compare_everywhere(at=LATER) for _twice in range(2)] == [1, 0]
    assert confirmed.board.events.get(kind="board_outdate").at == LATER


def test_whose_account_has_ended_is_shown_no_longer(confirmed: Square) -> None:
    User.objects.filter(pk=confirmed.officer.pk).update(is_active=False)
    assert (compare_everywhere(at=LATER), confirmed.now().state) == (1, "renew")


@pytest.mark.parametrize(
    "looks", [["2026-03-10 00:05"], ["2026-03-10 00:05"] * 2, ["2026-03-09 23:59", "2026-03-20 15:00"]]
)
def test_what_begins_on_a_day_makes_it_out_of_date_on_that_day(confirmed: Square, looks: list[str]) -> None:
    """However late and often somebody looks; the days to renew it count from then."""
    given = {"community": confirmed.community, "to_user": confirmed.street.officer2, "on": date(2026, 3, 10)}
    hand_over(**by_leader(confirmed), **given)
    assert confirmed.now().state == "right"
    for look in looks:
        compare_everywhere(at=china(look))
    board = confirmed.now()
    event = board.events.get(kind="board_outdate")
    assert (event.at, board.outdated_on) == (china("2026-03-10 00:00"), date(2026, 3, 10))
    assert board.due_at == china("2026-03-12 18:00")


def posts_of_march(square: Square) -> None:
    """The officer is assigned anew on the 6th, a deputy stays from the 10th to the 12th, another comes on the 24th."""
    officer, other = square.officer, square.street.officer2
    given = {**by_leader(square), "community": square.community}
    running = square.community.assignments.get(user=officer)
    end_assignment(**by_leader(square), assignment=running, last_on=date(2026, 3, 5))
    assign_officer(**given, user=officer, part="officer", from_on=date(2026, 3, 6), until_on=date(2026, 3, 23))
    assign_officer(**given, user=other, part="deputy", from_on=date(2026, 3, 10), until_on=date(2026, 3, 12))
    assign_officer(**given, user=other, part="officer", from_on=date(2026, 3, 24))


MARCH = [
    ("board_outdate", china("2026-03-10 00:00")),
    ("board_as_before", china("2026-03-13 00:00")),
    ("board_outdate", china("2026-03-24 00:00")),
]


@pytest.mark.parametrize("minutes", [0, 10, 17 * 60])
def test_each_turn_is_recorded_at_the_start_of_its_day(confirmed: Square, minutes: int) -> None:
    posts_of_march(confirmed)
    for day in range(5, 31):
        compare_everywhere(at=china(f"2026-03-{day:02d} 00:00") + timedelta(minutes=minutes))
    events = confirmed.board.events.filter(by=None).order_by("seq")
    assert [(one.kind, one.at) for one in events] == MARCH


def test_who_looks_only_at_the_end_finds_the_first_day_on_which_it_was_wrong(confirmed: Square) -> None:
    posts_of_march(confirmed)
    assert compare_everywhere(at=china("2026-03-30 12:00")) == 1
    events = confirmed.board.events.filter(by=None).order_by("seq")
    assert [(one.kind, one.at) for one in events] == MARCH[:1]
    assert compare_everywhere(at=china("2026-03-30 12:00")) == 0


def test_whoever_wants_to_know_is_told_once(confirmed: Square) -> None:
    on_change_of_posts(compare_boards)
    new_deputy(confirmed)
    assert confirmed.kinds()[2:] == ["board_outdate"]


def test_as_before_it_is_right_again(confirmed: Square) -> None:
    new_phone(confirmed)
    actions.save_card(**by_leader(confirmed), username=confirmed.officer.username, told=CARD)
    board = confirmed.now()
    assert (board.state, board.due_at, confirmed.kinds()[-1]) == ("right", None, "board_as_before")


def test_a_board_that_was_never_confirmed_waits_for_that(square: Square) -> None:
    new_phone(square)
    assert (square.now().outdated_on, square.kinds(), compare_everywhere(at=LATER)) == (TODAY, ["board_put_up"], 0)


def test_a_portrait_is_shown_once_it_is_ready_and_goes_with_the_consent(confirmed: Square) -> None:
    told = {"username": confirmed.officer.username, "told": CARD, "portrait": PortraitTold(photo(), TODAY)}
    actions.save_card(**by_leader(confirmed), **told)
    assert confirmed.now().state == "right"
    process_photos(now=timezone.now)
    assert compare_everywhere(at=LATER) == 1
    confirmed.confirm(LATER)
    actions.withdraw_portrait(**by_leader(confirmed), username=confirmed.officer.username)
    assert confirmed.now().state == "renew"


def test_beat_compares(confirmed: Square) -> None:
    User.objects.filter(pk=confirmed.officer.pk).update(display_name="新名")
    compare_boards_with_what_is_so()
    assert confirmed.now().state == "renew"


def test_compared_at_once_twice_it_is_found_once(committed: District, media: Any) -> None:
    square = square_of(committed)
    square.confirm()
    User.objects.filter(pk=square.officer.pk).update(display_name="新名")
    answers = race([lambda: compare_boards(community=square.community.pk, at=LATER)] * 3)
    assert (sorted(answers), square.kinds()[-1]) == ([0, 0, 1], "board_outdate")


# --- the ladder ----------------------------------------------------------------------------------------------
STEPS: list[tuple[str, datetime]] = [
    ("board_urge", china("2026-03-09 11:00")),
    ("board_supervise", china("2026-03-10 11:00")),
]


@pytest.mark.parametrize("looks", [["2026-04-01 00:00"], ["2026-03-09 10:59", "2026-03-09 11:00", "2026-03-10 11:00"]])
def test_a_board_that_is_not_renewed_climbs(confirmed: Square, looks: list[str]) -> None:
    new_phone(confirmed)
    for look in looks:
        sweep.run(china(look))
    events = confirmed.board.events.filter(by=None).exclude(kind="board_outdate").order_by("seq")
    assert [(one.kind, one.at) for one in events] == STEPS
    assert (confirmed.now().ladder_code, confirmed.board.next_check_at) == ("B2", None)


def test_who_is_told(confirmed: Square) -> None:
    new_phone(confirmed)
    sweep.run(china("2026-04-01 00:00"))
    rows = Message.objects.filter(kind__startswith="board_").order_by("kind", "recipient__username")
    assert [(row.kind, row.recipient.username) for row in rows] == [
        ("board_outdate", "clerk1"), ("board_outdate", "clerkb1"), ("board_outdate", "officer1"),
        ("board_supervise", "leader1"), ("board_supervise", "officer1"),
        ("board_urge", "clerk1"), ("board_urge", "clerkb1"), ("board_urge", "officer1"),
    ]  # fmt: skip
    assert rows[0].params == {"community": confirmed.community.name_zh, "place": "南门宣传栏"}


def test_where_nobody_acts_only_the_office_is_told(confirmed: Square) -> None:
    post_ended(confirmed)
    told = Message.objects.filter(kind="board_outdate").order_by("recipient__username")
    assert list(told.values_list("recipient__username", flat=True)) == ["clerk1", "clerkb1"]


def test_renewed_in_time_it_climbs_no_further(confirmed: Square) -> None:
    new_phone(confirmed)
    confirmed.confirm(LATER + ONE_DAY)
    sweep.run(china("2026-04-01 00:00"))
    assert confirmed.kinds()[2:] == ["board_outdate", "board_confirm"]


def test_what_fell_due_is_recorded_before_somebody_acts(confirmed: Square) -> None:
    new_phone(confirmed)
    confirmed.confirm(china("2026-03-09 12:00"))
    assert confirmed.kinds()[2:] == ["board_outdate", "board_urge", "board_confirm"]


def test_changed_steps_are_looked_at_again(confirmed: Square) -> None:
    LadderStep.objects.filter(ladder="board").update(is_active=False)
    new_phone(confirmed)
    sweep.run(china("2026-04-01 00:00"))
    LadderStep.objects.filter(ladder="board").update(is_active=True)
    assert actions.recheck_boards(china("2026-04-01 00:00")) == 1
    sweep.run(china("2026-04-01 00:00"))
    assert confirmed.kinds()[3:] == ["board_urge", "board_supervise"]
    assert Board.objects.get().rung == 2
