"""Photos: how they are shown and what a program may send of them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from cases.actions.attaching import MOST_PHOTOS
from cases.models import Photo
from cases.serializers import examples
from cases.serializers.examples import answer
from cases.serializers.parts import PersonSerializer
from citymgmt.people.doors import StrictSerializer

MOST_BOXES = 20


@extend_schema_serializer(examples=answer("现场照片", examples.PHOTO))
class PhotoSerializer(serializers.ModelSerializer):
    """A photo; while it waits or when it was refused there are no pictures. `event` is the number of the event."""

    case = serializers.CharField(source="case.number", read_only=True, default=None, allow_null=True)
    event = serializers.IntegerField(source="event.seq", read_only=True, default=None, allow_null=True)
    kind = serializers.ChoiceField(choices=Photo.Kind.choices, read_only=True)
    state = serializers.ChoiceField(choices=Photo.State.choices, read_only=True)
    told = serializers.CharField(read_only=True, help_text="Why there is no picture; empty when there is one.")
    uploaded_by = PersonSerializer(read_only=True, allow_null=True)  # null: a resident
    url = serializers.SerializerMethodField()
    picture_url = serializers.SerializerMethodField()
    thumbnail_url = serializers.SerializerMethodField()
    point = serializers.SerializerMethodField()

    class Meta:
        model = Photo
        fields = [
            "id", "url", "case", "event", "kind", "state", "told", "width", "height", "taken_at", "created_at",
            "uploaded_by", "redactions", "picture_url", "thumbnail_url", "point",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, photo: Photo) -> str:
        """The address of the photo in this API."""
        return reverse("api-photo", args=[photo.pk])

    def get_picture_url(self, photo: Photo) -> str | None:
        """The picture, at most 1920 pixels wide or high."""
        return self._file(photo, "picture")

    def get_thumbnail_url(self, photo: Photo) -> str | None:
        """The same, at most 320 pixels."""
        return self._file(photo, "thumbnail")

    def _file(self, photo: Photo, size: str) -> str | None:
        return f"{reverse('api-photo-file', args=[photo.pk, size])}" if photo.is_ready else None

    @extend_schema_field(serializers.ListField(child=serializers.FloatField(), allow_null=True))
    def get_point(self, photo: Photo) -> Any:
        """Longitude and latitude as the camera told them, of a draft only."""
        if photo.longitude is None or photo.latitude is None:
            return None
        return [float(photo.longitude), float(photo.latitude)]


UPLOAD = OpenApiExample(
    "现场照片",
    value={"file": "(the bytes of IMG_0001.jpg)", "kind": "before"},
    media_type="multipart/form-data",
    request_only=True,
)


@extend_schema_serializer(examples=[UPLOAD])
class UploadSerializer(StrictSerializer):
    """A photo to upload."""

    file = serializers.FileField(allow_empty_file=True, max_length=None)
    kind = serializers.ChoiceField(choices=Photo.Kind.choices, required=False, default="other")


@extend_schema_serializer(examples=[OpenApiExample("处置后", value={"kind": "after"}, request_only=True)])
class MarkSerializer(StrictSerializer):
    """What a draft shows."""

    kind = serializers.ChoiceField(choices=Photo.Kind.choices)


class RedactSerializer(StrictSerializer):
    """Rectangles to burn in: left, top, width and height as shares of the picture (0 to 1)."""

    boxes = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(min_value=0, max_value=1), min_length=4, max_length=4),
        min_length=1,
        max_length=MOST_BOXES,
    )
    seen = serializers.IntegerField(min_value=0, max_value=32767, help_text="`redactions` of the photo as you saw it")
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


@extend_schema_field(serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=MOST_PHOTOS))
class PhotoIdsField(serializers.ListField):
    """Own photos by their ids; gives the rows. Raises: ValidationError."""

    def __init__(self, **kwargs: Any) -> None:
        child = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
        super().__init__(child=child, max_length=MOST_PHOTOS, **kwargs)

    def to_internal_value(self, data: Any) -> list[Photo]:
        """The rows in the order in which they are named."""
        ids = list(dict.fromkeys(super().to_internal_value(data)))
        own = Photo.objects.filter(uploaded_by=self.context["request"].user).in_bulk(ids) if ids else {}
        if len(own) != len(ids):
            raise serializers.ValidationError(_("A photo is not available any more. Please choose it again."))
        return [own[one] for one in ids]
