"""What the room tells the others when the app is ready: its scopes, words, timed things."""

from citymgmt.worktime.actions import after_rules_change
from communities.four_duties import journal, notices, scopes
from communities.four_duties.actions import recheck_sheets


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    after_rules_change.append(recheck_sheets)
