"""Use cases of communities and of those who answer for them. Import from here."""

from communities.actions.assigning import assign_officer, end_assignment, hand_over
from communities.actions.facts import save_place
from communities.actions.handing_over import on_handover, settle_handovers, write_sheet
from communities.actions.importing import Imported, import_communities
from communities.actions.leaves import end_leave_early, grant_leave

__all__ = [
    "Imported",
    "assign_officer",
    "end_assignment",
    "end_leave_early",
    "grant_leave",
    "hand_over",
    "import_communities",
    "on_handover",
    "save_place",
    "settle_handovers",
    "write_sheet",
]
