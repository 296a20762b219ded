"""What the room tells the others when the app is ready: its scopes, words, timed things, its figure of a community."""

from communities import beside
from communities.projects import journal, notices, scopes
from communities.projects.beside import show_projects


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    beside.register(show_projects)
