"""What is done with minutes: drafted, written, checked, signed, issued, received. The only door for their rows."""

from cases.meetings.minutes.actions.drafting import Lines, discard_minutes, draft_minutes, save_minutes
from cases.meetings.minutes.actions.files import ask_files
from cases.meetings.minutes.actions.receiving import confirm_receipt
from cases.meetings.minutes.actions.steps import check_minutes, issue_minutes, sign_minutes, take_back_minutes

__all__ = [
    "Lines",
    "ask_files",
    "check_minutes",
    "confirm_receipt",
    "discard_minutes",
    "draft_minutes",
    "issue_minutes",
    "save_minutes",
    "sign_minutes",
    "take_back_minutes",
]
