"""Set-up of communities, duty grids and key places, within the administrator's own sub-district."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from citymgmt.admin_site import TableModelAdmin
from citymgmt.middleware import is_hostile
from citymgmt.people.models import SubDistrict
from citymgmt.people.permissions import visible_to
from communities.actions import save_place
from communities.models import Community, DutyGrid, KeyPlace


class BoundaryField(forms.JSONField):
    """JSON of bounded depth; what the geometry must be is checked by the model."""

    def to_python(self, value: Any) -> Any:
        """The value. Raises: ValidationError, also for what is nested too deeply."""
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the form shows again; what is no readable JSON stays out."""
        try:
            return super().bound_data(data, initial)
        except (RecursionError, ValueError):
            return initial


class PlaceForm(forms.ModelForm):
    """A place with texts that can be read, and both coordinates or none."""

    def clean(self) -> dict[str, Any]:
        """Refuse control characters and half a position."""
        values = super().clean() or self.cleaned_data
        for name, value in list(values.items()):
            if isinstance(value, str) and is_hostile([value]):
                self.add_error(name, _("It holds characters that cannot be read."))
        if "longitude" in self.fields and (values.get("longitude") is None) != (values.get("latitude") is None):
            self.add_error("longitude", _("Give both coordinates or none."))
        return values


class CommunityForm(PlaceForm):
    """A community; its code begins with that of its sub-district."""

    boundary = BoundaryField(required=False, label=_("boundary"))

    def clean(self) -> dict[str, Any]:
        """Refuse a code of another sub-district."""
        values = super().clean()
        street, code = values.get("subdistrict"), values.get("code")
        if street is not None and code and not code.startswith(street.code):
            self.add_error("code", _("The code must begin with the sub-district's, %(code)s.") % {"code": street.code})
        return values


class PlaceAdmin(TableModelAdmin):
    """A model of a sub-district: lists what lies in reach, saves through the action, knows nothing outside."""

    edit_action = "community.edit"
    form = PlaceForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Only what lies in reach."""
        return self._in_reach(request, super().get_queryset(request))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row in reach. Raises: Http404."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the action. Raises: NotFound for what lies out of reach."""
        save_place(place=obj, by=request.user, at=request.at)  # type: ignore[arg-type, attr-defined]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Communities and sub-districts in reach only."""
        if db_field.related_model in (Community, SubDistrict):
            kwargs["queryset"] = self._in_reach(request, db_field.related_model.objects.all())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _in_reach(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return visible_to(request.user, queryset, on=request.on, action=self.edit_action)  # type: ignore[arg-type, attr-defined]


@admin.register(Community)
class CommunityAdmin(PlaceAdmin):
    """Communities; the code stays what it was."""

    form = CommunityForm
    list_display = ("code", "name_zh", "name_en", "office_phone", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", "name_zh", "name_en")

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        """Code and sub-district are given once."""
        return ("code", "subdistrict") if obj else ()


@admin.register(DutyGrid)
class DutyGridAdmin(PlaceAdmin):
    """Duty grids of the own communities."""

    list_display = ("code", "name_zh", "community")
    list_select_related = ("community",)
    search_fields = ("code", "name_zh", "community__name_zh")


@admin.register(KeyPlace)
class KeyPlaceAdmin(PlaceAdmin):
    """Key places of the own communities."""

    list_display = ("name_zh", "kind", "community", "is_active")
    list_filter = ("kind", "is_active")
    list_select_related = ("community",)
    search_fields = ("name_zh", "name_en", "pinyin", "community__name_zh")
