"""The field by which a form carries photos: drafts by their ids, and a plain file input beside them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.attaching import MOST_PHOTOS
from cases.models import Photo
from citymgmt.people.models import User

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"
SHOWN_AFTER = frozenset({"report_back", "pass", "self_handle", "reply"})
SHOWN_BEFORE = frozenset({"log", "confirm"})


def kind_shown(action: str) -> str:
    """What the photos of an action show, unless somebody says otherwise."""
    if action in SHOWN_AFTER:
        return Photo.Kind.AFTER.value
    return Photo.Kind.BEFORE.value if action in SHOWN_BEFORE else Photo.Kind.OTHER.value


class PhotoPicker(forms.FileInput):
    """Drafts with a tick each, a file input, and what the files show; static/js/photos.js makes more of it."""

    template_name = "cases/_photo_picker.html"
    allow_multiple_selected = True

    def __init__(self, drafts: Any, kind: str) -> None:
        self.drafts, self.kind = drafts, kind
        super().__init__()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The ids of the drafts."""
        return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, []))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether nothing was said of it."""
        return name not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """What the template shows."""
        context: dict[str, Any] = super().get_context(name, None, attrs)
        ids = [one for one in value or () if is_id(one)]
        shown = list(self.drafts.filter(pk__in=ids, case=None)) if ids else []
        own = {"drafts": shown, "kinds": Photo.Kind.choices, "kind": self.kind, "most": MOST_PHOTOS}
        context["widget"] |= {**own, "accept": ACCEPTED}
        return context


def is_id(value: Any) -> bool:
    """Whether a text of a form can be the id of a row."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= 18


class PhotosField(forms.Field):
    """Photos of one person; gives the rows in the order of the form. Whether they are free, the action says."""

    def __init__(self, user: User, action: str, **options: Any) -> None:
        self.own = Photo.objects.filter(uploaded_by=user)
        told: Mapping[str, Any] = {
            "required": False,
            "label": gettext_lazy("Photos"),
            "help_text": gettext_lazy(
                "JPEG, PNG, WebP or HEIC, at most nine, 20 MB each. Place and device are removed."
            ),
            "widget": PhotoPicker(self.own, kind_shown(action)),
        }
        super().__init__(**{**told, **options})

    def to_python(self, value: Any) -> Sequence[Photo]:
        """The rows. Raises: ValidationError."""
        ids = list(dict.fromkeys(str(one) for one in value or ()))
        if len(ids) > MOST_PHOTOS:
            raise ValidationError(_("At most %(most)d photos at once.") % {"most": MOST_PHOTOS})
        rows = {str(row.pk): row for row in self.own.filter(pk__in=[one for one in ids if is_id(one)])} if ids else {}
        if len(rows) != len(ids):
            raise ValidationError(_("A photo is not available any more. Please choose it again."))
        return [rows[one] for one in ids]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether any photo was chosen."""
        return bool(data)
