"""The form that logs a case: one select for category and filing condition, then place, source and reporter."""

from datetime import date
from operator import attrgetter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import Matter
from cases.actions.dispatching import LONGEST_LIMIT
from cases.forms.catalogue import catalogue_on
from cases.forms.fields import LongText, grouped, place_heading
from cases.forms.photos import PhotosField
from cases.models import Case
from cases.named import kept_names
from cases.similar import Sought
from citymgmt.coordinates import Point
from citymgmt.fields import KnownChoice, PlainText, known
from citymgmt.forms import KeptChoices, LongSelect, PortalForm
from citymgmt.people.kept import Kept
from citymgmt.people.models import User
from citymgmt.people.permissions import allows, among
from citymgmt.worktime.models import UnitChoice
from communities.maps import from_map
from communities.models import Community, KeyPlace, Project
from communities.places import community_at
from communities.projects.querysets import running_campaigns

SOURCES = [
    Case.Source.CALL,
    Case.Source.VISIT,
    Case.Source.PATROL,
    Case.Source.HOTLINE,
    Case.Source.PAPER,
    Case.Source.MEDIA,
    Case.Source.VIDEO,
    Case.Source.INSPECTION,
]
telephone = RegexValidator(r"^[0-9+() \-]{3,30}\Z", gettext_lazy("A telephone number of digits."))


class LogForm(PortalForm):
    """What is told when a case is logged."""

    matter = forms.ChoiceField(
        widget=LongSelect(attrs={"data-find": "log-catalogue"}),
        label=gettext_lazy("Category and filing condition"),
        help_text=gettext_lazy("Type Chinese words, pinyin initials or a code."),
        error_messages={"required": gettext_lazy("Choose a category.")},
    )
    limit_value = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LONGEST_LIMIT,
        label=gettext_lazy("Limit by hand"),
        help_text=gettext_lazy(
            "Only for a category without filing condition; without a limit the case is not filed yet."
        ),
    )
    limit_unit = forms.ChoiceField(
        required=False,
        choices=[("", "—"), *UnitChoice.choices],
        label=gettext_lazy("Unit of the limit"),
    )
    description = LongText(label=gettext_lazy("What is the matter?"), rows=3)
    community = KnownChoice(label=gettext_lazy("Community"), required=False)
    key_place = KnownChoice(
        required=False,
        widget=LongSelect(attrs={"data-find": "log-places"}),
        label=gettext_lazy("Key place"),
    )
    address = PlainText(required=False, max_length=200, label=gettext_lazy("Address"))
    source = forms.ChoiceField(choices=[(one.value, one.label) for one in SOURCES], label=gettext_lazy("Source"))
    is_self_handled = forms.BooleanField(required=False, label=gettext_lazy("Handled on the spot: close at once"))
    campaign = KnownChoice(
        required=False,
        label=gettext_lazy("Campaign"),
        help_text=gettext_lazy("For what is found and handled as work of a campaign that runs."),
    )
    is_campaign = forms.BooleanField(required=False, label=gettext_lazy("Work of a campaign that is not in the list"))
    longitude = forms.DecimalField(
        required=False,
        min_value=-180,
        max_value=180,
        max_digits=10,
        decimal_places=7,
        label=gettext_lazy("Longitude"),
    )
    latitude = forms.DecimalField(
        required=False,
        min_value=-90,
        max_value=90,
        max_digits=9,
        decimal_places=7,
        label=gettext_lazy("Latitude"),
    )
    reporter_name = PlainText(required=False, max_length=60, label=gettext_lazy("Name of the reporter"))
    reporter_phone = PlainText(
        required=False,
        max_length=30,
        validators=[telephone],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        label=gettext_lazy("Telephone of the reporter"),
    )

    def __init__(self, user: User, on: date, data: Any = None, *, key_place: str = "", campaign: str = "") -> None:
        self.catalogue = catalogue_on(on)
        self.communities = _communities_of(user, on)
        self.street_id = user.subdistrict_id
        super().__init__(data, initial=_preset(user, self.communities), auto_id="log_%s")
        self.initial = {**self.initial, "key_place": key_place, "campaign": campaign}
        self.fields["matter"].choices = self.catalogue.choices()  # type: ignore[attr-defined]
        self._limit_places()
        known(self, "campaign", kept_campaigns(user.subdistrict_id or 0, on), "—")
        self.fields["photos"] = PhotosField(user, "log")
        if not allows(user, "case.report_back"):
            del self.fields["is_self_handled"]

    def _limit_places(self) -> None:
        ids = {community.pk for community in self.communities}
        self.places = [one for one in kept_names()[KeyPlace].values() if one.is_active and one.community_id in ids]
        fields: dict[str, Any] = self.fields
        fields["community"].know(self.communities, [("", "—"), *((one.pk, str(one)) for one in self.communities)])
        places = grouped((place_heading(one), (one.pk, str(one))) for one in self.places)
        fields["key_place"].know(self.places, KeptChoices([("", _("none")), *places]))

    def clean(self) -> dict[str, Any]:
        """A key place tells its community and point, a point its community; half a limit or point is none."""
        given: dict[str, Any] = super().clean() or {}
        _take_from_place(given)
        if given.get("community") is None and "community" in given:
            given["community"] = self._community_of(given.get("longitude"), given.get("latitude"))
        if bool(given.get("limit_value")) != bool(given.get("limit_unit")) and not self.errors:
            self.add_error("limit_value", ValidationError(_("Give the limit and its unit, or neither.")))
        return given

    def _community_of(self, longitude: Any, latitude: Any) -> Community | None:
        """The community of a point, among those in which the person may log."""
        if longitude is None or latitude is None or self.street_id is None:
            return None
        found = community_at(self.street_id, longitude, latitude)
        return next((community for community in self.communities if community.pk == found), None)

    @property
    def sought(self) -> Sought | None:
        """What is known so far, to find similar cases; None without a category. Call it after validation."""
        given = self.cleaned_data
        if not given.get("matter"):
            return None
        where = {name: given.get(name) for name in ("community", "key_place", "longitude", "latitude")}
        return Sought(self.catalogue.split(given["matter"])[1], address=given.get("address", ""), **where)

    @property
    def top_errors(self) -> Any:
        """What is wrong with the form as a whole or with its hidden field."""
        return [*self.non_field_errors(), *self["request_key"].errors]

    def told(self) -> Matter:
        """What was reported. Call it on a valid form."""
        given = self.cleaned_data
        plain = {name: given[name] for name in Matter.__dataclass_fields__ if name in given}
        return Matter(**plain, category=self.catalogue.split(given["matter"])[1])

    def terms(self) -> dict[str, Any]:
        """How far the case is to be carried: filing condition or limit by hand, or handled on the spot."""
        given = self.cleaned_data
        standard = self.catalogue.split(given["matter"])[0]
        by_hand = {} if standard else {name: given[name] for name in ("limit_value", "limit_unit")}
        return {"standard": standard, "is_self_handled": given.get("is_self_handled", False), **by_hand}


