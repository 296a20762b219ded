"""What the page of a community shows of rounds: those of today that pass it."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.beside import Figure, Looker
from communities.models import Community
from patrols.rounds.lifecycle import MISSED, WALKED
from patrols.rounds.models import PatrolRound
from patrols.rounds.querysets import through


def show_rounds(community: Community, looker: Looker) -> Iterator[Figure]:
    """How many of them were walked; the list shows all of them."""
    if not looker.sees("round.view"):
        return
    rows = PatrolRound.objects.filter(through(community.code), on=looker.on)
    told = rows.aggregate(
        all=Count("pk"), walked=Count("pk", filter=Q(state=WALKED)), missed=Count("pk", filter=Q(state=MISSED))
    )
    yield Figure(
        label=_("Rounds today"),
        value=told["all"],
        url=f"{reverse('rounds:list')}?{urlencode({'on': looker.on, 'community': community.code})}",
        icon="person-walking",
        tone="alert" if told["missed"] else "",
        note=_("%(count)d walked") % {"count": told["walked"]},
    )
