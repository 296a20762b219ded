"""What the room tells the others when the app is ready: its scopes."""

from patrols.cleanliness import scopes


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
