"""Two at once: one draft goes to one case, a key makes one draft, a photo is developed once, no file is lost."""

import threading
from functools import partial
from typing import Any

import pytest

from cases.actions import perform, process_photos, redact_photo, remove_draft, upload_photo
from cases.actions import photos as module
from cases.models import CaseEvent, Photo
from citymgmt.refusals import Invalid, Stale
from tests.cases.stories import case_in
from tests.photos.conftest import AT, files
from tests.photos.pictures import photo
from tests.racing import race


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ring", lambda: None)


def uploading(person: Any, key: str, content: bytes = b"") -> Any:
    return partial(upload_photo, by=person, at=AT, content=content or photo(640, 320), kind="other", request_key=key)


def developing() -> Any:
    return partial(process_photos, now=lambda: AT)


def test_one_key_at_once_is_one_draft_and_one_file(committed, media):
    outcomes = race([uploading(committed.street.clerk, "k")] * 4)
    assert len({one.pk for one in outcomes}) == 1
    assert len(files(media)) == 1


def test_workers_at_once_develop_each_photo_once(committed, media, monkeypatch):
    clerk = committed.street.clerk
    for number in range(8):
        uploading(clerk, str(number), photo(640 + number, 320))()
    count, develop, lock = [0], module.imaging.develop, threading.Lock()

    def counted(content: bytes) -> Any:
        with lock:
            count[0] += 1
        return develop(content)

    monkeypatch.setattr(module.imaging, "develop", counted)
    assert sum(race([developing()] * 3)) == 8
    assert (count, set(Photo.objects.values_list("state", "attempt"))) == ([8], {("ready", 1)})
    assert len(files(media)) == 16


def test_a_draft_goes_to_one_of_two_cases(committed):
    clerk = committed.street.clerk
    cases = [case_in(committed, "handling") for _one in range(2)]
    draft = uploading(clerk, "k")()

    def taking(case: Any) -> Any:
        return partial(perform, "note", number=case.number, by=clerk, at=AT, note="x", photos=[draft])

    outcomes = race([taking(case) for case in cases])
    assert sorted(type(one).__name__ for one in outcomes) == ["CaseEvent", Invalid.__name__]
    assert CaseEvent.objects.filter(kind="note").count() == 1


def test_of_two_who_cover_at_once_one_looks_again(committed, media):
    clerk, case = committed.street.clerk, case_in(committed, "handling")
    draft = uploading(clerk, "k")()
    process_photos(now=lambda: AT)
    perform("note", number=case.number, by=clerk, at=AT, note="x", photos=[draft])

    def covering(left: float) -> Any:
        return partial(redact_photo, by=clerk, at=AT, pk=draft.pk, boxes=[(left, 0.0, 0.2, 0.2)], seen=0)

    outcomes = race([covering(0.1), covering(0.6)])
    assert sorted(type(one).__name__ for one in outcomes) == ["CaseEvent", Stale.__name__]
    draft.refresh_from_db()
    kept = {f"photos/{one[:2]}/{one[2:4]}/{one}.jpg" for one in (draft.sha256, draft.thumbnail_sha256)}
    assert (draft.redactions, set(files(media))) == (1, kept)


def test_the_same_content_developed_and_removed_at_once_keeps_its_file(committed, media):
    clerk = committed.street.clerk
    for turn in range(5):
        old = uploading(clerk, f"old{turn}")()
        process_photos(now=lambda: AT)
        new = uploading(clerk, f"new{turn}")()
        race([partial(remove_draft, by=clerk, at=AT, pk=old.pk), developing()])
        new.refresh_from_db()
        kept = {f"photos/{one[:2]}/{one[2:4]}/{one}.jpg" for one in (new.sha256, new.thumbnail_sha256)}
        assert set(files(media)) == kept
        remove_draft(by=clerk, at=AT, pk=new.pk)
        assert files(media) == []
