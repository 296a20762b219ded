"""Shape of what the list pages take in: the filter bar over `cases.filters`, and the bulk dispatch.

The choices of all filters come from four queries and are checked in memory, so that a page costs the same
whatever is filtered.
"""

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any

import django_filters as df
from django import forms
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import queues
from cases.filters import (
    LADDER,
    STATES,
    CaseFilter,
    StableOrdering,
    communities_named,
    departments_named,
    officers_named,
    teams_named,
)
from cases.forms.fields import PlainText
from cases.models import Case, Category, Disorder
from citymgmt.forms import PortalForm
from citymgmt.people.models import Organisation

Choices = list[tuple[Any, Any]]
MOST_IN_BULK = 100
ORDERINGS = ("due_at", "created_at", "number", "state")


class FirstOfMany(forms.Select):
    """A plain select for a filter that may hold several values: all of them filter, the first is shown."""

    def value_from_datadict(self, data: Any, files: MultiValueDict, name: str) -> list[str]:
        """The given values without the empty choice."""
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        return [value for value in given if value]


class OneOf(df.ChoiceFilter):
    """A choice whose empty answer means all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(empty_label=gettext_lazy("all"), **options)


class CaseListFilter(CaseFilter):
    """The filters of the page of all cases: those of the API, and a queue that a figure or chip leads to."""

    q = df.CharFilter(label=gettext_lazy("search"), method="filter_words", max_length=100)
    state = df.MultipleChoiceFilter(
        label=gettext_lazy("state"), choices=[("", gettext_lazy("all")), *STATES], widget=FirstOfMany
    )
    disorder = OneOf(label=gettext_lazy("disorder"), field_name="category__disorder__key")
    category = OneOf(label=gettext_lazy("category"), field_name="category__pk")
    community = OneOf(label=gettext_lazy("community"), field_name="community__code")
    officer = OneOf(label=gettext_lazy("officer"), field_name="officer__username")
    team = OneOf(label=gettext_lazy("team"), field_name="team__key")
    department = OneOf(label=gettext_lazy("department for escalation"), field_name="department__key")
    source = OneOf(label=gettext_lazy("source"), choices=Case.Source.choices)
    ladder = OneOf(label=gettext_lazy("ladder"), field_name="ladder_code", choices=LADDER)
    overdue = df.ChoiceFilter(choices=[("true", ""), ("false", "")], method="filter_overdue", widget=forms.HiddenInput)
    filters: dict[str, Any]
    queue = df.ChoiceFilter(
        choices=[(key, queue.label) for key, queue in queues.QUEUES.items()],
        method="filter_queue",
        widget=forms.HiddenInput,
    )
    ordering = StableOrdering(fields=[(name, name) for name in ORDERINGS], widget=forms.HiddenInput)

    def __init__(self, data: Any, queryset: QuerySet[Case], *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        words = self.filters.pop("q")
        self.filters = {"q": words, **self.filters}  # the search stays in view on the phone
        for name, choices in _choices(request).items():
            self.filters[name].extra["choices"] = choices

    def filter_queue(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """The cases of a queue at the request's moment."""
        return queues.in_queue(queryset, value, self.request.at)


def _choices(request: Any) -> Mapping[str, Choices]:
    """The choices of the filters that come from the database, in four queries."""
    categories = list(Category.objects.select_related("disorder"))
    disorders = {category.disorder.key: category.disorder.name for category in categories}
    grouped = groupby(categories, key=lambda category: category.disorder.name)
    bodies = departments_named(request) | teams_named(request)
    teams, departments = _bodies(list(bodies))
    return {
        "disorder": list(disorders.items()),
        "category": [(name, [(str(one.pk), one.name) for one in group]) for name, group in grouped],
        "community": [(one.code, one.name) for one in communities_named(request)],
        "officer": [(one.username, str(one)) for one in officers_named(request)],
        "team": teams,
        "department": departments,
    }


def _bodies(bodies: list[Organisation]) -> tuple[Choices, Choices]:
    """Teams and departments as choices."""
    teams = [(body.key, body.name) for body in bodies if body.subdistrict_id]
    return teams, [(body.key, body.name) for body in bodies if not body.subdistrict_id]


class CasesField(forms.Field):
    """Chosen cases as `number@version`, at most a hundred."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": gettext_lazy("Choose at least one case."),
        "invalid": gettext_lazy("The choice was damaged. Load the page again."),
    }

    def to_python(self, value: Any) -> list[tuple[str, int]]:
        """Numbers with the versions that the person saw, in the order of the numbers. Raises: ValidationError."""
        chosen = dict.fromkeys(value or [])
        if len(chosen) > MOST_IN_BULK:
            raise forms.ValidationError(_("At most %(count)s cases at a time.") % {"count": MOST_IN_BULK})
        found = [re.fullmatch(r"([0-9-]{1,30})@([0-9]{1,9})", text, re.ASCII) for text in chosen]
        if not all(found):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return sorted((match[1], int(match[2])) for match in found if match)


class BulkDispatchForm(PortalForm):
    """Several cases to be dispatched, each to the acting officer of its community."""

    case = CasesField()


class CatalogueFilter(forms.Form):
    """The filters of the standards catalogue."""

    q = PlainText(label=gettext_lazy("words, pinyin initials or code"), max_length=100, required=False)
    disorder = forms.ChoiceField(label=gettext_lazy("disorder"), required=False)

    def __init__(self, given: Any) -> None:
        super().__init__(given)
        disorders = [(one.key, one.name) for one in Disorder.objects.all()]
        self.fields["disorder"].choices = [("", _("all")), *disorders]  # type: ignore[attr-defined]
