"""What the room tells the others when the app is ready: its scopes, words, timed things."""

from citymgmt.worktime.actions import after_rules_change
from communities import beside
from communities.four_duties import journal, notices, scopes
from communities.four_duties.actions import recheck_sheets
from communities.four_duties.beside import show_duties


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    beside.register(show_duties)
    after_rules_change.append(recheck_sheets)
