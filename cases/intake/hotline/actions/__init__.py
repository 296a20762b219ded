"""What is done with the hotline's orders: taken in, noted, replied to, sent back. The only door for their rows."""

from cases.intake.hotline.actions.replying import reply_to_hotline
from cases.intake.hotline.actions.returning import send_back_replies
from cases.intake.hotline.actions.sheets import discard_sheet, import_sheet, keep_sheet, remove_old_sheets
from cases.intake.hotline.actions.taking import note_order, take_in_order

__all__ = [
    "discard_sheet",
    "import_sheet",
    "keep_sheet",
    "note_order",
    "remove_old_sheets",
    "reply_to_hotline",
    "send_back_replies",
    "take_in_order",
]
