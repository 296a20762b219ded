"""Many cases at once: bulk actions, exports, and saved views of the list."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from cases.actions.bulk import perform_each
from cases.actions.exports import MOST_ROWS, ask_export, export_path
from cases.columns import columns_of
from cases.list_forms import CaseListFilter, list_query
from cases.listing import asked_list
from cases.models import Case, ExportJob
from cases.querysets import exports_of, ready_export, views_kept
from cases.queues import count_at_most
from cases.serializers.fields import pk_in
from cases.serializers.many import (
    BulkSerializer,
    ExportSerializer,
    OutcomesSerializer,
    SavedViewSerializer,
    StartExportSerializer,
)
from citymgmt.files import CSV, EXCEL, attached, parts_of
from citymgmt.people.doors import IDEMPOTENCY_KEY, Door, PortalRequest, required_key
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import Invalid, NotFound

EXPORT = OpenApiParameter("export", OpenApiTypes.INT, OpenApiParameter.PATH)


class BulkView(Door):
    """Where several cases are dispatched or urged at once."""

    @extend_schema(
        operation_id="cases_bulk",
        summary="Act on many cases",
        parameters=[IDEMPOTENCY_KEY],
        request=BulkSerializer,
        responses=OutcomesSerializer,
    )
    def post(self, request: PortalRequest) -> Response:
        """Dispatch up to 200 cases, each to the acting officer of its community, or urge them. Each is done for itself
        with the version you saw; the answer is 200 and says for each what became of it. A resend gives the same.
        """
        key = required_key(request)
        asked = BulkSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {name: value for name, value in asked.validated_data.items() if name == "note" and value}
        action, chosen = asked.validated_data["action"], asked.validated_data["cases"]
        outcomes = perform_each(action, chosen=chosen, by=request.user, at=request.at, request_key=key, **given)
        done = [one.number for one in outcomes if one.event]
        versions = dict(Case.objects.filter(number__in=done).values_list("number", "version"))
        rows = [
            {
                "number": one.number,
                "status": one.refusal.status if one.refusal else status.HTTP_200_OK,
                "code": one.refusal.code if one.refusal else "",
                "detail": str(one.refusal or ""),
                "version": versions.get(one.number),
            }
            for one in outcomes
        ]
        return Response(OutcomesSerializer({"done_count": len(done), "outcomes": rows}).data)


class ExportListView(Door):
    """One's files, and where one is started."""

    row = "export.view"

    @extend_schema(operation_id="exports_list", summary="Your exports", responses=ExportSerializer(many=True))
    def get(self, request: PortalRequest) -> Response:
        """The twenty latest, newest first. They are removed after a week."""
        return Response(ExportSerializer(exports_of(request.user, request.on), many=True).data)

    @extend_schema(
        operation_id="exports_start",
        summary="Have a file written",
        parameters=[IDEMPOTENCY_KEY],
        request=StartExportSerializer,
        responses={202: ExportSerializer},
    )
    def post(self, request: PortalRequest) -> Response:
        """CSV or Excel with all that the filters find, at most 200,000 cases. `query` is the query string of the page
        of all cases. Ask for the job until its `state` is ready.
        """
        key = required_key(request)
        given = StartExportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        query, asked = _asked(given.validated_data["query"], request)
        job = ask_export(
            by=request.user,
            at=request.at,
            kind=given.validated_data["kind"],
            query=query,
            columns=[column.key for column in columns_of(given.validated_data.get("columns", []))],
            total=count_at_most({"all": asked.qs}, MOST_ROWS + 1)["all"],
            request_key=f"api.{key}",
        )
        return Response(ExportSerializer(job).data, status=status.HTTP_202_ACCEPTED)


class ExportView(Door):
    """One file."""

    row = "export.view"

    @extend_schema(operation_id="exports_get", summary="An export", parameters=[EXPORT], responses=ExportSerializer)
    def get(self, request: PortalRequest, export: str) -> Response:
        """How far it is."""
        found = visible_to(request.user, ExportJob.objects.filter(pk=_id(export)), on=request.on).first()
        if found is None:
            raise NotFound
        return Response(ExportSerializer(found).data)


class _AsItIs(BaseRenderer):
    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> Any:
        """The bytes as they are."""
        return data


class CSVRenderer(_AsItIs):
    """Lets a program ask for a table by its media type."""

    media_type, format = "text/csv", "csv"


class ExcelRenderer(_AsItIs):
    """Lets a program ask for a sheet by its media type."""

    media_type, format = EXCEL, "xlsx"


class ExportFileView(Door):
    """The content of a file."""

    row = "export.view"
    renderer_classes = [CSVRenderer, ExcelRenderer, JSONRenderer]

    @extend_schema(
        operation_id="exports_file",
        summary="The file",
        parameters=[EXPORT],
        responses={(200, CSV, EXCEL): OpenApiTypes.BINARY},
    )
    def get(self, request: PortalRequest, export: str) -> HttpResponseBase:
        """The table; 404 until it is ready."""
        job = ready_export(request.user, _id(export), request.on)
        path = export_path(job)
        if not path.is_file():
            raise NotFound
        return attached(parts_of(path), f"cases-{timezone.localtime(job.created_at):%Y%m%d-%H%M}.{job.kind}")


class ViewListView(Door):
    """Saved views of the list of cases."""

    row = "view.use"

    @extend_schema(operation_id="views_list", summary="Saved views", responses=SavedViewSerializer(many=True))
    def get(self, request: PortalRequest) -> Response:
        """Your own and those that the office shares, by name. `query` serves `exports/`, too."""
        named = [view for view in views_kept(request.user, request.on) if view.name]
        return Response(SavedViewSerializer(named, many=True, context={"request": request}).data)


def _asked(text: str, request: PortalRequest) -> tuple[str, CaseListFilter]:
    """The query string without what is no filter, and what it asks for. Raises: Invalid."""
    try:
        query = list_query(text)
    except ValidationError as error:
        raise Invalid(fields={"query": error.messages}) from error
    asked = asked_list(QueryDict(query), request)
    if not asked.is_valid():
        raise Invalid(fields={"query": [_("These filters cannot be read.")]})
    return query, asked


def _id(text: str) -> int:
    """The id of a file. Raises: NotFound."""
    pk = pk_in(text)
    if pk is None:
        raise NotFound
    return pk
