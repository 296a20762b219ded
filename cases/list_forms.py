"""Shape of what the list pages take in: the filter bar over `cases.filters`, and the bulk dispatch.

The choices of all filters are kept in memory and checked there, so that a page costs the same whatever is filtered.
The same filters are asked for again and again: the form is kept as well, checked, with its bar as HTML.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import django_filters as df
from django import forms
from django.db.models import QuerySet, Value
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cases import queues
from cases.actions.bulk import IN_BULK, MOST_IN_BULK
from cases.columns import ALWAYS, COLUMNS
from cases.filters import (
    LADDER,
    STATES,
    WORK,
    CaseFilter,
    Reach,
    StableOrdering,
    campaigns_within,
    communities_within,
    departments_within,
    key_places_within,
    officers_within,
    reach_of,
    teams_within,
)
from cases.models import Case, Category, Disorder
from citymgmt.fields import PlainText
from citymgmt.forms import KeptChoices, LongSelect, PortalForm
from citymgmt.people.kept import Kept
from citymgmt.people.models import Organisation, SubDistrict, User, in_language
from citymgmt.people.permissions import allows
from communities.models import Community, KeyPlace, Project

Choices = Iterable[tuple[Any, Any]]
ORDERINGS = ("due_at", "created_at", "number", "state")
NOT_KEPT = ("page", "cursor", "columns", "view", "format")
NO_FILTER = (*NOT_KEPT, "ordering", "queue")
MOST_FORMS = 64  # different questions kept in a process


class FirstOfMany(LongSelect):
    """A plain select for a filter that may hold several values: all of them filter, the first is shown."""

    def value_from_datadict(self, data: Any, files: MultiValueDict, name: str) -> list[str]:
        """The given values without the empty choice."""
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        return [value for value in given if value]


class AnyOf(df.MultipleChoiceFilter):
    """A choice of several values of `_kept_choices`."""

    field_class = forms.MultipleChoiceField

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=FirstOfMany, distinct=False, choices=[], **options)


class OneOf(df.Filter):
    """A choice of `_kept_choices` whose empty answer means all."""

    field_class = forms.ChoiceField

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=LongSelect, choices=[], **options)


class ListForm(forms.Form):
    """The filters of the list as somebody asked for them."""

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for but an order or a queue."""
        return any(value for name, value in self.data.items() if name not in NO_FILTER)

    @cached_property
    def bar(self) -> str:
        """The filter bar as HTML in the reader's language, which is that in which the form was kept."""
        return render_to_string(
            "components/filter_bar.html", {"form": self, "is_filtered": self.is_filtered, "target": "#results"}
        )


