"""What the room tells the others when the app is ready: its scopes, words, timed things, history."""

from cases import verification
from citymgmt.worktime.actions import after_rules_change
from patrols.stations import journal, notices, scopes
from patrols.stations.actions import recheck_checks
from patrols.stations.models import DailyCheck
from patrols.stations.verification import verify_checks


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    verification.register("daily checks", DailyCheck, verify_checks)
    after_rules_change.append(recheck_checks)
