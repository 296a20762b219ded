"""Shape of what pages of routes, points, plans and classes take in; the rules stand in the actions."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import DayField, KnownChoice, PlainText, known
from citymgmt.forms import DateInput, PortalForm
from communities.models import Community
from patrols.rounds.actions import ClassTold, PointTold, RouteTold
from patrols.rounds.actions.routes import LONGEST_ADDRESS
from patrols.rounds.drafting import LONGEST_PLAN, MOST_SEED, PlanTold
from patrols.rounds.models import LONGEST_NAME, LONGEST_VISIT, PlaceClass
from patrols.rounds.planning import MOST_DAYS, MOST_TIMES
from patrols.rounds.walking_forms import NoteField
from patrols.rounds.wording import frequency
from patrols.teams.models import Team


class RouteForm(PortalForm):
    """A route; of which team is asked when it is new."""

    team = KnownChoice(label=_("team"))
    name_zh = PlainText(label=_("name"), max_length=LONGEST_NAME)
    name_en = PlainText(label=_("English name"), max_length=LONGEST_NAME, required=False)
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def __init__(self, *args: Any, teams: Sequence[Team] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if teams:
            known(self, "team", teams, _("Choose a team"))
        else:
            del self.fields["team"]

    def told(self) -> RouteTold:
        """What was written, as the action takes it."""
        given = self.cleaned_data
        return RouteTold(given["name_zh"], given["name_en"], given["is_active"])


def class_choices(classes: Iterable[PlaceClass]) -> list[tuple[str, str]]:
    """Classes by id, each with its frequency."""
    return [(str(one.pk), f"{one.name} · {frequency(one.wish)}") for one in classes]


class ClassChoice(KnownChoice):
    """One of the classes of places."""

    def __init__(self) -> None:
        super().__init__(label=_("class"), help_text=_("It says how often the place is to be seen."))

    def offer(self, classes: Sequence[PlaceClass]) -> None:
        """Offer these classes beside no choice."""
        self.know(classes, [("", _("Choose a class")), *class_choices(classes)])


class PointForm(PortalForm):
    """A point of a route, entered by hand."""

    name = PlainText(label=_("name"), max_length=LONGEST_NAME)
    place_class = ClassChoice()
    address = PlainText(label=_("address"), max_length=LONGEST_ADDRESS, required=False)
    community = KnownChoice(label=_("community"), required=False)
    longitude = forms.DecimalField(
        label=_("longitude"), min_value=Decimal(-180), max_value=Decimal(180), max_digits=10, decimal_places=7
    )
    latitude = forms.DecimalField(
        label=_("latitude"), min_value=Decimal(-90), max_value=Decimal(90), max_digits=9, decimal_places=7
    )
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def __init__(
        self, *args: Any, classes: Sequence[PlaceClass], communities: Sequence[Community], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["place_class"]
        choice.offer(classes)
        known(self, "community", communities, _("the one in which it lies"))

    def told(self) -> PointTold:
        """What was written, as the action takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "request_key"}
        community = given.pop("community")
        place_class = given.pop("place_class").pk
        return PointTold(**given, place_class=place_class, community=community.pk if community else None)


class PlacesForm(PortalForm):
    """Places that become points of a route, all with one class."""

    place_class = ClassChoice()
    places = forms.TypedMultipleChoiceField(label=_("places"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, classes: Sequence[PlaceClass], offered: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["place_class"].offer(classes)
        fields["places"].choices = [(one.pk, f"{one} · {one.community}") for one in offered]


class DraftForm(forms.Form):
    """Which days are to be planned, and how."""

    first = DayField(label=_("first day"), widget=DateInput)
    count = forms.IntegerField(label=_("days"), min_value=1, max_value=LONGEST_PLAN)
    seed = forms.IntegerField(
        label=_("number of the draw"),
        min_value=0,
        max_value=MOST_SEED,
        help_text=_("The same number gives the same plan; another one gives another order and other days."),
    )
    avoids_holidays = forms.BooleanField(
        label=_("no rounds on days off"),
        required=False,
        help_text=_("Weekends and holidays, by the office's calendar."),
    )

    def told(self) -> PlanTold:
        """What was asked for. Call it on a valid form."""
        given = self.cleaned_data
        return PlanTold(given["first"], given["count"], given["avoids_holidays"], given["seed"])


class EnactForm(DraftForm, PortalForm):
    """Put the plan that was looked at into force; `seen` tells it from any other."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DraftForm.base_fields:
            self.fields[name].widget = self.fields[name].hidden_widget()


class WithdrawForm(PortalForm):
    """Why a plan is withdrawn."""

    reason = NoteField(
        label=_("reason"), required=True, help_text=_("For example: roads are closed, the route changes.")
    )


class ClassForm(PortalForm):
    """A class of places."""

    code = PlainText(
        label=_("code"), max_length=20, help_text=_("A small letter, then small letters, digits and _, at most 20.")
    )
    name_zh = PlainText(label=_("name"), max_length=LONGEST_NAME)
    name_en = PlainText(label=_("English name"), max_length=LONGEST_NAME, required=False)
    times = forms.IntegerField(label=_("times"), min_value=1, max_value=MOST_TIMES * MOST_DAYS)
    days = forms.IntegerField(label=_("in so many days"), min_value=1, max_value=MOST_DAYS)
    minutes = forms.IntegerField(label=_("minutes of a visit"), min_value=1, max_value=LONGEST_VISIT, initial=5)
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def told(self) -> ClassTold:
        """What was written, as the action takes it."""
        return ClassTold(**{name: value for name, value in self.cleaned_data.items() if name != "request_key"})
