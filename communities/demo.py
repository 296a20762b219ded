"""The demo office's communities: what the public is told of officers, duties of each month, residential areas on their
way to property management, an owners' committee, the office's own rules, institutions. (Its projects are made with
the cases, some of which are work of its campaign.)

`manage.py seed_demo` calls `seed` once the office is made.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from communities.areas.demo import make_areas
from communities.boards.demo import make_boards
from communities.committees.demo import make_committees
from communities.four_duties.demo import make_duties
from communities.institutions.demo import make_institutions
from communities.regulations.demo import make_rules

DISTRICT_CODE = "440199"  # of the fictional district
COMES_LAST = True  # the office is made by another app's demo


def seed(*, now: datetime, tell: Callable[[str], object], **_others: Any) -> None:
    """Play what the demo office knows of its communities, once. Without a demo office nothing happens."""
    count = make_boards(now, DISTRICT_CODE)
    if count:
        tell(_("%(count)d demo notice boards show who answers.") % {"count": count})
    count = make_duties(now, DISTRICT_CODE)
    if count:
        tell(_("%(count)d demo sheets of duties.") % {"count": count})
    count = make_areas(now, DISTRICT_CODE)
    if count:
        tell(_("%(count)d demo residential areas are on their way to property management.") % {"count": count})
        make_committees(now)
    make_rules(now, DISTRICT_CODE)
    count = make_institutions(now, DISTRICT_CODE)
    if count:
        tell(_("%(count)d demo institutions are visited.") % {"count": count})
