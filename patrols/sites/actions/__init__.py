"""Use cases of construction sites: the only door through which their rows are written."""

from patrols.sites.actions.inspecting import Look, inspect_site, log_fault
from patrols.sites.actions.registering import PermitTold, SiteTold, save_permit, save_site, tell_of_permits

__all__ = [
    "Look",
    "PermitTold",
    "SiteTold",
    "inspect_site",
    "log_fault",
    "save_permit",
    "save_site",
    "tell_of_permits",
]
