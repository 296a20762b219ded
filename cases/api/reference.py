"""Escalations, and what cases are made of: standards, categories, organisations."""

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from cases.filters import CategoryFilterSet, EscalationFilter, StandardFilter
from cases.models import CaseStandard, Category, Escalation
from cases.serializers import (
    CategorySerializer,
    EscalationSerializer,
    OrganisationSerializer,
    StandardSerializer,
)
from citymgmt.people.doors import Door, ListDoor, PortalRequest
from citymgmt.people.models import Organisation
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound


class EscalationListView(ListDoor):
    """Escalations that one sees; a liaison those of the own department."""

    row = "escalation.view"
    serializer_class = EscalationSerializer
    queryset = Escalation.objects.none()
    filterset_class = EscalationFilter

    def rows(self) -> QuerySet[Escalation]:
        """What the person sees, newest first."""
        return _escalations(self)

    @extend_schema(
        operation_id="escalations_list", summary="List escalations", responses=EscalationSerializer(many=True)
    )
    def get(self, request: PortalRequest) -> Response:
        """Filters combine; `state` may come several times."""
        return self.page_of(self.rows())


class EscalationView(Door):
    """One escalation."""

    @extend_schema(operation_id="escalations_get", summary="An escalation", responses=EscalationSerializer)
    def get(self, request: PortalRequest, number: str) -> Response:
        """The escalation by its supervision number."""
        found = _escalations(self).filter(number=number).first()
        if found is None:
            raise NotFound
        return Response(EscalationSerializer(found, context={"request": request}).data)


def _escalations(view: Door) -> QuerySet[Escalation]:
    seen = visible_to(view.request.user, Escalation.objects.all(), on=view.request.on)
    return seen.select_related("case", "department").order_by("-id")


class StandardListView(ListDoor):
    """The standards catalogue."""

    row = "standard.view"
    serializer_class = StandardSerializer
    queryset = CaseStandard.objects.none()
    filterset_class = StandardFilter

    def rows(self) -> QuerySet[CaseStandard]:
        """In the catalogue's order; without `on`, those in force today."""
        standards = CaseStandard.objects.select_related("category__disorder").order_by("line", "zone", "version")
        return (
            standards if self.request.query_params.get("on") else standards.filter(validity__contains=self.request.on)
        )

    @extend_schema(
        operation_id="standards_list", summary="Filing conditions in force", responses=StandardSerializer(many=True)
    )
    def get(self, request: PortalRequest) -> Response:
        """The filing conditions in force today, or on the day `on`."""
        return self.page_of(self.rows())


class CategoryListView(ListDoor):
    """The categories in use."""

    row = "standard.view"
    serializer_class = CategorySerializer
    queryset = Category.objects.none()
    filterset_class = CategoryFilterSet

    def rows(self) -> QuerySet[Category]:
        """In the catalogue's order."""
        found = Category.objects.filter(is_active=True).select_related("disorder")
        return found.order_by("disorder__sort_order", "code_2026", "code_2013", "id")

    @extend_schema(operation_id="categories_list", summary="Categories", responses=CategorySerializer(many=True))
    def get(self, request: PortalRequest) -> Response:
        """The sub-categories of the six disorders and of the classes beside them."""
        return self.page_of(self.rows())


class OrganisationListView(ListDoor):
    """The departments of the own district, and the office and teams of the own sub-district."""

    row = "standard.view"
    serializer_class = OrganisationSerializer
    queryset = Organisation.objects.none()

    def rows(self) -> QuerySet[Organisation]:
        """District first, each by key."""
        user = self.request.user
        own = Q(subdistrict_id=user.subdistrict_id) if user.subdistrict_id else Q(pk__in=[])
        district = Q(subdistrict=None, district_code=user.district_code)
        found = Organisation.objects.filter(own | district, is_active=True)
        return found.order_by("subdistrict_id", "key", "id")

    @extend_schema(
        operation_id="organisations_list",
        summary="Departments and own teams",
        responses=OrganisationSerializer(many=True),
    )
    def get(self, request: PortalRequest) -> Response:
        """Whom a case can be dispatched or escalated to."""
        return self.page_of(self.rows())
