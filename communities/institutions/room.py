"""What the room tells the others when the app is ready: its scopes, its words, its timed things."""

from communities.institutions import journal, notices, scopes


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
