"""What is done with meetings and resolutions. The only door for their rows."""

from cases.meetings.actions.agenda import add_item, add_proposals, move_item, remove_item, save_discussion
from cases.meetings.actions.enacting import enact_all
from cases.meetings.actions.institutions import make_unit_of
from cases.meetings.actions.meetings import (
    MeetingPlan,
    cancel_meeting,
    hold_meeting,
    invite_units,
    plan_due_meetings,
    plan_meeting,
    revise_meeting,
)
from cases.meetings.actions.rechecking import recheck_resolutions
from cases.meetings.actions.resolving import act_on_resolution, link_cases, make_resolution, revise_resolution
from cases.meetings.actions.seats import Noted, answer_invitation, note_attendance, note_presence
from cases.meetings.actions.units import save_rule, save_unit
from cases.meetings.actions.wording import Wording

__all__ = [
    "MeetingPlan",
    "Noted",
    "Wording",
    "act_on_resolution",
    "add_item",
    "add_proposals",
    "answer_invitation",
    "cancel_meeting",
    "enact_all",
    "hold_meeting",
    "invite_units",
    "link_cases",
    "make_resolution",
    "make_unit_of",
    "move_item",
    "note_attendance",
    "note_presence",
    "plan_due_meetings",
    "plan_meeting",
    "recheck_resolutions",
    "remove_item",
    "revise_meeting",
    "revise_resolution",
    "save_discussion",
    "save_rule",
    "save_unit",
]
