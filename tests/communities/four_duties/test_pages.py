"""Pages of the four duties: filled in on the phone, confirmed at the desk, looked at by leaders."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from citymgmt.people.models import User
from citymgmt.photos.actions import process_photos
from communities.four_duties import actions
from communities.models import DutyPhoto, DutySheet
from tests.communities.four_duties.conftest import AT, Sheet
from tests.hostile.probing import browser
from tests.office import District
from tests.photos.pictures import photo

LIST = "/communities/duties/"


@pytest.fixture(autouse=True)
def moment(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the last of March; everybody reads English."""
    User.objects.update(language="en")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)


def filled(web: Client, address: str, **given: Any) -> Any:
    """Send the form of a page as it is shown, with these fields otherwise."""
    form = web.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return web.post(address, {**{name: value for name, value in shown.items() if value}, **given})


def test_from_the_phone_to_the_score(sheet: Sheet) -> None:
    officer, leader = browser(sheet.street.officer), browser(sheet.street.leader)
    page = sheet.now().get_absolute_url()
    refused = filled(officer, f"{page}fill/", mark_1="done", hand_in="1")
    assert (refused.status_code, "Choose one of these." in refused.content.decode()) == (422, True)
    assert filled(officer, f"{page}fill/", mark_1="done", keep="1").status_code == 302
    shot = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
    told = {"mark_2": "partly", "note_2": "一半", "mark_3": "done", "photos_3": shot}
    assert filled(officer, f"{page}fill/", **told, hand_in="1").status_code == 302
    process_photos(now=timezone.now)
    stored = DutyPhoto.objects.get()
    assert officer.get(f"{LIST}photos/{stored.pk}/thumbnail/").status_code == 200
    refused = filled(leader, f"{page}confirm/", mark_1="not_done")
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"reason"})
    assert filled(leader, f"{page}confirm/").status_code == 302
    assert sheet.now().score_tenths == 750
    shown = leader.get(LIST).content.decode()
    assert "75.0" in shown
    for web, form in ((officer, "fill"), (leader, "confirm"), (leader, "give-back")):
        assert web.get(f"{page}{form}/").status_code == 302  # it is through


def test_given_back_by_page(sheet: Sheet) -> None:
    sheet.fill("done", "done", "na", notes=("", "", "没有"))
    leader, page = browser(sheet.street.leader), sheet.now().get_absolute_url()
    assert filled(leader, f"{page}give-back/", reason="").status_code == 422
    assert filled(leader, f"{page}give-back/", reason="补照片").status_code == 302
    assert "补照片" in leader.get(page).content.decode()


def test_the_list_is_kept_by_page(district: District) -> None:
    leader = browser(district.street.leader)
    assert leader.post(f"{LIST}list/usual/").status_code == 302
    assert filled(leader, f"{LIST}list/new/", name_zh="新任务", area="law").status_code == 302
    assert filled(leader, f"{LIST}list/new/", name_zh="").status_code == 422
    shown = leader.get(f"{LIST}list/").content.decode()
    assert ("新任务" in shown, shown.count("<tr>")) == (True, 13 + 4)


@pytest.mark.parametrize("path", ["", "list/"])
def test_queries_do_not_grow(sheet: Sheet, path: str, django_assert_max_num_queries: Any) -> None:
    leader = browser(sheet.street.leader)
    leader.get(f"{LIST}{path}")
    counts = []
    for _time in range(2):
        with django_assert_max_num_queries(12) as asked:
            assert leader.get(f"{LIST}{path}").status_code == 200
        counts.append(len(asked))
        actions.make_usual_duties(by=sheet.street.leader, at=AT)
        DutySheet.objects.filter(pk=sheet.pk).exists()
    assert counts[0] == counts[1]


def test_one_sheet_takes_few_queries(sheet: Sheet, django_assert_max_num_queries: Any) -> None:
    leader, page = browser(sheet.street.leader), sheet.now().get_absolute_url()
    leader.get(page)
    with django_assert_max_num_queries(12):
        assert leader.get(page).status_code == 200


@pytest.mark.parametrize("month", ["", "2026-02", "2026-13", "x", "9999-12", "\x00", "2026-04"])
def test_any_month_is_answered(sheet: Sheet, month: str) -> None:
    answer = browser(sheet.street.leader).get(LIST, {"month": month})
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("officer2", 404), ("admin", 404), ("auditor", 404)])
def test_who_sees_a_sheet(sheet: Sheet, who: str, status: int) -> None:
    assert browser(getattr(sheet.street, who)).get(reverse("four_duties:sheet", args=[sheet.pk])).status_code == status
