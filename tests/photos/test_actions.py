"""Uploading, developing, taking along, covering, cleaning up: what each leaves in rows and files."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases import workflow
from cases.actions import Matter, log_case, mark_draft, process_photos, redact_photo, remove_draft, upload_photo
from cases.actions.photos import clean_photos
from cases.models import Case, CaseEvent, Photo
from citymgmt.photos.actions import ring
from citymgmt.photos.store import Store
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from tests.cases.stories import case_in
from tests.office import china, standard
from tests.photos.conftest import AT, files
from tests.photos.pictures import archive, exif, photo, png_that_claims, seen

LATER = AT + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens after a commit happens at once: these tests never commit."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **kwargs: call())
    monkeypatch.setattr("cases.actions.photos.ring", lambda: None)


def refused(call: Any, **given: Any) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as refusal:
        call(**given)
    return {name: [str(text) for text in texts] for name, texts in refusal.value.fields.items()}


# --- drafts ---------------------------------------------------------------------------------------------------
def test_an_upload_waits_and_is_developed_by_the_worker(district, upload, media):
    clerk = district.street.clerk
    draft = upload(clerk, photo(640, 320, exif=exif()), ready=False)
    assert (draft.state, draft.sha256, draft.is_ready, draft.case) == ("waiting", "", False, None)
    assert files(media) == [f"incoming/{draft.incoming}"]

    assert process_photos(now=lambda: LATER) == 1
    draft.refresh_from_db()
    assert (draft.state, draft.width, draft.height, draft.incoming) == ("ready", 640, 320, "")
    assert draft.taken_at == datetime(2026, 3, 4, 0, 15, 30, tzinfo=UTC)
    assert (float(draft.longitude), float(draft.latitude)) == (113.3265, 23.1366)
    assert len(files(media)) == 2
    assert process_photos(now=lambda: LATER) == 0


@pytest.mark.parametrize("role", ["admin", "secadmin", "auditor"])
def test_who_does_no_case_work_uploads_nothing(district, role, media):
    with pytest.raises(NotPermitted):
        upload_photo(by=getattr(district.street, role), at=AT, content=photo(), kind="other", request_key="k")
    assert files(media) == []


@pytest.mark.parametrize("content", [b"", b"<svg></svg>", photo() + archive()])
def test_what_is_plainly_no_photo_is_refused_at_once(district, content, media):
    fields = refused(upload_photo, by=district.street.clerk, at=AT, content=content, kind="other", request_key="k")
    assert list(fields) == ["file"]
    assert (Photo.objects.count(), files(media)) == (0, [])


def test_a_bomb_is_refused_by_the_worker_with_its_reason(district, upload, media):
    draft = upload(district.street.clerk, png_that_claims(30000, 30000))
    assert (draft.state, draft.reason, draft.incoming) == ("refused", "too_many_pixels", "")
    assert files(media) == []


def test_the_kind_must_be_known(district):
    given = {"by": district.street.clerk, "at": AT, "content": photo(), "request_key": "k"}
    assert list(refused(upload_photo, kind="sideways", **given)) == ["kind"]


def test_a_resend_is_the_same_draft_and_another_photo_under_the_key_is_refused(district, upload, media):
    clerk = district.street.clerk
    first = upload(clerk, key="k1", ready=False)
    assert upload(clerk, key="k1", ready=False).pk == first.pk
    assert upload(district.street.clerk2, key="k1", ready=False).pk != first.pk
    with pytest.raises(KeyReused):
        upload(clerk, photo(65, 32), key="k1")
    assert len(files(media)) == 2


def overtaken(monkeypatch: pytest.MonkeyPatch, by: Any, content: bytes) -> None:
    """Have another upload under the key "k1" be written while the next one lays its file down."""
    receive = Store.receive

    def late(store: Store, own: bytes) -> str:
        monkeypatch.setattr(Store, "receive", receive)
        upload_photo(by=by, at=AT, content=content, kind="other", request_key="k1")
        return receive(store, own)

    monkeypatch.setattr(Store, "receive", late)


def test_of_two_uploads_under_a_key_the_later_is_the_earlier_one_and_leaves_no_file(
    district, upload, media, monkeypatch
):
    overtaken(monkeypatch, district.street.clerk, photo(640, 320))
    draft = upload(district.street.clerk, photo(640, 320), key="k1", ready=False)
    assert (Photo.objects.get(), files(media)) == (draft, [f"incoming/{draft.incoming}"])


def test_of_two_photos_under_a_key_the_later_is_refused_and_leaves_no_file(district, upload, media, monkeypatch):
    overtaken(monkeypatch, district.street.clerk, photo(65, 32))
    with pytest.raises(KeyReused):
        upload(district.street.clerk, photo(640, 320), key="k1", ready=False)
    assert files(media) == [f"incoming/{Photo.objects.get().incoming}"]


def test_nobody_hoards_drafts(district, monkeypatch):
    monkeypatch.setattr("cases.actions.photos.MOST_DRAFTS", 2)
    given = {"by": district.street.clerk, "at": AT, "content": photo(), "kind": "other"}
    for key in "12":
        upload_photo(**given, request_key=key)
    assert list(refused(upload_photo, **given, request_key="3")) == ["file"]


def test_a_draft_is_marked_and_removed_by_its_owner_alone(district, upload, media):
    clerk, other = district.street.clerk, district.street.clerk2
    draft = upload(clerk)
    assert mark_draft(by=clerk, at=AT, pk=draft.pk, kind="after").kind == "after"
    for call in (remove_draft, lambda **given: mark_draft(**given, kind="other")):
        with pytest.raises(NotFound):
            call(by=other, at=AT, pk=draft.pk)
    remove_draft(by=clerk, at=AT, pk=draft.pk)
    assert (Photo.objects.count(), files(media)) == (0, [])
    with pytest.raises(NotFound):
        remove_draft(by=clerk, at=AT, pk=draft.pk)


def test_a_draft_shows_something_known(district, upload):
    draft = upload(district.street.clerk, ready=False)
    assert list(refused(mark_draft, by=district.street.clerk, at=AT, pk=draft.pk, kind="sideways")) == ["kind"]
    assert Photo.objects.get().kind == "before"


def test_the_worker_is_told_and_a_silent_broker_harms_nothing(monkeypatch, caplog):
    told: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(
        "citymgmt.photos.actions.current_app.send_task", lambda name, **given: told.append((name, given))
    )
    ring()
    assert told == [("cases.process_photos", {"retry": False, "ignore_result": True})]

    def fail(name: str, **given: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr("citymgmt.photos.actions.current_app.send_task", fail)
    ring()
    assert [one.getMessage() for one in caplog.records] == ["the bell of the photos does not ring: ConnectionError"]


def test_two_photos_of_the_same_content_share_a_file_until_the_last_is_gone(district, upload, media):
    clerk = district.street.clerk
    first, second = upload(clerk), upload(clerk)
    assert (first.sha256, len(files(media))) == (second.sha256, 2)
    remove_draft(by=clerk, at=AT, pk=first.pk)
    assert len(files(media)) == 2
    remove_draft(by=clerk, at=AT, pk=second.pk)
    assert files(media) == []


# --- developing -----------------------------------------------------------------------------------------------
def test_a_photo_that_kills_its_worker_three_times_is_given_up(district, upload, media, monkeypatch):
    draft = upload(district.street.clerk, ready=False)

    def die(content: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("citymgmt.photos.imaging.develop", die)
    for minutes in (0, 6, 12):
        with pytest.raises(KeyboardInterrupt):
            process_photos(now=lambda minutes=minutes: AT + timedelta(minutes=minutes))
        assert process_photos(now=lambda minutes=minutes: AT + timedelta(minutes=minutes + 4)) == 0  # leased
    assert process_photos(now=lambda: AT + timedelta(minutes=18)) == 1
    draft.refresh_from_db()
    assert (draft.state, draft.reason, files(media)) == ("refused", "stuck", [])


def test_a_run_that_was_killed_leaves_the_photo_to_the_next(district, upload, monkeypatch):
    draft = upload(district.street.clerk, ready=False)
    with monkeypatch.context() as patched:
        patched.setattr("citymgmt.photos.actions._develop", lambda claimed: None)  # it ends after the claim
        process_photos(now=lambda: AT, most=1)
    assert process_photos(now=lambda: AT + timedelta(minutes=6)) == 1
    draft.refresh_from_db()
    assert (draft.state, draft.attempt) == ("ready", 2)


def test_a_lost_upload_says_so(district, upload, media):
    draft = upload(district.street.clerk, ready=False)
    (media / "incoming" / draft.incoming).unlink()
    assert process_photos(now=lambda: AT) == 1
    draft.refresh_from_db()
    assert (draft.state, draft.reason) == ("refused", "lost")


def test_a_draft_removed_while_it_is_developed_leaves_no_file(district, upload, media, monkeypatch):
    from citymgmt.photos import imaging

    clerk, develop = district.street.clerk, imaging.develop
    draft = upload(clerk, ready=False)

    def slow(content: bytes) -> Any:
        remove_draft(by=clerk, at=AT, pk=draft.pk)
        return develop(content)

    monkeypatch.setattr("citymgmt.photos.imaging.develop", slow)
    assert process_photos(now=lambda: AT) == 1
    assert (Photo.objects.count(), files(media)) == (0, [])


def test_a_camera_whose_clock_runs_ahead_is_not_believed(district, upload):
    says = exif()
    says.get_ifd(0x8769)[0x9003] = "2026:03:06 08:00:00"
    assert upload(district.street.clerk, photo(exif=says)).taken_at is None


# --- taken along ----------------------------------------------------------------------------------------------
def logged(district: Any, photos: list[Photo], **more: Any) -> CaseEvent:
    street, rule = district.street, standard(20)
    matter = Matter(description="测试", source="call", community=street.communities[0], category=rule.category)
    told = {"subdistrict": street.subdistrict, "matter": matter, "standard": rule, "by": street.clerk, "at": AT}
    return log_case(**{**told, **more}, photos=photos)


def test_a_case_is_logged_with_its_photos_and_the_place_of_the_camera_is_forgotten(district, upload):
    clerk = district.street.clerk
    drafts = [upload(clerk, photo(exif=exif())), upload(clerk, photo(65, 32), ready=False)]
    event = logged(district, drafts, request_key="k")
    assert (event.kind, list(event.photos.values_list("pk", flat=True))) == ("report", [one.pk for one in drafts])
    for draft in drafts:
        draft.refresh_from_db()
        assert (draft.case_id, draft.longitude, draft.latitude) == (event.case_id, None, None)
    assert logged(district, drafts, request_key="k") == event  # a resend


def test_a_photo_developed_after_it_was_taken_along_does_not_tell_its_place(district, upload):
    draft = upload(district.street.clerk, photo(exif=exif()), ready=False)
    logged(district, [draft])
    process_photos(now=lambda: LATER)
    draft.refresh_from_db()
    assert (draft.state, draft.longitude) == ("ready", None)
    assert draft.taken_at is not None


CARRY = {"confirm", "report_back", "pass", "rework", "reply", "measure", "answer_supervision", "self_handle", "note"}


def test_the_actions_that_carry_photos():
    carry = {name for name, one in workflow.TRANSITIONS.items() if "photos" in one.may_carry}
    assert carry == CARRY


def test_reporting_back_with_photos(district, upload, act):
    case, officer = case_in(district, "handling"), district.street.officer
    draft = upload(officer, kind="after")
    event = act("report_back", case, by=officer, at=china("2026-03-04 10:00"), note="已清理", photos=[draft])
    draft.refresh_from_db()
    assert (draft.event_id, draft.case_id, draft.kind) == (event.pk, case.pk, "after")


def test_an_action_that_shows_nothing_takes_no_photos(district, upload, act):
    case, clerk = case_in(district, "handling"), district.street.clerk
    assert list(refused(act, name="urge", case=case, by=clerk, at=LATER, photos=[upload(clerk)])) == ["photos"]


def test_only_free_drafts_of_ones_own_are_taken(district, upload, act):
    street = district.street
    case = case_in(district, "handling")
    taken, foreign = upload(street.clerk), upload(street.clerk2, photo(70, 30))
    bomb = upload(street.clerk, png_that_claims(30000, 30000))
    many = [upload(street.clerk, key=str(number), ready=False) for number in range(10)]
    act("note", case, by=street.clerk, at=LATER, note="一", photos=[taken])
    before = case.version
    for photos in ([taken], [foreign], [bomb], [many[0], foreign], many):
        fields = refused(act, name="note", case=case, by=street.clerk, at=LATER, note="二", photos=photos)
        assert list(fields) == ["photos"]
    assert (Case.objects.get(pk=case.pk).version, Photo.objects.filter(case=case).count()) == (before, 1)


def test_what_belongs_to_a_case_is_no_draft_any_more(district, upload):
    clerk = district.street.clerk
    draft = upload(clerk)
    logged(district, [draft])
    for call in (remove_draft, lambda **given: mark_draft(**given, kind="other")):
        with pytest.raises(WrongState):
            call(by=clerk, at=AT, pk=draft.pk)


# --- covering -------------------------------------------------------------------------------------------------
BOX = (0.0, 0.0, 0.25, 1.0)


@pytest.fixture
def kept(district, upload) -> Photo:
    """A photo of a case, red on the left and blue on the right."""
    draft = upload(district.street.clerk, photo(640, 320))
    logged(district, [draft])
    draft.refresh_from_db()
    return draft


def test_what_is_covered_is_gone_for_good_and_the_history_says_who(district, kept, media):
    old, clerk = (kept.sha256, kept.thumbnail_sha256), district.street.clerk
    event = redact_photo(by=clerk, at=LATER, pk=kept.pk, boxes=[BOX], seen=0, note="遮挡人脸", request_key="r")
    kept.refresh_from_db()
    assert (event.kind, event.by, event.note, event.case_id) == ("redact_photo", clerk, "遮挡人脸", kept.case_id)
    assert (event.from_state, event.to_state) == ("dispatched", "dispatched")
    assert kept.redactions == 1
    names = [name.removesuffix(".jpg")[-64:] for name in files(media)]
    assert sorted(names) == sorted([kept.sha256, kept.thumbnail_sha256])
    assert set(names).isdisjoint(old)
    picture = (media / "photos" / kept.sha256[:2] / kept.sha256[2:4] / f"{kept.sha256}.jpg").read_bytes()
    assert seen(picture, (80, 160), (240, 160), (560, 160)) == ["black", "red", "blue"]
    assert (
        redact_photo(by=clerk, at=LATER, pk=kept.pk, boxes=[BOX], seen=0, note="遮挡人脸", request_key="r") == event
    )  # a resend
    assert Photo.objects.get(pk=kept.pk).redactions == 1


def test_a_file_that_another_photo_shares_stays(district, kept, upload, media):
    twin = upload(district.street.clerk, photo(640, 320))
    redact_photo(by=district.street.clerk, at=LATER, pk=kept.pk, boxes=[BOX], seen=0)
    assert twin.sha256 in {path.stem for path in media.rglob("*.jpg")}


def test_of_two_who_looked_at_the_same_photo_the_second_looks_again(district, kept):
    given = {"at": LATER, "pk": kept.pk, "boxes": [BOX], "seen": 0}
    redact_photo(by=district.street.clerk, **given)
    with pytest.raises(Stale):
        redact_photo(by=district.street.leader, **given)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("clerk2", None),
        ("leader", None),
        ("officer", None),
        ("officer2", NotFound),
        ("auditor", NotPermitted),
        ("admin", NotFound),
        ("other.clerk", NotFound),
    ],
)
def test_who_may_cover(district, kept, who, refusal):
    street, name = (district.other, who[6:]) if who.startswith("other.") else (district.street, who)
    given = {"by": getattr(street, name), "at": LATER, "pk": kept.pk, "boxes": [BOX], "seen": 0}
    if refusal is None:
        assert redact_photo(**given).by == given["by"]
        return
    with pytest.raises(refusal):
        redact_photo(**given)


@pytest.mark.parametrize(
    "boxes",
    [
        [],
        [BOX] * 21,
        [(0.0, 0.0, 0.0, 1.0)],
        [(0.5, 0.0, 0.6, 1.0)],
        [(-0.1, 0.0, 0.5, 1.0)],
        [(float("nan"), 0.0, 0.5, 1.0)],
        [(0.0, 0.0, float("inf"), 1.0)],
    ],
)
def test_rectangles_lie_on_the_photo(district, kept, boxes):
    given = {"by": district.street.clerk, "at": LATER, "pk": kept.pk, "boxes": boxes, "seen": 0}
    assert list(refused(redact_photo, **given)) == ["boxes"]
    assert Photo.objects.get(pk=kept.pk).sha256 == kept.sha256


def test_a_draft_and_a_photo_that_is_not_ready_cannot_be_covered(district, upload):
    clerk = district.street.clerk
    draft = upload(clerk, ready=False)
    given = {"by": clerk, "at": LATER, "pk": draft.pk, "boxes": [BOX], "seen": 0}
    with pytest.raises(WrongState):
        redact_photo(**given)
    logged(district, [draft])
    with pytest.raises(WrongState):
        redact_photo(**given)
    with pytest.raises(NotFound):
        redact_photo(**{**given, "pk": draft.pk + 99})


def test_a_photo_whose_file_is_gone_cannot_be_covered(district, kept, media):
    (media / "photos" / kept.sha256[:2] / kept.sha256[2:4] / f"{kept.sha256}.jpg").unlink()
    with pytest.raises(WrongState):
        redact_photo(by=district.street.clerk, at=LATER, pk=kept.pk, boxes=[BOX], seen=0)
    kept.refresh_from_db()
    assert (kept.redactions, CaseEvent.objects.filter(kind="redact_photo").count()) == (0, 0)


# --- cleaning up ----------------------------------------------------------------------------------------------
def test_old_drafts_and_files_of_nobody_are_cleaned_up(district, kept, upload, media):
    clerk = district.street.clerk
    old, waiting = upload(clerk, photo(70, 30)), upload(clerk, photo(71, 30), ready=False)
    young = upload(clerk, photo(72, 30), at=AT + timedelta(hours=20))
    orphan, lost = media / "incoming" / ("a" * 32), media / "photos" / "aa" / "aa" / f"{'a' * 64}.jpg"
    for path in (orphan, lost):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for path in media.rglob("*"):
        os.utime(path, (AT.timestamp(),) * 2)
    done = clean_photos(at=AT + timedelta(hours=24, minutes=1))
    assert done == {"drafts": 2, "uploads": 1, "files": 1}
    assert set(Photo.objects.values_list("pk", flat=True)) == {kept.pk, young.pk}
    assert {old.pk, waiting.pk}.isdisjoint(Photo.objects.values_list("pk", flat=True))
    hashes = {kept.sha256, kept.thumbnail_sha256, young.sha256, young.thumbnail_sha256}
    assert {path.stem for path in media.rglob("*") if path.is_file()} == hashes


def test_an_upload_that_still_waits_is_nobodys_leftover(district, upload, media):
    draft = upload(district.street.clerk, ready=False)
    os.utime(media / "incoming" / draft.incoming, (AT.timestamp(),) * 2)
    assert clean_photos(at=AT + timedelta(hours=3)) == {"drafts": 0, "uploads": 0, "files": 0}
    assert files(media) == [f"incoming/{draft.incoming}"]


def test_fresh_files_that_no_row_knows_yet_are_left_alone(district, media):
    fresh: Path = media / "incoming" / ("a" * 32)
    fresh.parent.mkdir(parents=True)
    fresh.write_bytes(b"x")
    assert clean_photos(at=china("2020-01-01 00:00")) == {"drafts": 0, "uploads": 0, "files": 0}
    assert fresh.exists()


# --- what must always be true -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "columns",
    [
        {"state": "ready"},
        {"state": "refused", "incoming": ""},
        {"state": "other"},
        {"kind": "askew"},
        {"incoming": ""},
        {"sha256": "a" * 64},
        {"reason": "damaged"},
        {"longitude": 113},
        {"longitude": 181, "latitude": 0},
    ],
)
def test_the_database_refuses_what_cannot_be(district, upload, columns):
    draft = upload(district.street.clerk, ready=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=draft.pk).update(**columns)


def test_a_photo_of_a_case_has_an_event_and_no_point(district, kept):
    for columns in ({"event": None}, {"case": None}, {"longitude": 113, "latitude": 23}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Photo.objects.filter(pk=kept.pk).update(**columns)
