"""Fields shared by the forms of a case."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import ModelChoiceIterator
from django.utils.functional import cached_property
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


class KnownChoice(forms.ChoiceField):
    """A select of things that are in memory already; the answer is the thing, None without a choice."""

    default_error_messages = forms.ModelChoiceField.default_error_messages

    def know(self, things: Iterable[Model], choices: Choices) -> None:
        """Offer these things, in these choices of their ids."""
        self.things = {str(thing.pk): thing for thing in things}
        self.choices = choices

    def clean(self, value: Any) -> Any:
        """The thing. Raises: ValidationError."""
        return self.things.get(super().clean(value))


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
