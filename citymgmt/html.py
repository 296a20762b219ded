"""HTML written by functions, for what stands on a page a hundred times: escaped as Django does, in less time."""

import html
from collections.abc import Iterable

from django.utils.safestring import SafeString


def escaped(value: object) -> str:
    """The text of a value as HTML; what is HTML already stays. As `conditional_escape`, but never lazy."""
    if type(value) is SafeString:
        return value
    made = getattr(value, "__html__", None)
    return str(made()) if made is not None else html.escape(str(value))


def written(template: str, *parts: object) -> SafeString:
    """The template with each `{}` replaced by an escaped part. As `format_html`, but never lazy."""
    return SafeString(template.format(*map(escaped, parts)))


def joined(parts: Iterable[str]) -> SafeString:
    """Pieces of HTML, each of which `written` made, one after the other."""
    return SafeString("".join(parts))
