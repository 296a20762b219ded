"""What the page of a community shows of its duties: the last score, and what is to be done this month."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from communities.beside import Figure, Looker
from communities.four_duties.lifecycle import CONFIRMED, OPEN, STATES
from communities.four_duties.querysets import latest_of
from communities.models import Community


def show_duties(community: Community, looker: Looker) -> Iterator[Figure]:
    """The newest sheet, with the score of the last one that was confirmed."""
    if not looker.sees("duties.view"):
        return
    sheets = latest_of(community, looker.on)
    if not sheets:
        return
    newest, scored = sheets[0], next((one for one in sheets if one.state == CONFIRMED), None)
    is_late = newest.state == OPEN and newest.due_at is not None and newest.due_at <= looker.at
    yield Figure(
        label=_("Four duties"),
        value="–" if scored is None or scored.score is None else scored.score,
        url=newest.get_absolute_url(),
        icon="clipboard-check",
        tone="alert" if is_late else "",
        note=f"{newest.month_on:%Y-%m}: {STATES[newest.state].label}",
    )
