"""Many cases at once: bulk actions, exports, and saved views of the list."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from cases.actions.bulk import IN_BULK, MOST_IN_BULK
from cases.columns import COLUMNS
from cases.models import ExportJob, SavedView
from cases.serializers.asked import LONGEST_TEXT
from cases.serializers.examples import NUMBER, answer
from citymgmt.people.doors import StrictSerializer

ASKED = {
    "action": "urge",
    "cases": [{"number": NUMBER, "version": 4}, {"number": "440106001-20260304-0002", "version": 3}],
    "note": "请于今日下班前办结",
}
OUTCOMES = {
    "done_count": 1,
    "outcomes": [
        {"number": NUMBER, "status": 200, "code": "", "detail": "", "version": 5},
        {
            "number": "440106001-20260304-0002",
            "status": 409,
            "code": "stale",
            "detail": "其他人刚刚更改了此内容。",
            "version": None,
        },
    ],
}
JOB = {
    "id": 9,
    "url": "/api/v1/exports/9/",
    "kind": "xlsx",
    "query": "state=handling&ordering=due_at",
    "columns": ["number", "category", "place", "clock"],
    "state": "ready",
    "total": 12480,
    "done": 12480,
    "percent": 100,
    "created_at": "2026-03-04T09:00:00+08:00",
    "file_url": "/api/v1/exports/9/file/",
}
START = {"kind": "xlsx", "query": "state=handling&ordering=due_at", "columns": ["number", "category", "place", "clock"]}
VIEW = {
    "id": 5, "name": "本周到期", "query": "ordering=due_at", "columns": ["number", "clock", "who"],
    "is_shared": True, "is_own": False,
}  # fmt: skip


class ChosenSerializer(StrictSerializer):
    """A case and the version of it that was seen."""

    number = serializers.CharField(max_length=30)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


@extend_schema_serializer(examples=[OpenApiExample("催办两件", value=ASKED, request_only=True)])
class BulkSerializer(StrictSerializer):
    """An action for several cases: `dispatch` each to the acting officer of its community, or `urge`."""

    action = serializers.ChoiceField(choices=[(name, name) for name in IN_BULK])
    cases = serializers.ListField(child=ChosenSerializer(), min_length=1, max_length=MOST_IN_BULK)
    note = serializers.CharField(max_length=LONGEST_TEXT, required=False, allow_blank=True)

    def validate_cases(self, cases: list[dict[str, Any]]) -> list[tuple[str, int]]:
        """Numbers with versions, each number once. Raises: ValidationError."""
        found = {one["number"]: one["version"] for one in cases}
        if len(found) != len(cases):
            raise serializers.ValidationError(_("A case comes twice."))
        return sorted(found.items())


class OutcomeSerializer(serializers.Serializer):
    """What became of one case: 200 with its new version, or the status, code and sentence of a refusal."""

    number = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(allow_null=True)


@extend_schema_serializer(examples=answer("一件已催办", OUTCOMES))
class OutcomesSerializer(serializers.Serializer):
    """What became of each case, and how many were done."""

    done_count = serializers.IntegerField()
    outcomes = OutcomeSerializer(many=True)


@extend_schema_serializer(examples=[OpenApiExample("处置中的案件", value=START, request_only=True)])
class StartExportSerializer(StrictSerializer):
    """A file to be written: its kind, the list by its query string as on the page of all cases, and its columns."""

    kind = serializers.ChoiceField(choices=ExportJob.Kind.choices)
    query = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    columns = serializers.ListField(
        child=serializers.ChoiceField(choices=[(key, key) for key in COLUMNS]), required=False, max_length=len(COLUMNS)
    )


@extend_schema_serializer(examples=answer("已写好", JOB))
class ExportSerializer(serializers.ModelSerializer):
    """A file and how far it is; `file_url` leads to it once its `state` is ready."""

    kind = serializers.ChoiceField(choices=ExportJob.Kind.choices, read_only=True)
    state = serializers.ChoiceField(choices=ExportJob.State.choices, read_only=True)
    columns = serializers.ListField(child=serializers.CharField(), read_only=True)
    percent = serializers.IntegerField(read_only=True)
    url = serializers.SerializerMethodField()
    file_url = serializers.SerializerMethodField()

    class Meta:
        model = ExportJob
        fields = [
            "id", "url", "kind", "query", "columns", "state", "total", "done", "percent", "created_at", "file_url",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, job: ExportJob) -> str:
        """The address of the job in this API."""
        return reverse("api-export", args=[job.pk])

    def get_file_url(self, job: ExportJob) -> str | None:
        """The address of the file, when it is ready."""
        return reverse("api-export-file", args=[job.pk]) if job.state == ExportJob.State.READY else None


@extend_schema_serializer(examples=answer("本周到期", VIEW))
class SavedViewSerializer(serializers.ModelSerializer):
    """A view of the list of cases: filters and order as a query string, and columns."""

    columns = serializers.ListField(child=serializers.CharField(), read_only=True)
    is_own = serializers.SerializerMethodField()

    class Meta:
        model = SavedView
        fields = ["id", "name", "query", "columns", "is_shared", "is_own"]
        read_only_fields = fields

    def get_is_own(self, view: SavedView) -> bool:
        """Whether it is the reader's own rather than one that the office shares."""
        return view.owner_id == self.context["request"].user.pk
