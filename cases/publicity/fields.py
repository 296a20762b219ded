"""Fields that the forms of the room share."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext

from citymgmt.fields import DayField, FilesField, PlainText
from citymgmt.forms import DateInput, PortalForm, VersionField
from citymgmt.worktime.steps import Step


def day(label: Any, **options: Any) -> DayField:
    """A day, with the browser's own picker."""
    return DayField(label=label, widget=DateInput, **options)


def whole(label: Any, most: int, least: int = 0, **options: Any) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


def text_area(label: Any, most: int, rows: int = 3, **options: Any) -> PlainText:
    """A text of a few lines."""
    return PlainText(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


def translated(choices: Any) -> list[tuple[str, str]]:
    """Choices in the reader's language."""
    return [(key, gettext(label)) for key, label in choices]


class StepForm(PortalForm):
    """What a step carries, by the table: a class for each kind of thing makes the fields."""

    version = VersionField()

    def __init__(self, *args: Any, step: Step, thing: Any, has_photos: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["version"].initial = thing.version
        for name, field in self.made(thing).items():
            if name in step.carried:
                self.fields[name] = field
                field.required = name in step.carries
        if has_photos:
            self.fields["photos"] = FilesField()

    def made(self, thing: Any) -> dict[str, forms.Field]:
        """The fields that steps can have, in the order of the form."""
        raise NotImplementedError

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes. Call it on a valid form."""
        return {name: self.cleaned_data[name] for name in self.step.carried if name in self.cleaned_data}

    @property
    def contents(self) -> Iterator[bytes]:
        """The files, read one after the other."""
        return (file.read() for file in self.cleaned_data.get("photos", ()))
