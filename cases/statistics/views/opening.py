"""What pages of figures share: they count first what changed, so that a figure and its list agree; that a copy of the
database may answer them; their periods.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.statistics.actions import catch_up_and_look
from cases.statistics.bulletins.forms import DraftForm
from cases.statistics.forms import FreezeForm, PeriodForm
from cases.statistics.periods import PRESETS, Period, this_month
from cases.statistics.querysets import counting_anew
from cases.statistics.watching import waiting_since
from cases.views.lists.pages import PortalRequest
from citymgmt.people.permissions import allows
from citymgmt.replica.doors import reads_replica

View = Callable[..., HttpResponseBase]
MOST_AT_ONCE = 1000  # cases; the worker counts the rest, and the page says that some wait (`request.is_behind`)
NOTICEABLE_SECONDS = 5.0  # by which a copy is behind before a page says so (`request.figures_as_of`)


def figures_read(view: View) -> View:
    """Have a page take its figures and cases from the read replica, where there is one (`citymgmt.replica`).

    The page writes nothing. `request.figures_as_of` is of when they are, where that is noticeably long ago; else None.
    """

    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.figures_as_of = _as_of(request)
        return view(request, *args, **kwargs)

    return reads_replica("cases", "statistics")(opened)


def _as_of(request: Any) -> datetime | None:
    """The moment until which all is counted in the copy that is read, where it is noticeably behind.

    Not `CountedUntil` alone: it moves only when something waits to be counted.
    """
    copy = request.replica
    if copy is None or copy.lag_seconds < NOTICEABLE_SECONDS:
        return None
    since = waiting_since()
    return copy.as_of if since is None else min(copy.as_of, since)


def counted_anew(view: View) -> View:
    """Have changes counted before the page asks for figures, which the read replica may answer. Counting by changed
    rules is the worker's alone: `request.anew` tells how far it has come.
    """
    read = figures_read(view)

    @require_safe
    @wraps(view)
    def opened(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        done, anew = catch_up_and_look(at=request.at, most=MOST_AT_ONCE)
        request.is_behind = done >= MOST_AT_ONCE  # type: ignore[attr-defined]
        request.anew = anew  # type: ignore[attr-defined]
        return read(request, *args, **kwargs)

    return opened


def counting_told(view: View) -> View:
    """Have a page whose figures do not move tell how far the counting by changed rules has come, as `counted_anew`."""

    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.anew = counting_anew()
        return view(request, *args, **kwargs)

    return opened


def presets_of(form: PeriodForm) -> list[tuple[str, str, bool]]:
    """The usual periods: key, wording, and whether it is the one shown."""
    return [(key, _(preset.label), key == form.preset) for key, preset in PRESETS.items()]


def freezing(request: PortalRequest, period: Period) -> dict[str, Any]:
    """What `statistics/_freeze.html` shows: whether there are frozen evaluations to look at, and the form that freezes
    the period, for whoever may once it has ended; of a month that has ended also the form that drafts its bulletin.
    """
    may_freeze = allows(request.user, "evaluation.freeze")
    days = {"first": period.first, "last": period.last}
    return {
        "sees_frozen": allows(request.user, "evaluation.view"),
        "may_freeze": may_freeze,
        "bulletin_form": _bulletin_form(request, period),
        "freeze_form": FreezeForm(initial=days) if may_freeze and period.last < request.on else None,
    }


def _bulletin_form(request: PortalRequest, period: Period) -> DraftForm | None:
    is_month = period == this_month(period.first) and period.last < request.on
    may_draft = is_month and allows(request.user, "bulletin.write")
    return DraftForm(on=request.on, initial={"month": period.first}) if may_draft else None
