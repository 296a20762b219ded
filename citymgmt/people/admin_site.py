"""The administration site: open to whom the permission table lets set things up, and to nobody else."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from citymgmt.people.permissions import allows


class PortalAdminSite(admin.AdminSite):
    """Set-up by the administrator; the usual `is_staff` has no say."""

    site_header = _("City management: set-up")
    site_title = _("Set-up")
    index_title = _("Set-up")

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person may set things up."""
        return allows(request.user, "standard.edit")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        """On the account page, where it is recorded and ends all other sessions."""
        return redirect("people:account")


class TableModelAdmin(admin.ModelAdmin):
    """A model whose rights stand in the permission table: `edit_action` to change, never to delete."""

    edit_action = ""

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whether the table lets the person see these rows, and so add one."""
        return allows(request.user, self.edit_action)

    has_add_permission = has_module_permission = has_view_permission

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whether the table lets the person change these rows."""
        return allows(request.user, self.edit_action)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody deletes what cases refer to."""
        return False
