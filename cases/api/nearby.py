"""Similar open cases, to be asked before a case is logged."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from cases.serializers.nearby import NearbySerializer, SimilarSerializer
from cases.similar import similar_cases
from citymgmt.people.doors import Door, PortalRequest


class NearbyView(Door):
    """Open cases that a new report may repeat."""

    row = "case.log"
    parameters = frozenset(NearbySerializer().fields)

    @extend_schema(
        operation_id="cases_nearby",
        summary="Similar open cases nearby",
        parameters=[NearbySerializer],
        responses=SimilarSerializer(many=True),
    )
    def get(self, request: PortalRequest) -> Response:
        """The open cases of the same category or disorder at the same place in the last days, nearest first, at most
        five: within some metres of the point, at the same key place, or at the same address of the community. How
        near and how many days are settings of the installation (50 m and 7 days by default).
        """
        place = request.user.subdistrict
        assert place is not None  # the database holds every role that logs to a sub-district
        context: dict[str, Any] = {"request": request, "subdistrict": place}
        asked = NearbySerializer(data=request.query_params.dict(), context=context)
        asked.is_valid(raise_exception=True)
        found = similar_cases(request.user, asked.sought(), at=request.at, on=request.on)
        context["distances"] = {one.case.pk: one.distance_m for one in found}
        return Response(SimilarSerializer([one.case for one in found], many=True, context=context).data)
