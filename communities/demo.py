"""What the demo office tells the public of its officers, its own rules, and what it knows of its institutions.

`manage.py seed_demo` calls `seed` once the office is made.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from communities.boards.demo import make_boards
from communities.institutions.demo import make_institutions
from communities.regulations.demo import make_rules

DISTRICT_CODE = "440199"  # of the fictional district
COMES_LAST = True  # the office is made by another app's demo


def seed(*, now: datetime, tell: Callable[[str], object], **_others: Any) -> None:
    """Play the boards, rules and institutions of the demo office, once. Without a demo office nothing happens."""
    count = make_boards(now, DISTRICT_CODE)
    if count:
        tell(_("%(count)d demo notice boards show who answers.") % {"count": count})
    make_rules(now, DISTRICT_CODE)
    count = make_institutions(now, DISTRICT_CODE)
    if count:
        tell(_("%(count)d demo institutions are visited.") % {"count": count})
