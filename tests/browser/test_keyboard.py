"""The clerk's whole day with the keyboard only: no test of this file moves or presses a mouse."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from cases.actions import process_photos
from cases.models import Case, CaseEvent
from citymgmt.people.models import User
from communities.models import KeyPlace
from tests.browser.hands import Hands
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens
from tests.cases.stories import QUICK, case_in, do, reported
from tests.office import District
from tests.photos.pictures import photo

PHOTO = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo(640, 320)}
LOG_BUTTON = ".log-form .action-bar button[type=submit]"
NUMBERED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0 && !one.disabled &&
    one.type !== "hidden" && !(one.type === "radio" && !one.checked))
  .map((one, index) => (one.dataset.turn = index)).length"""
TURN = "() => Number(document.activeElement.dataset.turn ?? -1)"
WALKED = ("/cases/desk/", "/cases/new/", "/cases/", "/cases/{}/", "/cases/export/", "/communities/", "/account/")


def log_in(hands: Hands, person: User) -> None:
    hands.window.open("/login/")
    hands.to("[name=username]")
    hands.keys(person.username, "<Tab>", f"{person.username}-secret", "<Enter>")
    hands.page.wait_for_url("**/cases/desk/")


def log_a_case(hands: Hands, clock: Clock) -> str:
    """Log a case with category, key place and photo; the similar case is seen before. Its number."""
    page = hands.page
    hands.enter("a[href='/cases/new/'].btn")
    page.wait_for_selector("#find-matter:focus")
    page.on("filechooser", lambda _chooser: None)  # from now on, so that the key is not faster than the listening
    hands.keys("zdjy")
    page.locator("#announced", has_text="1").wait_for(state="attached")
    hands.keys("<Enter>", "<Tab>", "三辆水果车占住人行道")
    hands.to("#find-key_place")
    hands.keys("ryrcsc", "<Enter>")
    page.wait_for_selector(".log-similar")
    hands.to("#log-map")
    hands.keys("<ArrowRight>", "<ArrowDown>")  # the map moves, and lets the focus go on
    hands.to("input[type=file]")
    with page.expect_file_chooser() as chooser:
        hands.keys("<Enter>")
    chooser.value.set_files(PHOTO)
    page.wait_for_selector(".photo-draft input[name=photos]", state="attached")
    assert hands.focus().startswith("input")
    process_photos(now=lambda: clock.at)
    hands.enter(LOG_BUTTON)
    page.wait_for_url("**?logged")
    return hands.window.title


def find_and_keep(hands: Hands, number: str) -> None:
    """Find the case by two characters, filter, choose columns, save the view."""
    page = hands.page
    hands.enter(".sidebar a[href='/cases/']")
    page.wait_for_url("**/cases/")
    hands.to("[name=q]")
    hands.keys("果车", "<Enter>")
    page.locator("#announced", has_text="1").wait_for(state="attached")
    assert hands.window.texts(".case-table .number a") == [number]
    hands.to("select[name=source]")
    hands.keys("<ArrowDown>", "<ArrowDown>")
    page.wait_for_url("**source=call**")
    assert parse_qsl(urlsplit(page.url).query) == [("q", "果车"), ("source", "call")]
    assert hands.focus().startswith("select")  # the list is drawn anew, the focus stays
    hands.enter(".list-tools a[href*='/views/']")
    page.wait_for_selector("#columns-title")
    hands.to("[name=columns][value=description]")
    hands.keys("<Space>")
    hands.enter("form[action$='/columns/'] button")
    page.wait_for_selector(".case-table .cell-words")
    hands.enter(".list-tools a[href*='/views/']")
    page.wait_for_selector("#save-title")
    hands.to("form[action*='/save/'] [name=name]")
    hands.keys("水果车", "<Enter>")
    page.wait_for_selector(".saved-views a[aria-current]")


def bulk(hands: Hands, action: str, number: str) -> None:
    """Choose a case in the list and do this with it and all others that are chosen."""
    page = hands.page
    hands.enter(".sidebar a[href='/cases/']")
    page.wait_for_url("**/cases/")
    hands.to(f".case-pick[value^='{number}@']")
    hands.keys("<Space>")
    hands.enter(f".bulk-bar button[value={action}]")
    page.wait_for_selector(".state-done")


def act_with_a_note(hands: Hands, number: str) -> None:
    """Open the case, open the form and close it again, then write a note."""
    page = hands.page
    hands.enter(f"a[href='/cases/{number}/']")
    page.wait_for_url(f"**/cases/{number}/")
    hands.enter(".case-more > summary")
    hands.enter(".case-more a[href*='/do/note/']")
    page.wait_for_selector("#act textarea:focus")
    hands.enter("[data-close-act]")
    assert hands.focus().startswith("summary")  # where the form was opened
    hands.keys("<Enter>")
    hands.enter(".case-more a[href*='/do/note/']")
    page.wait_for_selector("#act textarea:focus")
    hands.enter("#act button[type=submit]")  # nothing was written: the errors get the focus
    page.wait_for_selector(".error-summary:focus")
    hands.focus()
    hands.to("#act [name=note]")
    hands.keys("已到现场查看")
    hands.enter("#act button[type=submit]")
    page.get_by_text("已办理：").first.wait_for()


