"""Photos of reports on the pages: sent by the plain forms, shown with the history, given out to whom they concern."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions import process_photos
from cases.meetings.actions import act_on_resolution
from cases.meetings.models import Evidence, Resolution
from cases.meetings.outside.actions import end_links, make_link
from citymgmt.people.models import User
from tests.cases.list_pages import words
from tests.meetings.gatherings import ENACTED, Gathering
from tests.photos.pictures import opened, photo

LATER = ENACTED + timedelta(hours=2)
UNKNOWN = 10**6


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of the test's own; it is two hours later and everybody reads English."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    monkeypatch.setattr("cases.meetings.evidence.actions.ring", lambda: None)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


@pytest.fixture
def kept(gathering: Gathering) -> Evidence:
    """A photo of the department's progress, developed."""
    return reported(gathering, gathering.resolution("open"))


def reported(gathering: Gathering, resolution: Resolution, content: bytes = b"") -> Evidence:
    User.objects.update(language="en")
    told = {"by": gathering.district.street.clerk, "at": LATER, "note": "已拆除一半"}
    files = [content or photo(640, 320)]
    event = act_on_resolution("progress", number=resolution.number, photos=files, **told)
    process_photos(now=lambda: LATER)
    return Evidence.objects.get(event=event)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def guest_of(gathering: Gathering, unit: Any) -> Client:
    """A browser in which the link of a unit was opened."""
    client = Client(headers={"Accept-Language": "en"})
    secret, _link = make_link(by=gathering.district.street.clerk, at=ENACTED, unit=unit.pk)
    client.post("/unit/open/", {"secret": secret})
    return client


def file(content: bytes = b"", name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or photo(640, 320), content_type="image/jpeg")


def sent(resolution: Resolution, **more: Any) -> dict[str, Any]:
    """What the form of a report sends."""
    return {"version": resolution.version, "request_key": str(uuid.uuid4()), "note": "已拆除一半", **more}


def addresses(pk: int) -> list[str]:
    """The addresses of a photo, for people who log in."""
    return [f"/resolutions/evidence/{pk}/{rest}" for rest in ("", "picture/", "thumbnail/")]


def addresses_by_link(pk: int) -> list[str]:
    """The same behind a link."""
    return [address.replace("/resolutions/", "/unit/") for address in addresses(pk)]


# --- the forms --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["progress", "report_done"])
def test_a_report_with_files_of_the_plain_input(gathering: Gathering, name: str) -> None:
    resolution, web = gathering.resolution("open"), browser(gathering.district.liaison)
    given = sent(resolution, photos=[file(name="../../etc/passwd"), file(photo(650, 320))])
    assert web.post(f"/resolutions/{resolution.number}/do/{name}/", given).status_code == 302
    assert [one.uploaded_by for one in Evidence.objects.all()] == [gathering.district.liaison] * 2
    again = {**given, "photos": [file(), file(photo(650, 320))]}
    web.post(f"/resolutions/{resolution.number}/do/{name}/", again)  # sent twice
    assert (Evidence.objects.count(), resolution.events.filter(kind=f"resolution_{name}").count()) == (2, 1)


def test_the_forms_take_files_and_work_without_javascript(gathering: Gathering) -> None:
    User.objects.update(language="en")
    resolution, clerk = gathering.resolution("open", lead=gathering.school.pk), gathering.district.street.clerk
    one, address = f"/resolutions/{resolution.number}/", f"/unit/resolutions/{resolution.number}/"
    staff = browser(clerk)
    pages = [staff.get(one), staff.get(f"{one}do/progress/"), guest_of(gathering, gathering.school).get(address)]
    for page, count in zip(pages, (1, 1, 2), strict=True):
        assert page.text.count('enctype="multipart/form-data"') == count
        assert page.text.count('type="file" name="photos" multiple accept="image/*"') == count
    assert 'type="file"' not in staff.get(f"{one}do/prolong/").text


