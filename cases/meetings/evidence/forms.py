"""The field by which a report carries photos: a plain file input, which works without JavaScript."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.meetings.evidence.models import MOST_PHOTOS


class FilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": "image/*"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """The files that were sent."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """Up to six files; whether they are photos, the action says."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=gettext_lazy("Photos"),
            help_text=gettext_lazy("JPEG, PNG, WebP or HEIC, at most six, 20 MB each. Place and device are removed."),
            widget=FilesInput(),
        )

    def to_python(self, value: Any) -> Sequence[Any]:
        """The files. Raises: ValidationError."""
        files = list(value or ())
        if len(files) > MOST_PHOTOS:
            raise ValidationError(_("At most %(most)d photos at once.") % {"most": MOST_PHOTOS})
        return files
