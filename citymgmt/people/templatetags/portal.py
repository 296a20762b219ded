"""Template tags of the portal's look: icons, the page header with its actions.

Icons are read from the vendored Bootstrap Icons sprite and written into the page, so a phone fetches the
dozen it sees and not the megabyte of two thousand.
"""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from citymgmt.html import written

register = template.Library()

SPRITE = Path(__file__).resolve().parents[3] / "static/vendor/bootstrap-icons/bootstrap-icons.svg"
SYMBOL = re.compile(r'<symbol class="[^"]*" viewBox="([^"]*)" id="([^"]*)">(.*?)</symbol>', re.DOTALL)


@cache
def symbols() -> dict[str, tuple[str, str]]:
    """Every icon of the sprite: name to view box and drawing."""
    return {name: (box, drawing) for box, name, drawing in SYMBOL.findall(SPRITE.read_text("utf-8"))}


@cache
def drawn(name: str, classes: str) -> SafeString:
    """The icon as inline SVG, hidden from screen readers. Raises TemplateSyntaxError for an unknown name."""
    if name not in symbols():
        raise template.TemplateSyntaxError(f"No icon {name!r} in {SPRITE.name}")
    box, drawing = symbols()[name]
    return format_html(
        '<svg class="{}" viewBox="{}" fill="currentColor" aria-hidden="true" focusable="false">{}</svg>',
        f"icon {classes}".strip(),
        box,
        mark_safe(drawing),  # vendored, its hash is tested
    )


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """`{% icon "bell" %}` or `{% icon entry.icon "icon-lg" %}`; names as on icons.getbootstrap.com."""
    return drawn(str(name), classes)


@register.simple_tag
def badge_state(label: object, tone: str, icon: str = "") -> SafeString:
    """The state of something in words and colour: components/badge_state.html, where it is described."""
    drawing = written("{} ", drawn(icon, "")) if icon else ""
    return written('<span class="state state-{}">{}{}</span>', tone, drawing, label)


CLOCKS = {"on-time": "clock", "soon": "hourglass-split", "overdue": "alarm-fill", "paused": "pause-circle"}


@register.simple_tag
def badge_clock(tone: str, text: str, title: str = "") -> SafeString:
    """How a clock stands, by a word, an icon and a colour: on-time, soon, overdue, paused or none. `title` tells the
    exact moment; it is shown on hover and read out.
    """
    drawing = drawn(CLOCKS.get(tone, "dash-circle"), "")
    if not title:
        return written('<span class="clock clock-{}">{} {}</span>', tone, drawing, text)
    return written(CLOCK_WITH_TITLE, tone, title, drawing, text, title)


CLOCK_WITH_TITLE = '<span class="clock clock-{}" title="{}">{} {}<span class="visually-hidden"> ({})</span></span>'


@register.simple_block_tag
def page_header(content: str, **parts: object) -> str:
    """`{% page_header title=… %}buttons{% endpage_header %}`: components/page_header.html with actions."""
    return render_to_string("components/page_header.html", {**parts, "actions": mark_safe(content.strip())})


@register.filter
def page_range(paginator: "Paginator[Any]", number: int) -> list[int | str]:
    """The page numbers around `number`, with gaps where pages are left out."""
    return list(paginator.get_elided_page_range(number, on_each_side=2, on_ends=1))


@register.filter
def minutes(length: timedelta) -> int:
    """A length of time in whole minutes."""
    return round(length.total_seconds() / 60)
