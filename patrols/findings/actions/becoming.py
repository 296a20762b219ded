"""A finding becomes a case, with its place, its category and its photos: when it is noted, or afterwards."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.actions import Matter, log_case, upload_photo
from cases.actions.developing import drop_uploads, forget_files
from cases.models import Case, Photo
from cases.models.stored import photo_store
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.worktime.rules import hold_rules
from patrols.filing import only_standard
from patrols.findings.models import Finding, FindingPhoto
from patrols.findings.querysets import locked_finding


def make_case(*, by: User, at: datetime, pk: int) -> Case:
    """Make a case of what was handled on the spot, after all; its photos go along. There is no way back, and whoever
    asks again gets the same case.

    Raises: NotFound, NotPermitted, Invalid.
    """
    with transaction.atomic():
        hold_rules()
        found = locked_finding(pk)
        require(by, "finding.make_case", found, on=timezone.localdate(at))
        if found.case_id is None:
            photos = list(found.photos.select_for_update(of=("self",), no_key=True).order_by("pk"))
            become_case(found, _contents(photos), by, at)
            found.save(update_fields=["way", "case", "case_by", "case_at"])
            _remove(photos)
        assert found.case is not None  # now it is one
        return found.case


def become_case(found: Finding, contents: Iterable[bytes], by: User, at: datetime) -> None:
    """Log a case of a finding, within a transaction, and say so in the columns of its row, which the caller saves.

    Raises: NotPermitted, NotFound, Invalid.
    """
    matter = Matter(
        description=_described(found),
        source=Case.Source.PATROL,
        community=found.community,
        category=found.category,
        key_place=found.key_place,
        address=found.address,
        longitude=found.longitude,
        latitude=found.latitude,
    )
    event = log_case(
        subdistrict=found.community.subdistrict,
        matter=matter,
        by=by,
        at=at,
        standard=only_standard(found.category, timezone.localdate(at)),
        photos=[_drafted(content, by, at) for content in contents],
    )
    found.way, found.case, found.case_by, found.case_at = Finding.Way.CASE, event.case, by, at


def _drafted(content: bytes, by: User, at: datetime) -> Photo:
    return upload_photo(by=by, at=at, content=content, kind=Photo.Kind.BEFORE, request_key=f"finding.{uuid.uuid4()}")


def _described(found: Finding) -> str:
    """The finding in the office's language, whoever noted it."""
    with override("zh-hans"):
        place = found.address or str(found.key_place or found.community)
        text = _("Found on patrol: %(category)s, %(place)s.") % {"category": found.category, "place": place}
    return f"{text} {found.note}".strip()


def _contents(photos: Sequence[FindingPhoto]) -> Iterator[bytes]:
    """What there is of these photos: developed, or as it was sent; of those refused or lost there is nothing."""
    for photo in photos:
        try:
            if photo.is_ready:
                yield photo_store().path(photo.sha256).read_bytes()
            elif photo.incoming:
                yield photo_store().upload(photo.incoming)
        except FileNotFoundError:
            continue


def _remove(photos: Sequence[FindingPhoto]) -> None:
    """Remove photos that are with a case now, where they can be covered; their files go once that is certain."""
    uploads = [photo.incoming for photo in photos if photo.incoming]
    files = [digest for photo in photos for digest in (photo.sha256, photo.thumbnail_sha256) if digest]
    FindingPhoto.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    transaction.on_commit(partial(drop_uploads, uploads))
    transaction.on_commit(partial(forget_files, files))
