"""Photos for programs: upload, ask until ready, take along, cover."""

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils import timezone

from cases.actions import process_photos
from cases.models import Case, Photo
from tests.api.conftest import Program, problem
from tests.cases.stories import case_in
from tests.photos.pictures import exif, opened, photo, png_that_claims


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.actions.photos.ring", lambda: None)


def send(program: Program, content: bytes, *, key: str = "", **fields: Any) -> HttpResponse:
    file = SimpleUploadedFile("照片.jpg", content, content_type="image/jpeg")
    headers = {**program.headers, "Idempotency-Key": key or str(uuid.uuid4())}
    return program.web.post("/api/v1/photos/", {"file": file, **fields}, headers=headers)


def change(program: Program, method: str, path: str, body: Any = None) -> HttpResponse:
    call = getattr(program.web, method)
    return call(f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=program.headers)


def test_upload_wait_look(district):
    clerk = Program(district.street.clerk)
    answer = send(clerk, photo(640, 320, exif=exif()), kind="before")
    body = answer.json()
    assert answer.status_code == 201
    assert (body["state"], body["kind"], body["case"], body["picture_url"]) == ("waiting", "before", None, None)
    process_photos(now=timezone.now)
    body = clerk.get(f"photos/{body['id']}/").json()
    assert (body["state"], body["width"], body["height"], body["told"]) == ("ready", 640, 320, "")
    assert body["point"] == [113.3265, 23.1366]
    assert body["taken_at"] == "2026-03-04T08:15:30+08:00"
    picture = clerk.web.get(body["thumbnail_url"], headers={**clerk.headers, "Accept": "image/jpeg"})
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert opened(b"".join(picture)).size == (320, 160)


def test_a_resend_is_the_same_photo(district):
    clerk = Program(district.street.clerk)
    first, again = send(clerk, photo(), key="k"), send(clerk, photo(), key="k")
    assert first.json()["id"] == again.json()["id"]
    assert problem(send(clerk, photo(65, 32), key="k")) == (422, "key_reused")
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "fields", "named"),
    [
        (b"", {}, "file"),
        (b"<svg></svg>", {}, "file"),
        (photo(), {"kind": "sideways"}, "kind"),
        (photo(), {"path": "/etc/passwd"}, "path"),
    ],
)
def test_what_is_refused_at_once(district, content, fields, named):
    answer = send(Program(district.street.clerk), content, **fields)
    assert problem(answer) == (422, "invalid")
    assert list(answer.json()["errors"]) == [named]
    assert Photo.objects.count() == 0


def test_what_the_worker_refuses_is_told(district):
    clerk = Program(district.street.clerk)
    pk = send(clerk, png_that_claims(30000, 30000)).json()["id"]
    process_photos(now=timezone.now)
    body = clerk.get(f"photos/{pk}/").json()
    assert (body["state"], bool(body["told"]), body["picture_url"]) == ("refused", True, None)
    assert problem(clerk.get(f"photos/{pk}/picture/")) == (404, "not_found")


def test_the_doors(district):
    clerk, stranger = Program(district.street.clerk), Program(None)
    assert problem(send(stranger, photo())) == (401, "not_authenticated")
    assert problem(send(Program(district.street.auditor), photo())) == (403, "not_permitted")
    assert problem(clerk.post("photos/", {"kind": "before"})) == (415, "unsupported_media_type")
    file = {"file": SimpleUploadedFile("x.jpg", photo())}
    without_key = clerk.web.post("/api/v1/photos/", file, headers=clerk.headers)
    assert problem(without_key) == (400, "key_missing")
    for pk in ("0", "x", "-1", "9" * 40, "１"):
        assert problem(clerk.get(f"photos/{pk}/")) == (404, "not_found")
    broken = clerk.web.post(
        "/api/v1/photos/", b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x", headers=clerk.headers
    )
    assert problem(broken)[0] in (400, 422)


def test_mark_and_remove_a_draft(district):
    clerk, other = Program(district.street.clerk), Program(district.street.clerk2)
    pk = send(clerk, photo()).json()["id"]
    assert change(clerk, "patch", f"photos/{pk}/", {"kind": "after"}).json()["kind"] == "after"
    assert problem(change(clerk, "patch", f"photos/{pk}/", {"kind": "x"})) == (422, "invalid")
    for method in ("patch", "delete"):
        assert problem(change(other, method, f"photos/{pk}/", {"kind": "after"})) == (404, "not_found")
    assert change(clerk, "delete", f"photos/{pk}/").status_code == 204
    assert Photo.objects.count() == 0


def test_a_case_is_logged_with_photos_and_an_action_takes_more_along(district):
    street = district.street
    clerk = Program(street.clerk)
    first, second = (send(clerk, photo(640 + n, 320), kind="before").json()["id"] for n in range(2))
    body = {"description": "占道", "source": "call", "community": street.communities[0].code, "photos": [first]}
    answer = clerk.post("cases/", body)
    assert answer.status_code == 201
    assert [(one["id"], one["event"], one["point"]) for one in answer.json()["photos"]] == [(first, 1, None)]
    case = Case.objects.get()
    answer = clerk.act(case, "note", note="补充", photos=[second])
    assert [(one["id"], one["case"]) for one in answer.json()["photos"]] == [
        (first, case.number),
        (second, case.number),
    ]
    case.refresh_from_db()
    assert problem(clerk.act(case, "note", note="又", photos=[second])) == (422, "invalid")
    assert problem(change(clerk, "delete", f"photos/{first}/")) == (409, "wrong_state")


@pytest.mark.parametrize(
    "photos", [["x"], [0], [-1], [2**70], [[1]], "1", {"a": 1}, list(range(1, 11)), [True, None], 5]
)
def test_hostile_ids(district, photos):
    case = case_in(district, "handling", at="2026-03-04 09:00")
    answer = Program(district.street.clerk).act(case, "note", note="x", photos=photos)
    assert problem(answer) == (422, "invalid")


def test_cover(district):
    street = district.street
    clerk = Program(street.clerk)
    pk = send(clerk, photo(640, 320)).json()["id"]
    process_photos(now=timezone.now)
    body = {"description": "占道", "source": "call", "community": street.communities[0].code, "photos": [pk]}
    assert clerk.post("cases/", body).status_code == 201
    path, cover = f"photos/{pk}/redact/", {"boxes": [[0, 0, 0.5, 1]], "seen": 0}
    assert problem(Program(street.auditor).post(path, cover)) == (403, "not_permitted")
    assert problem(Program(district.other.clerk).post(path, cover)) == (404, "not_found")
    for boxes in ([], [[0, 0, 1]], [[0, 0, 2, 1]], [["a", 0, 1, 1]], [[0.5, 0, 0.6, 1]], "x"):
        assert problem(clerk.post(path, {**cover, "boxes": boxes})) == (422, "invalid")
    assert clerk.post(path, cover, key="k").json()["redactions"] == 1
    assert clerk.post(path, cover, key="k").json()["redactions"] == 1  # a resend
    assert problem(clerk.post(path, cover)) == (409, "stale")
