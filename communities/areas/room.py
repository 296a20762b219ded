"""What the room tells the others when the app is ready: its scopes, words and timed things."""

from citymgmt.worktime.actions import after_rules_change
from communities.areas import journal, notices, scopes
from communities.areas.actions import retime_areas


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    after_rules_change.append(retime_areas)
