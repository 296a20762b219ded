"""Use cases of boards and of what they show: the only door through which their rows are written."""

from communities.boards.actions.cards import CardTold, PortraitTold, save_card, save_office, withdraw_portrait
from communities.boards.actions.comparing import compare_boards, compare_everywhere, recheck_boards
from communities.boards.actions.confirming import confirm_board
from communities.boards.actions.register import BoardTold, change_board, put_up_board, take_down_board

__all__ = [
    "BoardTold",
    "CardTold",
    "PortraitTold",
    "change_board",
    "compare_boards",
    "compare_everywhere",
    "confirm_board",
    "put_up_board",
    "recheck_boards",
    "save_card",
    "save_office",
    "take_down_board",
    "withdraw_portrait",
]
