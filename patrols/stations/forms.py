"""Shape of what pages of stations take in; the rules stand in the actions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from cases.models import Category
from citymgmt.forms import PortalForm, TimeInput, errors_at_the_head
from communities.models import Community
from patrols.stations.actions import AnswerTold, ItemTold, StationTold
from patrols.stations.actions.checking import LONGEST_REASON
from patrols.stations.actions.checklists import LAST_POSITION, LONGEST_ITEM
from patrols.stations.actions.register import LONGEST
from patrols.stations.checklist import FAILED, NOT_APPLICABLE, OK, VALUE
from patrols.stations.models import ChecklistItem, StationKind
from patrols.stations.models.checks import LONGEST_NOTE
from patrols.stations.models.register import LONGEST_UNIT, WEEK, AnswerKind
from patrols.teams.models import Team

DAYS = [(day, WEEKDAYS[day - 1]) for day in WEEK]


class StationForm(PortalForm):
    """A station with what its board shows."""

    kind = forms.ChoiceField(label=_("kind"), choices=StationKind.choices)
    name_zh = forms.CharField(label=_("name"), max_length=LONGEST["name_zh"])
    name_en = forms.CharField(label=_("English name"), max_length=LONGEST["name_en"], required=False)
    community = forms.TypedChoiceField(label=_("community"), coerce=int)
    address = forms.CharField(label=_("address"), max_length=LONGEST["address"], required=False)
    unit = forms.CharField(label=_("responsible unit"), max_length=LONGEST["unit"])
    person = forms.CharField(label=_("responsible person"), max_length=LONGEST["person"])
    phone = forms.CharField(
        label=_("24-hour supervision phone"), max_length=30, widget=forms.TextInput(attrs={"type": "tel"})
    )
    opens = forms.TimeField(label=_("opens"), widget=TimeInput())
    closes = forms.TimeField(
        label=_("closes"), widget=TimeInput(), help_text=_("The same as the opening: open day and night.")
    )
    team = forms.TypedChoiceField(
        label=_("team that checks it"), coerce=int, help_text=_("Another team has the checks from the next day on.")
    )
    longitude = forms.DecimalField(
        label=_("longitude"), required=False, min_value=-180, max_value=180, max_digits=10, decimal_places=7
    )
    latitude = forms.DecimalField(
        label=_("latitude"), required=False, min_value=-90, max_value=90, max_digits=9, decimal_places=7
    )
    open_days = forms.TypedMultipleChoiceField(
        label=_("open on"), coerce=int, choices=DAYS, initial=list(WEEK), widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def __init__(self, *args: Any, communities: Sequence[Community], teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = [(one.pk, one.name) for one in communities]  # type: ignore[attr-defined]
        self.fields["team"].choices = [(one.pk, one.name) for one in teams]  # type: ignore[attr-defined]

    def told(self) -> StationTold:
        """What was written, as the action takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "request_key"}
        return StationTold(**{**given, "open_days": tuple(given["open_days"])})


class ItemForm(PortalForm):
    """An item of a checklist."""

    name_zh = forms.CharField(label=_("what is looked at"), max_length=LONGEST_ITEM)
    name_en = forms.CharField(label=_("in English"), max_length=LONGEST_ITEM, required=False)
    position = forms.IntegerField(label=_("place in the order"), min_value=0, max_value=LAST_POSITION)
    answer = forms.ChoiceField(label=_("how it is answered"), choices=AnswerKind.choices)
    unit = forms.CharField(
        label=_("unit"), max_length=LONGEST_UNIT, required=False, help_text=_("Of a measured value, for example mg/L.")
    )
    lowest = forms.FloatField(label=_("lowest value allowed"), required=False)
    highest = forms.FloatField(label=_("highest value allowed"), required=False)
    category = forms.TypedChoiceField(
        label=_("category of a case"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("A failed item leads to a case of this category."),
    )
    needs_photo = forms.BooleanField(label=_("photo when it failed"), required=False)
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def __init__(self, *args: Any, categories: Sequence[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("none yet")), *((one.pk, one.name) for one in categories)]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]

    def told(self) -> ItemTold:
        """What was written, as the action takes it."""
        return ItemTold(**{name: value for name, value in self.cleaned_data.items() if name != "request_key"})


class ExcuseForm(PortalForm):
    """Why a check was not made."""

    reason = forms.CharField(
        label=_("reason"), max_length=LONGEST_REASON, help_text=_("For example: closed for repairs.")
    )


@dataclass(frozen=True)
class Row:
    """An item with its fields, for the template; `result` or `value` with `na`."""

    item: ChecklistItem
    result: Any
    value: Any
    na: Any
    note: Any
    photo: Any

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong in it."""
        return any(one.errors for one in (self.result, self.value, self.note, self.photo) if one is not None)


class CheckForm(PortalForm):
    """All items of a checklist on one page, in their order."""

    def __init__(self, *args: Any, items: Sequence[ChecklistItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            for name, field in _fields_of(item).items():
                self.fields[f"{name}_{item.pk}"] = field

    @classmethod
    def in_order(cls, items: Sequence[ChecklistItem], given: Mapping[str, Any]) -> "CheckForm":
        """The form as it was filled in so far, with "in order" wherever nothing was answered; a measured value is never
        answered for somebody.
        """
        form = cls(items=items)
        form.initial = {name: given[name] for name in form.fields if given.get(name) and name != "request_key"}
        form.initial = {**{name: OK for name in form.fields if name.startswith("result_")}, **form.initial}
        return form

    @property
    def head_errors(self) -> list[str]:
        """What is wrong with the form as a whole."""
        return errors_at_the_head(self)

    def rows(self) -> Iterator[Row]:
        """The items with their fields."""
        for item in self.items:
            fields = {name: self[f"{name}_{item.pk}"] for name in _fields_of(item)}
            yield Row(item, **{name: fields.get(name) for name in ("result", "value", "na", "note", "photo")})

    def told(self) -> list[AnswerTold]:
        """What was answered, as the action takes it."""
        return [self._answer(item) for item in self.items]

    def _answer(self, item: ChecklistItem) -> AnswerTold:
        given = {
            name: self.cleaned_data.get(f"{name}_{item.pk}") for name in ("result", "value", "na", "note", "photo")
        }
        photo = given["photo"]
        return AnswerTold(
            item.pk,
            result=given["result"] or (NOT_APPLICABLE if given["na"] else ""),
            value=given["value"],
            note=given["note"] or "",
            photo=photo.read() if photo else None,
        )


def _fields_of(item: ChecklistItem) -> dict[str, forms.Field]:
    answer: dict[str, forms.Field] = (
        {
            "value": forms.FloatField(label=_("measured value"), required=False),
            "na": forms.BooleanField(label=_("not applicable"), required=False),
        }
        if item.answer == VALUE
        else {"result": _result_field(item)}
    )
    return {
        **answer,
        "note": forms.CharField(label=_("what is wrong"), max_length=LONGEST_NOTE, required=False),
        "photo": forms.FileField(label=_("photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})),
    }


def _result_field(item: ChecklistItem) -> forms.Field:
    choices = [(OK, _("in order")), (FAILED, _("not in order")), (NOT_APPLICABLE, _("not applicable"))]
    return forms.ChoiceField(label=item.name, choices=choices, required=False, widget=forms.RadioSelect)
