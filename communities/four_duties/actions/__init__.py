"""Use cases of the duties of communities: the only door through which their rows are written."""

from communities.four_duties.actions.deciding import confirm_sheet, give_back_sheet
from communities.four_duties.actions.filling import AnswerTold, fill_in_sheet
from communities.four_duties.actions.listing import DutyTold, make_usual_duties, save_duty
from communities.four_duties.actions.opening import open_sheets, recheck_sheets

__all__ = [
    "AnswerTold",
    "DutyTold",
    "confirm_sheet",
    "fill_in_sheet",
    "give_back_sheet",
    "make_usual_duties",
    "open_sheets",
    "recheck_sheets",
    "save_duty",
]
