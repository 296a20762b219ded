"""The form that covers parts of a photo."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.acting import DAMAGED
from cases.forms.fields import LongText
from citymgmt.fields import PlainText
from citymgmt.forms import PortalForm
from citymgmt.photos.imaging import Box


class RedactForm(PortalForm):
    """Rectangles in percent of the photo: drawn with a pointer or by keyboard, or simply written down."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=32767,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAMAGED),
    )
    boxes = PlainText(
        max_length=1500,
        label=gettext_lazy("Rectangles"),
        help_text=gettext_lazy("Left, top, width and height in percent, such as 10 20 30 15; several with semicolons."),
        error_messages={"required": gettext_lazy("Draw at least one rectangle.")},
    )
    note = LongText(required=False, rows=2, max_length=300, label=gettext_lazy("Reason"))

    def __init__(self, data: Any = None, *, seen: int = 0) -> None:
        super().__init__(data, initial={"seen": seen}, auto_id="redact_%s")

    def clean_boxes(self) -> list[Box]:
        """The rectangles as shares. Raises: ValidationError."""
        return [_box(text) for text in self.cleaned_data["boxes"].split(";") if text.strip()]


def _box(text: str) -> Box:
    try:
        left, top, width, height = (float(part) / 100 for part in text.replace(",", " ").split())
    except ValueError as error:
        raise ValidationError(_("A rectangle is four numbers: left, top, width and height in percent.")) from error
    return left, top, width, height
