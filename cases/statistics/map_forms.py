"""Shape of what the map of figures takes in: what shades the communities, which cases are points, where it looks."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Category, Disorder
from cases.named import kept_names
from cases.statistics.forms import PeriodForm
from cases.statistics.grid import DEEPEST, Box, Cells
from cases.statistics.indicators import INDICATORS
from cases.statistics.measures import MEASURES
from communities.maps import from_map

USUALS = {"shade": "handling_on_time_rate", "cases": "reported"}
in_words = lazy(gettext, str)
SHADES = [
    (_("Rates"), [(code, in_words(indicator.label)) for code, indicator in INDICATORS.items()]),
    (_("Counts"), [(code, in_words(measure.label)) for code, measure in MEASURES.items()]),
]
CASES = [
    ("reported", _("reported in the period")),
    ("ended", _("closed in the period")),
    ("open_now", _("open now")),
    ("late_now", _("overdue now")),
]


class MapForm(PeriodForm):
    """A period, the figure that shades the communities, and the cases that are shown as points: a measure's."""

    shade = forms.ChoiceField(label=_("shaded by"), choices=SHADES, required=False)
    cases = forms.ChoiceField(label=_("cases as points"), choices=CASES, required=False)
    disorder = forms.ChoiceField(label=_("disorder of the points"), required=False)

    def __init__(self, given: QueryDict, *, on: date) -> None:
        told = given.copy()  # what is not said is the usual, and shows
        told.update({name: usual for name, usual in USUALS.items() if not told.get(name)})
        super().__init__(told, on=on)
        known = {category.disorder for category in kept_names()[Category].values()}
        self.disorders: dict[str, Disorder] = {one.key: one for one in sorted(known, key=_place)}
        named = [(key, str(one)) for key, one in self.disorders.items()]
        self.fields["disorder"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]

    def _told(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "") if self.is_valid() else ""

    @property
    def shown(self) -> str:
        """The code of the indicator or measure that shades the communities."""
        return self._told("shade") or USUALS["shade"]

    @property
    def measure(self) -> str:
        """The measure whose cases are points."""
        return self._told("cases") or USUALS["cases"]

    @property
    def disorder_key(self) -> str:
        """The key of the disorder whose cases are points; empty for all."""
        return self._told("disorder")

    @property
    def disorder_id(self) -> int | None:
        """Its id; None for all."""
        return self.disorders[self.disorder_key].pk if self.disorder_key else None


def _place(disorder: Disorder) -> tuple[int, str]:
    return disorder.sort_order, disorder.key


class CirclesForm(MapForm):
    """The same, and the box of the map at which somebody looks, in the coordinates of the map."""

    west = forms.FloatField(min_value=-180, max_value=180)
    south = forms.FloatField(min_value=-90, max_value=90)
    east = forms.FloatField(min_value=-180, max_value=180)
    north = forms.FloatField(min_value=-90, max_value=90)
    zoom = forms.IntegerField(min_value=0, max_value=DEEPEST)

    def clean(self) -> dict[str, Any]:
        """Raises: ValidationError for a box that ends before it begins."""
        found = super().clean()
        if any(found.get(one, 0) > found.get(other, 0) for one, other in (("west", "east"), ("south", "north"))):
            raise forms.ValidationError(_("The box must end after it begins."))
        return found

    def box(self) -> Box:
        """The box in WGS-84 degrees; it holds all that the map shows. Call it on a valid form."""
        told = self.cleaned_data
        corners = [from_map(told[x], told[y]) for x in ("west", "east") for y in ("south", "north")]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


cell_name = RegexValidator(r"^[0-9]{1,2}/-?[0-9]{1,8}/-?[0-9]{1,8}\Z", _("There is no such cell."))


class CellForm(MapForm):
    """The same, and a cell of the map, as a circle names it."""

    cell = forms.CharField(max_length=30, validators=[cell_name])

    def clean_cell(self) -> Cells:
        """The cell. Raises: ValidationError for a zoom that no map has."""
        zoom, column, row = map(int, self.cleaned_data["cell"].split("/"))
        if zoom > DEEPEST:
            raise forms.ValidationError(cell_name.message)
        return Cells(zoom, column, row, column, row)
