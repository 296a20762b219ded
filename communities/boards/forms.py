"""The shape of what people give about boards and cards; the rules stand in the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from citymgmt.forms import DateInput, PortalForm
from communities.boards.actions import BoardTold, CardTold, PortraitTold
from communities.boards.actions.confirming import LONGEST_NOTE
from communities.boards.actions.register import LONGEST_REASON
from communities.forms import check_readable
from communities.models.boards import LONGEST_BADGE, LONGEST_DUTIES, LONGEST_HOURS, LONGEST_PHONE, LONGEST_PLACE

LONGEST_DIGEST = 64
HOURS = _("For example: Monday to Friday 9:00–12:00.")


def phone_field(label: Any, help_text: Any) -> forms.CharField:
    """A telephone number that everybody may read."""
    widget = forms.TextInput(attrs={"type": "tel"})
    return forms.CharField(label=label, max_length=LONGEST_PHONE, help_text=help_text, widget=widget)


def photo_field(label: Any, help_text: Any, *, required: bool) -> forms.FileField:
    """One photo."""
    widget = forms.FileInput(attrs={"accept": "image/*"})
    return forms.FileField(label=label, help_text=help_text, required=required, widget=widget)


class BoardForm(PortalForm):
    """Where a board stands."""

    place = forms.CharField(
        label=_("where it stands"),
        max_length=LONGEST_PLACE,
        help_text=_("So that somebody else finds it, for example: south gate, beside the letter boxes."),
    )
    longitude = forms.DecimalField(
        label=_("longitude"), required=False, min_value=-180, max_value=180, max_digits=10, decimal_places=7
    )
    latitude = forms.DecimalField(
        label=_("latitude"), required=False, min_value=-90, max_value=90, max_digits=9, decimal_places=7
    )

    def told(self) -> BoardTold:
        """What was written, as the action takes it."""
        return BoardTold(**{name: value for name, value in self.cleaned_data.items() if name != "request_key"})


class TakeDownForm(PortalForm):
    """Why a board stands no longer."""

    reason = forms.CharField(label=_("reason"), max_length=LONGEST_REASON)


class ConfirmForm(PortalForm):
    """The photo that shows the board, and what somebody saw that it must show."""

    seen = forms.CharField(max_length=LONGEST_DIGEST, widget=forms.HiddenInput)
    photos = photo_field(_("Photo"), _("The whole board, so that its check code can be read."), required=True)
    note = forms.CharField(label=_("note"), max_length=LONGEST_NOTE, required=False)


class CardForm(PortalForm):
    """What the public is told of a person; a portrait comes with the day of consent."""

    phone = phone_field(_("office phone"), _("Everybody can read it: a number of the office, never a private one."))
    badge_number = forms.CharField(label=_("badge number"), max_length=LONGEST_BADGE, required=False)
    hours = forms.CharField(label=_("reception hours"), max_length=LONGEST_HOURS, required=False, help_text=HOURS)
    duties = forms.CharField(
        label=_("what the person does"),
        max_length=LONGEST_DUTIES,
        required=False,
        help_text=_("In Chinese, as it is printed; one duty a line, at most eight."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    photos = photo_field(
        _("New portrait"),
        _("Only with the person's consent. It is shown on the boards and nowhere else; without one there is a figure."),
        required=False,
    )
    consent_on = forms.DateField(
        label=_("day of consent"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=DateInput,
        help_text=_("On which the person agreed in writing that the portrait is shown."),
    )

    def told(self) -> CardTold:
        """What was written, as the action takes it."""
        names = ("phone", "badge_number", "duties", "hours")
        return CardTold(**{name: self.cleaned_data[name] for name in names})

    def portrait(self) -> PortraitTold | None:
        """The new portrait, if one was sent."""
        file = self.cleaned_data["photos"]
        return PortraitTold(file.read(), self.cleaned_data["consent_on"]) if file else None


class OfficeForm(PortalForm):
    """How the public reaches the office."""

    phone = phone_field(_("supervision phone"), _("Where the public complains about an officer."))
    hours = forms.CharField(label=_("office hours"), max_length=LONGEST_HOURS, required=False, help_text=HOURS)


class Finder(forms.Form):
    """Which communities the public looks for: by words, or by where one stands."""

    q = forms.CharField(required=False, max_length=60, validators=[check_readable])
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude (WGS-84), if both were given."""
        longitude, latitude = self.cleaned_data.get("longitude"), self.cleaned_data.get("latitude")
        return None if longitude is None or latitude is None else (longitude, latitude)
