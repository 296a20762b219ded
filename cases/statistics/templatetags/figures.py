"""Cells of tables of figures. Written by functions, because a page has many hundreds of them."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from citymgmt.addresses import path_of
from citymgmt.html import written
from citymgmt.people.templatetags.portal import drawn

register = template.Library()


@register.simple_tag
def count_cell(count: int, url: str) -> SafeString:
    """`{% count_cell value url %}`: a count with the way to what it counts; of nothing there is no way."""
    return written(COUNT, url, count) if count else NOTHING


COUNT = '<td class="cell-number"><a href="{}">{}</a></td>'
NOTHING = SafeString('<td class="cell-number">0</td>')


@register.simple_tag
def who_link(dimension: str, key: str, name: str) -> SafeString:
    """`{% who_link dimension row.key row.name %}`: the way to who answers for a row of figures.

    Stands within `{% if may_see_chain %}`.
    """
    told = _("Who answers for %(name)s") % {"name": name}
    return written(WHO, path_of("statistics:chain"), dimension, key, drawn("diagram-3", ""), told)


WHO = (
    '<a class="who-link no-print" href="{}?by={}&amp;key={}">{}<span class="visually-hidden">{}</span></a>'
)  # fmt: skip


def rate_cell(share: float | None, rate: str) -> SafeString:
    """A rate as a bar of 0 to 1, and in words; without one the bar is empty."""
    return written(RATE, share or 0, rate)


RATE = (
    '<td class="cell-rate"><meter min="0" max="1" value="{}" aria-hidden="true"></meter> <span>{}</span></td>'
)  # fmt: skip
