"""What is done with circulars: drafted, written, submitted, issued, received. The only door for their rows."""

from cases.meetings.circulars.actions.drafting import CircularText, discard_circular, draft_circular, save_circular
from cases.meetings.circulars.actions.files import ask_circular_files
from cases.meetings.circulars.actions.receiving import (
    confirm_circular_receipt,
    receive_circular_as_unit,
    remind_units,
)
from cases.meetings.circulars.actions.steps import issue_circular, send_back_circular, submit_circular

__all__ = [
    "CircularText",
    "ask_circular_files",
    "confirm_circular_receipt",
    "discard_circular",
    "draft_circular",
    "issue_circular",
    "receive_circular_as_unit",
    "remind_units",
    "save_circular",
    "send_back_circular",
    "submit_circular",
]
