"""A school without a log-in: the mail's link opens once on the phone, it answers, reports, and the office sees it."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from cases.meetings.models import Resolution, Seat, UnitLink
from citymgmt.outbox.channels import SENDERS
from citymgmt.outbox.delivery import deliver
from tests.browser.windows import PHONE, Clock, Opens, Window
from tests.meetings.circulating import made
from tests.meetings.gatherings import ENACTED, PLANNED, Gathering, gather
from tests.office import District


@pytest.fixture
def gathered(committed: District, clock: Clock) -> Gathering:
    """The school is invited, and leads a resolution in force."""
    clock.at = PLANNED + timedelta(hours=1)
    return gather(committed)


def link_of_last_mail(clock: Clock) -> str:
    """The path that the last mail to the school leads to."""
    deliver(lambda: clock.at, SENDERS)
    letter = [letter for letter in mail.outbox if letter.to == ["school@example.org"]][-1]
    found = re.search(r"(/unit/open/[\w-]+/)", letter.body)
    assert found is not None
    return found[1]


def opens(window: Window, path: str) -> None:
    """Open the link: whose it is is said before."""
    window.open(path)
    assert window.title == "第一小学"
    window.look()
    window.press("打开链接")
    window.page.wait_for_url("**/unit/")
    window.look()


def test_the_school_answers_reports_and_the_office_sees_it(window: Opens, gathered: Gathering, clock: Clock) -> None:
    school = window(size=PHONE)
    first = link_of_last_mail(clock)
    opens(school, first)
    school.page.locator("[name=answer][value=coming], [name=answer]").first.wait_for()
    answers(school)
    assert Seat.objects.get(unit=gathered.school).names == "张老师"

    clock.at = ENACTED + timedelta(hours=1)
    resolution = gathered.resolution("open", lead=gathered.school.pk)
    opens(school, link_of_last_mail(clock))
    school.press(resolution.number)
    school.page.wait_for_url(f"**/{resolution.number}/")
    school.look()
    form = school.page.locator("form[action$='/report_done/']")
    form.locator("[name=note]").fill("围栏已修好，照片另送。")
    form.locator("button[type=submit]").click()
    school.page.locator("#toasts .note").first.wait_for()
    school.look()
    assert Resolution.objects.get().state == "reported"

    circular = made(gathered, "issued", title="关于围栏检查情况的通报")
    school.open("/unit/")
    school.press("关于围栏检查情况的通报")
    school.page.locator(".paper").wait_for()
    school.look()
    school.press("签收")
    school.page.locator("#toasts .note").first.wait_for()
    assert circular.receipts.get(unit=gathered.school).is_by_link

    clerk = window(gathered.district.street.clerk)
    clerk.open(resolution.get_absolute_url())
    assert "围栏已修好" in clerk.text()
    assert_it_opens_no_more(window, first)


def answers(school: Window) -> None:
    """It comes, with somebody by name."""
    form = school.page.locator("main form[action*='/unit/seats/']").first
    form.locator("[name=answer]").first.check()
    form.locator("[name=names]").fill("张老师")
    form.locator("button[type=submit]").click()
    school.page.locator("#toasts .note").first.wait_for()
    school.look()


def assert_it_opens_no_more(window: Opens, path: str) -> None:
    """On another device it is gone, and says where to get a new one."""
    other = window(size=PHONE)
    other.open(path)
    assert other.problems == [f"410: {other.url}{path}"]
    other.problems.clear()
    other.look()
    assert UnitLink.objects.filter(opened_at=None).count() == 1  # that of the mail about the circular
