"""What the room tells the others when the app is ready: its scopes, words, timed things, histories, panels."""

from cases import verification
from citymgmt.worktime.actions import after_rules_change
from patrols.illegal_buildings import beside_cases, journal, notices, scopes
from patrols.illegal_buildings.actions import retime_buildings
from patrols.illegal_buildings.models import IllegalBuilding
from patrols.illegal_buildings.verification import verify_buildings


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    beside_cases.register()
    verification.register("illegal buildings", IllegalBuilding, verify_buildings)
    after_rules_change.append(retime_buildings)
