"""Photos: upload drafts, look at them, say what they show, remove them, cover parts of them."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from cases.actions import mark_draft, redact_photo, remove_draft, upload_photo
from cases.models import Photo
from cases.querysets import visible_photo
from cases.serializers.examples import DRAFT
from cases.serializers.fields import pk_in
from cases.serializers.photos import MarkSerializer, PhotoSerializer, RedactSerializer, UploadSerializer
from citymgmt.files import private_file
from citymgmt.people.doors import IDEMPOTENCY_KEY, Door, PortalRequest, required_key
from citymgmt.people.permissions import require
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import NotFound

PHOTO = OpenApiParameter("photo", OpenApiTypes.INT, OpenApiParameter.PATH)
SIZE = OpenApiParameter("size", OpenApiTypes.STR, OpenApiParameter.PATH, enum=["picture", "thumbnail"])


class JPEGRenderer(BaseRenderer):
    """Lets a program ask for a picture by its media type."""

    media_type = "image/jpeg"
    format = "jpg"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> Any:
        """The bytes as they are."""
        return data


def seen_photo(request: PortalRequest, text: str) -> Photo:
    """The photo of this id, if the person sees it. Raises: NotFound."""
    pk = pk_in(text)
    if pk is None:
        raise NotFound
    return visible_photo(request.user, pk, request.on)


def shown(request: PortalRequest, pk: int, code: int = status.HTTP_200_OK) -> Response:
    """The answer that shows a photo."""
    photo = Photo.objects.select_related("case", "event", "uploaded_by").get(pk=pk)
    return Response(PhotoSerializer(photo, context={"request": request}).data, status=code)


class PhotoListView(Door):
    """Where photos are uploaded."""

    row = "photo.upload"
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="photos_upload",
        summary="Upload a photo",
        parameters=[IDEMPOTENCY_KEY],
        request={"multipart/form-data": UploadSerializer},
        responses={201: PhotoSerializer},
        examples=[OpenApiExample("现场照片", value=DRAFT, response_only=True)],
    )
    def post(self, request: PortalRequest) -> Response:
        """JPEG, PNG, WebP or HEIC, at most 20 MB. The answer comes at once with `state` "waiting"; ask for the photo
        until it is "ready" or "refused". A draft is kept for a day, until an action takes it along in `photos`.
        """
        key = required_key(request)
        asked = UploadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        content, kind = asked.validated_data["file"].read(), asked.validated_data["kind"]
        photo = upload_photo(by=request.user, at=request.at, content=content, kind=kind, request_key=f"api.{key}")
        return shown(request, photo.pk, status.HTTP_201_CREATED)


class PhotoView(Door):
    """One photo."""

    @extend_schema(operation_id="photos_get", summary="A photo", parameters=[PHOTO], responses=PhotoSerializer)
    def get(self, request: PortalRequest, photo: str) -> Response:
        """What is known of it."""
        return shown(request, seen_photo(request, photo).pk)

    @extend_schema(
        operation_id="photos_mark",
        summary="Say what a draft shows",
        parameters=[PHOTO],
        request=MarkSerializer,
        responses=PhotoSerializer,
    )
    def patch(self, request: PortalRequest, photo: str) -> Response:
        """`kind` is before, after or other."""
        draft = self._mine(request, photo)
        asked = MarkSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        mark_draft(by=request.user, at=request.at, pk=draft.pk, kind=asked.validated_data["kind"])
        return shown(request, draft.pk)

    @extend_schema(operation_id="photos_remove", summary="Remove a draft", parameters=[PHOTO], responses={204: None})
    def delete(self, request: PortalRequest, photo: str) -> Response:
        """The draft is gone with its files; what belongs to a case stays (409)."""
        remove_draft(by=request.user, at=request.at, pk=self._mine(request, photo).pk)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _mine(self, request: PortalRequest, photo: str) -> Photo:
        found = seen_photo(request, photo)
        require(request.user, "photo.upload", found, on=request.on)
        return found


class PhotoFileView(Door):
    """The files of a photo."""

    renderer_classes = [JPEGRenderer, JSONRenderer]

    @extend_schema(
        operation_id="photos_file",
        summary="The picture or its thumbnail",
        parameters=[PHOTO, SIZE],
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY},
    )
    def get(self, request: PortalRequest, photo: str, size: str) -> HttpResponseBase:
        """A JPEG with an ETag."""
        found = seen_photo(request, photo)
        digest = found.hash_of(size)
        if not digest:
            raise NotFound
        path = photo_store().path(digest)
        name = f"{size}-{found.pk}.jpg"
        return private_file(request._request, path, name=name, content_type="image/jpeg", etag=digest)


class PhotoRedactView(Door):
    """Covering parts of a photo."""

    @extend_schema(
        operation_id="photos_redact",
        summary="Cover parts of a photo for good",
        parameters=[IDEMPOTENCY_KEY, PHOTO],
        request=RedactSerializer,
        responses=PhotoSerializer,
        examples=[
            OpenApiExample(
                "A face",
                request_only=True,
                value={"boxes": [[0.1, 0.2, 0.15, 0.2]], "seen": 0, "note": "遮挡行人面部"},
            )
        ],
    )
    def post(self, request: PortalRequest, photo: str) -> Response:
        """Black rectangles are burnt in and the uncovered picture is removed; the history says who did it."""
        found, key = seen_photo(request, photo), required_key(request)
        require(request.user, "photo.redact", found, on=request.on)
        asked = RedactSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        redact_photo(
            by=request.user,
            at=request.at,
            pk=found.pk,
            boxes=[tuple(box) for box in given["boxes"]],
            seen=given["seen"],
            note=given.get("note", ""),
            request_key=key,
        )
        return shown(request, found.pk)
