"""The part of a form that says where something stands."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import KnownChoice, PlainText, known
from citymgmt.forms import PortalForm
from citymgmt.people.models import User
from communities.models import Community
from communities.models.places import LONGEST_ADDRESS
from communities.placed import PlaceTold, communities_for

DEGREES: dict[str, Any] = {"decimal_places": 7, "required": False}


class PlaceForm(PortalForm):
    """Community, address and point of something; communities are those in which the person may do `permission`."""

    community = KnownChoice(label=_("community"))
    address = PlainText(label=_("address"), max_length=LONGEST_ADDRESS, required=False)
    longitude = forms.DecimalField(
        label=_("longitude"), min_value=Decimal(-180), max_value=Decimal(180), max_digits=10, **DEGREES
    )
    latitude = forms.DecimalField(
        label=_("latitude"), min_value=Decimal(-90), max_value=Decimal(90), max_digits=9, **DEGREES
    )

    def __init__(self, *args: Any, user: User, permission: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.communities: list[Community] = list(communities_for(user, permission, on))
        known(self, "community", self.communities, _("Choose a community"))

    @property
    def place(self) -> PlaceTold:
        """Where it stands, as the action takes it."""
        told = self.cleaned_data
        return PlaceTold(told["community"].pk, told["address"], told["longitude"], told["latitude"])