class CaseListFilter(CaseFilter):
    """The filters of the page of all cases: those of the API, and a queue that a figure or chip leads to."""

    q = df.CharFilter(label=gettext_lazy("search"), method="filter_words", max_length=100)
    state = AnyOf(label=gettext_lazy("state"))
    disorder = OneOf(label=gettext_lazy("disorder"), field_name="category__disorder__key")
    category = OneOf(label=gettext_lazy("category"), field_name="category__pk")
    community = OneOf(label=gettext_lazy("community"), field_name="community__code")
    key_place = OneOf(label=gettext_lazy("key place"), field_name="key_place")
    is_campaign = OneOf(label=gettext_lazy("kind of work"), method="filter_work")
    campaign = OneOf(label=gettext_lazy("campaign"), field_name="campaign")
    officer = OneOf(label=gettext_lazy("officer"), field_name="officer__username")
    team = OneOf(label=gettext_lazy("team"), field_name="team__key")
    department = OneOf(label=gettext_lazy("department for escalation"), field_name="department__key")
    source = OneOf(label=gettext_lazy("source"))
    ladder = OneOf(label=gettext_lazy("ladder"), field_name="ladder_code")
    overdue = df.ChoiceFilter(choices=[("true", ""), ("false", "")], method="filter_overdue", widget=forms.HiddenInput)
    filters: dict[str, Any]
    queue = df.ChoiceFilter(
        choices=[(key, queue.label) for key, queue in queues.QUEUES.items()],
        method="filter_queue",
        widget=forms.HiddenInput,
    )
    ordering = StableOrdering(fields=[(name, name) for name in ORDERINGS], widget=forms.HiddenInput)

    class Meta(CaseFilter.Meta):
        form = ListForm

    def __init__(self, data: Any, queryset: QuerySet[Case], *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        words = self.filters.pop("q")
        self.filters = {"q": words, **self.filters}  # the search stays in view on the phone

    @property
    def form(self) -> ListForm:
        """The form, checked; shared by all who ask the same, so that nobody changes it."""
        asked = tuple((name, tuple(values)) for name, values in self.data.lists() if name != "cursor")
        return _kept_forms(reach_of(self.request), get_language(), asked)

    def form_with(self, choices: Mapping[str, Choices]) -> ListForm:
        """The form with these choices of its filters, checked."""
        for name, these in choices.items():
            self.filters[name].extra["choices"] = these
        form: ListForm = self.get_form_class()(self.data)
        form.is_valid()
        return form

    def filter_queue(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """The cases of a queue at the request's moment."""
        return queues.in_queue(queryset, value, self.request.at)


def _read_choices(reach: Reach, language: str) -> Mapping[str, Choices]:
    """The choices of all filters in the present language, which must be this one: read in five queries."""
    officers = officers_within(reach).values_list("username", "display_name")
    found = {
        **_kinds(),
        "key_place": _key_places(reach),
        "campaign": [(str(pk), name) for pk, name in campaigns_within(reach).values_list("pk", "name")],
        "officer": [(username, name or username) for username, name in officers],
        **_places_and_bodies(reach),
    }
    found |= {"state": STATES, "source": Case.Source.choices, "ladder": LADDER, "is_campaign": WORK}
    return {name: KeptChoices([("", _("all")), *choices]) for name, choices in found.items()}


def _kinds() -> dict[str, list[tuple[Any, Any]]]:
    """Disorders, and categories under the names of their disorders."""
    disorders, categories = {}, defaultdict(list)
    named = ("name_zh", "name_en", "disorder__key", "disorder__name_zh", "disorder__name_en")
    for pk, name_zh, name_en, key, *names in Category.objects.values_list("pk", *named):
        disorders[key] = in_language(*names)
        categories[disorders[key]].append((str(pk), in_language(name_zh, name_en)))
    return {"disorder": list(disorders.items()), "category": list(categories.items())}


def _key_places(reach: Reach) -> list[tuple[Any, Any]]:
    """Key places under the names of their communities."""
    found = defaultdict(list)
    named = ("name_zh", "name_en", "community__name_zh", "community__name_en")
    rows = key_places_within(reach).order_by("community__code", "name_zh", "pk")
    for pk, name_zh, name_en, *names in rows.values_list("pk", *named):
        found[in_language(*names)].append((str(pk), in_language(name_zh, name_en)))
    return list(found.items())


def _places_and_bodies(reach: Reach) -> dict[str, list[tuple[Any, Any]]]:
    """Communities, teams and departments as choices, by code, in one query."""
    found: dict[str, list[tuple[Any, Any]]] = {"community": [], "team": [], "department": []}
    named = ("name_zh", "name_en")
    rows = communities_within(reach).order_by().values_list(Value("community"), "code", *named)
    rows = rows.union(
        teams_within(reach).order_by().values_list(Value("team"), "key", *named),
        departments_within(reach).order_by().values_list(Value("department"), "key", *named),
    )
    for kind, code, name_zh, name_en in sorted(rows):
        found[kind].append((code, in_language(name_zh, name_en)))
    return found


SHOWN = (Category, Disorder, Community, KeyPlace, Project, SubDistrict, Organisation, User)
_kept_choices = Kept(_read_choices, *SHOWN)


def _read_form(reach: Reach, language: str, asked: Iterable[tuple[str, tuple[str, ...]]]) -> ListForm:
    """The form for a query without its cursor, in the present language, which must be this one."""
    query = QueryDict(mutable=True)
    for name, values in asked:
        query.setlist(name, list(values))
    drawn = CaseListFilter(query, Case.objects.none(), request=None)
    return drawn.form_with(_kept_choices(reach, language))


_kept_forms = Kept(_read_form, *SHOWN, most=MOST_FORMS)


class CasesField(forms.Field):
    """Chosen cases as `number@version`, at most two hundred."""

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


class BulkForm(PortalForm):
    """Several cases to be dispatched, each to the acting officer of its community, or to be urged."""

    action = forms.ChoiceField(choices=[(name, "") for name in IN_BULK], widget=forms.HiddenInput)
    case = CasesField()


def list_query(text: str) -> str:
    """The query string of a list without its page. Raises: ValidationError when it is none."""
    try:
        pairs = parse_qsl(text, keep_blank_values=False, strict_parsing=bool(text), errors="strict", max_num_fields=40)
    except ValueError as error:
        raise forms.ValidationError(_("The filters cannot be read. Load the page again.")) from error
    known = {*CaseListFilter.base_filters}
    if any(name not in known | {*NOT_KEPT} for name, _value in pairs):
        raise forms.ValidationError(_("The filters cannot be read. Load the page again."))
    kept = QueryDict(mutable=True)
    for name, value in pairs:
        if name in known:
            kept.appendlist(name, value)
    return kept.urlencode()


class QueryField(PlainText):
    """A query string of the list, without its page."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        """The query string. Raises: ValidationError."""
        return list_query(super().clean(value))


class ColumnsForm(PortalForm):
    """The columns of the list, and the list to which one goes back."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        choices=[(column.key, column.label) for column in COLUMNS.values() if column.key != ALWAYS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    query = QueryField(max_length=2000, required=False)


class SaveViewForm(PortalForm):
    """A name for the filters, the order and the columns of the list as they are."""

    name = PlainText(label=gettext_lazy("Name of the view"), max_length=40)
    is_shared = forms.BooleanField(label=gettext_lazy("Share it with the office"), required=False)
    query = QueryField(max_length=2000, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not allows(user, "view.share"):
            del self.fields["is_shared"]


class CatalogueFilter(forms.Form):
    """The filters of the standards catalogue."""

    q = PlainText(label=gettext_lazy("words, pinyin initials or code"), max_length=100, required=False)
    disorder = forms.ChoiceField(label=gettext_lazy("disorder"), required=False)

    def __init__(self, given: Any) -> None:
        super().__init__(given)
        disorders = [(one.key, one.name) for one in Disorder.objects.all()]
        self.fields["disorder"].choices = [("", _("all")), *disorders]  # type: ignore[attr-defined]
