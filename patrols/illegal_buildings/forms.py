"""Shape of what pages of illegal buildings take in; the rules stand in the actions."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases.filters import DayField
from cases.forms.fields import KnownChoice, PlainText
from cases.models import Case, Category
from cases.querysets import seen_by
from citymgmt.forms import DateInput, PortalForm, VersionField
from citymgmt.photos.fields import FilesField, FilesInput
from communities.models import Community
from patrols.illegal_buildings.actions import BuildingTold
from patrols.illegal_buildings.figures import KINDS
from patrols.illegal_buildings.lifecycle import BY_FORCE, STATE_CHOICES, WAYS, Transition, may_force
from patrols.illegal_buildings.models import (
    LARGEST_M2,
    LONGEST_DOCUMENT,
    LONGEST_OWNER,
    LONGEST_PHONE,
    LONGEST_TEXT,
    MOST_STOREYS,
    IllegalBuilding,
)
from patrols.illegal_buildings.querysets import is_overdue, is_standing
from patrols.place_forms import PlaceForm, known
from patrols.teams.views.looking import MONTH

ALL = _("all")
OPEN, OVERDUE = "standing", "overdue"
FIGURES = {"new": _("new"), "regrown": _("built again"), "removed": _("removed"), "uncounted": _("no longer counted")}


def area_field(label: Any) -> forms.DecimalField:
    """Square metres."""
    least = Decimal("0.01")
    return forms.DecimalField(label=label, min_value=least, max_value=LARGEST_M2, max_digits=8, decimal_places=2)


def text_area(label: Any) -> PlainText:
    """A text of a few lines that may be empty."""
    return PlainText(label=label, max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3}))


def translated(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices of the pure tables in the reader's language."""
    return [(key, _t(label)) for key, label in pairs]


