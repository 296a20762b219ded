"""Notices in the browser: a colleague mentioned by keyboard or by typing alone, choices told in words, the inbox."""

from typing import Any

import pytest

from cases.models import CaseEvent
from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from tests.browser.windows import PHONE, Opens
from tests.cases.stories import MORNING, case_in, do
from tests.office import District, china


@pytest.fixture(autouse=True)
def english(committed: District) -> None:
    """Everybody reads English."""
    User.objects.update(language="en")


def name(person: User, shown: str) -> None:
    User.objects.filter(pk=person.pk).update(display_name=shown)


@pytest.fixture
def named(committed: District) -> District:
    """Two colleagues with Chinese names, and one who has the same name as another."""
    name(committed.street.officer, "李明")
    name(committed.street.leader, "王芳")
    name(committed.street.clerk2, "王芳")
    return committed


def mentioned() -> list[str]:
    """Log-in names of those whom the last note mentions, in the order of the text."""
    people = User.objects.in_bulk()
    event = CaseEvent.objects.filter(kind="note").latest("id")
    return [people[mention.user_id].username for mention in event.mentions]


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_colleague_is_mentioned_by_keyboard(window: Opens, named: District, size: Any) -> None:
    case = case_in(named, "handling")
    desk = window(named.street.clerk, language="en", **({"size": size} if size else {}))
    desk.open(f"{case.get_absolute_url()}do/note/")
    note = desk.page.locator("textarea[data-mention]")
    note.focus()
    desk.page.keyboard.type("请@李")
    desk.page.wait_for_selector(".mention-options li[aria-selected=true]")
    desk.look_at_frame()
    desk.page.keyboard.press("Enter")
    assert note.input_value() == "请@李明 "
    desk.page.keyboard.type("和@王")
    desk.page.wait_for_selector(".mention-options li >> nth=1")
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Tab")
    assert note.input_value() == "请@李明 和@leader1 "
    desk.page.keyboard.type("@no")
    desk.page.keyboard.press("Escape")
    assert desk.page.locator(".mention-options").is_hidden()
    desk.press("Add a note")
    desk.page.wait_for_selector(".timeline mark.mention")
    assert mentioned() == ["officer1", "leader1"]
    assert desk.page.locator("mark.mention").all_inner_texts() == ["@李明", "@leader1"]
    desk.look_at_frame()


def test_colleague_is_mentioned_without_javascript(window: Opens, named: District) -> None:
    case = case_in(named, "handling")
    desk = window(named.street.clerk, language="en", javascript=False)
    desk.open(f"{case.get_absolute_url()}do/note/")
    desk.page.fill("textarea[name=note]", "@officerb1 看")
    with desk.leaving():
        desk.press("Add a note")
    assert "officerb1 may not see this case and cannot be mentioned." in desk.page.inner_text("main")
    assert desk.page.input_value("textarea[name=note]") == "@officerb1 看"
    desk.page.fill("textarea[name=note]", "@李明看")
    with desk.leaving():
        desk.press("Add a note")
    assert mentioned() == ["officer1"]


def test_choices_are_told_while_they_are_made(window: Opens, committed: District) -> None:
    desk = window(committed.street.clerk, language="en")
    desk.open("/account/")
    desk.look_at_frame()
    desk.page.select_option("[name=mail_choice]", "all")
    desk.page.select_option("[name=mail_rhythm]", "daily")
    desk.page.select_option("[name=mail_hour]", "8")
    desk.page.uncheck("[name=mail_groups][value=answers]")
    words = "gathered at 08:00 each working day: new work, deadlines and urges, mentions by colleagues."
    desk.page.wait_for_function("text => document.getElementById('mail-words').innerText.includes(text)", arg=words)
    desk.look_at_frame()
    desk.page.locator("#account-form button[type=submit]").click()
    desk.page.wait_for_selector(".toasts .note")
    row = User.objects.get(pk=committed.street.clerk.pk)
    assert (row.mail_groups, row.mail_rhythm, row.mail_hour) == (["work", "deadlines", "mentions"], "daily", 8)


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_inbox_is_read_and_leads_to_the_case(window: Opens, committed: District, size: Any) -> None:
    case = case_in(committed, "handling")
    for _time in range(2):
        do(committed, case, "urge", china(MORNING))
    desk = window(committed.street.officer, language="en", **({"size": size} if size else {}))
    desk.open("/inbox/")
    desk.look_at_frame()
    count = desk.page.locator(".message-unread").count()
    desk.page.locator(".message-unread button").first.click()
    desk.page.wait_for_selector(".toasts .note")
    assert desk.page.locator(".message-unread").count() == count - 1
    desk.page.locator(".message-unread a").first.click()
    desk.page.wait_for_url(f"**{case.get_absolute_url()}")
    desk.open("/inbox/")
    desk.look_at_frame()
    unread = Message.objects.filter(recipient=committed.street.officer, read_at=None)
    assert unread.count() == count - 2
