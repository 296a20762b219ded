"""Fields shared by the forms of a case."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.functional import cached_property

from cases.models import CaseStandard
from cases.templatetags.cases import limit_text
from citymgmt.fields import Choices, PlainText
from communities.models import KeyPlace

LONGEST_NOTE = 2000


class LongText(PlainText):
    """A note of a few lines."""

    def __init__(self, **options: Any) -> None:
        rows = options.pop("rows", 4)
        super().__init__(**{"max_length": LONGEST_NOTE, "widget": forms.Textarea(attrs={"rows": rows}), **options})


class GroupedIterator(ModelChoiceIterator):
    """The rows of a `GroupedModelChoice` under their headings, asked for once."""

    field: "GroupedModelChoice"

    @cached_property
    def groups(self) -> Choices:
        """The headings with their choices."""
        rows = self.queryset.all()
        return grouped((self.field.group_of(row), (row.pk, self.field.label_of(row))) for row in rows)

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        yield from self.groups


class GroupedModelChoice(forms.ModelChoiceField):
    """A select of rows under the headings that `group_of` gives, worded by `label_of`."""

    iterator = GroupedIterator

    def __init__(self, queryset: Any, *, group_of: Any, label_of: Any = str, **options: Any) -> None:
        self.group_of, self.label_of = group_of, label_of
        super().__init__(queryset, **options)


def grouped(pairs: Iterable[tuple[str, tuple[Any, str]]]) -> Choices:
    """Choices under their headings, in the order in which the headings first come."""
    groups: dict[str, list[tuple[Any, str]]] = {}
    for heading, choice in pairs:
        groups.setdefault(heading, []).append(choice)
    return list(groups.items())


def standard_heading(standard: CaseStandard) -> str:
    """The heading of a filing condition in a select: code and category."""
    return f"{standard.category.code} {standard.category}"


def standard_label(standard: CaseStandard) -> str:
    """A filing condition with its limit."""
    return f"{standard.condition} · {limit_text(standard.limit)}"


def place_heading(place: KeyPlace) -> str:
    """The heading of a key place in a select: its community."""
    return str(place.community)
