"""What tests of construction sites begin with."""

from datetime import date
from typing import Any

from citymgmt.people.models import User
from communities.placed import PlaceTold
from patrols.sites.actions import Look, PermitTold, SiteTold, inspect_site, save_permit, save_site
from patrols.sites.checklist import ITEMS
from patrols.sites.models import CheckedItem, Site, SitePermit
from tests.office import District, china

NOW = china("2026-03-02 09:00")  # a Monday
TODAY = date(2026, 3, 2)


def told_of(district: District, community: int = 0, **changed: Any) -> SiteTold:
    """A site of the first street as a person writes it."""
    place = PlaceTold(district.street.communities[community].pk, "建设路 1 号")
    told = {"place": place, "name": "学府花园", "contractor": "市建一公司", "contact_phone": "020-1234", **changed}
    return SiteTold(**told)


def site_in(district: District, community: int = 0, by: User | None = None, **changed: Any) -> Site:
    """The same, entered."""
    return save_site(by=by or district.street.clerk, at=NOW, told=told_of(district, community, **changed))


def permit_of(site: Site, by: User, expires_on: date, number: str = "许 1", pk: int | None = None) -> SitePermit:
    """A muck permit."""
    told = PermitTold("muck", number, expires_on)
    return save_permit(by=by, at=NOW, site=site.pk, told=told, pk=pk)


def looks(**unmet: str) -> dict[str, Look]:
    """All items met but these, with their notes."""
    return {code: Look(code not in unmet, unmet.get(code, "")) for code in ITEMS}


def fault_of(site: Site, by: User, item: str = "washing", at: Any = NOW) -> CheckedItem:
    """An item that was not met."""
    made = inspect_site(by=by, at=at, site=site.pk, looks=looks(**{item: "无洗车槽"}))
    return made.items.get(item=item)
