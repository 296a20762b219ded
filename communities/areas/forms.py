"""Shape of what pages of residential areas take in; the rules stand in the actions."""

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

from citymgmt.fields import DayField, FilesField, KnownChoice, PlainText, known
from citymgmt.forms import DateInput, PortalForm, VersionField
from citymgmt.people.models import in_language
from citymgmt.worktime.steps import Step
from communities.areas.actions import AreaTold, AssessmentTold, ContractTold
from communities.areas.actions.assessing import LONGEST_EVIDENCE
from communities.areas.actions.entering import OLDEST
from communities.areas.lifecycle import STAGE_CHOICES, STRUCK
from communities.areas.querysets import is_covered_on, is_overdue
from communities.areas.readiness import FULL, WHOLE, Criterion
from communities.areas.seeded import Standard
from communities.models import Community, ResidentialArea
from communities.models.areas import (
    LARGEST_M2,
    LONGEST_NAME,
    LONGEST_PROVIDER,
    LONGEST_TEXT,
    MOST_BUILDINGS,
    MOST_FEE,
    MOST_HOUSEHOLDS,
    MOST_SUBSIDY,
)
from communities.place_forms import PlaceForm

ALL = _("all")
OVERDUE = "overdue"
CENT = Decimal("0.01")
CONTRACT = ("provider", "fee", "from_on", "until_on")


def amount(label: Any, most: Decimal, least: Decimal = Decimal(0), **options: Any) -> forms.DecimalField:
    """An amount with two decimal places."""
    return forms.DecimalField(label=label, min_value=least, max_value=most, decimal_places=2, **options)


def count(label: Any, most: int, least: int = 0, **options: Any) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


def text_area(label: Any, **options: Any) -> PlainText:
    """A text of a few lines."""
    return PlainText(label=label, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}), **options)


def day(label: Any, **options: Any) -> DayField:
    """A day, with the browser's own picker."""
    return DayField(label=label, widget=DateInput, **options)


