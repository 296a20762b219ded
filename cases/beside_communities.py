"""What the page of a community shows of its cases: what is open, what is overdue."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import workflow
from cases.models import Case
from cases.querysets import late_at
from communities.beside import Figure, Looker
from communities.models import Community

OPEN = tuple(state for state in workflow.STATES if state not in workflow.ENDED)


def show_cases(community: Community, looker: Looker) -> Iterator[Figure]:
    """Open cases, and those of them that are overdue."""
    if not looker.sees("case.view"):
        return
    rows = Case.objects.filter(community=community, state__in=OPEN)
    count = rows.aggregate(open=Count("pk"), late=Count("pk", filter=Q(late_at(looker.at))))
    asked = [("community", community.code)]
    cases, late = urlencode([*asked, *(("state", state) for state in OPEN)]), urlencode([*asked, ("overdue", "true")])
    address = reverse("cases:list")
    yield Figure(_("Open cases"), count["open"], f"{address}?{cases}", "folder2-open")
    tone = "alert" if count["late"] else ""
    yield Figure(_("Overdue cases"), count["late"], f"{address}?{late}", "alarm", tone)
