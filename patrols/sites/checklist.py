"""What is looked at on a construction site: the six times one hundred percent. Pure.

Wordings are English source strings, translated at the edges. Source: 六个百分之百, the measures against dust on
construction sites that the ministry demands everywhere; codes of categories: domain.md 3.4 and 3.7.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from citymgmt.wording import gettext_noop


@dataclass(frozen=True)
class Item:
    """Something that a site must have: what it is called, and the category of the case that its lack makes."""

    label: str
    category: str


ITEMS: Mapping[str, Item] = {
    "hoarding": Item(gettext_noop("hoarding all around"), "08007"),
    "covering": Item(gettext_noop("loose material covered"), "08004"),
    "wetting": Item(gettext_noop("earthworks kept wet"), "08004"),
    "hardening": Item(gettext_noop("roads of the site hardened"), "08004"),
    "washing": Item(gettext_noop("vehicles washed before they leave"), "08012"),
    "closed_lorries": Item(gettext_noop("muck lorries closed"), "08011"),
}
LONGEST_CODE = max(map(len, ITEMS))
