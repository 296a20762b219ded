"""Shape of what pages of cleanliness take in; the rules stand in the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import DayField, KnownChoice, PlainText, known
from citymgmt.forms import DateInput, PortalForm
from communities.models import Community
from communities.place_forms import PlaceForm
from patrols.cleanliness.actions import SegmentTold, SpotTold
from patrols.cleanliness.checks import ITEMS
from patrols.cleanliness.models import (
    LONGEST_CODE,
    LONGEST_M,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_SEED,
    SHORTEST_M,
    StreetSegment,
)
from patrols.cleanliness.sampling import MOST_POINTS

CLEAN, DIRTY = "clean", "dirty"


class SegmentForm(PortalForm):
    """A street segment."""

    code = PlainText(label=_("code"), max_length=LONGEST_CODE)
    name = PlainText(label=_("name"), max_length=LONGEST_NAME)
    community = KnownChoice(label=_("community"))
    road_class = forms.TypedChoiceField(label=_("class of road"), coerce=int, choices=StreetSegment.RoadClass.choices)
    length_m = forms.IntegerField(label=_("length in metres"), min_value=SHORTEST_M, max_value=LONGEST_M)
    is_active = forms.BooleanField(label=_("active"), required=False, initial=True)

    def __init__(self, *args: Any, communities: list[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known(self, "community", communities, _("Choose a community"))

    def told(self) -> SegmentTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        names = ("code", "name", "road_class", "length_m", "is_active")
        return SegmentTold(community=told["community"].pk, **{name: told[name] for name in names})


class DrawForm(PortalForm):
    """A sample to be drawn."""

    count = forms.IntegerField(label=_("number of points"), min_value=1, max_value=MOST_POINTS, initial=20)
    seed = PlainText(
        label=_("seed"),
        max_length=LONGEST_SEED,
        help_text=_("What nobody here chose, such as the figures of today's public lottery, with their date."),
    )


class PointForm(PortalForm):
    """What was amiss at a point; nothing ticked: it was clean."""

    amiss = forms.MultipleChoiceField(
        label=_("amiss"),
        choices=[(code, _(label)) for code, label in ITEMS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick nothing where everything was clean. Each takes ten points off a hundred."),
    )
    note = PlainText(label=_("note"), max_length=LONGEST_NOTE, required=False)


class SpotForm(PlaceForm):
    """A blind spot that was found."""

    name = PlainText(label=_("place"), max_length=LONGEST_NAME)
    found_on = DayField(label=_("found on"), widget=DateInput)
    note = PlainText(label=_("note"), max_length=LONGEST_NOTE, required=False)
    field_order = ("name", "community", "address", "found_on", "note", "longitude", "latitude")

    def told(self) -> SpotTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        return SpotTold(self.place, told["name"], told["found_on"], told["note"])


class LookForm(PortalForm):
    """What somebody saw at a blind spot today."""

    found = forms.ChoiceField(
        label=_("found today"),
        choices=[(CLEAN, _("clean")), (DIRTY, _("dirty"))],
        widget=forms.RadioSelect,
    )
    note = PlainText(label=_("note"), max_length=LONGEST_NOTE, required=False)