def test_a_file_that_is_no_photo_comes_back_at_its_field(gathering: Gathering) -> None:
    User.objects.update(language="en")
    resolution = gathering.resolution("open", lead=gathering.school.pk)
    staff, guest = browser(gathering.district.street.clerk), guest_of(gathering, gathering.school)
    for web, address in ((staff, "/resolutions/{}/do/progress/"), (guest, "/unit/resolutions/{}/progress/")):
        given = sent(resolution, photos=[file(), file(b"text")])
        answer = web.post(address.format(resolution.number), given)
        assert answer.status_code == 422
        assert "Photo 2: This is no photo: JPEG, PNG, WebP and HEIC can be read." in answer.text
        assert "已拆除一半</textarea>" in answer.text
        seven = web.post(address.format(resolution.number), sent(resolution, photos=[file() for _one in range(7)]))
        assert (seven.status_code, "At most 6 photos at once." in seven.text) == (422, True)
    assert (Evidence.objects.count(), resolution.events.filter(kind="resolution_progress").count()) == (0, 0)


def test_a_form_that_comes_back_says_that_the_files_are_to_be_chosen_again(gathering: Gathering) -> None:
    User.objects.update(language="en")
    resolution, web = gathering.resolution("open"), browser(gathering.district.street.clerk)
    address = f"/resolutions/{resolution.number}/do/progress/"
    answer = web.post(address, sent(resolution, note="", photos=[file()]))
    assert (answer.status_code, "Please choose the photos once more." in answer.text) == (422, True)
    answer = web.post(address, sent(resolution, note=""))
    assert (answer.status_code, "Please choose the photos once more." in answer.text) == (422, False)


def test_a_unit_sends_photos_by_its_link(gathering: Gathering) -> None:
    resolution, guest = gathering.resolution("open", lead=gathering.school.pk), guest_of(gathering, gathering.school)
    address = f"/unit/resolutions/{resolution.number}/"
    assert guest.post(f"{address}progress/", sent(resolution, photos=[file()])).status_code == 302
    kept = Evidence.objects.get()
    assert (kept.unit, kept.uploaded_by) == (gathering.school, None)
    waiting = guest.get(address)
    assert "being prepared" in waiting.text or "正在处理" in waiting.text
    process_photos(now=lambda: LATER)
    assert f'src="/unit/evidence/{kept.pk}/thumbnail/"' in guest.get(address).text
    assert [guest.get(one).status_code for one in addresses_by_link(kept.pk)] == [200] * 3


# --- what is shown ----------------------------------------------------------------------------------------------
def test_the_history_shows_them_small_and_a_page_shows_one_large(kept: Evidence, gathering: Gathering) -> None:
    web = browser(gathering.district.street.clerk)
    page = web.get(f"/resolutions/{kept.event.resolution.number}/").text
    small = f'<a href="/resolutions/evidence/{kept.pk}/"><img src="/resolutions/evidence/{kept.pk}/thumbnail/"'
    assert small in page
    large = web.get(f"/resolutions/evidence/{kept.pk}/")
    assert f'src="/resolutions/evidence/{kept.pk}/picture/"' in large.text
    assert str(gathering.district.street.clerk) in large.text
    sizes = [
        opened(web.get(f"/resolutions/evidence/{kept.pk}/{size}/").content).size for size in ("picture", "thumbnail")
    ]
    assert sizes == [(640, 320), (320, 160)]


def test_the_unit_does_not_learn_who_of_the_office_sent_it(gathering: Gathering) -> None:
    kept = reported(gathering, gathering.resolution("open", lead=gathering.school.pk))
    page = guest_of(gathering, gathering.school).get(f"/unit/evidence/{kept.pk}/")
    assert (page.status_code, str(gathering.district.street.clerk) in page.text) == (200, False)


def test_a_photo_that_cannot_be_used_says_why(gathering: Gathering) -> None:
    kept = reported(gathering, gathering.resolution("open"), photo(640, 320)[:4000])
    web, (page, *files) = browser(gathering.district.street.clerk), addresses(kept.pk)
    for address in (page, f"/resolutions/{kept.event.resolution.number}/"):
        assert "The file is damaged or incomplete." in web.get(address).text
    assert [web.get(one).status_code for one in files] == [404, 404]


