"""What the room tells the others when the app is ready: its scopes, words."""

from patrols.teams import notices, scopes


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
