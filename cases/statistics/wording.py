"""Figures in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
