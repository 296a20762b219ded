"""Who reported a case, in full, for a reason that is kept."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.response import Response

from cases.actions.reporters import look_at_reporter
from cases.querysets import visible_case
from cases.serializers.case import ReporterSerializer
from cases.serializers.reporters import LookSerializer
from citymgmt.people.doors import IDEMPOTENCY_KEY, Door, PortalRequest, required_key
from citymgmt.people.permissions import require_role


class ReporterView(Door):
    """Where a program asks who reported a case."""

    @extend_schema(
        operation_id="cases_reporter",
        summary="Who reported a case",
        parameters=[IDEMPOTENCY_KEY],
        request=LookSerializer,
        responses=ReporterSerializer,
        examples=[
            OpenApiExample("回访", request_only=True, value={"purpose": "answer", "reason": "告知处理结果"}),
            OpenApiExample("上报人", response_only=True, value={"name": "王女士", "phone": "13800000000", "email": ""}),
        ],
    )
    def post(self, request: PortalRequest, number: str) -> Response:
        """The reporter, unmasked. That you looked and why is written first, each time: a resend is a look too."""
        case = visible_case(request.user, number, request.on)
        require_role(request.user, "reporter.reveal")
        required_key(request)
        asked = LookSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = look_at_reporter(number=case.number, by=request.user, at=request.at, **asked.validated_data)
        return Response(ReporterSerializer(found).data)
