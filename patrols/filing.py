"""How patrols log a case: with place and photos, filed at once where its category leaves no choice, or by the desk."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from cases.actions import Matter, log_case, upload_photo
from cases.models import Case, CaseStandard, Category, Photo
from citymgmt.people.models import User
from citymgmt.photos.stored import StoredPhoto, photo_store
from communities.models import KeyPlace, Placed
from communities.models.places import LONGEST_ADDRESS


def log_found(
    thing: Placed,
    description: str,
    category: Category | None,
    *,
    by: User,
    at: datetime,
    address: str = "",
    key_place: KeyPlace | None = None,
    contents: Iterable[bytes] = (),
    request_key: str | None = None,
) -> Case:
    """Log a case of something found at a place, whose address is cut to what a case takes; `contents` are photos.

    Raises: NotFound, NotPermitted, Invalid.
    """
    matter = Matter(
        description=description,
        source=Case.Source.PATROL,
        community=thing.community,
        category=category,
        key_place=key_place,
        address=(address or thing.address)[:LONGEST_ADDRESS],
        longitude=thing.longitude,
        latitude=thing.latitude,
    )
    event = log_case(
        subdistrict=thing.community.subdistrict,
        matter=matter,
        by=by,
        at=at,
        standard=_only_standard(category, timezone.localdate(at)),
        photos=[_drafted(content, by, at) for content in contents],
        request_key=request_key,
    )
    return event.case


def contents_of(photos: Sequence[StoredPhoto]) -> Iterator[bytes]:
    """What there is of these photos: developed, or as it was sent; of those refused or lost there is nothing."""
    for photo in photos:
        try:
            if photo.is_ready:
                yield photo_store().path(photo.sha256).read_bytes()
            elif photo.incoming:
                yield photo_store().upload(photo.incoming)
        except FileNotFoundError:
            continue


def _only_standard(category: Category | None, on: date) -> CaseStandard | None:
    """The one filing condition of a category on a day; None where there are several, or none."""
    found = list(CaseStandard.objects.filter(category=category, validity__contains=on, zone=0)[:2])
    return found[0] if len(found) == 1 else None


def _drafted(content: bytes, by: User, at: datetime) -> Photo:
    return upload_photo(by=by, at=at, content=content, kind=Photo.Kind.BEFORE, request_key=f"patrol.{uuid.uuid4()}")
