"""Set-up of disorders and categories. Filing conditions get versions on their own pages, never here."""

from django.contrib import admin

from cases.models import Category, Disorder
from citymgmt.people.admin_site import TableModelAdmin


@admin.register(Disorder)
class DisorderAdmin(TableModelAdmin):
    """The six disorders and the other classes."""

    edit_action = "standard.edit"
    list_display = ("name_zh", "name_en", "key", "is_six_disorder", "sort_order")

    def get_readonly_fields(self, request: object, obj: object = None) -> tuple[str, ...]:
        """The key stays: addresses and statistics name it."""
        return ("key",) if obj else ()


@admin.register(Category)
class CategoryAdmin(TableModelAdmin):
    """Sub-categories with their codes, search words and boundary rules."""

    edit_action = "standard.edit"
    list_display = ("name_zh", "code_2026", "code_2013", "disorder", "is_local_extension", "is_active")
    list_filter = ("disorder", "is_active", "is_local_extension")
    search_fields = ("name_zh", "name_en", "code_2026", "code_2013", "pinyin", "aliases_zh")
    list_select_related = ("disorder",)
