"""How an inspection looks in a list: `{{ told|looked }}`, `|unmet`, `|look_icon`, `|look_tone`.

`told` is how many items were looked at, and those that were not met.
"""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _

from patrols.sites.models import CheckedItem

register = template.Library()
Told = tuple[int, Sequence[CheckedItem]]


@register.filter
def looked(told: Told) -> str:
    """The result in a few words."""
    count, unmet_items = told
    if not unmet_items:
        return _("All %(count)s items met") % {"count": count}
    return _("%(unmet)s of %(count)s items not met") % {"unmet": len(unmet_items), "count": count}


@register.filter
def unmet(told: Told) -> str:
    """What was not met, each with its note."""
    return _("; ").join(
        f"{one.get_item_display()}（{one.note}）" if one.note else str(one.get_item_display()) for one in told[1]
    )


@register.filter
def look_icon(told: Told) -> str:
    """The icon of the dot."""
    return "exclamation-triangle" if told[1] else "check-circle"


@register.filter
def look_tone(told: Told) -> str:
    """The tone of the dot."""
    return "alert" if told[1] else "done"
