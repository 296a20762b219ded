"""How a community and the people who answer for it are shown."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from citymgmt.people.doors import StrictSerializer
from citymgmt.people.models import User
from communities.models import Community, KeyPlace, OfficerAssignment

COMMUNITY = {
    "code": "440106001001",
    "name": "体育东社区",
    "subdistrict": "440106001",
    "office_address": "体育东横街 3 号",
    "office_phone": "020-12345678",
    "is_active": True,
    "officer": {"username": "officer", "name": "李志强", "office_phone": "020-12345679", "is_away": False},
    "deputy": None,
    "is_vacant": False,
}
AROUND = [[113.32, 23.13], [113.33, 23.13], [113.33, 23.14], [113.32, 23.14], [113.32, 23.13]]
PLACE = {
    "id": 3, "name": "体育东路地铁站 A 口", "kind": "station", "address": "体育东路",
    "longitude": "113.3265000", "latitude": "23.1366000",
}  # fmt: skip
WITH_PLACES = {**COMMUNITY, "boundary": {"type": "Polygon", "coordinates": [AROUND]}, "key_places": [PLACE]}


class AnswerableSerializer(serializers.Serializer):
    """Who answers for a community today."""

    username = serializers.CharField(source="user.username")
    name = serializers.CharField(source="user.__str__")
    office_phone = serializers.CharField(source="user.office_phone")
    is_away = serializers.BooleanField()


@extend_schema_serializer(examples=[OpenApiExample("社区", value=COMMUNITY, response_only=True)])
class CommunitySerializer(serializers.ModelSerializer):
    """A community with its officer and deputy of today; `is_vacant` when it has no officer."""

    name = serializers.CharField(read_only=True)
    subdistrict = serializers.CharField(source="subdistrict.code", read_only=True)
    officer = serializers.SerializerMethodField()
    deputy = serializers.SerializerMethodField()
    is_vacant = serializers.SerializerMethodField()

    class Meta:
        model = Community
        fields = [
            "code",
            "name",
            "subdistrict",
            "office_address",
            "office_phone",
            "is_active",
            "officer",
            "deputy",
            "is_vacant",
        ]
        read_only_fields = fields

    @extend_schema_field(AnswerableSerializer(allow_null=True))
    def get_officer(self, community: Community) -> Any:
        """The officer of today."""
        return _shown(community, OfficerAssignment.Part.OFFICER)

    @extend_schema_field(AnswerableSerializer(allow_null=True))
    def get_deputy(self, community: Community) -> Any:
        """The deputy of today."""
        return _shown(community, OfficerAssignment.Part.DEPUTY)

    def get_is_vacant(self, community: Community) -> bool:
        """Whether nobody is the officer today."""
        return _today(community, OfficerAssignment.Part.OFFICER) is None


class PointSerializer(StrictSerializer):
    """A point in WGS-84 degrees."""

    longitude = serializers.FloatField(min_value=-180, max_value=180)
    latitude = serializers.FloatField(min_value=-90, max_value=90)


class KeyPlaceSerializer(serializers.ModelSerializer):
    """A key place of a community."""

    name = serializers.CharField(read_only=True)

    class Meta:
        model = KeyPlace
        fields = ["id", "name", "kind", "address", "longitude", "latitude"]
        read_only_fields = fields


@extend_schema_serializer(examples=[OpenApiExample("社区", value=WITH_PLACES, response_only=True)])
class CommunityDetailSerializer(CommunitySerializer):
    """A community with its boundary (GeoJSON, WGS-84) and key places."""

    key_places = serializers.SerializerMethodField()
    boundary = serializers.DictField(read_only=True, allow_null=True)

    class Meta:
        model = Community
        fields = [*CommunitySerializer.Meta.fields, "boundary", "key_places"]
        read_only_fields = fields

    @extend_schema_field(KeyPlaceSerializer(many=True))
    def get_key_places(self, community: Community) -> Any:
        """The places in use."""
        return KeyPlaceSerializer(community.key_places.filter(is_active=True), many=True).data


ASSIGNMENT = {
    "part": "officer", "user": {"username": "officer", "name": "李志强"}, "from_on": "2026-01-01", "until_on": None,
}  # fmt: skip


class NamedSerializer(serializers.ModelSerializer):
    """A colleague, by log-in name."""

    name = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = User
        fields = ["username", "name"]
        read_only_fields = fields


@extend_schema_serializer(examples=[OpenApiExample("网格员", value=ASSIGNMENT, response_only=True)])
class AssignmentSerializer(serializers.ModelSerializer):
    """Who answered or will answer for a community, from the first to the last day; null while the end is open."""

    part = serializers.ChoiceField(choices=OfficerAssignment.Part.choices, read_only=True)
    user = NamedSerializer(read_only=True)
    from_on = serializers.DateField(read_only=True)
    until_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = OfficerAssignment
        fields = ["part", "user", "from_on", "until_on"]
        read_only_fields = fields


def _today(community: Any, part: str) -> OfficerAssignment | None:
    """The assignment of this part on the day for which the row was read (`querysets.with_people`)."""
    return next((row for row in community.people_today if row.part == part), None)


def _shown(community: Community, part: str) -> Any:
    found = _today(community, part)
    return AnswerableSerializer(found).data if found else None
