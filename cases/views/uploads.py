"""Files that came with a form, by the plain file input: they become drafts, so that no refusal loses them."""

import hashlib
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.actions import upload_photo
from cases.actions.attaching import MOST_PHOTOS
from cases.models import Photo
from cases.views.lists.pages import PortalRequest
from citymgmt.refusals import Refusal

FILES, KIND = "photos_files", "photos_kind"


def with_uploads(request: PortalRequest) -> tuple[QueryDict, list[str]]:
    """What was posted, with the files as ids of drafts under `photos`; and why files were refused."""
    files = request.FILES.getlist(FILES)
    if not files:
        return request.POST, []
    data, refused = request.POST.copy(), []
    if len(files) > MOST_PHOTOS:
        return data, [_("At most %(most)d photos at once.") % {"most": MOST_PHOTOS}]
    for number, file in enumerate(files, 1):
        try:
            data.appendlist("photos", str(_draft(request, file.read()).pk))
        except Refusal as refusal:
            refused.append(_("Photo %(number)d: %(why)s") % {"number": number, "why": refusal})
    return data, refused


def _draft(request: PortalRequest, content: bytes) -> Photo:
    """The file as a draft; the same form sent twice gives the same one."""
    form = hashlib.sha256(request.POST.get("request_key", "").encode("utf-8", "replace")).hexdigest()
    key = f"{form[:32]}.{hashlib.sha256(content).hexdigest()[:32]}"
    kind = request.POST.get(KIND, "")
    known = kind if kind in Photo.Kind.values else Photo.Kind.OTHER.value
    return upload_photo(by=request.user, at=request.at, content=content, kind=known, request_key=key)


def say_refused(form: Any, sentences: list[str]) -> None:
    """Put why files were refused to the field of the photos."""
    for sentence in sentences:
        form.add_error("photos", sentence)
