"""What the room tells the others when the app is ready: its scopes, words, timed things, history."""

from cases import verification
from communities import beside
from patrols.rounds import journal, notices, scopes
from patrols.rounds.beside_communities import show_rounds
from patrols.rounds.models import PatrolRound
from patrols.rounds.verification import verify_rounds


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    beside.register(show_rounds)
    verification.register("rounds", PatrolRound, verify_rounds)
