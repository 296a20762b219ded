"""What the room tells the others when the app is ready: its scopes, words, timed things, and when it compares."""

from citymgmt.worktime.actions import after_rules_change
from communities.actions.changing import on_change_of_posts
from communities.boards import journal, notices, scopes
from communities.boards.actions import compare_boards, recheck_boards


def register() -> None:
    """Say it once, when the app is ready."""
    scopes.register()
    notices.register()
    journal.register()
    after_rules_change.append(recheck_boards)
    on_change_of_posts(compare_boards)
