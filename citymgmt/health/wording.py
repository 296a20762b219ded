"""How long, in words."""

from datetime import timedelta

from django.utils.translation import ngettext

MINUTE, HOUR, DAY = 60, 3600, 86400


def lasting(span: timedelta) -> str:
    """A span in its largest unit that gives a whole number of at least two, else one: 45 seconds, 3 hours, 2 days."""
    seconds = max(int(span.total_seconds()), 0)
    if seconds < 2 * MINUTE:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    if seconds < 2 * HOUR:
        return ngettext("%(count)s minute", "%(count)s minutes", seconds // MINUTE) % {"count": seconds // MINUTE}
    if seconds < 2 * DAY:
        return ngettext("%(count)s hour", "%(count)s hours", seconds // HOUR) % {"count": seconds // HOUR}
    return ngettext("%(count)s day", "%(count)s days", seconds // DAY) % {"count": seconds // DAY}
