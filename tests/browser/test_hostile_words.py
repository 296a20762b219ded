"""What residents write is text wherever it is shown: no element and no script comes of it, for guests and staff."""

from typing import Any

import pytest

from cases.intake.actions.answering import answer_resident
from cases.intake.actions.following import add_information, judge_closing
from cases.intake.actions.publishing import release_text
from cases.intake.models import Report
from cases.models import Case
from tests.browser.test_resident import SMALL, handled
from tests.browser.windows import Clock, Opens, Window
from tests.intake.reported import joined, reported
from tests.office import District

HOSTILE = (
    "\"'><img src=x onerror=hit()><script>hit()</script></script><svg/onload=hit()>{{7*7}}`${hit()}`</textarea>"
    "<b id=hit>"
)
CAME_OF_IT = "() => document.querySelectorAll('img[src=x], #hit, svg[onload]').length"
pytestmark = pytest.mark.usefixtures("media")


def written_everywhere(ground: District, clock: Clock) -> Report:
    """A report with hostile words in each text that a resident, or the office for the public, can write."""
    street = ground.street
    told: dict[str, Any] = dict.fromkeys(("description", "address"), HOSTILE) | {"name": HOSTILE[:30]}
    case = reported(ground, at=clock.at, **told)
    report = Report.objects.select_related("case").get(case=case)
    joined(ground, case, clock.at)
    add_information(report=report, text=HOSTILE, at=clock.at, key="add")
    handled(Case.objects.get(pk=case.pk), ground, clock)
    judge_closing(report=report, is_solved=False, score=1, words=HOSTILE, at=clock.at, key="judge")
    answer_resident(number=case.number, by=street.clerk, at=clock.at, text=HOSTILE, request_key="reply")
    release_text(number=case.number, by=street.clerk, at=clock.at, text=HOSTILE)
    return report


def shows_text_alone(window: Window, *paths: str) -> None:
    """Open pages; nothing ran, and no element came of the words."""
    for path in paths:
        window.open(path)
        window.page.wait_for_load_state()
        assert (window.page.evaluate(CAME_OF_IT), window.problems) == (0, []), path
        assert window.page.evaluate("() => window.wasHit === undefined"), path


def test_words_stay_words(window: Opens, ground: District, clock: Clock) -> None:
    report = written_everywhere(ground, clock)
    number = report.case.number
    guest = window(size=SMALL)
    guest.page.add_init_script("window.hit = () => { window.wasHit = true }")
    shows_text_alone(guest, "/public/", f"/public/{number}/")
    assert "<script>hit()</script>" in guest.text()  # it is shown, as it was written

    clerk = window(ground.street.clerk)
    clerk.page.add_init_script("window.hit = () => { window.wasHit = true }")
    shows_text_alone(clerk, f"/cases/{number}/", "/cases/", "/cases/desk/", "/statistics/map/", "/residents/",
                     "/residents/judged/", "/inbox/")  # fmt: skip


def test_a_form_that_comes_back_shows_words_as_words(window: Opens, ground: District) -> None:
    guest = window(size=SMALL, javascript=False)
    guest.open("/report/")
    guest.page.fill("[name=description]", HOSTILE)
    guest.page.fill("[name=address]", HOSTILE)
    guest.press("提交上报")
    assert guest.page.locator("img[src=x], #hit, svg[onload]").count() == 0
    assert guest.page.locator("[name=description]").input_value() == HOSTILE
