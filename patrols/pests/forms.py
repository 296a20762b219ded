"""Shape of what pages of pest control take in; the rules stand in the actions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import LongText
from citymgmt.fields import KnownChoice, PlainText, known
from citymgmt.forms import DateInput, PortalForm
from citymgmt.people.models import User
from communities.models import Community
from patrols.pests.actions import LimitTold, OperationTold, SiteTold, SurveyTold
from patrols.pests.indices import Method
from patrols.pests.limits import Limit
from patrols.pests.models import (
    LONGEST_CODE,
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_AREA_M2,
    MOST_COUNTED,
    MOST_MINUTES,
    MOST_SAMPLED,
    PEST_CHOICES,
    QUANTITY_DECIMALS,
    QUANTITY_DIGITS,
    BreedingSite,
    DensitySurvey,
    PestOperation,
)


def _line(label: Any, most: int = LONGEST_LINE, *, required: bool = True, hint: Any = "") -> PlainText:
    return PlainText(label=label, max_length=most, required=required, help_text=hint)


def _text(label: Any, *, required: bool = False) -> LongText:
    return LongText(label=label, max_length=LONGEST_TEXT, required=required, rows=3)


def _whole(label: Any, most: int, *, fewest: int = 0, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=fewest, max_value=most, required=required)


def _day() -> forms.DateField:
    return forms.DateField(label=_("day"), widget=DateInput())


class LookForm(forms.Form):
    """Which community a page is narrowed to; the month goes with it."""

    community = forms.ChoiceField(label=_("community"), required=False)
    month = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offered: Sequence[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("all communities")), *((one.code, one.name) for one in offered)]
        self.fields["community"].choices = choices  # type: ignore[attr-defined]


class InCommunityForm(PortalForm):
    """A form that says in which community something was."""

    community = KnownChoice(label=_("community"))

    def __init__(self, *args: Any, offered: Sequence[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known(self, "community", offered, _("Choose a community"))

    def typed(self) -> dict[str, Any]:
        """What was written, the community as its id, without the key of the request."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "request_key"}
        return {**typed, "community": typed["community"].pk}


class OperationForm(InCommunityForm):
    """An operation, in the order of the paper form."""

    on = _day()
    place_kind = forms.ChoiceField(label=_("kind of place"), choices=PestOperation.PlaceKind.choices)
    place = _line(_("place"))
    pest = forms.ChoiceField(label=_("pest"), choices=PEST_CHOICES)
    method = forms.ChoiceField(label=_("method"), choices=PestOperation.Method.choices)
    product = _line(_("product"), hint=_("For traps and removal: the tool."))
    ingredient = _line(_("main ingredient"), required=False)
    batch = _line(_("batch number"), LONGEST_CODE, required=False)
    registration = _line(_("pesticide registration number"), LONGEST_CODE, required=False)
    ratio = _line(_("mixing ratio"), LONGEST_CODE, required=False, hint=_("For example 1:100."))
    quantity = forms.DecimalField(
        label=_("quantity"), min_value=0, max_digits=QUANTITY_DIGITS, decimal_places=QUANTITY_DECIMALS
    )
    unit = forms.ChoiceField(label=_("unit"), choices=PestOperation.Unit.choices)
    area_m2 = _whole(_("area in m²"), MOST_AREA_M2, fewest=1, required=False)
    points = _whole(_("number of points"), MOST_SAMPLED, fewest=1, required=False)
    weather = forms.ChoiceField(label=_("weather"), choices=PestOperation.Weather.choices)
    is_notice_posted = forms.BooleanField(label=_("safety notice posted"), required=False)
    people = forms.TypedMultipleChoiceField(label=_("persons"), coerce=int, widget=forms.CheckboxSelectMultiple)
    before = _text(_("situation before"))
    after = _text(_("effect afterwards"))

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(one.pk, str(one)) for one in people]  # type: ignore[attr-defined]

    def told(self) -> OperationTold:
        """What was written, as the action takes it."""
        typed = self.typed()
        return OperationTold(**{**typed, "people": tuple(typed["people"])})


class SurveyForm(InCommunityForm):
    """A survey; it asks for the numbers of its method alone."""

    on = _day()
    place = _line(_("place"))
    sampled = _whole("", MOST_SAMPLED, fewest=1)
    minutes = _whole("", MOST_MINUTES, fewest=1)
    positive = _whole("", MOST_SAMPLED)
    counted = _whole("", MOST_COUNTED)

    def __init__(self, *args: Any, method: Method, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.method = method
        for name in ("sampled", "minutes", "positive", "counted"):
            words = getattr(method, name)
            if words:
                self.fields[name].label = gettext(words)
            else:
                del self.fields[name]

    def told(self) -> SurveyTold:
        """What was written, as the action takes it."""
        return SurveyTold(method=self.method.code, **self.typed())


class SiteForm(InCommunityForm):
    """A breeding site that was found."""

    on = _day()
    kind = forms.ChoiceField(label=_("kind"), choices=BreedingSite.Kind.choices)
    pest = forms.ChoiceField(label=_("pest"), choices=PEST_CHOICES)
    place = _line(_("place"))
    note = _text(_("note"))

    def told(self) -> SiteTold:
        """What was written, as the action takes it."""
        return SiteTold(**self.typed())


class StepForm(PortalForm):
    """A step of a breeding site: when, and what was done or found."""

    on = _day()
    done = _text(_("what was done"), required=True)


class AgainForm(PortalForm):
    """That something breeds at a closed site again."""

    on = _day()
    note = _text(_("what was found"), required=True)


class LimitForm(PortalForm):
    """The limit of an index at a level."""

    most = forms.DecimalField(
        label=_("at most"),
        min_value=0,
        max_value=10_000,
        max_digits=8,
        decimal_places=3,
        required=False,
        help_text=_("Left empty: no limit is known."),
    )
    is_below = forms.BooleanField(label=_("must stay below"), required=False)
    standard = _line(_("standard"), required=False, hint=_("Number of the standard or rule, with its year."))
    source = _text(_("source"))

    def told(self, index: str, level: str) -> LimitTold:
        """What was written, as the action takes it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "request_key"}
        return LimitTold(index, level, **typed)


OPERATION_FIELDS = (
    "on", "place_kind", "place", "pest", "method", "product", "ingredient", "batch", "registration", "ratio",
    "quantity", "unit", "area_m2", "points", "weather", "is_notice_posted", "before", "after",
)  # fmt: skip


def operation_as_typed(row: PestOperation, people: Sequence[int]) -> Mapping[str, Any]:
    """The fields of the form for an operation."""
    return {**{name: getattr(row, name) for name in OPERATION_FIELDS}, "community": row.community_id, "people": people}


def survey_as_typed(row: DensitySurvey) -> Mapping[str, Any]:
    """The fields of the form for a survey."""
    names = ("on", "place", "sampled", "minutes", "positive", "counted")
    return {**{name: getattr(row, name) for name in names}, "community": row.community_id}


def limit_as_typed(limit: Limit) -> dict[str, Any]:
    """The fields of the form for a limit; what the portal says of its own sources is in the reader's language."""
    read = {"standard": limit.standard, "source": limit.source} if limit.most is not None else {}
    words = {name: gettext(told) if told else "" for name, told in read.items()}
    return {"most": limit.most, "is_below": limit.is_below, **words}
