"""A monthly bulletin: a clerk drafts and edits it, a second writer loses nothing, the leader issues it."""

from typing import Any

import docx
import pypdfium2

from cases.statistics.bulletins.work import make_files
from cases.statistics.models import Bulletin
from tests.browser.hands import Hands
from tests.browser.windows import PHONE, Clock, Opens, Window
from tests.office import District, china
from tests.statistics.freezing import AFTER, a_month


def look_at_both_widths(window: Window) -> None:
    """A look at the page on the desk and on the phone."""
    desk = window.page.viewport_size
    window.look()
    window.page.set_viewport_size(PHONE)
    window.look()
    window.page.set_viewport_size(desk)


def save_of(window: Window, kind: str, directory: Any) -> Any:
    """The file behind a link, saved; and the name that the browser gave it."""
    with window.page.expect_download() as download:
        window.page.locator(f"#files a[href$='/{kind}/']").click()
    path = directory / download.value.suggested_filename
    download.value.save_as(path)
    return path


def drafts_last_month(clerk: Window) -> None:
    """From the menu to a text that stands there already; a section is moved."""
    with clerk.leaving():
        clerk.page.locator(".sidebar").get_by_role("link", name="月度简报").click()
    look_at_both_widths(clerk)
    clerk.press("起草")
    clerk.page.wait_for_url("**/edit/")
    assert clerk.page.input_value("[name=title]") == "2026年3月城市管理工作情况"
    assert "共受理城市管理问题4件" in clerk.text(".paper")
    look_at_both_widths(clerk)
    clerk.page.fill("[name=overview-text]", "本月总体平稳。")
    clerk.press("下移 综述")
    clerk.page.wait_for_url("**/edit/#section-overview")
    assert clerk.texts(".paper-heading")[:2] == ["一、立案与处置", "二、综述"]


def saves(writer: Window, **fields: str) -> None:
    """Write into these fields and press save."""
    for name, text in fields.items():
        writer.page.fill(f"[name={name}]", text)
    writer.page.locator(".edit-top button").click()


def loses_nothing(clerk: Window) -> None:
    """What the other one wrote stands beside the own text, which is still in its field; the clerk takes both."""
    clerk.page.get_by_text("您的文字没有丢失").wait_for()
    clerk.problems.clear()  # 409, which is meant
    assert "领导改的标题" in clerk.text("#edit-form .theirs")
    assert clerk.page.input_value("[name=next-text]") == "受理员写的打算"
    look_at_both_widths(clerk)
    saves(clerk, title="领导改的标题")
    clerk.page.get_by_text("正文已保存").wait_for()


def issues(leader: Window, clock: Clock) -> None:
    """Read it, say yes to the question, and wait until its files are there."""
    leader.open(f"/statistics/bulletins/{Bulletin.objects.get().pk}/")
    assert "受理员写的打算" in leader.text(".paper")
    with leader.leaving():
        leader.press("印发")
    look_at_both_widths(leader)
    leader.press("印发", within=".panel")
    leader.page.get_by_text("简报已作为2026年第1期印发").wait_for()
    make_files(lambda: clock.at)
    leader.page.locator("#files a").nth(2).wait_for()  # the page asks by itself
    look_at_both_widths(leader)


def test_from_draft_to_issue(window: Opens, committed: District, clock: Clock, tmp_path: Any) -> None:
    a_month(committed)
    clock.at = AFTER
    clerk, leader = window(committed.street.clerk), window(committed.street.leader)
    drafts_last_month(clerk)
    leader.open(clerk.path.split("#")[0])
    saves(leader, title="领导改的标题")
    leader.page.get_by_text("正文已保存").wait_for()
    saves(clerk, **{"next-text": "受理员写的打算"})
    loses_nothing(clerk)
    issues(leader, clock)
    word, paper = save_of(leader, "docx", tmp_path), save_of(leader, "pdf", tmp_path)
    assert word.name == "城市管理工作简报2026年第1期.docx"
    assert "受理员写的打算" in [paragraph.text for paragraph in docx.Document(word).paragraphs]
    assert paper.name == "城市管理工作简报2026年第1期.pdf"
    assert "领导改的标题" in pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_range()
    assert clerk.problems == []


def test_by_keys_alone(window: Opens, committed: District, clock: Clock) -> None:
    """Draft, write, draw up anew after a question: no mouse."""
    clock.at = china("2026-04-02 09:00")
    web = window(committed.street.clerk)
    web.open("/statistics/bulletins/")
    hands = Hands(web)
    hands.enter(".draft-fields button")
    web.page.wait_for_url("**/edit/")
    hands.to("[name=title]")
    hands.keys("<End>", "修订", "<Enter>")  # enter saves, and moves nothing
    web.page.get_by_text("正文已保存").wait_for()
    found = Bulletin.objects.get()
    assert (found.title[-2:], found.sections[0]["key"]) == ("修订", "overview")
    hands.enter("button[value='anew:overview']")
    web.page.wait_for_url("**/anew/overview/")
    web.look()
    hands.enter(".action-bar button")
    web.page.wait_for_url("**/edit/#section-overview")
