"""Figures in words."""

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.statistics.periods import Period, Step

NONE = "–"


def in_words(minutes: int | None) -> str:
    """A length of natural time in its two largest units; "–" for none."""
    if minutes is None:
        return NONE
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        days, hours = divmod(hours, 24)
        return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    return ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest}


def label_of(step: Step, span: Period) -> str:
    """A step of a trend as people say it: 4 March, 2 to 8 March, March 2026."""
    if step is Step.MONTH:
        return written(span.first, _("M Y"))
    first = written(span.first, _("M j"))
    return first if span.first == span.last else f"{first}–{written(span.last, _('M j'))}"
