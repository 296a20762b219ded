"""What the room tells the others when the app is ready: its scopes, words, timed things, history."""

from cases import verification
from citymgmt.worktime.actions import after_rules_change
from patrols.guards import journal, notices, scopes
from patrols.guards.actions import recheck_watches
from patrols.guards.models import GuardWatch
from patrols.guards.verification import verify_watches


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    verification.register("guard watches", GuardWatch, verify_watches)
    after_rules_change.append(recheck_watches)
