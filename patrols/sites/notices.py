"""Who is told what of construction sites: one table, and the wording of each message."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import NoticeGroup
from communities.placed import enforcement_teams
from patrols.sites.models import SitePermit

EXPIRING, EXPIRED = "site_permit_expiring", "site_permit_expired"
DEADLINES = NoticeGroup.DEADLINES
WHO = ("clerks", "team")
TABLE: Mapping[str, Rule] = {
    EXPIRING: Rule(WHO, _("A permit of the site %(site)s expires on %(on)s: %(kind)s"), group=DEADLINES),
    EXPIRED: Rule(WHO, _("A permit of the site %(site)s has expired on %(on)s: %(kind)s"), group=DEADLINES),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)


def tell_of_expiry(kind: str, permits: Iterable[SitePermit], at: datetime) -> None:
    """Tell the clerks and the enforcement team's leaders of these permits, once for each day of expiry."""
    found = list(permits)
    teams = enforcement_teams({one.site.community.subdistrict_id for one in found})
    keys = {pk: _keys(pk, of_office) for pk, of_office in teams.items()}
    behind = people_behind({key for some in keys.values() for key in some})
    enqueue_letters(
        Letter(
            f"site_permit.{one.pk}.{one.expires_on}.{kind}",
            kind,
            person,
            at,
            {"site": one.site.name, "on": str(one.expires_on), "kind": str(one.get_kind_display())},
            link=reverse("sites:site", args=[one.site_id]),
            is_urgent=TABLE[kind].is_urgent,
        )
        for one in found
        for key in keys[one.site.community.subdistrict_id]
        for person in behind.get(key, [])
    )


def _keys(subdistrict: int, teams: Iterable[int]) -> list[Key]:
    return [("clerks", subdistrict), *(("team", pk) for pk in teams)]