def _take_from_place(given: dict[str, Any]) -> None:
    place = given.get("key_place")
    if place is None:
        return
    if given.get("community") is None:
        given["community"] = place.community
    if given.get("longitude") is None and given.get("latitude") is None:
        given["longitude"], given["latitude"] = place.longitude, place.latitude


class PointForm(forms.Form):
    """A point: of a click (`x`, `y`, in the coordinates of the map) or typed in WGS-84 degrees."""

    x = forms.DecimalField(required=False, min_value=-180, max_value=180)
    y = forms.DecimalField(required=False, min_value=-90, max_value=90)
    longitude = forms.DecimalField(required=False, min_value=-180, max_value=180)
    latitude = forms.DecimalField(required=False, min_value=-90, max_value=90)

    def clean(self) -> dict[str, Any]:
        """One of the two ways, complete."""
        given: dict[str, Any] = super().clean() or {}
        pairs = [(given.get("x"), given.get("y")), (given.get("longitude"), given.get("latitude"))]
        if sum(one is not None and other is not None for one, other in pairs) != 1:
            raise ValidationError(_("Give both coordinates or none."))
        return given

    def point(self) -> Point:
        """The point in WGS-84. Call it on a valid form."""
        given = self.cleaned_data
        if given["x"] is not None:
            return from_map(given["x"], given["y"])
        return float(given["longitude"]), float(given["latitude"])


def _read_campaigns(subdistrict: int, on: date) -> list[Project]:
    return list(running_campaigns(subdistrict, on))


kept_campaigns = Kept(_read_campaigns, Project)


def _communities_of(user: User, on: date) -> list[Community]:
    """The communities in which the person may log, without their boundaries."""
    active = [one for one in kept_names()[Community].values() if one.is_active]
    return sorted(among(user, "case.log", active, on=on), key=attrgetter("code"))


def _preset(user: User, own: list[Community]) -> dict[str, Any]:
    in_field = allows(user, "case.report_back")
    return {
        "source": Case.Source.PATROL if in_field else Case.Source.CALL,
        "community": own[0].pk if len(own) == 1 else None,
    }
