"""Events that no button makes, and the wording of every kind of event. Pure."""

from collections.abc import Mapping

from cases.workflow.transitions import TRANSITIONS
from citymgmt.wording import gettext_noop

BEGINNINGS: Mapping[str, str] = {
    "report": gettext_noop("Reported"),
    "import": gettext_noop("Imported from a ledger"),
}
STEPS: Mapping[str, str] = {
    "warn": gettext_noop("Warning: the deadline is near"),
    "urge_overdue": gettext_noop("Urged: the deadline has passed"),
    "escalate_overdue": gettext_noop("Escalated to the district: overdue"),
    "supervise_department": gettext_noop("The department is silent: supervised"),
    "report_to_government": gettext_noop("Reported to the district government"),
    "resume_by_itself": gettext_noop("Suspension has ended"),
    "hand_over": gettext_noop("Handed over to a new officer"),
    "recalculate": gettext_noop("Deadline recalculated: the holidays have been published"),
    "confirm_deadline": gettext_noop("Deadline confirmed: the holidays have been published"),
}
EVENT_OF_EFFECT: Mapping[str, str] = {  # what is recorded when a step of a ladder with this effect falls due
    "warn": "warn",
    "urge": "urge_overdue",
    "escalate": "escalate_overdue",
    "supervise": "supervise_department",
    "report_up": "report_to_government",
}
BESIDES: Mapping[str, str] = {  # what people do to the things around a case
    "redact_photo": gettext_noop("Photo redacted"),
    "erase_reporter": gettext_noop("Who reported it was erased"),
    "let_follow": gettext_noop("The reporter can follow it"),
    "add_information": gettext_noop("The resident added something"),
    "answer_resident": gettext_noop("Answer to the resident"),
    "judge_solved": gettext_noop("The resident: solved"),
    "judge_unsolved": gettext_noop("The resident: not solved"),
    "uphold_closing": gettext_noop("Reviewed: the closing stands"),
    "note_hotline_order": gettext_noop("The hotline's order was noted"),
    "reply_to_hotline": gettext_noop("Reply to the hotline"),
}


def event_label(kind: str) -> str:
    """The wording of an event kind, as a source string."""
    if kind in TRANSITIONS:
        return TRANSITIONS[kind].label
    return BEGINNINGS.get(kind) or BESIDES.get(kind) or STEPS[kind]
