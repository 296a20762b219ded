"""Photos of a report: whole or not at all, once, of a person or a unit, developed later, and never removed."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from cases.actions import process_photos, upload_photo
from cases.actions.photos import clean_photos, remove_draft
from cases.meetings.actions import act_on_resolution
from cases.meetings.lifecycle import TRANSITIONS
from cases.meetings.models import Evidence, Resolution, ResolutionEvent
from cases.meetings.outside.actions import make_link, open_link, report_as_unit
from cases.models import Photo
from citymgmt.photos.actions import LEFT_OVER
from citymgmt.refusals import Invalid, KeyReused, Stale
from tests.meetings.gatherings import ENACTED, Gathering, assert_resolutions_are_true
from tests.photos.pictures import archive, exif, photo, png_that_claims
from tests.racing import race

LATER = ENACTED + timedelta(hours=2)
DAYS_LATER = LATER + timedelta(days=9)
Report = Callable[..., ResolutionEvent]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own, and nobody who listens to the bell."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    monkeypatch.setattr("cases.meetings.evidence.actions.ring", lambda: None)
    return tmp_path / "media"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What happens after a commit happens at once: these tests never commit."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **kwargs: call())
    monkeypatch.setattr("cases.actions.photos.ring", lambda: None)
    return


def files(media: Path) -> list[str]:
    """What lies in the store."""
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def shots(count: int) -> list[bytes]:
    """Photos that differ."""
    return [photo(64 + number, 32) for number in range(count)]


def report(gathering: Gathering, resolution: Resolution, name: str = "progress", **told: Any) -> ResolutionEvent:
    """The department reports."""
    given = {"by": gathering.district.liaison, "at": LATER, "note": "已拆除一半", **told}
    return act_on_resolution(name, number=resolution.number, **given)


def age(media: Path) -> None:
    """Make all files of the store old enough to be cleaned up."""
    old = (LATER - 2 * LEFT_OVER).timestamp()
    for path in media.rglob("*"):
        os.utime(path, (old, old))


@pytest.mark.parametrize("name", ["progress", "report_done"])
def test_a_report_carries_photos_that_the_worker_develops(gathering: Gathering, media: Path, name: str) -> None:
    resolution = gathering.resolution("open")
    event = report(gathering, resolution, name, photos=[photo(640, 320, exif=exif()), photo(65, 32)])
    kept = list(event.photos.all())
    assert [(one.ordinal, one.state, one.uploaded_by, one.unit) for one in kept] == [
        (1, "waiting", gathering.district.liaison, None),
        (2, "waiting", gathering.district.liaison, None),
    ]
    assert files(media) == sorted(one.incoming for one in kept)

    assert process_photos(now=lambda: LATER) == 2
    first = event.photos.get(ordinal=1)
    assert (first.state, first.width, first.incoming, first.attempt) == ("ready", 640, "", 1)
    assert first.taken_at is not None
    picture = (media / "photos" / first.sha256[:2] / first.sha256[2:4] / f"{first.sha256}.jpg").read_bytes()
    assert b"SECRETPHONE" not in picture
    assert_resolutions_are_true()


def test_the_actions_that_carry_photos() -> None:
    assert {name for name, one in TRANSITIONS.items() if "photos" in one.may_carry} == {"progress", "report_done"}


def test_no_other_action_takes_photos(gathering: Gathering, media: Path) -> None:
    resolution = gathering.resolution("open")
    with pytest.raises(Invalid) as refused:
        act_on_resolution(
            "urge", number=resolution.number, by=gathering.district.street.clerk, at=LATER, photos=[photo()]
        )
    assert (list(refused.value.fields), files(media)) == (["photos"], [])


@pytest.mark.parametrize("bad", [b"", b"text", archive(), photo() + archive()], ids=["empty", "text", "zip", "both"])
def test_one_file_that_is_no_photo_refuses_all(gathering: Gathering, media: Path, bad: bytes) -> None:
    resolution = gathering.resolution("open")
    with pytest.raises(Invalid) as refused:
        report(gathering, resolution, photos=[photo(), bad, photo(65, 32), bad])
    sentences = refused.value.fields["photos"]
    assert [number for number in "1234" for sentence in sentences if f" {number}" in sentence[:8]] == ["2", "4"]
    assert (Evidence.objects.count(), files(media)) == (0, [])
    assert resolution.events.filter(kind="resolution_progress").count() == 0


def test_six_photos_and_no_more(gathering: Gathering, media: Path) -> None:
    resolution = gathering.resolution("open")
    with pytest.raises(Invalid):
        report(gathering, resolution, photos=shots(7))
    assert files(media) == []
    assert report(gathering, resolution, photos=shots(6)).photos.count() == 6


def test_what_is_refused_for_another_reason_leaves_nothing(gathering: Gathering, media: Path) -> None:
    resolution = gathering.resolution("open")
    with pytest.raises(Stale):
        report(gathering, resolution, version=99, photos=[photo()])
    with pytest.raises(Invalid):
        report(gathering, resolution, note="", photos=[photo()])
    assert (Evidence.objects.count(), files(media)) == (0, [])


def test_a_resend_adds_nothing_and_other_photos_under_its_key_are_refused(gathering: Gathering, media: Path) -> None:
    resolution = gathering.resolution("open")
    first = report(gathering, resolution, photos=shots(2), request_key="r")
    assert report(gathering, resolution, photos=shots(2), request_key="r") == first
    for other in (shots(1), shots(3), shots(2)[::-1], []):
        with pytest.raises(KeyReused):
            report(gathering, resolution, photos=other, request_key="r")
    assert (Evidence.objects.count(), len(files(media))) == (2, 2)
    process_photos(now=lambda: LATER)
    assert report(gathering, resolution, photos=shots(2), request_key="r") == first  # developed meanwhile
    assert Evidence.objects.filter(state="waiting").count() == 0


def test_of_two_resends_at_once_one_writes_the_photos(gathered: Gathering, media: Path) -> None:
    resolution = gathered.resolution("open")
    sending = partial(report, gathered, resolution, photos=shots(2), request_key="r")
    first, second = race([sending] * 2)
    assert (first, Evidence.objects.count(), len(files(media))) == (second, 2, 2)


def test_a_photo_by_link_is_the_units(gathering: Gathering) -> None:
    resolution = gathering.resolution("open", lead=gathering.school.pk)
    secret, _link = make_link(by=gathering.district.street.clerk, at=ENACTED, unit=gathering.school.pk)
    link = open_link(secret=secret, at=LATER)
    told = {"version": 2, "note": "已清理", "request_key": "r"}
    event = report_as_unit("progress", link=link, number=resolution.number, at=LATER, photos=[photo()], **told)
    assert [(one.uploaded_by, one.unit) for one in event.photos.all()] == [(None, gathering.school)]


@pytest.mark.parametrize("who", ["nobody", "both"])
def test_a_photo_is_of_a_person_or_of_a_unit(gathering: Gathering, who: str) -> None:
    kept = report(gathering, gathering.resolution("open"), photos=[photo()]).photos.get()
    told = {"uploaded_by": None} if who == "nobody" else {"unit": gathering.school}
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=kept.pk).update(**told)


def test_a_photo_that_cannot_be_read_is_refused_and_says_so(gathering: Gathering, media: Path, at_once: None) -> None:
    kept = report(gathering, gathering.resolution("open"), photos=[png_that_claims(30000, 30000)]).photos.get()
    process_photos(now=lambda: LATER)
    kept.refresh_from_db()
    assert (kept.state, kept.reason, files(media)) == ("refused", "too_many_pixels", [])


def test_cleaning_up_keeps_evidence_whether_it_waits_or_is_developed(gathering: Gathering, media: Path) -> None:
    resolution = gathering.resolution("open")
    developed = report(gathering, resolution, photos=[photo(640, 320)]).photos.get()
    (media / "incoming" / ("0" * 32)).write_bytes(b"left over")
    with transaction.atomic():
        process_photos(now=lambda: LATER)
    waiting = report(gathering, resolution, photos=[photo(650, 320)]).photos.get()
    developed.refresh_from_db()
    (media / "photos" / "ff" / "ff").mkdir(parents=True)
    (media / "photos" / "ff" / "ff" / f"{'f' * 64}.jpg").write_bytes(b"left over")
    age(media)
    assert clean_photos(at=DAYS_LATER)["files"] == 1
    kept = {f"{developed.sha256}.jpg", f"{developed.thumbnail_sha256}.jpg", waiting.incoming}
    assert set(files(media)) == kept
    process_photos(now=lambda: DAYS_LATER)
    waiting.refresh_from_db()
    assert waiting.state == "ready"


def test_a_file_that_a_case_photo_shares_stays_when_that_is_removed(
    gathering: Gathering, media: Path, at_once: None
) -> None:
    clerk = gathering.district.street.clerk
    kept = report(gathering, gathering.resolution("open"), photos=[photo(640, 320)]).photos.get()
    draft = upload_photo(by=clerk, at=LATER, content=photo(640, 320), kind="other", request_key="k")
    process_photos(now=lambda: LATER)
    kept.refresh_from_db()
    assert Photo.objects.get(pk=draft.pk).sha256 == kept.sha256
    remove_draft(by=clerk, at=LATER, pk=draft.pk)
    assert set(files(media)) == {f"{kept.sha256}.jpg", f"{kept.thumbnail_sha256}.jpg"}


def test_evidence_is_never_removed(gathering: Gathering) -> None:
    kept = report(gathering, gathering.resolution("open"), photos=[photo()]).photos.get()
    with pytest.raises(InternalError, match="never removed"), transaction.atomic():
        kept.delete()
