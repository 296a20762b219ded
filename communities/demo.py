"""The demo office's communities: what the public is told of officers, residential areas on their way to property
management, an owners' committee. `manage.py seed_demo` calls `seed` once the office is made.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from communities.areas.demo import make_areas
from communities.boards.demo import make_boards
from communities.committees.demo import make_committees
from communities.four_duties.demo import make_duties

DISTRICT_CODE = "440199"  # of the fictional district
COMES_LAST = True  # the office is made by another app's demo


def seed(*, now: datetime, tell: Callable[[str], object], **_others: Any) -> None:
    """Play boards and residential areas of the demo office, once. Without a demo office nothing happens."""
    count = make_boards(now, DISTRICT_CODE)
    if count:
        tell(_("%(count)d demo notice boards show who answers.") % {"count": count})
    sheets = make_duties(now, DISTRICT_CODE)
    if sheets:
        tell(_("%(count)d demo sheets of duties.") % {"count": sheets})
    count = make_areas(now, DISTRICT_CODE)
    if count:
        tell(_("%(count)d demo residential areas are on their way to property management.") % {"count": count})
        make_committees(now)
