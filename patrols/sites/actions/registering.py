"""The register of construction sites and their permits; who answers is told before a permit expires, and on the day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import EARLIEST, refuse
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, refusing
from citymgmt.written import faults_of
from communities.actions.periods import LATEST
from communities.models import KeyPlace
from communities.placed import PlaceTold, faults_of_place
from patrols.expiring import over, soon
from patrols.sites import notices
from patrols.sites.actions.frame import working_on
from patrols.sites.models import LONGEST_NAME, LONGEST_NUMBER, Site, SitePermit
from patrols.sites.querysets import permits_expiring

TEXTS = {"name": LONGEST_NAME, "builder": LONGEST_NAME, "contractor": LONGEST_NAME} | {
    "contact_name": 60,
    "contact_phone": 30,
}


@dataclass(frozen=True)
class SiteTold:
    """A site as a person writes it; `key_place` is the id of one in its community."""

    place: PlaceTold
    name: str
    builder: str = ""
    contractor: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    key_place: int | None = None
    state: str = Site.State.BUILDING
    from_on: date | None = None
    until_on: date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the row."""
        texts = {name: getattr(self, name).strip() for name in TEXTS}
        days = {"from_on": self.from_on, "until_on": self.until_on}
        return {**self.place.columns, **texts, **days, "key_place_id": self.key_place, "state": self.state}


def save_site(*, by: User, at: datetime, told: SiteTold, pk: int | None = None) -> Site:
    """Enter a construction site, or change one. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid (also: a community in which the person keeps no sites, a name taken there).
    """
    require_role(by, "site.keep")
    if pk is not None:
        with working_on(pk, "save_site", permission="site.keep", by=by, at=at) as found:
            return _write(found, told, by, at)
    with pghistory.context(user=by.pk, action="save_site"):
        return _write(Site(), told, by, at)


def _write(site: Site, told: SiteTold, by: User, at: datetime) -> Site:
    _check_site(told, by, timezone.localdate(at))
    columns = told.columns
    same = Site.objects.filter(community=told.place.community, name=columns["name"]).exclude(pk=site.pk).first()
    if same is not None:
        if site.pk is None and all(getattr(same, name) == value for name, value in columns.items()):
            return same
        raise _name_taken()
    if site.pk is not None and all(getattr(site, name) == value for name, value in columns.items()):
        return site
    for name, value in columns.items():
        setattr(site, name, value)
    with refusing(_name_taken(), "site_name_unique"), transaction.atomic():
        site.save()
    return site


def _name_taken() -> Invalid:
    return Invalid(fields={"name": _("Another site of the community has this name.")})


def _check_site(told: SiteTold, by: User, on: date) -> None:
    faults: dict[str, Any] = {
        name: faults_of(getattr(told, name).strip(), most, is_needed=name == "name") for name, most in TEXTS.items()
    }
    faults.update(faults_of_place(told.place, by, "site.keep", on))
    if told.state not in Site.State.values:
        faults["state"] = _("Choose one of these.")
    places = KeyPlace.objects.filter(community=told.place.community if not faults.get("community") else 0)
    if told.key_place is not None and not (0 < told.key_place < 2**31 and places.filter(pk=told.key_place).exists()):
        faults["key_place"] = _("This place lies in another community.")
    for name in ("from_on", "until_on"):
        day = getattr(told, name)
        if day is not None and not EARLIEST <= day <= LATEST:
            faults[name] = _("Choose a day between 2000 and 2100.")
    if told.from_on and told.until_on and told.until_on < told.from_on:
        faults["until_on"] = _("The last day comes before the first.")
    refuse(faults)


@dataclass(frozen=True)
class PermitTold:
    """A permit as a person writes it."""

    kind: str
    number: str
    expires_on: date


def save_permit(*, by: User, at: datetime, site: int, told: PermitTold, pk: int | None = None) -> SitePermit:
    """Enter a permit of a site, or change one. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid.
    """
    with working_on(site, "save_permit", permission="site.keep", by=by, at=at) as found:
        row = SitePermit(site=found) if pk is None else one_of(SitePermit.objects.filter(site=found), pk)
        number = told.number.strip()
        refuse(
            {
                "number": faults_of(number, LONGEST_NUMBER, is_needed=True),
                "kind": [] if told.kind in SitePermit.Kind.values else [_("Choose one of these.")],
                "expires_on": []
                if EARLIEST <= told.expires_on <= LATEST
                else [_("Choose a day between 2000 and 2100.")],
            }
        )
        there = SitePermit.objects.filter(site=found, kind=told.kind, number=number).exclude(pk=row.pk).first()
        if there is not None:
            if pk is None and there.expires_on == told.expires_on:
                return there
            raise Invalid(fields={"number": _("This permit is entered already.")})
        row.kind, row.number, row.expires_on = told.kind, number, told.expires_on
        row.save()
        return row


def tell_of_permits(*, at: datetime) -> None:
    """Tell of permits that expire within thirty days, and of those that have expired, each once for a day of expiry,
    however often and however late this runs. What a finished site had is not told of.
    """
    today = timezone.localdate(at)
    notices.tell_of_expiry(notices.EXPIRING, permits_expiring(soon(today)), at)
    notices.tell_of_expiry(notices.EXPIRED, permits_expiring(over(today)), at)
