"""Set-up of sub-districts and bodies, within the administrator's reach."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from citymgmt.people.actions import save_place
from citymgmt.people.admin_site import TableModelAdmin
from citymgmt.people.models import Organisation, SubDistrict
from citymgmt.people.permissions import visible_to


class PlaceAdmin(TableModelAdmin):
    """A model of places: lists what lies in reach, saves through the action."""

    edit_action = "organisation.edit"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Only what lies in reach."""
        return visible_to(request.user, super().get_queryset(request), on=request.on, action=self.edit_action)  # type: ignore[arg-type, attr-defined]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the action. Raises: NotFound for what lies out of reach."""
        save_place(by=request.user, at=request.at, place=obj)  # type: ignore[arg-type, attr-defined]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Sub-districts in reach only."""
        if db_field.related_model is SubDistrict:
            kwargs["queryset"] = visible_to(
                request.user,  # type: ignore[arg-type]
                SubDistrict.objects.all(),
                on=request.on,  # type: ignore[attr-defined]
                action=self.edit_action,
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(SubDistrict)
class SubDistrictAdmin(PlaceAdmin):
    """The own sub-district; further ones come with an installation's data."""

    list_display = ("name_zh", "code", "district_name")
    readonly_fields = ("code", "district_code")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody adds one here."""
        return False


@admin.register(Organisation)
class OrganisationAdmin(PlaceAdmin):
    """Offices and teams of the own sub-district, and the bodies of the district."""

    list_display = ("name_zh", "kind", "key", "subdistrict", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name_zh", "name_en", "key")
