"""Fields that forms of several rooms share: text, a day, a choice among things in memory, files."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from citymgmt.middleware import is_hostile

FIRST_YEAR, LAST_YEAR = 2000, 2100
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


def known(form: forms.Form, name: str, things: Sequence[Any], empty: Any) -> None:
    """Offer these things in a `KnownChoice` of a form, beside no choice in these words."""
    field: Any = form.fields[name]
    field.know(things, [("", empty), *((thing.pk, str(thing)) for thing in things)])


class DayField(forms.Field):
    """A day (YYYY-MM-DD) in the years 2000 to 2100."""

    def to_python(self, value: Any) -> date | None:
        """The day. Raises: ValidationError."""
        text = str(value or "").strip()
        if not text:
            return None
        day = day_of(text)
        if day is None:
            raise forms.ValidationError(_("A day such as 2026-03-31, from 2000 to 2100."))
        return day


def day_of(text: str) -> date | None:
    """The day that a text writes; None when it writes none in the years 2000 to 2100."""
    try:
        day = parse_date(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


class FilesInput(forms.FileInput):
    """A file input that takes several files; a plain one, which works without JavaScript."""

    allow_multiple_selected = True

    def __init__(self, accept: str = "image/*") -> None:
        super().__init__(attrs={"multiple": True, "accept": accept})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """The files that were sent."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """Files; how many there may be and whether they are photos, the action says."""

    def __init__(self, help_text: Any = None) -> None:
        usual = _("JPEG, PNG, WebP or HEIC, at most six, 20 MB each. Place and device are removed.")
        super().__init__(required=False, label=_("Photos"), help_text=help_text or usual, widget=FilesInput())

    def to_python(self, value: Any) -> Sequence[Any]:
        """The files."""
        return list(value or ())
