"""Named questions about construction sites."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from patrols.expiring import Window, soon
from patrols.sites.models import CheckedItem, Site, SiteInspection, SitePermit


def visible_site(user: User, pk: int, on: date) -> Site:
    """The site with the names around it, if the person may see it. Raises: NotFound."""
    rows = Site.objects.select_related("community__subdistrict", "key_place")
    return one_of(visible_to(user, rows, on=on), pk)


def locked_site(pk: int) -> Site:
    """The site, locked until the transaction ends. Raises: NotFound."""
    rows = Site.objects.select_related("community").select_for_update(of=("self",), no_key=True)
    return one_of(rows, pk)


def _last_looks() -> QuerySet[CheckedItem]:
    """The last look at each item of each site; two at one moment in the order in which they were entered."""
    order = ("inspection__site", "item", "-inspection__at", "-inspection_id")
    return CheckedItem.objects.order_by(*order).distinct("inspection__site", "item")


def open_faults(sites: Iterable[int]) -> Mapping[int, list[CheckedItem]]:
    """What was not met when it was last looked at, by site, in the order of the checklist; one query."""
    found: dict[int, list[CheckedItem]] = {pk: [] for pk in sites}
    rows = _last_looks().filter(inspection__site__in=list(found)).select_related("inspection", "case")
    for one in rows:
        if not one.is_met:
            found[one.inspection.site_id].append(one)
    return found


def with_last_look(sites: QuerySet[Site]) -> QuerySet[Site]:
    """The sites with `looked_at`, the moment of their last inspection."""
    last = SiteInspection.objects.filter(site=OuterRef("pk")).order_by("-at", "-id")
    return sites.annotate(looked_at=Subquery(last.values("at")[:1]))


def is_faulty() -> Q:
    """Whether something of a site was not met when it was last looked at."""
    faults = CheckedItem.objects.filter(pk__in=_last_looks().values("pk"), is_met=False)
    return Q(pk__in=faults.values("inspection__site"))


def has_permit_ending(today: date) -> Q:
    """Whether a permit of a site has expired or will within thirty days."""
    return Q(Exists(SitePermit.objects.filter(site=OuterRef("pk"), expires_on__lte=soon(today).by)))


def permits_expiring(within: Window) -> QuerySet[SitePermit]:
    """Of sites that are not finished: what expires in these days."""
    rows = SitePermit.objects.filter(within.question).exclude(site__state=Site.State.FINISHED)
    return rows.select_related("site__community").order_by("id")
