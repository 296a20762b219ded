"""A resident without a log-in, on a phone of 360 px: reports with two photos, follows, adds, judges "not solved"; the
clerk sees all of it. Without JavaScript too.
"""

import re
import time
from pathlib import Path
from typing import Any

import pytest

from cases.actions import perform, process_photos
from cases.demo.terrain import inside
from cases.intake.models import Judgement, Report
from cases.models import Case, Photo
from tests.browser.windows import Clock, Opens, Window
from tests.office import District, standard
from tests.photos.pictures import photo

SMALL = {"width": 360, "height": 740}
PHOTOS = [{"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": photo(64 + number, 32)} for number in (0, 1)]
pytestmark = pytest.mark.usefixtures("media")


def pick(window: Window, name: str) -> None:
    """Choose a topic by its tile."""
    window.page.locator(".topic-tile", has_text=name).click()


def waits_for(window: Window, field: str) -> None:
    """Wait until a script has filled in a field."""
    until = time.monotonic() + 30
    while not window.page.locator(field).input_value():
        assert time.monotonic() < until, f"{field} stays empty"
        window.page.wait_for_timeout(50)


def send(window: Window) -> tuple[str, str]:
    """Send the report; number and secret as the receipt shows them."""
    window.page.locator("main .action-bar button.btn-primary").click()
    window.page.wait_for_selector(".receipt")
    window.look()
    return window.text(".receipt .number"), window.text(".receipt-secret")


def handled(case: Case, ground: District, clock: Clock) -> None:
    """The office carries it to its end."""
    street = ground.street
    perform("accept", number=case.number, by=street.clerk, at=clock.at)
    perform("file", number=case.number, by=street.clerk, at=clock.at, standard=standard(20))
    perform("dispatch", number=case.number, by=street.clerk, at=clock.at, officer=street.officer2)
    perform("report_back", number=case.number, by=street.officer2, at=clock.at, note="内部情况")
    perform("pass", number=case.number, by=street.clerk, at=clock.at)


def test_a_resident_reports_follows_and_judges(window: Opens, ground: District, clock: Clock) -> None:
    phone: Window = window(size=SMALL)
    phone.page.context.grant_permissions(["geolocation"])
    longitude, latitude = inside(1, 0, 0.5, 0.5)
    phone.page.context.set_geolocation({"longitude": float(longitude), "latitude": float(latitude)})
    phone.open("/report/")
    pick(phone, "着火")
    assert phone.page.locator(".topic-call:visible a[href='tel:119']").count() == 1
    phone.look()
    pick(phone, "占道摆摊")
    phone.page.get_by_label("要绕行").check()
    phone.page.fill("[name=description]", "三辆水果车占住人行道")
    phone.page.set_input_files("[name=photos]", PHOTOS)  # type: ignore[arg-type]
    phone.page.locator("[data-locate]").click()
    waits_for(phone, "[name=community]")
    phone.page.fill("[name=phone]", "13800001234")
    waits_for(phone, "[name=altcha]")
    phone.look()
    number, secret = send(phone)
    report = Report.objects.select_related("case").get()
    assert (report.case.number, report.case.community) == (number, ground.street.communities[1])
    assert (report.answers, report.case.source, Photo.objects.count()) == ({"blocks": "partly"}, "citizen", 2)
    assert secret not in phone.page.url

    phone.press("查询进展")
    phone.page.wait_for_url("**/follow/report/")
    phone.look()
    phone.page.fill("#add [name=text]", "又多了一辆")
    phone.page.locator("#add button[type=submit]").click()
    phone.page.wait_for_selector("#toasts .note")
    assert "又多了一辆" in phone.text()

    process_photos(now=lambda: clock.at)
    handled(report.case, ground, clock)
    phone.open("/follow/report/")
    assert "内部情况" not in phone.text()
    phone.page.get_by_label("未解决").check()
    phone.page.get_by_label("不满意", exact=True).check()
    phone.look()
    phone.page.locator("#judge button[type=submit]").click()
    phone.page.wait_for_selector("text=街道正在复核")

    clerk_sees(window(ground.street.clerk), report, number)


def clerk_sees(clerk: Window, report: Report, number: str) -> None:
    """The case with its photos and what the resident did; the review opens it again."""
    clerk.open(f"/cases/{number}/")
    clerk.page.wait_for_selector("#resident .resident-judgement")
    assert re.search(r"又多了一辆.*未解决|未解决.*又多了一辆", clerk.text("#resident"))
    assert "138****1234" in clerk.text("#reporter")
    clerk.look()
    clerk.open("/residents/")
    clerk.look()
    with clerk.leaving():
        clerk.press("复核", within="main table")
    clerk.look()
    clerk.page.fill("[name=reason]", "现场确实还在")
    clerk.press("重新办理")
    clerk.page.wait_for_url("**/residents/")
    assert Judgement.objects.get().review == "reopened"
    assert Case.objects.get(pk=report.case_id).state == "filed"


def test_everything_without_javascript(window: Opens, ground: District, clock: Clock) -> None:
    plain: Window = window(size=SMALL, javascript=False)
    plain.open("/report/")
    pick(plain, "垃圾没人清")
    plain.page.fill("[name=description]", "桶满了")
    plain.page.set_input_files("[name=photos]", PHOTOS)  # type: ignore[arg-type]
    with plain.leaving():
        plain.press("提交上报")  # no place yet
    assert "请选择社区或定位" in plain.text(".error-summary")
    assert "已保留 2 张照片" in plain.text()
    plain.page.select_option("[name=community]", label=ground.street.communities[0].name_zh)
    with plain.leaving():
        plain.press("提交上报")
    number, secret = plain.text(".receipt .number"), plain.text(".receipt-secret")
    plain.open("/follow/")
    fill: Any = plain.page.fill
    fill("[name=number]", number)
    fill("[name=secret]", secret.lower().replace("-", " "))
    with plain.leaving():
        plain.press("打开")
    assert plain.title == "垃圾没人清、垃圾桶满了"
    assert (Report.objects.get().case.number, Photo.objects.count()) == (number, 2)
    assert Path(plain.path).name == "report"
