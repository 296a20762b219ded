"""Cases: list, log, look, act, history."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.response import Response

from cases import querysets, workflow
from cases.actions import log_case, perform
from cases.api.paging import CURSOR, CasePagination
from cases.filters import CaseFilter
from cases.models import Case, CaseEvent
from cases.named import named
from cases.serializers import (
    ActSerializer,
    CaseDetailSerializer,
    CaseSerializer,
    EventSerializer,
    LogSerializer,
    act_serializer,
    carried_by_action,
)
from citymgmt.api import expected_version
from citymgmt.people.doors import IDEMPOTENCY_KEY, IF_MATCH, Door, ListDoor, PortalRequest, VersionMissing, required_key
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid, NotFound
from citymgmt.worktime.repeats import scoped_key

REPLAYED = "Idempotent-Replayed"


def shown(case_id: int, request: PortalRequest, code: int = status.HTTP_200_OK) -> Response:
    """The answer that shows a case with everything, and its version as ETag."""
    return answer_of(named(Case.objects.all()).get(pk=case_id), request, code)


def answer_of(case: Case, request: PortalRequest, code: int = status.HTTP_200_OK) -> Response:
    """The same for a case that was fetched with all it refers to."""
    body = CaseDetailSerializer(case, context={"request": request}).data
    return Response(body, status=code, headers={"ETag": f'"{case.version}"'})


class CaseListView(ListDoor):
    """Cases that one sees, and the place where new ones are logged."""

    row = "case.view"
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    queryset = Case.objects.none()
    pagination_class = CasePagination
    parameters = frozenset({"cursor"})

    def rows(self) -> QuerySet[Case]:
        """What the person sees, newest first."""
        seen = querysets.seen_by(self.request.user, self.request.on)
        return named(seen).order_by("-created_at", "-id")

    @extend_schema(
        operation_id="cases_list", summary="List cases", parameters=[CURSOR], responses=CaseSerializer(many=True)
    )
    def get(self, request: PortalRequest) -> Response:
        """Filters combine; `state` may come several times; a day means the whole local day."""
        return self.page_of(self.rows())

    @extend_schema(
        operation_id="cases_log",
        summary="Log a case",
        parameters=[IDEMPOTENCY_KEY],
        request=LogSerializer,
        responses={201: CaseDetailSerializer},
        filters=False,
        examples=[
            OpenApiExample(
                "A call about a stall",
                request_only=True,
                value={
                    "description": "人行道上有人摆摊卖水果",
                    "source": "call",
                    "community": "440106001001",
                    "category": "09006",
                    "address": "体育东路 12 号门前",
                    "longitude": "113.3265000",
                    "latitude": "23.1366000",
                    "reporter_name": "王女士",
                    "reporter_phone": "13800000000",
                },
            )
        ],
    )
    def post(self, request: PortalRequest) -> Response:
        """Log a matter. A resend (same key, same content) answers 201 with the case of the first time, as it is
        now, and the header `Idempotent-Replayed: true`.
        """
        by, place = request.user, request.user.subdistrict
        require_role(by, "case.log")
        assert place is not None  # the database holds every role that logs to a sub-district
        key = required_key(request)
        asked = LogSerializer(data=request.data, context={"request": request, "subdistrict": place})
        asked.is_valid(raise_exception=True)
        is_resend = was_done(by, key)
        event = log_case(subdistrict=place, by=by, at=request.at, request_key=key, **asked.asked())
        response = shown(event.case_id, request, status.HTTP_201_CREATED)
        response["Location"] = response.data["url"]
        return _marked(response, is_resend)


def was_done(by: User, key: str, number: str = "") -> bool:
    """Whether this person wrote an event with this key before (on the case `number`, when given)."""
    found = CaseEvent.objects.filter(request_key=scoped_key(by, key))
    return (found.filter(case__number=number) if number else found).exists()


def _marked(response: Response, is_resend: bool) -> Response:
    if is_resend:
        response[REPLAYED] = "true"
    return response


class CaseView(Door):
    """One case."""

    @extend_schema(operation_id="cases_get", summary="A case with everything", responses=CaseDetailSerializer)
    def get(self, request: PortalRequest, number: str) -> Response:
        """The case, its clocks and ladder, and the `actions` that this person may do now."""
        seen = querysets.seen_by(request.user, request.on).filter(number=number)
        case = named(seen).first()
        if case is None:
            raise NotFound
        return answer_of(case, request)


ACT_EXAMPLES = [
    OpenApiExample("dispatch", request_only=True, value={"version": 3, "officer": "officer", "note": "请尽快处理"}),
    OpenApiExample("report_back", request_only=True, value={"version": 5, "note": "摊位已撤离，路面已清扫"}),
    OpenApiExample(
        "request_suspension",
        request_only=True,
        value={"version": 5, "until": "2026-12-01T09:00:00+08:00", "note": "等待管线单位进场"},
    ),
]


class ActView(Door):
    """All actions of the workflow table on one case."""

    refusals = frozenset({428})

    @extend_schema(
        operation_id="cases_act",
        summary="Act on a case",
        description="Do an action of the workflow. `version` (or `If-Match`) is the version you saw; when somebody"
        f" else acted since, the answer is 409.\n\n{carried_by_action()}",
        parameters=[
            IDEMPOTENCY_KEY,
            IF_MATCH,
            OpenApiParameter("action", OpenApiTypes.STR, OpenApiParameter.PATH, enum=list(workflow.TRANSITIONS)),
        ],
        request=ActSerializer,
        responses=CaseDetailSerializer,
        examples=ACT_EXAMPLES,
    )
    def post(self, request: PortalRequest, number: str, action: str) -> Response:
        """Check in the order address, scope, role, key, version, content; then hand it to the action."""
        if action not in workflow.TRANSITIONS:
            raise NotFound
        case, key = self._case(request, number, action), required_key(request)
        version = _version(request)
        context = {"request": request, "subdistrict": case.subdistrict}
        asked = act_serializer(action)(data=request.data, context=context)
        asked.is_valid(raise_exception=True)
        is_resend = was_done(request.user, key, number)
        perform(
            action,
            number=number,
            by=request.user,
            at=request.at,
            version=version,
            request_key=key,
            **asked.given(),
        )
        return _marked(shown(case.pk, request), is_resend)

    def _case(self, request: PortalRequest, number: str, action: str) -> Case:
        """The case, if the person may do this to it or did it under this key. Raises: NotFound, NotPermitted."""
        key = request.headers.get("Idempotency-Key", "").strip()
        case = Case.objects.filter(number=number).select_related("subdistrict").first()
        if case is None:
            raise NotFound
        if not (0 < len(key) <= 80 and was_done(request.user, key, number)):
            require(request.user, workflow.TRANSITIONS[action].permission, case, on=request.on)
        return case


def _version(request: PortalRequest) -> int:
    """The version the caller saw. Raises: VersionMissing, Invalid when header and body disagree."""
    version = expected_version(request)
    if version is None:
        raise VersionMissing
    given = request.data.get("version") if isinstance(request.data, dict) else None
    if given is not None and str(given) != str(version):
        raise Invalid(fields={"version": _("If-Match and version name different versions.")})
    return version


class EventListView(ListDoor):
    """The history of one case."""

    serializer_class = EventSerializer
    queryset = CaseEvent.objects.none()

    @extend_schema(operation_id="cases_events", summary="The history of a case", responses=EventSerializer(many=True))
    def get(self, request: PortalRequest, number: str) -> Response:
        """Everything that happened to the case, in order."""
        case = querysets.visible_case(request.user, number, request.on)
        return self.page_of(named(querysets.history_of(case.pk)))
