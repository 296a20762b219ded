"""What a program says before it sees who reported a case."""

from rest_framework import serializers

from cases.models import ReporterLook
from cases.models.reporter import LONGEST_REASON


class LookSerializer(serializers.Serializer):
    """For what the data are needed; `reason` in words is needed for `other`."""

    purpose = serializers.ChoiceField(choices=ReporterLook.Purpose.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON, required=False, allow_blank=True)
