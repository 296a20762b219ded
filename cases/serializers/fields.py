"""Fields of input that name a thing of the own sub-district; a thing of another one is as unknown as none."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases import querysets
from cases.filters import category_of, parse_moment
from cases.models import Case, CaseStandard, Category
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.people.roles import Role
from communities.models import Community, KeyPlace, Project
from communities.projects.querysets import running_campaigns

Find = Callable[[str, Any], Any]


class ThingField(serializers.CharField):
    """A thing by the name under which people know it; gives the row. Raises: ValidationError."""

    default_error_messages = {"unknown": gettext_lazy("There is no such thing here.")}

    def __init__(self, find: Find, **kwargs: Any) -> None:
        self.find = find
        super().__init__(max_length=60, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The row that is named."""
        text = super().run_validation(data)
        if text is None or data is serializers.empty:
            return text
        found = self.find(text, self.context)
        if found is None:
            self.fail("unknown")
        return found


@extend_schema_field(OpenApiTypes.DATETIME)
class MomentField(serializers.Field):
    """An aware moment in the years 2000 to 2100. Raises: ValidationError."""

    def to_internal_value(self, data: Any) -> datetime:
        """The moment."""
        try:
            return parse_moment(data if isinstance(data, str) else "")
        except ValueError as error:
            raise serializers.ValidationError(
                _("A moment with its offset, such as 2026-03-31T12:00:00+08:00, in the years 2000 to 2100.")
            ) from error

    def to_representation(self, value: datetime) -> str:
        """The moment as written in the answer."""
        return value.isoformat()


def pk_in(text: str) -> int | None:
    """The id that a text is, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _place(context: Any) -> SubDistrict:
    return context["subdistrict"]


def find_officer(text: str, context: Any) -> User | None:
    """An active officer of the sub-district, by log-in name."""
    found = User.objects.filter(username=text, role=Role.OFFICER, subdistrict=_place(context), is_active=True)
    return found.first()


def find_handler(text: str, context: Any) -> User | None:
    """An active person of the sub-district, by log-in name."""
    return User.objects.filter(username=text, subdistrict=_place(context), is_active=True).first()


def find_team(text: str, context: Any) -> Organisation | None:
    """A team of the sub-district, by key or id."""
    teams = Organisation.objects.filter(subdistrict=_place(context), is_active=True)
    return teams.exclude(kind=Organisation.Kind.OFFICE).filter(Q(key=text) | Q(pk=pk_in(text))).first()


def find_department(text: str, context: Any) -> Organisation | None:
    """A body of the district, by key or id."""
    bodies = Organisation.objects.filter(subdistrict=None, district_code=_place(context).district_code, is_active=True)
    return bodies.filter(Q(key=text) | Q(pk=pk_in(text))).first()


def find_case(text: str, context: Any) -> Case | None:
    """A case that the person sees, by number."""
    request = context["request"]
    return querysets.seen_by(request.user, request.on).filter(number=text).first()


def find_community(text: str, context: Any) -> Community | None:
    """A community of the sub-district, by its 12-digit code."""
    return Community.objects.filter(subdistrict=_place(context), code=text, is_active=True).first()


def find_campaign(text: str, context: Any) -> Project | None:
    """A campaign that runs in the sub-district today, by id."""
    running = running_campaigns(_place(context).pk, context["request"].on)
    return running.filter(Q(pk=pk_in(text))).first()


def find_key_place(text: str, context: Any) -> KeyPlace | None:
    """A key place of the sub-district, by id."""
    return KeyPlace.objects.filter(Q(pk=pk_in(text)), community__subdistrict=_place(context)).first()


def find_standard(text: str, context: Any) -> CaseStandard | None:
    """A filing condition, by id."""
    return CaseStandard.objects.filter(Q(pk=pk_in(text))).select_related("category").first()


def find_category(text: str, context: Any) -> Category | None:
    """A category in use, by code or id."""
    return category_of(Category.objects.filter(is_active=True), text)
