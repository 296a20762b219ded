"""Cells of tables of figures with the headings of their columns, which stand beside each cell on a phone."""

from collections.abc import Iterator, Sequence

from django import template
from django.utils.translation import gettext as _

from cases.publicity.figures import Adoption, Cell, Line

register = template.Library()


@register.filter
def columns(line: Line, kinds: Sequence[str]) -> Iterator[tuple[str, Cell]]:
    """The cells of publicity items."""
    headings = [_("items"), *kinds, _("people reached"), _("of these for the law")]
    return zip(headings, line.cells, strict=True)


@register.filter
def counted(line: Adoption) -> Iterator[tuple[str, Cell]]:
    """The cells of suggestions."""
    headings = [
        _("received"),
        _("answered"),
        _("adopted"),
        _("partly adopted"),
        _("not adopted"),
        _("turned into a case"),
        _("carried out"),
    ]
    return zip(headings, line.cells, strict=True)
