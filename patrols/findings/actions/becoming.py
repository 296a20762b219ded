"""A finding becomes a case, with its place, its category and its photos: when it is noted, or afterwards."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.models import Case
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.photos.actions import drop_uploads, forget_files
from citymgmt.worktime.rules import hold_rules
from patrols.filing import contents_of, log_found
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
            become_case(found, contents_of(photos), by, at)
            found.save(update_fields=["way", "case", "case_by", "case_at"])
            _remove(photos)
        assert found.case is not None  # now it is one
        return found.case


def become_case(found: Finding, contents: Iterable[bytes], by: User, at: datetime) -> None:
    """Log a case of a finding, within a transaction, and say so in the columns of its row, which the caller saves.

    Raises: NotPermitted, NotFound, Invalid.
    """
    found.case = log_found(
        found,
        _described(found),
        found.category,
        by=by,
        at=at,
        key_place=found.key_place,
        contents=contents,
    )
    found.way, found.case_by, found.case_at = Finding.Way.CASE, by, at


def _described(found: Finding) -> str:
    """The finding in the office's language, whoever noted it."""
    with override("zh-hans"):
        place = found.address or str(found.key_place or found.community)
        text = _("Found on patrol: %(category)s, %(place)s.") % {"category": found.category, "place": place}
    return f"{text} {found.note}".strip()


def _remove(photos: Sequence[FindingPhoto]) -> None:
    """Remove photos that are with a case now, where they can be covered; their files go once that is certain."""
    uploads = [photo.incoming for photo in photos if photo.incoming]
    files = [digest for photo in photos for digest in (photo.sha256, photo.thumbnail_sha256) if digest]
    FindingPhoto.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    transaction.on_commit(partial(drop_uploads, uploads))
    transaction.on_commit(partial(forget_files, files))
