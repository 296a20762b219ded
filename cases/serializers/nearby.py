"""What a program asks and gets about similar open cases."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from cases.serializers import examples, fields
from cases.serializers.case import CaseSerializer
from cases.serializers.examples import answer
from cases.serializers.fields import ThingField
from cases.similar import Sought
from citymgmt.people.doors import StrictSerializer


class NearbySerializer(StrictSerializer):
    """A matter's kind and its place: a point, a key place, or an address in a community."""

    category = ThingField(fields.find_category, help_text="code or id")
    community = ThingField(fields.find_community, required=False, help_text="12-digit code")
    key_place = ThingField(fields.find_key_place, required=False, help_text="id")
    address = serializers.CharField(max_length=200, required=False)
    longitude = serializers.DecimalField(10, 7, min_value=-180, max_value=180, required=False)
    latitude = serializers.DecimalField(9, 7, min_value=-90, max_value=90, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A place that can be looked for. Raises: ValidationError."""
        if ("longitude" in attrs) != ("latitude" in attrs):
            raise serializers.ValidationError({"longitude": [_("Give both coordinates or none.")]})
        if not ({"longitude", "key_place"} & set(attrs) or {"address", "community"} <= set(attrs)):
            raise serializers.ValidationError(
                {"longitude": [_("Say where: a point, a key place, or an address with its community.")]}
            )
        return attrs

    def sought(self) -> Sought:
        """What to look for. Call it on valid input."""
        return Sought(**self.validated_data)


@extend_schema_serializer(examples=answer("同一地点", {**examples.CASE, "distance_m": 12.5}))
class SimilarSerializer(CaseSerializer):
    """An open case like the one sought, with its distance in metres when both have points."""

    distance_m = serializers.SerializerMethodField()

    class Meta(CaseSerializer.Meta):
        fields = [*CaseSerializer.Meta.fields, "distance_m"]
        read_only_fields = fields

    def get_distance_m(self, case: Any) -> float | None:
        """Metres to the point that was asked for."""
        found = self.context["distances"][case.pk]
        return None if found is None else round(found, 1)
