"""The API of communities."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from citymgmt.doors import Door, ListDoor, PortalRequest
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound
from communities.models import Community
from communities.querysets import with_people
from communities.serializers import CommunityDetailSerializer, CommunitySerializer


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
