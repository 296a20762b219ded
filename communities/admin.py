"""Set-up of communities, duty grids and key places, within the administrator's own sub-district."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citymgmt.middleware import is_hostile
from citymgmt.people.admin_site import TableModelAdmin
from citymgmt.people.models import SubDistrict
from citymgmt.people.permissions import visible_to
from communities.actions import save_place
from communities.boundaries import check_boundary, geometry_in
from communities.models import Community, DutyGrid, KeyPlace

LARGEST_FILE = 2_000_000  # bytes


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


def boundary_in(file: Any) -> Any:
    """The geometry of an uploaded GeoJSON file. Raises: ValidationError."""
    if file.size > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 2 MB."))
    try:
        document = json.loads(file.read().decode("utf-8-sig"), parse_constant=float)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("The file is no GeoJSON.")) from error
    return geometry_in(document)


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

    boundary = BoundaryField(required=False, label=gettext_lazy("boundary"))
    boundary_file = forms.FileField(
        required=False,
        label=gettext_lazy("boundary from a file"),
        help_text=gettext_lazy("A GeoJSON file with one area in WGS-84; it replaces the boundary above."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a code of another sub-district; take the boundary out of the file."""
        values = super().clean()
        if values.get("boundary_file"):
            try:
                values["boundary"] = boundary_in(values["boundary_file"])
                check_boundary(values["boundary"])
            except ValidationError as error:
                self.add_error("boundary_file", error)
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
