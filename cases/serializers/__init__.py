"""Shape of what the API takes and gives about cases; never policy."""

from cases.serializers.asked import ActSerializer, LogSerializer, act_serializer, carried_by_action
from cases.serializers.case import CaseDetailSerializer, CaseSerializer
from cases.serializers.parts import (
    CategorySerializer,
    EscalationSerializer,
    EventSerializer,
    OrganisationSerializer,
    StandardSerializer,
)

__all__ = [
    "ActSerializer",
    "CaseDetailSerializer",
    "CaseSerializer",
    "CategorySerializer",
    "EscalationSerializer",
    "EventSerializer",
    "LogSerializer",
    "OrganisationSerializer",
    "StandardSerializer",
    "act_serializer",
    "carried_by_action",
]
