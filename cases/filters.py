"""What people may ask of lists of cases and escalations: one FilterSet each, shared by the pages and the API.

Use: `CaseFilter(request.GET, queryset, request=request)`; the request must carry `user`, `at` and `on`.
Unknown values are errors of the form, never silently no filter.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import django_filters as df
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from cases import querysets, workflow
from cases.models import Case, CaseStandard, Category, Disorder, Escalation
from cases.search import search
from citymgmt.fields import FIRST_YEAR, LAST_YEAR, DayField
from citymgmt.forms import DateInput
from citymgmt.people.models import Organisation, User
from citymgmt.people.roles import Role
from communities.models import Community, KeyPlace, Project
from communities.projects.kinds import MARKING

WORK = [("false", _("routine work")), ("true", _("campaign work"))]
YES_NO = [("true", _("yes")), ("false", _("no"))]
LADDER = [
    ("R0", _("warning")),
    ("L1", _("urged")),
    ("L2", _("escalated to the district")),
    ("L3", _("department supervised")),
    ("L4", _("reported to the district government")),
]
STATES = [(code, lazy(gettext, str)(label)) for code, label in workflow.STATE_CHOICES]


def parse_moment(text: str) -> datetime:
    """A moment written in ISO 8601 with its offset, in the years 2000 to 2100. Raises: ValueError."""
    repaired = re.sub(r" (\d\d:?\d\d)\Z", r"+\1", text)  # a plus that the query string turned into a space
    moment = parse_datetime(repaired) if repaired.isascii() and len(repaired) <= 40 else None
    if moment is None or moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("a moment has an offset and lies in the years 2000 to 2100")
    return moment


class MomentField(forms.Field):
    """A day (YYYY-MM-DD, local) or a moment with offset; as the first or, for `is_end`, the end of what is meant."""

    def __init__(self, *args: Any, is_end: bool = False, **kwargs: Any) -> None:
        self.is_end = is_end
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """The moment; a day means its first moment or, as an end, that of the day after."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return self._day(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else parse_moment(text)
        except ValueError as error:
            raise forms.ValidationError(_("A day (2026-03-31) or a moment with offset, from 2000 to 2100.")) from error

    def _day(self, text: str) -> datetime:
        day = parse_date(text)
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(text)
        first = datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
        return first + timedelta(days=1) if self.is_end else first


@extend_schema_field(OpenApiTypes.STR)
class MomentFilter(df.Filter):
    """Before or after a day or a moment."""

    field_class = MomentField


class DayFilter(df.Filter):
    """What holds on a day."""

    field_class = DayField


class CategoryField(df.fields.ModelChoiceField):
    """A category by its id or its code of 2026 or 2013."""

    def to_python(self, value: Any) -> Any:
        """The category. Raises: ValidationError."""
        text = str(getattr(value, "pk", value) or "").strip()
        if not text:
            return None
        found = category_of(self.queryset, text)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found


def category_of(queryset: QuerySet[Category], text: str) -> Category | None:
    """The category with this code of 2026, else the only one with this code of 2013, else with this id."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        return None
    for query in (Q(code_2026=text), Q(code_2013=text), Q(pk=int(text))):
        found = list(queryset.filter(query)[:2])
        if len(found) == 1:
            return found[0]
    return None


@extend_schema_field(OpenApiTypes.STR)
class CategoryFilter(df.ModelChoiceFilter):
    """Cases of a category."""

    field_class = CategoryField


class Reach(NamedTuple):
    """By which communities, people and bodies a person may filter: those of the sub-district, else of the district."""

    subdistrict_id: int | None
    district_code: str


def reach_of(request: Any) -> Reach:
    """The reach of who asks."""
    return Reach(request.user.subdistrict_id, request.user.district_code)


def communities_within(reach: Reach) -> QuerySet[Community]:
    """The communities of the sub-district, or of a liaison's district."""
    if reach.subdistrict_id:
        return Community.objects.filter(subdistrict_id=reach.subdistrict_id)
    return Community.objects.filter(subdistrict__district_code=reach.district_code).exclude(
        subdistrict__district_code=""
    )


