"""Photos on the pages: chosen in the forms, shown with the case, given out to those who see it, covered."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.actions import log_case, process_photos
from cases.actions.begin import Matter
from cases.models import Case, CaseEvent, Photo
from tests.cases.stories import case_in
from tests.office import china, standard
from tests.photos.conftest import AT
from tests.photos.pictures import archive, opened, photo, seen

NOON = china("2026-03-04 12:00")


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    monkeypatch.setattr("cases.actions.photos.ring", lambda: None)


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def file(content: bytes = b"", name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or photo(640, 320), content_type="image/jpeg")


def telling(district: Any, **more: Any) -> dict[str, Any]:
    rule = standard(20)
    told = {"matter": f"s{rule.pk}", "description": "占道", "community": district.street.communities[0].pk}
    return {"request_key": str(uuid.uuid4()), "source": "call", "photos_kind": "before", **told, **more}


@pytest.fixture
def kept(district: Any, upload: Any) -> Photo:
    """A photo of a case of the first community, red on the left and blue on the right."""
    street, rule = district.street, standard(330)
    draft = upload(street.clerk)
    matter = Matter(description="测试", source="call", community=street.communities[0], category=rule.category)
    log_case(subdistrict=street.subdistrict, matter=matter, standard=rule, by=street.clerk, at=AT, photos=[draft])
    draft.refresh_from_db()
    return draft


# --- in the forms -----------------------------------------------------------------------------------------------
def test_a_case_is_logged_with_files_of_the_plain_input(district):
    desk = browser(district.street.clerk)
    given = telling(district, photos_files=[file(name="../../etc/passwd"), file(photo(650, 320))])
    assert desk.post(reverse("cases:new"), given).status_code == 302
    case = Case.objects.get()
    assert list(case.photos.values_list("kind", "state", "event__kind")) == [("before", "waiting", "report")] * 2
    again = {**given, "photos_files": [file(), file(photo(650, 320))]}
    assert desk.post(reverse("cases:new"), again).status_code == 302  # sent twice: the same case
    assert (Case.objects.count(), Photo.objects.count()) == (1, 2)


def test_a_form_that_comes_back_keeps_its_photos(district):
    desk = browser(district.street.clerk)
    given = telling(district, description="", photos_files=[file()])
    answer = desk.post(reverse("cases:new"), given)
    draft = Photo.objects.get()
    assert answer.status_code == 422
    tick = f'type="checkbox" name="photos" value="{draft.pk}" id="log_photos_{draft.pk}" checked>'
    assert tick in answer.content.decode()
    given = telling(district, photos=[draft.pk], request_key=given["request_key"])
    assert desk.post(reverse("cases:new"), given).status_code == 302
    draft.refresh_from_db()
    assert draft.case == Case.objects.get()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg></svg>", "This is no photo: JPEG, PNG, WebP and HEIC can be read."),
        (photo() + archive(), "The file holds something else beside a photo and was refused for safety."),
    ],
)
def test_a_file_that_is_no_photo_is_refused_with_a_sentence(district, content, sentence):
    clerk = district.street.clerk
    type(clerk).objects.filter(pk=clerk.pk).update(language="en")
    answer = browser(clerk).post(reverse("cases:new"), telling(district, photos_files=[file(), file(content)]))
    assert answer.status_code == 422
    assert f"Photo 2: {sentence}" in answer.content.decode()
    assert (Case.objects.count(), Photo.objects.count()) == (0, 1)


@pytest.mark.parametrize("photos", [["x"], ["0"], ["9" * 30], ["-1"], ["１"], ["1\x00"], [str(n) for n in range(10)]])
def test_hostile_ids_are_refused(district, photos):
    answer = browser(district.street.clerk).post(reverse("cases:new"), telling(district, photos=photos))
    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_the_photos_of_others_are_refused(district, upload):
    foreign = upload(district.street.clerk2)
    answer = browser(district.street.clerk).post(reverse("cases:new"), telling(district, photos=[foreign.pk]))
    assert answer.status_code == 422
    assert (Case.objects.count(), Photo.objects.get().case) == (0, None)


def test_ten_files_are_too_many(district):
    files = [file() for _one in range(10)]
    answer = browser(district.street.clerk).post(reverse("cases:new"), telling(district, photos_files=files))
    assert answer.status_code == 422
    assert Photo.objects.count() == 0


def test_an_officer_reports_back_with_a_photo(district):
    case, officer = case_in(district, "handling"), district.street.officer
    phone = browser(officer)
    url = reverse("cases:act", args=[case.number, "report_back"])
    page = phone.get(url).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert '<option value="after" selected>' in page
    given = {"request_key": str(uuid.uuid4()), "version": case.version, "note": "已清理", "photos_kind": "after"}
    assert phone.post(url, {**given, "photos_files": [file()]}).status_code == 302
    event = CaseEvent.objects.get(case=case, kind="report_back")
    assert list(event.photos.values_list("kind", "uploaded_by__username")) == [("after", officer.username)]


def test_an_action_without_photos_has_no_picker(district):
    case = case_in(district, "handling")
    page = browser(district.street.clerk).get(reverse("cases:act", args=[case.number, "void"])).content.decode()
    assert "data-photo-picker" not in page
    assert "multipart" not in page


# --- with the case ------------------------------------------------------------------------------------------------
def test_the_case_shows_them_in_its_history_and_side_by_side(district, kept, upload, act):
    street = district.street
    case, desk = kept.case, browser(street.clerk)
    page = desk.get(case.get_absolute_url()).content.decode()
    assert page.count(f'src="{kept.thumbnail_url}"') == 1
    assert "photo-compare" not in page
    after = upload(street.officer, photo(650, 320), kind="after")
    act("report_back", case, by=street.officer, at=china("2026-03-04 10:00"), note="已清理", photos=[after])
    page = desk.get(case.get_absolute_url()).content.decode()
    assert [page.count(f'src="{one.thumbnail_url}"') for one in (kept, after)] == [2, 2]
    assert "photo-compare" in page


def test_what_waits_and_what_was_refused_is_told_in_words(district, upload, act):
    case, clerk = case_in(district, "handling"), district.street.clerk
    type(clerk).objects.filter(pk=clerk.pk).update(language="en")
    waiting = upload(clerk, photo(640, 320)[:-500], ready=False)
    act("note", case, by=clerk, at=china("2026-03-04 10:00"), note="一", photos=[waiting])
    told = f"Photo {waiting.pk} (before): "
    assert f"{told}being prepared" in browser(clerk).get(case.get_absolute_url()).content.decode()
    process_photos(now=lambda: NOON)
    assert f"{told}The file is damaged or incomplete." in browser(clerk).get(case.get_absolute_url()).content.decode()


def test_the_number_of_questions_does_not_grow_with_the_photos(district, upload, act, django_assert_max_num_queries):
    case, clerk = case_in(district, "handling"), district.street.clerk
    desk = browser(clerk)
    desk.get(case.get_absolute_url())
    counts = []
    for number in (1, 8):
        photos = [upload(clerk, photo(640 + number, 320 + one)) for one in range(number)]
        act("note", case, by=clerk, at=china("2026-03-04 10:00"), note="一", photos=photos)
        with django_assert_max_num_queries(12) as captured:
            assert desk.get(case.get_absolute_url()).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- given out ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"),
    [
        *[(name, 200) for name in ("clerk", "clerk2", "leader", "auditor", "officer")],
        *[(name, 404) for name in ("officer2", "teamleader", "member", "admin", "secadmin")],
        *[(name, 404) for name in ("other.clerk", "other.leader", "other.auditor", "other.officer")],
    ],
)
def test_a_photo_is_given_to_those_who_see_its_case(district, kept, who, status):
    street, name = (district.other, who[6:]) if who.startswith("other.") else (district.street, who)
    window = browser(getattr(street, name))
    for url in (kept.url, kept.picture_url, kept.thumbnail_url):
        assert window.get(url).status_code == status, url


def test_a_draft_is_given_to_its_owner_alone(district, upload):
    draft = upload(district.street.clerk)
    for url in (draft.url, draft.thumbnail_url):
        assert browser(district.street.clerk).get(url).status_code == 200
        assert browser(district.street.clerk2).get(url).status_code == 404
        assert browser(district.street.leader).get(url).status_code == 404


def test_a_stranger_logs_in_first(kept):
    for url in (kept.url, kept.picture_url):
        assert Client().get(url).url.startswith("/login/")


def test_the_file_is_private_and_asked_for_each_time(district, kept):
    desk = browser(district.street.clerk)
    answer = desk.get(kept.picture_url)
    content = b"".join(answer)
    assert opened(content).size == (640, 320)
    assert {name: answer[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options", "ETag")} == {
        "Content-Type": "image/jpeg",
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{kept.sha256}"',
    }
    assert answer["Content-Disposition"] == f'inline; filename="picture-{kept.pk}.jpg"'
    assert desk.get(kept.picture_url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    foreign = browser(district.other.clerk)
    assert foreign.get(kept.picture_url, headers={"If-None-Match": answer["ETag"]}).status_code == 404


def test_what_is_not_there_is_404(district, kept, upload, media):
    desk = browser(district.street.clerk)
    waiting = upload(district.street.clerk, ready=False)
    for url in (
        f"/photos/{kept.pk}/original/",
        f"/photos/{kept.pk}/incoming/",
        "/photos/999999999999999999999999/",
        "/photos/999999999999999999999999/picture/",
        f"/photos/{waiting.pk}/picture/",
    ):
        assert desk.get(url).status_code == 404, url
    assert desk.get(waiting.url).status_code == 200
    for path in media.rglob("*.jpg"):
        path.unlink()
    assert desk.get(kept.picture_url).status_code == 404


# --- covered ------------------------------------------------------------------------------------------------------
def covering(**more: Any) -> dict[str, Any]:
    return {"request_key": str(uuid.uuid4()), "seen": 0, "boxes": "0 0 25 100; 90,90,10,10", "note": "人脸", **more}


def test_a_photo_is_covered_by_hand_or_by_script_with_the_same_form(district, kept):
    desk = browser(district.street.clerk)
    assert desk.post(kept.url, covering()).status_code == 302
    kept.refresh_from_db()
    assert kept.redactions == 1
    content = b"".join(desk.get(kept.picture_url))
    assert seen(content, (80, 160), (240, 160), (560, 160), (620, 310)) == ["black", "red", "blue", "black"]
    page = desk.get(kept.case.get_absolute_url()).content.decode()
    assert "人脸" in page


@pytest.mark.parametrize(
    "boxes", ["", "1 2 3", "a b c d", "0 0 0 0", "90 0 20 10", "nan 0 1 1", "0 0 inf 1", ";", "1e999 0 1 1"]
)
def test_a_form_with_wrong_rectangles_comes_back(district, kept, boxes):
    answer = browser(district.street.clerk).post(kept.url, covering(boxes=boxes))
    assert answer.status_code == 422
    assert Photo.objects.get(pk=kept.pk).redactions == 0


@pytest.mark.parametrize(("who", "status"), [("officer", 302), ("auditor", 403), ("officer2", 404), ("admin", 404)])
def test_who_covers(district, kept, who, status):
    window = browser(getattr(district.street, who))
    assert window.post(kept.url, covering()).status_code == status
    assert Photo.objects.get(pk=kept.pk).redactions == (1 if status == 302 else 0)


def test_who_may_not_cover_sees_no_tool(district, kept):
    assert "data-redact-form" in browser(district.street.leader).get(kept.url).content.decode()
    assert "data-redact-form" not in browser(district.street.auditor).get(kept.url).content.decode()


def test_somebody_was_faster(district, kept):
    desk = browser(district.street.clerk)
    desk.post(kept.url, covering())
    assert desk.post(kept.url, covering()).status_code == 409
