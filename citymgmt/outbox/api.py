"""The API of the inbox."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.response import Response

from citymgmt.outbox import querysets
from citymgmt.outbox.actions import mark_read
from citymgmt.outbox.models import Message
from citymgmt.outbox.wording import subject_of
from citymgmt.people.doors import IDEMPOTENCY_KEY, Door, ListDoor, PortalRequest, StrictSerializer, required_key

MESSAGE = {
    "id": 41,
    "kind": "dispatch",
    "subject": "440106001-20260304-0001 已派遣给您：占道经营",
    "link": "/cases/440106001-20260304-0001/",
    "is_urgent": False,
    "created_at": "2026-03-04T09:00:00+08:00",
    "read_at": None,
}


@extend_schema_serializer(examples=[OpenApiExample("派遣", value=MESSAGE, response_only=True)])
class MessageSerializer(serializers.ModelSerializer):
    """A message of the inbox."""

    subject = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = ["id", "kind", "subject", "link", "is_urgent", "created_at", "read_at"]
        read_only_fields = fields

    def get_subject(self, message: Message) -> str:
        """The subject line in the reader's language."""
        return subject_of(message.kind, message.params)


@extend_schema_serializer(examples=[OpenApiExample("两条", value={"ids": [41, 42]}, request_only=True)])
class IdsSerializer(StrictSerializer):
    """Which messages; without `ids`, all."""

    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False, max_length=500
    )


@extend_schema_serializer(examples=[OpenApiExample("两条", value={"marked_count": 2}, response_only=True)])
class MarkedSerializer(serializers.Serializer):
    """How many messages were unread and are no more."""

    marked_count = serializers.IntegerField()


class InboxView(ListDoor):
    """The own inbox."""

    row = "inbox.view"
    serializer_class = MessageSerializer
    queryset = Message.objects.none()

    def rows(self) -> QuerySet[Message]:
        """One's own messages, newest first."""
        return querysets.inbox(self.request.user)

    @extend_schema(operation_id="inbox_list", summary="The inbox", responses=MessageSerializer(many=True))
    def get(self, request: PortalRequest) -> Response:
        """One's own messages, newest first; unread ones have no `read_at`."""
        return self.page_of(self.rows())


class ReadView(Door):
    """Marking as read."""

    row = "inbox.view"

    @extend_schema(
        operation_id="inbox_read",
        summary="Mark messages as read",
        parameters=[IDEMPOTENCY_KEY],
        request=IdsSerializer,
        responses=MarkedSerializer,
    )
    def post(self, request: PortalRequest) -> Response:
        """Mark these of one's own messages as read; the ids of others' messages change nothing."""
        required_key(request)
        asked = IdsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        count = mark_read(by=request.user, at=request.at, ids=asked.validated_data.get("ids"))
        return Response(MarkedSerializer({"marked_count": count}).data)