def key_places_within(reach: Reach) -> QuerySet[KeyPlace]:
    """The key places of these communities."""
    return KeyPlace.objects.filter(community__in=communities_within(reach))


def campaigns_within(reach: Reach) -> QuerySet[Project]:
    """The campaigns of the sub-district that were started, the newest first; none for a liaison."""
    rows = Project.objects.filter(kind__in=MARKING, started_on__isnull=False).order_by("-started_on", "-pk")
    return rows.filter(subdistrict=reach.subdistrict_id) if reach.subdistrict_id else rows.none()


def officers_within(reach: Reach) -> QuerySet[User]:
    """The officers of the sub-district, or of a liaison's district."""
    officers = User.objects.filter(role=Role.OFFICER).order_by("display_name", "username")
    if reach.subdistrict_id:
        return officers.filter(subdistrict_id=reach.subdistrict_id)
    return officers.filter(subdistrict__district_code=reach.district_code)


def departments_within(reach: Reach) -> QuerySet[Organisation]:
    """The bodies of the district."""
    return Organisation.objects.filter(subdistrict=None, district_code=reach.district_code)


def teams_within(reach: Reach) -> QuerySet[Organisation]:
    """The teams of the sub-district; none for a liaison."""
    teams = Organisation.objects.exclude(kind=Organisation.Kind.OFFICE)
    return teams.filter(subdistrict_id=reach.subdistrict_id) if reach.subdistrict_id else teams.none()


def _asker(within: Callable[[Reach], QuerySet[Any]]) -> Callable[[Any], QuerySet[Any]]:
    """The same question for the reach of who asks, as django-filter puts it."""
    return lambda request: within(reach_of(request))


class StableOrdering(df.OrderingFilter):
    """Sorting by an allow-list, empty values last, ties broken by the newest, so that pages never overlap."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The sorted rows."""
        if not value:
            return qs
        return qs.order_by(*(self._term(self.get_ordering_value(choice)) for choice in value), "-id")

    def _term(self, name: str) -> Any:
        return F(name[1:]).desc(nulls_last=True) if name.startswith("-") else F(name).asc(nulls_last=True)


