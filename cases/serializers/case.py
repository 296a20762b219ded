"""How a case is shown: in a list, and with everything."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from cases import available, conditions, deadlines, workflow
from cases.models import Case, Photo, TimeRequest
from cases.serializers import examples, parts
from cases.serializers.examples import answer
from cases.serializers.photos import PhotoSerializer
from citymgmt.worktime.models import UnitChoice


@extend_schema_serializer(examples=answer("占道经营", examples.CASE))
class CaseSerializer(serializers.ModelSerializer):
    """A case in a list."""

    state = serializers.ChoiceField(choices=workflow.STATE_CHOICES, read_only=True)
    state_label = serializers.SerializerMethodField()
    disorder = parts.DisorderSerializer(source="category.disorder", read_only=True, default=None, allow_null=True)
    category = parts.CategoryRefSerializer(read_only=True, allow_null=True)
    community = parts.CommunityRefSerializer(read_only=True, allow_null=True)
    officer = parts.PersonSerializer(read_only=True, allow_null=True)
    team = parts.OrganisationRefSerializer(read_only=True, allow_null=True)
    department = parts.OrganisationRefSerializer(read_only=True, allow_null=True)
    campaign = serializers.IntegerField(source="campaign_id", read_only=True, allow_null=True)
    is_overdue = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            "number",
            "version",
            "url",
            "state",
            "state_label",
            "description",
            "address",
            "longitude",
            "latitude",
            "source",
            "is_campaign",
            "campaign",
            "disorder",
            "category",
            "community",
            "officer",
            "team",
            "department",
            "created_at",
            "filed_at",
            "due_at",
            "is_overdue",
            "handled_at",
            "closed_at",
            "close_kind",
            "ladder_code",
        ]
        read_only_fields = fields

    def get_state_label(self, case: Case) -> str:
        """The wording of the state, in the reader's language."""
        return _(workflow.STATES[case.state].label)

    def get_is_overdue(self, case: Case) -> bool:
        """Whether the deadline has passed, at the request's moment, while the clock runs."""
        return deadlines.is_overdue(case, self.context["request"].at)

    def get_url(self, case: Case) -> str:
        """The address of the case in this API."""
        return reverse("api-case", args=[case.number])


class RemainingSerializer(serializers.Serializer):
    """Time left, or time overdue, on the limit's own clock."""

    is_overdue = serializers.BooleanField()
    days = serializers.IntegerField()
    hours = serializers.IntegerField()
    minutes = serializers.IntegerField()


class RungSerializer(serializers.Serializer):
    """A step of the ladder and when this round of the case reached it."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    reached_at = serializers.DateTimeField(allow_null=True)
    is_current = serializers.BooleanField()


class ReporterSerializer(serializers.Serializer):
    """Who reported the case, masked; null without the right to see it."""

    name = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()


class AvailableSerializer(serializers.Serializer):
    """An action that this person may do now, and what it carries."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    carries = serializers.ListField(child=serializers.CharField())
    may_carry = serializers.ListField(child=serializers.CharField())
    url = serializers.CharField()


class TimeRequestSerializer(serializers.ModelSerializer):
    """A request for more time."""

    state = serializers.ChoiceField(choices=TimeRequest.State.choices)
    asked_by = parts.PersonSerializer()

    class Meta:
        model = TimeRequest
        fields = ["kind", "state", "reason", "extra_value", "extra_unit", "until", "asked_by", "asked_at"]


@extend_schema_serializer(examples=answer("占道经营", examples.CASE_WITH_ALL))
class CaseDetailSerializer(CaseSerializer):
    """A case with everything."""

    subdistrict = serializers.CharField(source="subdistrict.code", read_only=True)
    key_place = parts.KeyPlaceRefSerializer(read_only=True, allow_null=True)
    handler = parts.PersonSerializer(read_only=True, allow_null=True)
    standard = serializers.IntegerField(source="standard_id", read_only=True, allow_null=True)
    limit_unit = serializers.ChoiceField(choices=UnitChoice.choices, read_only=True)
    merged_into = serializers.CharField(source="merged_into.number", read_only=True, default=None, allow_null=True)
    remaining = serializers.SerializerMethodField()
    ladder = serializers.SerializerMethodField()
    reporter = serializers.SerializerMethodField()
    escalation = serializers.SerializerMethodField()
    time_request = serializers.SerializerMethodField()
    photos = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            *CaseSerializer.Meta.fields,
            "subdistrict",
            "external_ref",
            "key_place",
            "handler",
            "standard",
            "condition_zh",
            "condition_en",
            "closing_zh",
            "closing_en",
            "limit_value",
            "limit_unit",
            "is_due_provisional",
            "remaining",
            "suspended_until",
            "closing_note",
            "round",
            "suspension_count",
            "extension_count",
            "rework_count",
            "return_count",
            "urge_count",
            "supervision_count",
            "was_escalated",
            "merged_into",
            "appeal",
            "ladder",
            "reporter",
            "escalation",
            "time_request",
            "photos",
            "actions",
        ]
        read_only_fields = fields

    @extend_schema_field(RemainingSerializer(allow_null=True))
    def get_remaining(self, case: Case) -> Any:
        """Time left at the request's moment; null while no clock is set."""
        found = available.remaining_of(case, self.context["request"].at)
        return RemainingSerializer(found).data if found else None

    @extend_schema_field(RungSerializer(many=True))
    def get_ladder(self, case: Case) -> Any:
        """All steps of the ladder, in order."""
        return RungSerializer(available.ladder_of(case), many=True).data

    @extend_schema_field(ReporterSerializer(allow_null=True))
    def get_reporter(self, case: Case) -> Any:
        """The reporter, masked, for those who may know."""
        found = available.reporter_for(self.context["request"].user, case)
        return ReporterSerializer(found).data if found else None

    @extend_schema_field(parts.EscalationSerializer(allow_null=True))
    def get_escalation(self, case: Case) -> Any:
        """The open escalation."""
        found = self._parts(case).escalation
        return parts.EscalationSerializer(found, context=self.context).data if found else None

    @extend_schema_field(TimeRequestSerializer(allow_null=True))
    def get_time_request(self, case: Case) -> Any:
        """The request for time that waits for a decision."""
        found = self._parts(case).time_request
        return TimeRequestSerializer(found).data if found else None

    @extend_schema_field(PhotoSerializer(many=True))
    def get_photos(self, case: Case) -> Any:
        """The photos in the order of their events."""
        found = (
            Photo.objects.filter(case=case).select_related("case", "event", "uploaded_by").order_by("event_id", "id")
        )
        return PhotoSerializer(found, many=True, context=self.context).data

    @extend_schema_field(AvailableSerializer(many=True))
    def get_actions(self, case: Case) -> Any:
        """What this person may do now; role and state allow it."""
        request = self.context["request"]
        found = available.transitions_for(request.user, case, self._parts(case), at=request.at)
        return [
            {
                "name": transition.action,
                "label": _(transition.label),
                "carries": list(transition.carries),
                "may_carry": list(transition.may_carry),
                "url": reverse("api-case-act", args=[case.number, transition.action]),
            }
            for transition in found
        ]

    def _parts(self, case: Case) -> conditions.OpenParts:
        kept: conditions.OpenParts | None = getattr(self, "_open_parts", None)
        if kept is None:
            kept = self._open_parts = available.open_parts(case)
        return kept