def test_the_pages_cost_the_same_for_one_photo_and_many(gathering: Gathering) -> None:
    User.objects.update(language="en")
    resolution, clerk = gathering.resolution("open", lead=gathering.school.pk), gathering.district.street.clerk
    webs = [browser(clerk), guest_of(gathering, gathering.school)]
    pages = [f"/resolutions/{resolution.number}/", f"/unit/resolutions/{resolution.number}/"]

    def costs() -> list[int]:
        found = []
        for web, page in zip(webs, pages, strict=True):
            with CaptureQueriesContext(connection) as asked:
                web.get(page)
            found.append(len(asked))
        return found

    reported(gathering, resolution)
    costs()  # the rules of time are read once
    few = costs()
    for number in range(3):
        files = [photo(64 + one, 32) for one in range(6)]
        act_on_resolution("progress", number=resolution.number, by=clerk, at=LATER, note=f"{number}", photos=files)
    assert (costs(), max(few) <= 12) == (few, True)


# --- who sees it ------------------------------------------------------------------------------------------------
def test_whoever_sees_the_resolution_sees_its_photos(kept: Evidence, gathering: Gathering) -> None:
    street, district = gathering.district.street, gathering.district
    sees = {"clerk", "leader", "auditor", "liaison", "teamleader"}  # the department leads, the team helps
    people = {
        **{name: getattr(street, name) for name in ("clerk", "leader", "auditor", "teamleader", "member", "officer")},
        **{name: getattr(street, name) for name in ("admin", "secadmin")},
        **{f"other {name}": getattr(district.other, name) for name in ("clerk", "leader", "admin", "officer")},
        "liaison": district.liaison,
    }
    for name, person in people.items():
        status = 200 if name in sees else 404
        web = browser(person)
        assert [web.get(one).status_code for one in addresses(kept.pk)] == [status] * 3, name
        assert [web.get(one).status_code for one in addresses(UNKNOWN)] == [404] * 3, name


def test_a_photo_that_one_may_not_see_answers_like_one_that_is_not_there(kept: Evidence, gathering: Gathering) -> None:
    web = browser(gathering.district.other.clerk)
    for hidden, unknown in zip(addresses(kept.pk), addresses(UNKNOWN), strict=True):
        one, other = web.get(hidden), web.get(unknown)
        assert (one.status_code, other.status_code, words(one)) == (404, 404, words(other))


@pytest.mark.parametrize("size", ["large", "..", "thumbnail.jpg", "x" * 3000])
def test_another_size_is_not_found(kept: Evidence, gathering: Gathering, size: str) -> None:
    web, guest = browser(gathering.district.street.clerk), guest_of(gathering, gathering.team)
    assert web.get(f"/resolutions/evidence/{kept.pk}/{size}/").status_code == 404
    assert guest.get(f"/unit/evidence/{kept.pk}/{size}/").status_code == 404


@pytest.mark.parametrize("pk", [0, UNKNOWN, 2**63, 10**40])
def test_no_such_photo(gathering: Gathering, pk: int) -> None:
    web, guest = browser(gathering.district.street.clerk), guest_of(gathering, gathering.school)
    assert [web.get(one).status_code for one in addresses(pk)] == [404] * 3
    assert [guest.get(one).status_code for one in addresses_by_link(pk)] == [404] * 3


def test_a_link_shows_photos_of_the_units_own_resolutions(kept: Evidence, gathering: Gathering) -> None:
    for unit, status in ((gathering.department, 200), (gathering.team, 200), (gathering.school, 404)):
        guest = guest_of(gathering, unit)
        assert [guest.get(one).status_code for one in addresses_by_link(kept.pk)] == [status] * 3, unit
        assert {guest.get(one).status_code for one in addresses(kept.pk)} == {302}, unit  # a link is no log-in


def test_without_a_link_or_with_one_that_has_ended_nothing_is_shown(kept: Evidence, gathering: Gathering) -> None:
    guest, clerk = guest_of(gathering, gathering.department), gathering.district.street.clerk
    assert guest.get(addresses_by_link(kept.pk)[1]).status_code == 200
    end_links(by=clerk, at=LATER, unit=gathering.department.pk)
    for web in (guest, browser(clerk), Client()):
        assert [web.get(one).status_code for one in addresses_by_link(kept.pk)] == [410] * 3
    assert {Client().get(one).status_code for one in addresses(kept.pk)} == {302}


def test_no_cache_keeps_a_picture_that_a_link_shows(kept: Evidence, gathering: Gathering) -> None:
    answer = guest_of(gathering, gathering.department).get(addresses_by_link(kept.pk)[1])
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
