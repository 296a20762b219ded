"""Copies of cases for measurements bring their facts with them; the tallies are summed at the end."""

from cases.bulk_seed.copies import Kept, copy_too
from cases.statistics.actions.counting import AS_LONG_AS_IT_TAKES, catch_up, fill_tallies
from cases.statistics.models import CaseFact


def register() -> None:
    """Say it once, when the app is ready."""
    copy_too(Kept(CaseFact, lambda at: catch_up(at=at, patience_ms=AS_LONG_AS_IT_TAKES), finish=fill_tallies))