class BuildingFilter(forms.Form):
    """Which buildings are listed."""

    q = PlainText(label=_("number or address"), max_length=60, required=False)
    community = KnownChoice(label=_("community"), required=False)
    state = forms.ChoiceField(label=_("state"), required=False)
    origin = forms.ChoiceField(label=_("kind"), choices=[("", ALL), *IllegalBuilding.Origin.choices], required=False)
    only = forms.ChoiceField(
        label=_("only"), choices=[("", ALL), (OPEN, _("still standing")), (OVERDUE, _("overdue"))], required=False
    )

    def __init__(self, *args: Any, at: datetime, communities: Sequence[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        known(self, "community", communities, ALL)
        states: Any = self.fields["state"]
        states.choices = [("", ALL), *translated(STATE_CHOICES)]

    def question(self) -> Q:
        """What a valid form asks for."""
        told = self.cleaned_data
        asked: Mapping[str, Any] = {
            "q": Q(number__icontains=told["q"]) | Q(address__icontains=told["q"]),
            "community": Q(community=told["community"]),
            "state": Q(state=told["state"]),
            "origin": Q(origin=told["origin"]),
            "only": is_standing() if told["only"] == OPEN else is_overdue(self.at),
        }
        return reduce(and_, (question for name, question in asked.items() if told[name]), Q())

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in self.fields)


class MonthField(forms.Field):
    """A month (YYYY-MM); gives its first day."""

    def to_python(self, value: Any) -> date | None:
        """The first day. Raises: ValidationError."""
        if not value:
            return None
        found = MONTH.match(str(value))
        if found is None:
            raise forms.ValidationError(_("A month such as 2026-03."))
        return date(int(found[1]), int(found[2]), 1)


class AccountFilter(forms.Form):
    """Which lines of the account are listed: of a figure, of a month, or all until the end of a month."""

    figure = forms.ChoiceField(label=_("figure"), choices=[("", ALL), *FIGURES.items()], required=False)
    community = KnownChoice(label=_("community"), required=False)
    month = MonthField(label=_("month"), required=False)
    until = MonthField(label=_("until the month"), required=False)

    def __init__(self, *args: Any, communities: Sequence[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known(self, "community", communities, ALL)

    def question(self) -> Q:
        """What a valid form asks for."""
        told, found = self.cleaned_data, Q()
        if told["figure"]:
            found &= Q(kind__in=KINDS[told["figure"]])
        if told["community"]:
            found &= Q(building__community=told["community"])
        if told["month"]:
            found &= Q(on__year=told["month"].year, on__month=told["month"].month)
        if told["until"]:
            found &= Q(on__lt=after(told["until"]))
        return found

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in self.fields)


def after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


class BuildingForm(PlaceForm):
    """An illegal building. `case` is the number of the case in which it was reported."""

    origin = forms.ChoiceField(label=_("kind"), choices=IllegalBuilding.Origin.choices)
    found_on = DayField(label=_("found on"), widget=DateInput)
    found_by = forms.ChoiceField(label=_("found through"), choices=IllegalBuilding.FoundBy.choices)
    structure = forms.ChoiceField(label=_("structure"), choices=IllegalBuilding.Structure.choices)
    storeys = forms.IntegerField(label=_("storeys"), min_value=1, max_value=MOST_STOREYS, initial=1)
    area_m2 = area_field(_("area in m²"))
    owner = PlainText(label=_("name of the owner"), max_length=LONGEST_OWNER, required=False)
    phone = PlainText(label=_("telephone of the owner"), max_length=LONGEST_PHONE, required=False)
    text = text_area(_("description"))
    photos = FilesField()
    case = PlainText(max_length=40, required=False, widget=forms.HiddenInput)
    field_order = ("community", "address", "origin", "found_on", "found_by", "structure", "storeys", "area_m2")

    def __init__(self, *args: Any, user: Any, permission: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, user=user, permission=permission, on=on, **kwargs)
        self.user, self.on = user, on

    @property
    def contents(self) -> Iterator[bytes]:
        """The files, read one after the other."""
        return (file.read() for file in self.cleaned_data["photos"])

    def told(self) -> BuildingTold:
        """What was written, as the action takes it; a case that is not seen is none."""
        told = self.cleaned_data
        names = ("origin", "found_on", "found_by", "structure", "storeys", "area_m2", "text", "owner", "phone")
        return BuildingTold(place=self.place, case=self._case(), **{name: told[name] for name in names})

    def _case(self) -> int | None:
        number = self.cleaned_data["case"]
        found: Case | None = seen_by(self.user, self.on).filter(number=number).first() if number else None
        return (found.pk if found else 0) if number else None


class RevisionForm(BuildingForm):
    """The same, to correct it; photos are kept with the step at which they were taken."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["photos"]


class PapersField(FilesField):
    """The papers of a step."""

    def __init__(self) -> None:
        told = _("The document as PDF, at most five files, 10 MB each. Who may read the owner's name may open it.")
        super().__init__(told)
        self.label, self.widget = _("Documents (PDF)"), FilesInput("application/pdf,.pdf")


class CaseForm(PortalForm):
    """The case of a building that has none."""

    version = VersionField()
    category = KnownChoice(label=_("category"))
    text = text_area(_("description"))

    def __init__(self, *args: Any, categories: Sequence[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known(self, "category", categories, "—")
        self.fields["text"].required = True


class StepForm(PortalForm):
    """What a step carries, by the table."""

    version = VersionField()

    def __init__(self, *args: Any, transition: Transition, building: IllegalBuilding, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.transition = transition
        self.fields["version"].initial = building.version
        for name in (*transition.carries, *transition.may_carry):
            self.fields[name] = self._field(name, building, on)
            self.fields[name].required = name in transition.carries
        self.fields["photos"] = FilesField()
        if transition.has_paper:
            self.fields["papers"] = PapersField()

    def _field(self, name: str, building: IllegalBuilding, on: date) -> forms.Field:
        ways = [key for key in WAYS if key != BY_FORCE or may_force(building.state)]
        area = area_field(_("area in m²"))
        area.initial = building.remaining_m2 or building.area_m2
        made: Mapping[str, forms.Field] = {
            "on": DayField(label=_("day of the step"), widget=DateInput, initial=on),
            "document": PlainText(label=_("number of the document"), max_length=LONGEST_DOCUMENT),
            "by_day": DayField(label=_("last day for the party"), widget=DateInput),
            "area_m2": area,
            "way": forms.ChoiceField(label=_("way of removal"), choices=translated([(key, WAYS[key]) for key in ways])),
            "note": text_area(_("note")),
        }
        return made[name]

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes. Call it on a valid form."""
        names = (*self.transition.carries, *self.transition.may_carry)
        return {name: self.cleaned_data[name] for name in names}

    def contents(self, name: str) -> Iterator[bytes]:
        """The files of a field, read one after the other."""
        return (file.read() for file in self.cleaned_data.get(name, ()))
