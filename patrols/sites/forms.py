"""Shape of what pages of construction sites take in; the rules stand in the actions."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import GroupedModelChoice, place_heading
from citymgmt.fields import DayField, KnownChoice, PlainText, known
from citymgmt.forms import DateInput, PortalForm
from communities.models import Community, KeyPlace
from communities.place_forms import PlaceForm
from patrols.sites.actions import Look, PermitTold, SiteTold
from patrols.sites.actions.registering import TEXTS
from patrols.sites.checklist import ITEMS
from patrols.sites.models import LONGEST_NAME, LONGEST_NOTE, LONGEST_NUMBER, Site, SitePermit
from patrols.sites.querysets import has_permit_ending, is_faulty

MET, UNMET, SKIPPED = "met", "unmet", "skipped"
ALL = _("all")


class SiteFilter(forms.Form):
    """Which sites are listed."""

    q = PlainText(label=_("name, builder or contractor"), max_length=LONGEST_NAME, required=False)
    community = KnownChoice(label=_("community"), required=False)
    state = forms.ChoiceField(label=_("state"), choices=[("", ALL), *Site.State.choices], required=False)
    faulty = forms.BooleanField(label=_("with open faults"), required=False)
    ending = forms.BooleanField(label=_("with a permit that ends"), required=False)

    def __init__(self, *args: Any, on: date, communities: Sequence[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        known(self, "community", communities, ALL)

    def question(self) -> Q:
        """What a valid form asks for."""
        told = self.cleaned_data
        words = Q(name__icontains=told["q"]) | Q(builder__icontains=told["q"]) | Q(contractor__icontains=told["q"])
        asked: Mapping[str, Any] = {
            "q": words,
            "community": Q(community=told["community"]),
            "state": Q(state=told["state"]),
            "faulty": is_faulty(),
            "ending": has_permit_ending(self.on),
        }
        return reduce(and_, (question for name, question in asked.items() if told[name]), Q())

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in self.fields)


class SiteForm(PlaceForm):
    """A construction site."""

    name = PlainText(label=_("name"), max_length=TEXTS["name"])
    builder = PlainText(label=_("builder"), max_length=TEXTS["builder"], required=False)
    contractor = PlainText(label=_("contractor"), max_length=TEXTS["contractor"], required=False)
    contact_name = PlainText(label=_("contact person"), max_length=TEXTS["contact_name"], required=False)
    contact_phone = PlainText(
        label=_("telephone of the site"),
        max_length=TEXTS["contact_phone"],
        required=False,
        help_text=_("Of the site or the company, not a private one."),
    )
    key_place = GroupedModelChoice(
        KeyPlace.objects.none(), group_of=place_heading, label=_("key place"), required=False, empty_label=_("none")
    )
    state = forms.ChoiceField(label=_("state"), choices=Site.State.choices, initial=Site.State.BUILDING)
    from_on = DayField(label=_("first day"), widget=DateInput, required=False)
    until_on = DayField(label=_("last day"), widget=DateInput, required=False)
    field_order = ("name", "community", "address", "state", "from_on", "until_on", "builder", "contractor")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["key_place"]
        own = KeyPlace.objects.filter(community__in=[one.pk for one in self.communities], is_active=True)
        places.queryset = own.select_related("community").order_by("community__code", "name_zh")

    def told(self) -> SiteTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        place = told["key_place"]
        return SiteTold(
            place=self.place,
            key_place=place.pk if place else None,
            **{name: told[name] for name in (*TEXTS, "state", "from_on", "until_on")},
        )


class PermitForm(PortalForm):
    """A permit of a site."""

    kind = forms.ChoiceField(label=_("kind"), choices=SitePermit.Kind.choices)
    number = PlainText(label=_("number"), max_length=LONGEST_NUMBER)
    expires_on = DayField(label=_("expires on"), widget=DateInput, help_text=_("From this day on it holds no longer."))

    def told(self) -> PermitTold:
        """What was written, as the action takes it."""
        return PermitTold(**{name: self.cleaned_data[name] for name in ("kind", "number", "expires_on")})


class InspectionForm(PortalForm):
    """Each item of the checklist: met, not met, or not applying, with a note. None is chosen: what nobody looked at is
    not met.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(MET, _("met")), (UNMET, _("not met")), (SKIPPED, _("does not apply"))]
        for code, item in ITEMS.items():
            label = lazy(gettext, str)(item.label)
            self.fields[f"item_{code}"] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
            self.fields[f"note_{code}"] = PlainText(
                label=lazy(_note_on, str)(item.label), max_length=LONGEST_NOTE, required=False
            )
        self.fields["note"] = PlainText(label=_("note"), max_length=LONGEST_NOTE, required=False)

    def looks(self) -> dict[str, Look]:
        """What was seen of each item that applies."""
        told = self.cleaned_data
        return {
            code: Look(told[f"item_{code}"] == MET, told[f"note_{code}"])
            for code in ITEMS
            if told[f"item_{code}"] != SKIPPED
        }


def _note_on(label: str) -> str:
    return gettext("note: %(item)s") % {"item": gettext(label)}
