"""How the things around a case are shown: people, places, standards, escalations, events."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from cases import workflow
from cases.models import CaseEvent, CaseStandard, Category, Disorder, Escalation
from cases.serializers import examples
from cases.serializers.examples import answer
from citymgmt.people.models import Organisation, User
from citymgmt.worktime.models import UnitChoice
from communities.models import Community, KeyPlace

NAME = serializers.CharField


class DisorderSerializer(serializers.ModelSerializer):
    """A class of matters."""

    name = NAME(read_only=True)

    class Meta:
        model = Disorder
        fields = ["key", "name", "is_six_disorder"]
        read_only_fields = fields


@extend_schema_serializer(examples=answer("占道经营", examples.CATEGORY_WITH_ALL))
class CategorySerializer(serializers.ModelSerializer):
    """A sub-category."""

    code = serializers.CharField(read_only=True)
    name = NAME(read_only=True)
    help = serializers.CharField(read_only=True)
    disorder = DisorderSerializer(read_only=True)

    class Meta:
        model = Category
        fields = ["id", "code", "code_2026", "code_2013", "name", "disorder", "help", "department_key"]
        read_only_fields = fields


class CategoryRefSerializer(serializers.ModelSerializer):
    """A sub-category within a case."""

    code = serializers.CharField(read_only=True)
    name = NAME(read_only=True)

    class Meta:
        model = Category
        fields = ["id", "code", "name"]
        read_only_fields = fields


class CommunityRefSerializer(serializers.ModelSerializer):
    """A community by its code."""

    name = NAME(read_only=True)

    class Meta:
        model = Community
        fields = ["code", "name"]
        read_only_fields = fields


class KeyPlaceRefSerializer(serializers.ModelSerializer):
    """A key place by its id."""

    name = NAME(read_only=True)

    class Meta:
        model = KeyPlace
        fields = ["id", "name"]
        read_only_fields = fields


class PersonSerializer(serializers.ModelSerializer):
    """A colleague, by log-in name."""

    name = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = User
        fields = ["username", "name"]
        read_only_fields = fields


class OrganisationRefSerializer(serializers.ModelSerializer):
    """A team or department by its key."""

    name = NAME(read_only=True)

    class Meta:
        model = Organisation
        fields = ["key", "name"]
        read_only_fields = fields


@extend_schema_serializer(examples=answer("区城管局", examples.ORGANISATION))
class OrganisationSerializer(serializers.ModelSerializer):
    """A department of the district, or an office or team of the own sub-district."""

    name = NAME(read_only=True)
    matters = serializers.CharField(read_only=True)
    is_own = serializers.SerializerMethodField()

    class Meta:
        model = Organisation
        fields = ["id", "key", "kind", "name", "matters", "reply_limit_days", "is_own"]
        read_only_fields = fields

    def get_is_own(self, organisation: Organisation) -> bool:
        """Whether it belongs to the sub-district rather than to the district."""
        return organisation.subdistrict_id is not None


@extend_schema_serializer(examples=answer("占道经营", examples.STANDARD))
class StandardSerializer(serializers.ModelSerializer):
    """A filing condition with its limit."""

    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    category = CategoryRefSerializer(read_only=True)
    disorder = serializers.CharField(source="category.disorder.key", read_only=True)
    condition = serializers.CharField(read_only=True)
    closing = serializers.CharField(read_only=True)
    limit_unit = serializers.ChoiceField(choices=UnitChoice.choices, read_only=True)
    valid_from = serializers.DateField(source="validity.lower", read_only=True)
    valid_before = serializers.DateField(source="validity.upper", read_only=True, allow_null=True)

    class Meta:
        model = CaseStandard
        fields = [
            "id",
            "label",
            "version",
            "zone",
            "category",
            "disorder",
            "condition",
            "closing",
            "limit_value",
            "limit_unit",
            "handled_by",
            "department_key",
            "legal_basis_zh",
            "street_may_penalise",
            "valid_from",
            "valid_before",
        ]
        read_only_fields = fields


@extend_schema_serializer(examples=answer("上报区", examples.ESCALATION))
class EscalationSerializer(serializers.ModelSerializer):
    """A case reported up to a department, with the department's clocks."""

    case = serializers.CharField(source="case.number", read_only=True)
    case_version = serializers.IntegerField(source="case.version", read_only=True)
    description = serializers.CharField(source="case.description", read_only=True)
    department = OrganisationRefSerializer(read_only=True)
    state = serializers.ChoiceField(choices=Escalation.State.choices, read_only=True)
    is_overdue = serializers.SerializerMethodField()

    class Meta:
        model = Escalation
        fields = [
            "number",
            "case",
            "case_version",
            "description",
            "department",
            "state",
            "is_automatic",
            "reason",
            "sent_at",
            "acknowledged_at",
            "due_at",
            "reply_due_at",
            "ended_at",
            "reply",
            "urge_count",
            "rung",
            "is_overdue",
        ]
        read_only_fields = fields

    def get_is_overdue(self, escalation: Escalation) -> bool:
        """Whether the department is late at the request's moment."""
        at = self.context["request"].at
        return escalation.is_open and escalation.due_at is not None and escalation.due_at < at


@extend_schema_serializer(examples=answer("催办", examples.EVENT))
class EventSerializer(serializers.ModelSerializer):
    """Something that happened: who (null: the portal), when, from, to."""

    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    by = PersonSerializer(read_only=True, allow_null=True)
    mentions = serializers.SerializerMethodField()

    class Meta:
        model = CaseEvent
        fields = ["seq", "kind", "label", "by", "at", "from_state", "to_state", "note", "mentions"]
        read_only_fields = fields

    @extend_schema_field(PersonSerializer(many=True))
    def get_mentions(self, event: CaseEvent) -> list[dict[str, str]]:
        """The colleagues whom the note mentions, each once."""
        people = getattr(event, "mentioned", None) or {}
        return [{"username": one["username"], "name": one["name"]} for one in people.values()]

    def get_label(self, event: CaseEvent) -> str:
        """The wording of the event, in the reader's language."""
        return _(workflow.event_label(event.kind))
