"""Shape of what pages of findings take in; the rules stand in the actions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.filters import DayField
from cases.forms.fields import KnownChoice, PlainText, grouped, place_heading
from cases.models import Category
from cases.named import kept_names
from citymgmt.forms import DateInput, PortalForm
from citymgmt.photos.fields import FilesField
from communities.models import Community, KeyPlace
from patrols.findings.actions import FindingTold
from patrols.findings.models import Finding
from patrols.place_forms import known
from patrols.placed import LONGEST_ADDRESS, PlaceTold
from patrols.rounds.walking_forms import NoteField
from patrols.teams.actions import Position
from patrols.teams.forms import PositionForm
from patrols.teams.models import Team

ALL = _("all")


def categories() -> list[Category]:
    """The active categories of the catalogue, in its order; kept in memory."""
    found = [one for one in kept_names()[Category].values() if one.is_active]
    return sorted(found, key=lambda one: (one.disorder.sort_order, one.code_2026, one.code_2013))


class CameraField(FilesField):
    """Photos; on a phone the camera opens at once."""

    def __init__(self) -> None:
        super().__init__(_("JPEG, PNG, WebP or HEIC, at most three, 20 MB each. Place and device are removed."))
        self.widget.attrs["capture"] = "environment"


class FindingForm(PortalForm):
    """What was found at a known place: category, photos, a note. Which button was pressed says what became of it."""

    category = KnownChoice(label=_("Category"), required=False, widget=forms.RadioSelect)
    photos = CameraField()
    note = NoteField(label=_("What is there, or what was done"))

    def __init__(self, *args: Any, usual: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual
        self.categories = categories()
        field: Any = self.fields["category"]
        field.know(self.categories, [(one.pk, str(one)) for one in self.categories])

    @property
    def choices(self) -> "list[CategoryGroup]":
        """The categories as buttons: first those that are usual for the team, then the others by their disorder."""
        buttons = {str(button.data["value"]): button for button in self["category"]}
        first = _first_of_each(self.categories, self.usual)
        groups: dict[str, list[Any]] = {}
        for one in self.categories:
            if one.pk not in first:
                groups.setdefault(str(one.disorder), []).append(buttons[str(one.pk)])
        usual = CategoryGroup("", [buttons[str(pk)] for pk in first])
        return [usual, *(CategoryGroup(name, found) for name, found in groups.items())]

    @property
    def is_unusual(self) -> bool:
        """Whether a category is chosen that is not usual for the team."""
        return any(group.is_open for group in self.choices[1:])

    @property
    def contents(self) -> Iterator[bytes]:
        """The files, read one after the other."""
        return (file.read() for file in self.cleaned_data["photos"])

    def told(self, way: str, **where: Any) -> FindingTold:
        """What was told. Call it on a valid form. Raises: Invalid."""
        category = self.cleaned_data["category"]
        return FindingTold(way, category.pk if category else 0, self.cleaned_data["note"], **where)


@dataclass(frozen=True)
class CategoryGroup:
    """Categories under a name, as the radio buttons of a form; those that are usual have none."""

    name: str
    buttons: Sequence[Any]

    @property
    def is_open(self) -> bool:
        """Whether one of them is chosen."""
        return any(button.data["selected"] for button in self.buttons)


def _first_of_each(known_ones: Sequence[Category], usual: Sequence[int]) -> list[int]:
    """The ids of what is usual; where that is little, also the category of each of the six disorders that the standards
    begin with.
    """
    there = {one.pk for one in known_ones}
    firsts: dict[int, int] = {}
    for one in sorted(known_ones, key=lambda one: one.pk):
        if one.disorder.is_six_disorder:
            firsts.setdefault(one.disorder_id, one.pk)
    found = dict.fromkeys([*(pk for pk in usual if pk in there), *firsts.values()])
    return list(found)[: max(len(usual), len(firsts))]


class PlacedFindingForm(FindingForm):
    """A finding whose place is told as well; the fields of the position are filled by static/js/checkin.js."""

    longitude = forms.CharField(required=False, widget=forms.HiddenInput)
    latitude = forms.CharField(required=False, widget=forms.HiddenInput)
    accuracy_m = forms.CharField(required=False, widget=forms.HiddenInput)
    community = KnownChoice(label=_("Community"), required=False)
    key_place = KnownChoice(label=_("Key place"), required=False)
    address = PlainText(label=_("Address"), max_length=LONGEST_ADDRESS, required=False)

    def __init__(self, *args: Any, subdistrict: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = kept_names()
        own = [one for one in names[Community].values() if one.subdistrict_id == subdistrict and one.is_active]
        known(self, "community", sorted(own, key=lambda one: one.code), _("where the telephone is"))
        ids = {one.pk for one in own}
        places = [one for one in names[KeyPlace].values() if one.is_active and one.community_id in ids]
        field: Any = self.fields["key_place"]
        field.know(places, [("", _("none")), *grouped((place_heading(one), (one.pk, str(one))) for one in places)])

    def told(self, way: str, **where: Any) -> FindingTold:
        """What was told. Call it on a valid form. Raises: Invalid."""
        given = self.cleaned_data
        at, key_place = PositionForm(self.data).position(), given["key_place"]
        community = given["community"] or (key_place.community if key_place else None)
        place = PlaceTold(community.pk if community else 0, given["address"], *_degrees(at))
        return super().told(way, **where, place=place, key_place=key_place.pk if key_place else None)


def _degrees(position: Position | None) -> tuple[Decimal | None, Decimal | None]:
    """Longitude and latitude as columns hold them: seven digits, some centimetres."""
    if position is None:
        return None, None
    return Decimal(f"{position.longitude:.7f}"), Decimal(f"{position.latitude:.7f}")


class FindingFilter(forms.Form):
    """Which findings are listed: by what became of them, days, team and category."""

    way = forms.ChoiceField(label=_("what became of it"), choices=[("", ALL), *Finding.Way.choices], required=False)
    first = DayField(label=_("first day"), required=False, widget=DateInput)
    last = DayField(label=_("last day"), required=False, widget=DateInput)
    team = KnownChoice(label=_("team"), required=False)
    category = KnownChoice(label=_("category"), required=False)

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        rows = categories()
        pairs = grouped((str(one.disorder), (one.pk, str(one))) for one in rows)
        offered["category"].know(rows, [("", ALL), *pairs])
        offered["team"].know(teams, [("", ALL), *((one.pk, one.name) for one in teams)])
        if len(teams) < 2:
            del self.fields["team"]

    def question(self) -> Q:
        """What a valid form asks for, but for what became of them."""
        given: Mapping[str, Any] = self.cleaned_data
        asked = {
            "first": Q(at__date__gte=given["first"]),
            "last": Q(at__date__lte=given["last"]),
            "team": Q(team=given.get("team")),
            "category": Q(category=given["category"]),
        }
        return reduce(and_, (question for name, question in asked.items() if given.get(name)), Q())

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in self.fields)
