"""What pages of figures share: they count first what changed, so that a figure and its list agree; their periods."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.statistics.actions import catch_up
from cases.statistics.bulletins.forms import DraftForm
from cases.statistics.forms import FreezeForm, PeriodForm
from cases.statistics.periods import PRESETS, Period, this_month
from cases.views.lists.pages import PortalRequest
from citymgmt.people.permissions import allows

View = Callable[..., HttpResponseBase]
MOST_AT_ONCE = 1000  # cases; the worker counts the rest, and the page says that some wait (`request.is_behind`)


def counted_anew(view: View) -> View:
    """Have changes counted before the page asks for figures."""

    @require_safe
    @wraps(view)
    def opened(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        done = catch_up(at=request.at, most=MOST_AT_ONCE)
        request.is_behind = done >= MOST_AT_ONCE  # type: ignore[attr-defined]
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