class AreaFilter(forms.Form):
    """Which areas are listed; what was struck off only where it is asked for."""

    q = PlainText(label=_("name, address or provider"), max_length=60, required=False)
    community = KnownChoice(label=_("community"), required=False)
    stage = forms.ChoiceField(label=_("stage"), required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=[("", ALL), *ResidentialArea.Kind.choices], required=False)
    only = forms.ChoiceField(label=_("only"), choices=[("", ALL), (OVERDUE, _("overdue"))], required=False)
    covered_on = day(_("under contract on"), required=False)

    def __init__(self, *args: Any, at: datetime, communities: Sequence[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        known(self, "community", communities, ALL)
        stages: Any = self.fields["stage"]
        stages.choices = [("", ALL), *((key, _t(label)) for key, label in STAGE_CHOICES)]

    def question(self) -> Q:
        """What a valid form asks for."""
        told = self.cleaned_data
        words = ("name", "address", "provider")
        asked: Mapping[str, Any] = {
            "q": reduce(lambda one, name: one | Q(**{f"{name}__icontains": told["q"]}), words, Q()),
            "community": Q(community=told["community"]),
            "stage": Q(state=told["stage"]),
            "kind": Q(kind=told["kind"]),
            "only": is_overdue(self.at),
            "covered_on": Q(is_covered_on(told["covered_on"])) if told["covered_on"] else Q(),
        }
        shown = Q() if told["stage"] == STRUCK else ~Q(state=STRUCK)
        return reduce(and_, (question for name, question in asked.items() if told[name]), shown)

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in self.fields)


class AreaForm(PlaceForm):
    """A residential area."""

    name = PlainText(label=_("name"), max_length=LONGEST_NAME)
    kind = forms.ChoiceField(label=_("kind"), choices=ResidentialArea.Kind.choices)
    building_count = count(_("buildings"), MOST_BUILDINGS, 1)
    household_count = count(_("households"), MOST_HOUSEHOLDS, 1)
    floor_area_m2 = amount(_("floor area in m²"), LARGEST_M2, CENT)
    built_year = count(_("year of completion"), 2100, OLDEST, required=False)
    field_order = (
        "name", "community", "address", "kind", "building_count", "household_count", "floor_area_m2", "built_year",
        "provider", "fee", "from_on", "until_on",
    )  # fmt: skip

    def told(self) -> AreaTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        names = ("name", "kind", "building_count", "household_count", "floor_area_m2", "built_year")
        return AreaTold(place=self.place, contract=self.contract(), **{name: told[name] for name in names})

    def contract(self) -> ContractTold | None:
        """The contract that it has already; none on a form that asks for none."""
        return None


class NewAreaForm(AreaForm):
    """The same, with the contract of an area that is under property management already."""

    provider = PlainText(
        label=_("provider, where it is under contract already"), max_length=LONGEST_PROVIDER, required=False
    )
    fee = amount(_("fee per m² and month, in yuan"), MOST_FEE, required=False)
    from_on = day(_("contract from"), required=False)
    until_on = day(_("contract until"), required=False)

    def clean(self) -> dict[str, Any]:
        """A contract is given as a whole, or not at all."""
        told: dict[str, Any] = super().clean() or {}
        given = [name for name in CONTRACT if told.get(name) not in (None, "")]
        if given:
            for name in CONTRACT:
                if name not in given and name not in self.errors:
                    self.add_error(name, _("A contract has provider, fee, first and last day."))
        return told

    def contract(self) -> ContractTold | None:
        """The contract that it has already."""
        told = self.cleaned_data
        return ContractTold(*(told[name] for name in CONTRACT)) if told["provider"] else None


class RevisionForm(AreaForm):
    """The facts of an area, to correct them."""

    version = VersionField()


class StepForm(PortalForm):
    """What a step carries, by the table."""

    version = VersionField()

    def __init__(self, *args: Any, step: Step, area: ResidentialArea, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["version"].initial = area.version
        for name in step.carried:
            self.fields[name] = _field(name, step, area, on)
            self.fields[name].required = name in step.carries
        self.fields["photos"] = FilesField()

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes. Call it on a valid form."""
        return {name: self.cleaned_data[name] for name in self.step.carried}

    @property
    def contents(self) -> Iterator[bytes]:
        """The files, read one after the other."""
        return (file.read() for file in self.cleaned_data["photos"])


def _field(name: str, step: Step, area: ResidentialArea, on: date) -> forms.Field:
    until = _("contract until") if "fee" in step.carries else _("trial until")
    made: Mapping[str, forms.Field] = {
        "on": day(_("day of the step"), initial=on),
        "provider": PlainText(label=_("provider"), max_length=LONGEST_PROVIDER, initial=area.provider),
        "services": text_area(_("services"), help_text=_("For example: cleaning, a guard at the gate.")),
        "let_off_percent": amount(_("let-off in percent of the fee"), Decimal(WHOLE)),
        "subsidy": amount(_("subsidy in yuan"), MOST_SUBSIDY, initial=0),
        "until_on": day(until),
        "asked": count(_("households asked"), MOST_HOUSEHOLDS),
        "in_favour": count(_("in favour"), MOST_HOUSEHOLDS),
        "against": count(_("against"), MOST_HOUSEHOLDS),
        "fee": amount(_("fee per m² and month, in yuan"), MOST_FEE, initial=area.fee),
        "from_on": day(_("contract from"), initial=on),
        "score": count(_("score of 100"), WHOLE),
        "complaints": count(_("complaints since the last review"), MOST_HOUSEHOLDS, initial=0),
        "follow_up": text_area(_("to follow up")),
        "note": text_area(_("note")),
    }
    return made[name]


class AssessForm(PortalForm):
    """Points and evidence by criterion."""

    version = VersionField()
    standard = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)
    on = day(_("day of the step"))
    note = text_area(_("note"), required=False)

    def __init__(
        self, *args: Any, criteria: Standard, area: ResidentialArea, kept: Mapping[str, Any], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria.criteria
        first = {"version": area.version, "standard": criteria.number, "on": on}
        for name, value in first.items():
            self.fields[name].initial = value
        for one in self.criteria:
            label, before = criterion_name(one), kept.get(one.key, {})
            points = count(_("Points: %(name)s") % {"name": label}, FULL, initial=before.get("points"))
            evidence = _("Evidence: %(name)s") % {"name": label}
            self.fields[f"points_{one.key}"] = points
            self.fields[f"evidence_{one.key}"] = PlainText(
                label=evidence, max_length=LONGEST_EVIDENCE, required=False, initial=before.get("note", "")
            )
        self.fields["photos"] = FilesField()

    @property
    def rows(self) -> list[tuple[Criterion, str, Any, Any]]:
        """Each criterion with its name and its two fields."""
        return [
            (one, criterion_name(one), self[f"points_{one.key}"], self[f"evidence_{one.key}"]) for one in self.criteria
        ]

    def told(self) -> AssessmentTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        return AssessmentTold(
            told["on"],
            told["standard"],
            {one.key: told[f"points_{one.key}"] for one in self.criteria},
            {one.key: told[f"evidence_{one.key}"] for one in self.criteria},
            told["note"],
        )

    @property
    def contents(self) -> Iterator[bytes]:
        """The files, read one after the other."""
        return (file.read() for file in self.cleaned_data["photos"])


def criterion_name(criterion: Criterion) -> str:
    """The name of a criterion in the reader's language."""
    return in_language(criterion.name_zh, criterion.name_en)
