"""Data of patrols; each room keeps its own."""

from patrols.sites.models import CheckedItem, Site, SiteInspection, SitePermit
from patrols.teams.models import (
    Attendance,
    Certificate,
    Duty,
    MemberLeave,
    Rotation,
    Shift,
    Team,
    TeamArea,
)

__all__ = ["Attendance", "Certificate", "Duty", "MemberLeave", "Rotation", "Shift", "Team", "TeamArea"]
__all__ += ["CheckedItem", "Site", "SiteInspection", "SitePermit"]
