"""What the room tells the others when the app is ready: its scopes, words, timed things, history."""

from cases import verification
from patrols.rounds import journal, notices, scopes
from patrols.rounds.verification import verify_rounds


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    verification.register("rounds", verify_rounds)
