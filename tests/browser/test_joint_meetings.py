"""Two joint meetings a month apart: a case that is stuck with a department becomes a resolution, which is urged, comes
back to the next meeting, is carried out; then the case is closed.
"""

from datetime import datetime
from typing import Any

import pytest

from cases.actions import process_photos
from cases.meetings.models import Evidence, Meeting, MemberUnit, Resolution
from cases.models import Case
from citymgmt.database_clock import database_now
from citymgmt.worktime import sweep
from tests.browser.windows import PHONE, Clock, Opens, Window, come_back
from tests.cases.stories import case_in, do
from tests.meetings.gatherings import assert_resolutions_are_true, units_of_every_kind
from tests.office import District, china
from tests.photos.pictures import photo

FIRST, SECOND = "2026-03-10T14:30", "2026-04-14T14:30"
UNITS = 4
PHOTO = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo(640, 320)}


@pytest.fixture
def stuck(committed: District, clock: Clock) -> Case:
    """A case with a department that has been silent so long that it was supervised."""
    units_of_every_kind(committed)
    case = case_in(committed, "escalated", at="2026-02-24 09:00")
    clock.at = china("2026-03-06 09:30")
    sweep.run(clock.at)
    assert case.escalations.get().rung >= 1
    return case


def look_at_both_widths(window: Window) -> None:
    desk = window.page.viewport_size
    window.look()
    window.page.set_viewport_size(PHONE)
    window.look()
    window.page.set_viewport_size(desk)


def submit(window: Window, form: str) -> None:
    """Press the button of the form that leads to such an address."""
    with window.leaving():
        window.page.locator(f"main form[action$='{form}'] button[type=submit]").first.click()


def follow(window: Window, address: str, within: str = "main") -> None:
    with window.page.expect_navigation(url=f"**{address}*"):
        window.page.locator(f"{within} a[href*='{address}']").first.click()


def plans(clerk: Window, title: str, begins: str) -> Meeting:
    """From the menu to a meeting to which all units are invited."""
    with clerk.leaving():
        clerk.page.locator(".sidebar").get_by_role("link", name="联席会议").click()
    look_at_both_widths(clerk)
    follow(clerk, "/meetings/plan/")
    clerk.page.fill("[name=title]", title)
    clerk.page.fill("[name=starts_at]", begins)
    clerk.page.fill("[name=place]", "三楼会议室")
    assert clerk.page.locator("[name=units]:checked").count() == UNITS
    look_at_both_widths(clerk)
    submit(clerk, "/meetings/plan/")
    clerk.page.wait_for_url("**/meetings/*/")
    submit(clerk, "/invite/")
    return Meeting.objects.get(title=title)


def puts_on_the_agenda(clerk: Window, key: str) -> None:
    """What is proposed under this key."""
    follow(clerk, "/proposals/")
    look_at_both_widths(clerk)
    clerk.page.check(f"[name=key][value='{key}']")
    clerk.page.locator("main form button[type=submit]").click()
    clerk.page.locator(".agenda-item").first.wait_for()


def holds(clerk: Window, meeting: Meeting) -> None:
    clerk.open(meeting.get_absolute_url())
    submit(clerk, "/hold/")
    clerk.page.locator(".item-resolve a").first.wait_for()


def resolves(clerk: Window, department: MemberUnit) -> Resolution:
    """Written down at the item: the department is to do it within five working days."""
    clerk.page.locator("[data-live-item] textarea").first.fill("会议听取了执法队的汇报。")
    clerk.page.locator(".item-state:has-text('保存')").first.wait_for()
    with clerk.leaving():
        clerk.page.locator(".item-resolve a").first.click()
    clerk.page.fill("[name=text]", "拆除沿街违建雨棚")
    clerk.page.select_option("[name=lead]", str(department.pk))
    clerk.page.fill("[name=limit_days]", "5")
    look_at_both_widths(clerk)
    clerk.page.locator("main form[method=post] button[type=submit]").last.click()
    clerk.page.locator(".toast-body, #toasts .note").first.wait_for()
    return Resolution.objects.get()


