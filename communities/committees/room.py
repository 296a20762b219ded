"""What the room tells the others when the app is ready: its scopes, words and timed things."""

from citymgmt.worktime.actions import after_rules_change
from communities.committees import journal, notices, scopes
from communities.committees.actions import retime_committees


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    after_rules_change.append(retime_committees)
