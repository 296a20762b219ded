"""Use cases of teams: the only door through which their rows are written."""

from patrols.teams.actions.attendance import Position, check_in, check_out, note_presence
from patrols.teams.actions.certificates import CertificateTold, save_certificate, tell_of_certificates
from patrols.teams.actions.duties import add_duty, move_duty, remove_duty
from patrols.teams.actions.leaves import Granted, LeaveTold, end_member_leave, grant_member_leave
from patrols.teams.actions.planning import Planned, plan_month
from patrols.teams.actions.setting_up import ShiftTold, make_usual_shifts, save_shift, set_area, set_rotation

__all__ = [
    "CertificateTold",
    "Granted",
    "LeaveTold",
    "Planned",
    "Position",
    "ShiftTold",
    "add_duty",
    "check_in",
    "check_out",
    "end_member_leave",
    "grant_member_leave",
    "make_usual_shifts",
    "move_duty",
    "note_presence",
    "plan_month",
    "remove_duty",
    "save_certificate",
    "save_shift",
    "set_area",
    "set_rotation",
    "tell_of_certificates",
]
