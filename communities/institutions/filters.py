"""What lists of institutions, visits and promises can be narrowed to."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.forms import check_readable
from communities.institutions.lifecycle import OPEN, STATE_CHOICES, VISIT_CHOICES
from communities.institutions.quarters import Quarter, quarter_of, read_quarter
from communities.institutions.querysets import due_in, expiring, is_late, kept_on_time, under_agreement, visited_in
from communities.models import Community, InstitutionKind

ALL = ("", _("all"))
YES_NO = [("yes", _("yes")), ("no", _("no"))]
QUARTERS_BACK = 6


def search_field(label: Any) -> forms.CharField:
    """Words that somebody looks for."""
    return forms.CharField(label=label, max_length=60, required=False, validators=[check_readable])


class QuarterField(forms.ChoiceField):
    """A quarter; gives None where nothing is chosen."""

    def __init__(self, empty: Any = "") -> None:
        super().__init__(label=_("quarter"), required=False)
        self.empty = empty  # how no choice is called, where there may be none

    def offer(self, today: date) -> None:
        """The quarter of a day, the next and the six before."""
        one = quarter_of(today).next
        found = [("", str(self.empty))] if self.empty else []
        for _number in range(QUARTERS_BACK + 2):
            found.append((str(one), gettext("%(year)s, quarter %(number)s") % {"year": one.year, "number": one.number}))
            one = one.previous
        self.choices = found

    def clean(self, value: Any) -> Quarter | None:
        """The quarter. Raises: ValidationError."""
        return read_quarter(super().clean(value))

    def valid_value(self, value: Any) -> bool:
        """Any quarter is one, also where it is not offered."""
        return read_quarter(str(value)) is not None


class Filter(forms.Form):
    """What a list can be narrowed to: the communities are those within reach; nothing chosen narrows nothing."""

    community = forms.ModelChoiceField(
        label=_("community"), queryset=Community.objects.none(), required=False, empty_label=_("all")
    )

    def __init__(self, *args: Any, communities: QuerySet[Community], at: datetime, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.on = at, on
        self.fields["community"].queryset = communities  # type: ignore[attr-defined]
        quarter = self.fields.get("quarter")
        if isinstance(quarter, QuarterField):
            quarter.offer(on)

    def answers(self) -> Mapping[str, Q]:
        """What each field that is filled in asks for."""
        raise NotImplementedError

    def question(self) -> Q:
        """What a valid form asks for."""
        told, answers = self.cleaned_data, self.answers()
        return reduce(and_, (answers[name] for name in answers if told.get(name)), Q())

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in self.fields)


class InstitutionFilter(Filter):
    """Which institutions are listed."""

    field_order = ("q",)
    NONE, IN_FORCE, EXPIRING = "none", "in_force", "expiring"
    q = search_field(_("name, code or address"))
    kind = forms.ChoiceField(label=_("kind"), choices=[ALL, *InstitutionKind.choices], required=False)
    agreement = forms.ChoiceField(
        label=_("agreement"),
        choices=[
            ALL,
            (IN_FORCE, _("agreement valid")),
            (EXPIRING, _("ends within 30 days")),
            (NONE, _("none in force")),
        ],
        required=False,
    )
    visited = forms.ChoiceField(label=_("visited"), choices=[ALL, *YES_NO], required=False)
    quarter = QuarterField(empty=_("this quarter"))
    is_active = forms.ChoiceField(label=_("active"), choices=[ALL, *YES_NO], required=False)

    def answers(self) -> Mapping[str, Q]:
        """What each field asks for; the quarter says in which one was visited or not."""
        told = self.cleaned_data
        words, quarter = told["q"], told["quarter"] or quarter_of(self.on)
        agreements = {
            self.IN_FORCE: under_agreement(self.on),
            self.EXPIRING: expiring(self.on),
            self.NONE: ~under_agreement(self.on),
        }
        named = Q(name__icontains=words) | Q(credit_code__istartswith=words) | Q(address__icontains=words)
        return {
            "q": named | Q(contact_name__icontains=words),
            "community": Q(community=told["community"]),
            "kind": Q(kind=told["kind"]),
            "agreement": agreements.get(told["agreement"], Q()),
            "visited": visited_in(quarter) if told["visited"] == "yes" else ~visited_in(quarter),
            "is_active": Q(is_active=told["is_active"] == "yes"),
        }


class VisitFilter(Filter):
    """Which visits are listed."""

    field_order = ("q",)
    q = search_field(_("institution"))
    state = forms.ChoiceField(label=_("state"), choices=[ALL, *VISIT_CHOICES], required=False)
    quarter = QuarterField(empty=_("all"))

    def answers(self) -> Mapping[str, Q]:
        """What each field asks for; a visit is of the quarter in which it was made, or is planned."""
        told = self.cleaned_data
        quarter = told["quarter"] or quarter_of(self.on)
        days = (quarter.first, quarter.last)
        return {
            "q": Q(institution__name__icontains=told["q"]),
            "community": Q(institution__community=told["community"]),
            "state": Q(state=told["state"]),
            "quarter": Q(made_on__range=days) | Q(made_on=None, planned_on__range=days),
        }


class PledgeFilter(Filter):
    """Which promises are listed; those of a quarter are the ones to be kept in it."""

    field_order = ("q",)
    q = search_field(_("institution or promise"))
    state = forms.ChoiceField(label=_("state"), choices=[ALL, *STATE_CHOICES], required=False)
    only = forms.ChoiceField(
        label=_("only"),
        choices=[ALL, ("open", _("to be kept")), ("late", _("overdue")), ("on_time", _("kept in time"))],
        required=False,
    )
    quarter = QuarterField(empty=_("all"))

    def answers(self) -> Mapping[str, Q]:
        """What each field asks for."""
        told = self.cleaned_data
        only = {"open": Q(state=OPEN), "late": is_late(self.at), "on_time": kept_on_time()}
        return {
            "q": Q(institution__name__icontains=told["q"]) | Q(text__icontains=told["q"]),
            "community": Q(institution__community=told["community"]),
            "state": Q(state=told["state"]),
            "only": only.get(told["only"], Q()),
            "quarter": due_in(told["quarter"] or quarter_of(self.on)),
        }


class QuarterForm(forms.Form):
    """A quarter to look at."""

    quarter = QuarterField()

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].offer(on)  # type: ignore[attr-defined]
