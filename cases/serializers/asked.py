"""What a program asks for: to log a case, or to act on one."""

from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from cases import workflow
from cases.actions import Matter
from cases.actions.dispatching import LONGEST_LIMIT
from cases.models import Case, CaseStandard, Category
from cases.serializers import fields
from cases.serializers.fields import MomentField, ThingField
from cases.serializers.photos import PhotoIdsField
from citymgmt.people.doors import StrictSerializer
from citymgmt.worktime.models import UnitChoice

LONGEST_TEXT = 2000  # characters
MATTER = tuple(Matter.__dataclass_fields__)


def _limit_value() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=LONGEST_LIMIT, required=False)


def _limit_unit() -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=UnitChoice.choices, required=False)


class LogSerializer(StrictSerializer):
    """A matter to log. With `standard`, or a `category` that has exactly one filing condition, or a limit, it is
    filed and dispatched at once.
    """

    description = serializers.CharField(max_length=LONGEST_TEXT)
    source = serializers.ChoiceField(choices=Case.Source.choices)  # type: ignore[assignment]
    community = ThingField(fields.find_community, required=False, help_text="12-digit code")
    category = ThingField(fields.find_category, required=False, help_text="code or id")
    standard = ThingField(fields.find_standard, required=False, help_text="id")
    limit_value = _limit_value()
    limit_unit = _limit_unit()
    key_place = ThingField(fields.find_key_place, required=False, help_text="id")
    address = serializers.CharField(max_length=200, required=False, allow_blank=True)
    longitude = serializers.DecimalField(10, 7, min_value=-180, max_value=180, required=False, allow_null=True)
    latitude = serializers.DecimalField(9, 7, min_value=-90, max_value=90, required=False, allow_null=True)
    is_campaign = serializers.BooleanField(required=False, default=False)
    campaign = ThingField(fields.find_campaign, required=False, allow_null=True, help_text="id")
    reporter_name = serializers.CharField(max_length=60, required=False, allow_blank=True)
    reporter_phone = serializers.CharField(max_length=30, required=False, allow_blank=True)
    self_handled = serializers.BooleanField(required=False, default=False)
    photos = PhotoIdsField(required=False, help_text="ids of own drafts")

    def validate_source(self, source: str) -> str:
        """Any way but the import, which has a door of its own. Raises: ValidationError."""
        if source == Case.Source.LEDGER:
            raise serializers.ValidationError(_("A ledger is imported, not logged."))
        return source

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Values that fit together, with the standard that follows from the category. Raises: ValidationError."""
        standard, category = attrs.get("standard"), attrs.get("category")
        has_limit = "limit_value" in attrs or "limit_unit" in attrs
        if has_limit and not ("limit_value" in attrs and "limit_unit" in attrs):
            raise serializers.ValidationError({"limit_unit": [_("A limit needs a value and a unit.")]})
        if standard is not None and has_limit:
            raise serializers.ValidationError({"limit_value": [_("Give a filing condition or a limit, not both.")]})
        if standard is not None and category is not None and standard.category_id != category.pk:
            raise serializers.ValidationError({"standard": [_("This filing condition is of another category.")]})
        if standard is not None:
            attrs["category"] = standard.category
        elif category is not None and not has_limit and not attrs["self_handled"]:
            attrs["standard"] = the_only_standard(category, self.context["request"].on)
        return attrs

    def asked(self) -> dict[str, Any]:
        """The arguments of `log_case`."""
        values = dict(self.validated_data)
        matter = Matter(**{name: values[name] for name in MATTER if values.get(name) is not None})
        return {
            "matter": matter,
            "standard": values.get("standard"),
            "limit_value": values.get("limit_value"),
            "limit_unit": values.get("limit_unit", ""),
            "is_self_handled": values["self_handled"],
            "photos": values.get("photos", []),
        }


def the_only_standard(category: Category, on: date) -> CaseStandard | None:
    """The filing condition of a category when exactly one is in force on that day."""
    found = list(CaseStandard.objects.filter(category=category, validity__contains=on).order_by("line")[:2])
    return found[0] if len(found) == 1 else None


class ActSerializer(StrictSerializer):
    """What actions carry; which action carries which field stands in the description of the address."""

    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    note = serializers.CharField(max_length=LONGEST_TEXT, required=False, allow_blank=True)
    officer = ThingField(fields.find_officer, required=False, allow_null=True, help_text="log-in name")
    team = ThingField(fields.find_team, required=False, allow_null=True, help_text="key or id")
    handler = ThingField(fields.find_handler, required=False, help_text="log-in name")
    standard = ThingField(fields.find_standard, required=False, help_text="id")
    limit_value = _limit_value()
    limit_unit = _limit_unit()
    closing_note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    with_error = serializers.BooleanField(required=False)
    extra_value = serializers.IntegerField(min_value=1, max_value=LONGEST_LIMIT, required=False)
    until = MomentField(required=False)
    department = ThingField(fields.find_department, required=False, allow_null=True, help_text="key or id")
    target = ThingField(fields.find_case, required=False, help_text="case number")
    description = serializers.CharField(max_length=LONGEST_TEXT, required=False)
    address = serializers.CharField(max_length=200, required=False, allow_blank=True)
    community = ThingField(fields.find_community, required=False, help_text="12-digit code")
    key_place = ThingField(fields.find_key_place, required=False, help_text="id")
    photos = PhotoIdsField(required=False, help_text="ids of own drafts")

    def given(self) -> dict[str, Any]:
        """What the action carries, as Python values, without what was left empty."""
        values = dict(self.validated_data)
        values.pop("version", None)
        return {name: value for name, value in values.items() if value is not None}


@cache
def act_serializer(action: str) -> type[ActSerializer]:
    """The input of one action: its own fields only, those that it must carry required."""
    transition = workflow.TRANSITIONS[action]
    kept = {"version", *transition.carries, *transition.may_carry}

    def get_fields(self: ActSerializer) -> dict[str, Any]:
        found: dict[str, Any] = {name: field for name, field in super(made, self).get_fields().items() if name in kept}
        for name in transition.carries:
            found[name].required = True
            found[name].allow_blank = False
        return found

    made: type[ActSerializer] = type(f"Act_{action}", (ActSerializer,), {"get_fields": get_fields})
    return made


def carried_by_action() -> str:
    """A table of all actions and what they carry, for the description of the API."""
    rows = ["| action | must carry | may carry |", "|---|---|---|"]
    for transition in workflow.TRANSITIONS.values():
        must, may = (", ".join(f"`{name}`" for name in names) for names in (transition.carries, transition.may_carry))
        rows.append(f"| `{transition.action}` | {must} | {may} |")
    return "\n".join(rows)
