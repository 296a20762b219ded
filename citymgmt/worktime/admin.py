"""Set-up of the calendar, the office hours and the ladders. Deadlines already given stay as they are."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from citymgmt.people.admin_site import TableModelAdmin
from citymgmt.people.permissions import allows
from citymgmt.worktime.actions import remove_rule, save_rule
from citymgmt.worktime.models import CalendarDay, CalendarYear, LadderStep, OfficeShift


class RuleAdmin(TableModelAdmin):
    """A rule of time: kept and removed through the actions."""

    edit_action = "calendar.edit"
    actions = None  # one at a time, each through the action

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the action."""
        save_rule(by=request.user, rule=obj)  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Through the action."""
        remove_rule(by=request.user, rule=obj)  # type: ignore[arg-type]


class RemovableRuleAdmin(RuleAdmin):
    """A rule that may be taken away again, such as a day entered by mistake."""

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whoever may edit may remove."""
        return allows(request.user, self.edit_action)


@admin.register(CalendarDay)
class CalendarDayAdmin(RemovableRuleAdmin):
    """Holidays and make-up days, as the State Council published them."""

    list_display = ("on", "kind", "name_zh", "source")
    list_filter = ("kind",)
    date_hierarchy = "on"


@admin.register(CalendarYear)
class CalendarYearAdmin(RemovableRuleAdmin):
    """Years whose holidays are complete."""

    list_display = ("year", "source")


@admin.register(OfficeShift)
class OfficeShiftAdmin(RemovableRuleAdmin):
    """Office hours."""

    list_display = ("starts", "ends")


@admin.register(LadderStep)
class LadderStepAdmin(RuleAdmin):
    """Steps of the ladders: taken out of use, never removed, because history names them."""

    list_display = ("code", "name_zh", "ladder", "position", "is_active")
    list_filter = ("ladder", "is_active")
    readonly_fields = ("ladder", "code", "position", "effect", "requires")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody adds one: each step has an effect in the code."""
        return False
