"""Shape of what the pages of figures take in: a period, and the figure whose cases are asked for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.statistics.league import COUNTS
from cases.statistics.measures import MEASURES, STANDING
from cases.statistics.models import Dimension
from cases.statistics.periods import PRESETS, USUAL, Period
from citymgmt.fields import DayField
from citymgmt.forms import DateInput, PortalForm

PERIODS = [(key, lazy(gettext, str)(preset.label)) for key, preset in PRESETS.items()]
BY = [
    (dimension.value, dimension.label)
    for dimension in (Dimension.COMMUNITY, Dimension.DEPARTMENT, Dimension.TEAM, Dimension.OFFICER, Dimension.SOURCE,
                      Dimension.DISORDER, Dimension.CATEGORY)
]  # fmt: skip


class PeriodForm(forms.Form):
    """A period: one of the usual ones, or from a day to a day, which is said instead."""

    period = forms.ChoiceField(label=_("period"), choices=PERIODS, required=False)
    first = DayField(label=_("first day"), required=False, widget=DateInput)
    last = DayField(label=_("last day"), required=False, widget=DateInput)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Adds `asked`, the period. Raises: ValidationError for days that are no period."""
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first or last:
            try:
                found["asked"] = Period(first or last, last or first)  # type: ignore[arg-type]
            except ValueError as error:
                raise forms.ValidationError(_("The period must end after it begins, at most 3 years later.")) from error
        else:
            found["asked"] = PRESETS[found.get("period") or USUAL].of(self.on)
        return found

    @property
    def asked(self) -> Period:
        """The period asked for; this month when the form cannot be understood."""
        found: Period | None = self.cleaned_data.get("asked") if self.is_valid() else None
        return found or PRESETS[USUAL].of(self.on)

    @property
    def preset(self) -> str:
        """The key of the usual period that is shown; empty when it was said by its days."""
        if not self.is_valid() or self.cleaned_data["first"] or self.cleaned_data["last"]:
            return ""
        return str(self.cleaned_data["period"] or USUAL)


class EvaluationForm(PeriodForm):
    """A period, and by what the figures are told apart: for a department only its own figures are."""

    by = forms.ChoiceField(label=_("told apart by"), choices=BY, required=False)

    def __init__(self, *args: Any, of_department: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_department:
            del self.fields["by"]

    @property
    def dimension(self) -> str:
        """By what; by community unless said otherwise."""
        if "by" not in self.fields:
            return str(Dimension.DEPARTMENT)
        said = self.cleaned_data.get("by") if self.is_valid() else ""
        return str(said or Dimension.COMMUNITY)


class CountedForm(PeriodForm):
    """A figure: what it counts, in which period, and of whom."""

    measure = forms.ChoiceField(
        choices=[(code, lazy(gettext, str)(measure.label)) for code, measure in MEASURES.items()]
    )
    by = forms.ChoiceField(choices=Dimension.choices, required=False)
    key = forms.CharField(max_length=20, required=False)

    def clean_key(self) -> str:
        """The key, which is a number unless it is a source. Raises: ValidationError."""
        key: str = self.cleaned_data["key"]
        by = self.cleaned_data.get("by") or Dimension.ALL
        is_number = key.isascii() and key.isdigit() and int(key) < 2**63
        if by not in (Dimension.ALL, Dimension.SOURCE) and not is_number:
            raise forms.ValidationError(_("There is nothing with this key."))
        return str(int(key)) if is_number and by != Dimension.SOURCE else key


class DealtForm(PeriodForm):
    """A figure of the league of departments: what it counts, in which period, and of which department."""

    what = forms.ChoiceField(choices=[(code, lazy(gettext, str)(count.label)) for code, count in COUNTS.items()])
    department = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class FrozenForm(forms.Form):
    """By what the figures of a frozen evaluation are told apart."""

    by = forms.ChoiceField(label=_("by"), choices=Dimension.choices, required=False)

    @property
    def dimension(self) -> str:
        """By what; by community unless said otherwise."""
        return str(self.cleaned_data.get("by") or Dimension.COMMUNITY) if self.is_valid() else str(Dimension.COMMUNITY)


class FrozenFigureForm(CountedForm):
    """A figure of a frozen evaluation: what it counts, and of whom; the period is the evaluation's."""

    def clean_measure(self) -> str:
        """The measure. Raises: ValidationError for what stands at a moment, which no evaluation of a period holds."""
        measure: str = self.cleaned_data["measure"]
        if MEASURES[measure].cohort == STANDING:
            raise forms.ValidationError(_("There is nothing with this key."))
        return measure


class FreezeForm(PortalForm):
    """A period to be frozen, and why."""

    first = DayField(widget=forms.HiddenInput)
    last = DayField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("note"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Adds `period`. Raises: ValidationError for days that are no period."""
        found: dict[str, Any] = super().clean() or {}
        if "first" in found and "last" in found:
            try:
                found["period"] = Period(found["first"], found["last"])
            except ValueError as error:
                raise forms.ValidationError(_("The period must end after it begins, at most 3 years later.")) from error
        return found


class PublishForm(PortalForm):
    """A frozen evaluation to be published, and which published one its reader saw that it replaces."""

    replaces = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)


class SpotForm(forms.Form):
    """A hot spot: a disorder at a key place, or in a cell; `recent` asks for what the page of hot spots counts."""

    disorder = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    key_place = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    cell = forms.IntegerField(min_value=-(2**62), max_value=2**62, required=False)
    recent = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Raises: ValidationError unless exactly one of key place and cell is told."""
        found: dict[str, Any] = super().clean() or {}
        if (found.get("key_place") is None) == (found.get("cell") is None):
            raise forms.ValidationError(_("There is nothing with this key."))
        return found