def inspect_and_close(hands: Hands, number: str) -> None:
    page = hands.page
    hands.enter(".sidebar a[href='/cases/desk/']")
    page.wait_for_url("**/cases/desk/")
    hands.enter(f"a[href*='/cases/{number}/do/pass/']")
    page.wait_for_url("**/do/pass/**")
    hands.enter("#act button[type=submit]")
    page.wait_for_url(f"**/cases/{number}/")


def take_home(hands: Hands) -> None:
    """Export the list, open the inbox, change the language, log out."""
    page = hands.page
    hands.enter(".sidebar a[href='/cases/']")
    page.wait_for_url("**/cases/")
    hands.enter(".list-tools a[href*='/export/']")
    page.wait_for_selector("#export-title")
    hands.to("a[download]")
    with page.expect_download() as download:
        hands.keys("<Enter>")
    assert download.value.suggested_filename.endswith((".csv", ".xlsx"))
    hands.enter("a[href='/inbox/']", "<Shift+Tab>")
    page.wait_for_url("**/inbox/")
    hands.enter(".topbar .menu > summary")
    hands.enter(".menu-panel a[href='/account/']")
    page.wait_for_url("**/account/")
    hands.to("form[action='/account/'] [name=language]")
    hands.keys("<ArrowDown>")
    hands.enter("form[action='/account/'] button[type=submit]")
    page.wait_for_selector("html[lang=en]")
    hands.enter(".topbar .menu > summary")
    hands.enter(".menu-panel form button")
    page.wait_for_url("**/login/**")


def test_the_clerks_whole_day(window: Opens, ground: District, clock: Clock, media: object) -> None:
    street = ground.street
    similar = reported(ground, clock.at, community=street.communities[1], key_place=KeyPlace.objects.get())
    for action in ("accept", "file", "dispatch"):
        do(ground, similar, action, clock.at, line=QUICK)
    filed, back = case_in(ground, "filed"), case_in(ground, "reported_back")
    hands = Hands(window())
    log_in(hands, street.clerk)
    number = log_a_case(hands, clock)
    logged = Case.objects.get(number=number)
    assert (logged.key_place.name_zh, logged.photos.count()) == ("榕荫肉菜市场", 1)
    find_and_keep(hands, number)
    bulk(hands, "urge", similar.number)
    bulk(hands, "dispatch", filed.number)
    act_with_a_note(hands, filed.number)
    inspect_and_close(hands, back.number)
    take_home(hands)
    assert CaseEvent.objects.filter(case=filed, note="已到现场查看").exists()
    assert hands.page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_tab_key_goes_through_every_page_in_reading_order(window: Opens, ground: District, size: Any) -> None:
    """Every element that takes the focus gets it in the order of the page, and Tab comes round: nothing holds it."""
    case = case_in(ground, "handling")
    hands = Hands(window(ground.street.clerk, size=size))
    for path in WALKED:
        hands.window.open(path.format(case.number))
        hands.page.wait_for_load_state("networkidle")
        count = hands.page.evaluate(NUMBERED)
        hands.page.evaluate("document.querySelector('.skip-link').focus()")
        for turn in range(count):
            at = hands.focus()
            assert hands.page.evaluate(TURN) == turn, (path, turn, at)
            while hands.page.evaluate(TURN) == turn:  # a date has several stops
                hands.keys("<Tab>")


def test_the_skip_link_leads_past_the_navigation(window: Opens, ground: District) -> None:
    hands = Hands(window(ground.street.clerk))
    hands.window.open("/cases/")
    hands.keys("<Tab>")
    assert hands.focus().startswith("a skip-link")
    hands.keys("<Enter>", "<Tab>")
    assert hands.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_question_holds_the_focus_and_gives_it_back(window: Opens, ground: District) -> None:
    case = case_in(ground, "reported")
    hands = Hands(window(ground.street.leader))
    hands.window.open(f"/cases/{case.number}/do/void/")
    hands.to("#act [name=note]")
    hands.keys("重复")
    hands.enter("#act button[type=submit]")
    hands.page.wait_for_selector("#confirm-dialog[open]")
    assert hands.page.evaluate("document.activeElement.value") == "no"  # the harmless answer is the first
    hands.keys("<Escape>")
    assert hands.page.evaluate("document.activeElement.matches('#act button[type=submit]')")
    hands.keys("<Enter>")
    hands.page.wait_for_selector("#confirm-dialog[open]")
    hands.keys("<Tab>", "<Enter>")
    hands.page.wait_for_url(f"**/cases/{case.number}/")


def test_menus_close_when_the_focus_leaves_and_on_escape(window: Opens, ground: District) -> None:
    hands = Hands(window(ground.street.clerk))
    hands.enter(".topbar .menu > summary")
    hands.to(".sidebar a")
    assert not hands.page.locator(".menu[open]").count()
    hands.enter(".topbar .menu > summary", "<Shift+Tab>")
    hands.keys("<Tab>", "<Escape>")
    assert hands.page.evaluate("document.activeElement.matches('.topbar .menu > summary')")
