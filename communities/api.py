"""The API of communities."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from citymgmt.people.doors import Door, ListDoor, PortalRequest
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound
from communities.models import Community, OfficerAssignment
from communities.places import community_at
from communities.querysets import visible_community, with_people
from communities.serializers import (
    AssignmentSerializer,
    CommunityDetailSerializer,
    CommunitySerializer,
    PointSerializer,
)


def _seen(request: PortalRequest) -> QuerySet[Community]:
    seen = visible_to(request.user, Community.objects.all(), on=request.on)
    return with_people(seen, request.on).order_by("code")


class CommunityListView(ListDoor):
    """The communities that one sees."""

    row = "community.view"
    serializer_class = CommunitySerializer
    queryset = Community.objects.none()

    @extend_schema(
        operation_id="communities_list",
        summary="Communities and their officers of today",
        responses=CommunitySerializer(many=True),
    )
    def get(self, request: PortalRequest) -> Response:
        """By code, each with officer, deputy and vacancy of today."""
        return self.page_of(_seen(request))


class LocateView(Door):
    """The community in which a point lies."""

    row = "community.view"
    parameters = frozenset(["longitude", "latitude"])
    refusals = frozenset({404})

    @extend_schema(
        operation_id="communities_locate",
        summary="The community of a point",
        parameters=[PointSerializer],
        responses=CommunitySerializer,
    )
    def get(self, request: PortalRequest) -> Response:
        """The community of the own sub-district whose boundary holds the point (WGS-84), with who answers today;
        404 outside all of them. On a border it is the one with the lower code.
        """
        asked = PointSerializer(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        point = asked.validated_data
        pk = community_at(request.user.subdistrict_id or 0, point["longitude"], point["latitude"])
        found = _seen(request).filter(pk=pk or 0, is_active=True).first()
        if found is None:
            raise NotFound(_("The point lies in no community of your sub-district."))
        return Response(CommunitySerializer(found).data)


class CommunityView(Door):
    """One community."""

    row = "community.view"

    @extend_schema(operation_id="communities_get", summary="A community", responses=CommunityDetailSerializer)
    def get(self, request: PortalRequest, code: str) -> Response:
        """The community by its 12-digit code."""
        found = _seen(request).filter(code=code).first()
        if found is None:
            raise NotFound
        return Response(CommunityDetailSerializer(found).data)


class AssignmentListView(ListDoor):
    """Who answers for a community, and who did."""

    row = "community.view"
    serializer_class = AssignmentSerializer
    queryset = OfficerAssignment.objects.none()

    @extend_schema(
        operation_id="communities_assignments",
        summary="Officers and deputies of a community",
        responses=AssignmentSerializer(many=True),
    )
    def get(self, request: PortalRequest, code: str) -> Response:
        """All assignments, those to come included, the latest first."""
        community = visible_community(request.user, code, request.on)
        found = OfficerAssignment.objects.filter(community=community).select_related("user")
        return self.page_of(found.order_by("-period", "part", "id"))
