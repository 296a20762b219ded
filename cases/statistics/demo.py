"""Demo data of the statistics: who answers for what, and bulletins. `manage.py seed_demo` calls `seed`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.statistics.bulletins.demo import make_bulletins
from cases.statistics.chain.demo import make_chains


def seed(*, now: datetime, tell: Callable[[str], None], **_given: Any) -> None:
    """Make what is missing of it."""
    made = make_chains(now)
    if made:
        tell(_("%(count)d people of the demo offices answer for something.") % {"count": made})
    issued = make_bulletins(now)
    if issued:
        tell(_("%(count)d monthly bulletins of the demo office are there.") % {"count": issued})