def issues_minutes(clerk: Window, leader: Window, meeting: Meeting) -> str:
    """Drafted and checked by the clerk, signed by the leader, issued by the clerk; the address of the minutes."""
    clerk.open(meeting.get_absolute_url())
    follow(clerk, "/minutes/", "#minutes")
    clerk.page.locator("main form button[type=submit]").click()
    clerk.page.wait_for_url("**/edit/")
    look_at_both_widths(clerk)
    clerk.page.fill("[name=copies_to]", "各成员单位")
    clerk.page.locator("#edit-form button[type=submit]").click()
    clerk.page.wait_for_url("**/minutes/*/")
    address = clerk.path
    for window, step in ((clerk, "check"), (leader, "sign"), (clerk, "issue")):
        window.open(address)
        follow(window, f"/step/{step}/")
        window.look()
        window.page.locator("main form button[type=submit]").click()
        window.page.locator(".paper").wait_for()
    look_at_both_widths(clerk)
    assert "议定事项（1）：拆除沿街违建雨棚" in clerk.text(".paper")
    return address


def acts(window: Window, resolution: Resolution, action: str, note: str, *photos: Any) -> None:
    """Do something with a resolution: by its form, or by its button where it needs no words."""
    window.open(resolution.get_absolute_url())
    look_at_both_widths(window)
    with window.leaving():
        window.page.locator(f"main :is(a[href*='/{action}/'], button[formaction*='/{action}/'])").first.click()
    if window.page.locator("[name=note]").count() and f"/{action}/" in window.path:
        window.page.fill("[name=note]", note)
        if photos:
            window.page.set_input_files("[name=photos]", list(photos))
        window.page.locator("main form[method=post] button[type=submit]").last.click()
    window.page.locator("#toasts .note").first.wait_for()


def sees_the_photo(window: Window, resolution: Resolution) -> None:
    """Small in the history once the worker has been there, large on its own page."""
    process_photos(now=database_now)
    window.open(resolution.get_absolute_url())
    window.page.locator(".photo-strip img").scroll_into_view_if_needed()
    window.page.wait_for_function("() => document.querySelector('.photo-strip img').naturalWidth === 320")
    look_at_both_widths(window)
    follow(window, f"/resolutions/evidence/{Evidence.objects.get().pk}/")
    window.page.wait_for_function("() => document.querySelector('.photo-stage img').naturalWidth === 640")
    look_at_both_widths(window)


def test_from_a_stuck_case_to_its_closing(window: Opens, committed: District, stuck: Case, clock: Clock) -> None:
    street, department = committed.street, MemberUnit.objects.get(kind="department")
    people = (street.clerk, street.leader, committed.liaison)
    clerk, leader, liaison = windows = [window(one) for one in people]

    def later(at: datetime) -> None:
        """Days pass: what fell due is swept, and who comes back logs in again."""
        clock.at = at
        sweep.run(at)
        for one, person in zip(windows, people, strict=True):
            come_back(one, person)

    first = plans(clerk, "三月联席会议", FIRST)
    puts_on_the_agenda(clerk, f"case:{stuck.pk}")
    later(first.starts_at)
    holds(clerk, first)
    resolution = resolves(clerk, department)
    minutes = issues_minutes(clerk, leader, first)
    resolution.refresh_from_db()
    assert (resolution.state, resolution.lead) == ("open", department)
    assert resolution.number in _opened(clerk, stuck)
    liaison.open(minutes)
    submit(liaison, f"/receipts/{first.minutes.get().receipts.get(unit=department).pk}/")
    liaison.page.locator("#toasts .note").first.wait_for()

    later(china("2026-04-13 09:30"))
    resolution.refresh_from_db()
    assert (resolution.urge_count, resolution.supervision_count, resolution.is_back) == (1, 1, True)
    second = plans(clerk, "四月联席会议", SECOND)
    puts_on_the_agenda(clerk, f"resolution:{resolution.pk}")
    assert resolution.number in clerk.text("#agenda")
    resolution.refresh_from_db()
    assert not resolution.is_back
    later(second.starts_at)
    holds(clerk, second)

    acts(liaison, resolution, "report_done", "已全部拆除", PHOTO)
    sees_the_photo(leader, resolution)
    acts(leader, resolution, "agree", "同意")
    resolution.refresh_from_db()
    assert resolution.state == "done"
    stuck.refresh_from_db()
    for action in ("reply", "report_back", "pass"):
        do(committed, stuck, action, at=clock.at)
    assert "已结案" in _opened(clerk, stuck)
    assert_resolutions_are_true()


def _opened(window: Window, case: Case) -> Any:
    window.open(case.get_absolute_url())
    return window.text()
