"""Fields shared by the forms of a case."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.models import CaseStandard
from cases.templatetags.cases import limit_text
from citymgmt.middleware import is_hostile
from communities.models import KeyPlace

LONGEST_NOTE = 2000
Choices = Sequence[tuple[Any, Any]]


def check_plain(text: str) -> None:
    """Raises: ValidationError for characters that no person types."""
    if is_hostile([text]):
        raise ValidationError(_("The text holds characters that cannot be stored."))


class PlainText(forms.CharField):
    """Text that people type: no control characters, line ends of one kind."""

    default_validators = [check_plain]

    def to_python(self, value: Any) -> Any:
        """The text with plain line feeds."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


class LongText(PlainText):
    """A note of a few lines."""

    def __init__(self, **options: Any) -> None:
        rows = options.pop("rows", 4)
        super().__init__(**{"max_length": LONGEST_NOTE, "widget": forms.Textarea(attrs={"rows": rows}), **options})


class GroupedModelChoice(forms.ModelChoiceField):
    """A select of rows under group headings; `group_of` and `label_of` name attributes or take the row."""

    def __init__(self, queryset: Any, *, group_of: Any, label_of: Any = str, **options: Any) -> None:
        super().__init__(queryset, **options)
        self.group_of, self.label_of = group_of, label_of
        self.widget.choices = self.choices = GroupedChoices(self)


class GroupedChoices:
    """The choices of a `GroupedModelChoice`, asked for in one query when the form is drawn."""

    def __init__(self, field: GroupedModelChoice) -> None:
        self.field = field

    def __iter__(self) -> Any:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        rows = self.field.queryset.all() if self.field.queryset is not None else ()
        yield from grouped((self.field.group_of(row), (row.pk, self.field.label_of(row))) for row in rows)


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
