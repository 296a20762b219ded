"""The field by which a form carries photos: a plain file input, which works without JavaScript."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class FilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True

    def __init__(self, accept: str = "image/*") -> None:
        super().__init__(attrs={"multiple": True, "accept": accept})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """The files that were sent."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """Files; how many there may be and whether they are photos, the action says."""

    def __init__(self, help_text: Any = None) -> None:
        usual = gettext_lazy("JPEG, PNG, WebP or HEIC, at most six, 20 MB each. Place and device are removed.")
        super().__init__(
            required=False, label=gettext_lazy("Photos"), help_text=help_text or usual, widget=FilesInput()
        )

    def to_python(self, value: Any) -> Sequence[Any]:
        """The files."""
        return list(value or ())