class CaseFilter(df.FilterSet):
    """The filters of lists of cases; they combine."""

    state = df.MultipleChoiceFilter(label=_("state"), choices=STATES, distinct=False)
    disorder = df.ModelChoiceFilter(
        label=_("disorder"),
        field_name="category__disorder",
        queryset=Disorder.objects.all(),
        to_field_name="key",
    )
    category = CategoryFilter(label=_("category"), queryset=Category.objects.select_related("disorder"))
    community = df.ModelChoiceFilter(label=_("community"), queryset=_asker(communities_within), to_field_name="code")
    key_place = df.ModelChoiceFilter(label=_("key place"), queryset=_asker(key_places_within))
    officer = df.ModelChoiceFilter(label=_("officer"), queryset=_asker(officers_within), to_field_name="username")
    team = df.ModelChoiceFilter(label=_("team"), queryset=_asker(teams_within), to_field_name="key")
    department = df.ModelChoiceFilter(
        label=_("department for escalation"), queryset=_asker(departments_within), to_field_name="key"
    )
    overdue = df.ChoiceFilter(label=_("overdue"), choices=YES_NO, method="filter_overdue")
    source = df.ChoiceFilter(label=_("source"), choices=Case.Source.choices)
    ladder = df.ChoiceFilter(label=_("ladder"), field_name="ladder_code", choices=LADDER)
    is_campaign = df.ChoiceFilter(label=_("kind of work"), choices=WORK, method="filter_work")
    campaign = df.ModelChoiceFilter(label=_("campaign"), queryset=_asker(campaigns_within))
    created_after = MomentFilter(label=_("reported from"), field_name="created_at", lookup_expr="gte", widget=DateInput)
    created_before = MomentFilter(
        label=_("reported until"), field_name="created_at", lookup_expr="lt", widget=DateInput, is_end=True
    )
    q = df.CharFilter(label=_("words"), method="filter_words", max_length=100)
    ordering = StableOrdering(
        label=_("order"),
        fields=[
            ("due_at", "due_at"),
            ("created_at", "created_at"),
            ("filed_at", "filed_at"),
            ("closed_at", "closed_at"),
            ("number", "number"),
            ("state", "state"),
            ("community__code", "community"),
            ("category__disorder__sort_order", "disorder"),
        ],
        field_labels={
            "due_at": _("due"),
            "created_at": _("reported at"),
            "filed_at": _("filed at"),
            "closed_at": _("ended at"),
            "number": _("case number"),
            "state": _("state"),
            "community": _("community"),
            "disorder": _("disorder"),
        },
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def filter_overdue(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Only those overdue at the request's moment, or only the others."""
        late = querysets.overdue(Case.objects.all(), self.request.at)
        return querysets.overdue(queryset, self.request.at) if value == "true" else queryset.exclude(pk__in=late)

    def filter_work(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Only work of campaigns, or only routine work."""
        return queryset.filter(is_campaign=value == "true")

    def filter_words(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Those that hold every word."""
        return search(queryset, value)


class EscalationFilter(df.FilterSet):
    """The filters of lists of escalations; they combine."""

    state = df.MultipleChoiceFilter(label=_("state"), choices=Escalation.State.choices)
    department = df.ModelChoiceFilter(label=_("department"), queryset=_asker(departments_within), to_field_name="key")
    overdue = df.ChoiceFilter(label=_("overdue"), choices=YES_NO, method="filter_overdue")
    ordering = StableOrdering(
        label=_("order"),
        fields=["sent_at", "due_at", "ended_at", "number"],
        field_labels={
            "sent_at": _("sent at"),
            "due_at": _("due"),
            "ended_at": _("ended at"),
            "number": _("supervision number"),
        },
    )

    class Meta:
        model = Escalation
        fields: list[str] = []

    def filter_overdue(self, queryset: QuerySet[Escalation], name: str, value: str) -> QuerySet[Escalation]:
        """Open ones on which the department is late at the request's moment, or only the others."""
        late = Q(ended_at=None, due_at__lt=self.request.at)
        return queryset.filter(late) if value == "true" else queryset.exclude(late)


class CategoryFilterSet(df.FilterSet):
    """The filters of the list of categories."""

    disorder = df.ModelChoiceFilter(label=_("disorder"), queryset=Disorder.objects.all(), to_field_name="key")
    q = df.CharFilter(label=_("words"), method="filter_words", max_length=100)

    class Meta:
        model = Category
        fields: list[str] = []

    def filter_words(self, queryset: QuerySet[Category], name: str, value: str) -> QuerySet[Category]:
        """Those whose name, other name, pinyin initials or code hold the text."""
        return queryset.filter(_category_words("", value))


class StandardFilter(df.FilterSet):
    """The filters of the list of filing conditions."""

    disorder = df.ModelChoiceFilter(
        label=_("disorder"),
        field_name="category__disorder",
        queryset=Disorder.objects.all(),
        to_field_name="key",
    )
    category = CategoryFilter(label=_("category"), queryset=Category.objects.select_related("disorder"))
    on = DayFilter(label=_("in force on"), method="filter_day")
    q = df.CharFilter(label=_("words"), method="filter_words", max_length=100)

    class Meta:
        model = CaseStandard
        fields: list[str] = []

    def filter_day(self, queryset: QuerySet[CaseStandard], name: str, value: date) -> QuerySet[CaseStandard]:
        """Those in force on a day."""
        return queryset.filter(validity__contains=value)

    def filter_words(self, queryset: QuerySet[CaseStandard], name: str, value: str) -> QuerySet[CaseStandard]:
        """Those whose condition or category holds the text."""
        condition = Q(condition_zh__icontains=value) | Q(condition_en__icontains=value)
        return queryset.filter(condition | _category_words("category__", value))


def _category_words(prefix: str, text: str) -> Q:
    columns = ("name_zh", "name_en", "aliases_zh", "pinyin", "code_2026", "code_2013")
    found = Q()
    for column in columns:
        found |= Q(**{f"{prefix}{column}__icontains": text})
    return found
