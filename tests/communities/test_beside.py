"""The figures at the head of a community's page: each leads to the very list that it counts, to whom it may."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from communities.four_duties import actions
from communities.four_duties.actions import DutyTold
from tests.cases.stories import case_in
from tests.hostile.probing import browser
from tests.office import District, china

AT = china("2026-03-04 09:30")


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Wednesday morning."""
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)


def figures(web: Client, district: District) -> dict[str, tuple[Any, str]]:
    """Value and address of each figure, by its icon."""
    page = web.get(f"/communities/{district.street.communities[0].code}/")
    return {one.icon: (one.value, one.url) for one in page.context["figures"]}


def test_cases_rounds_and_duties_lead_to_their_lists(district: District) -> None:
    case_in(district, "handling", at="2026-01-05 09:00", line=20)  # long overdue
    case_in(district, "dispatched")
    actions.save_duty(by=district.street.leader, at=AT, told=DutyTold("走访", "", "content", 5, 1))
    actions.open_sheets(at=AT)
    leader = browser(district.street.leader)
    found = figures(leader, district)
    assert {icon: value for icon, (value, _url) in found.items()} == {
        "folder2-open": 2, "alarm": 1, "person-walking": 0, "clipboard-check": "–", "megaphone": 0, "chat-left-text": 0,
    }  # fmt: skip
    for icon in ("folder2-open", "alarm"):
        value, url = found[icon]
        listed = leader.get(unescape(url))
        assert (listed.status_code, listed.content.decode().count('class="case-row')) in ((200, value), (200, 0))
    assert all(leader.get(url).status_code == 200 for _value, url in found.values())


@pytest.mark.parametrize(
    ("who", "icons"),
    [
        ("clerk", {"folder2-open", "alarm", "person-walking", "megaphone", "chat-left-text"}),
        ("officer", {"folder2-open", "alarm", "megaphone", "chat-left-text"}),
        ("officer2", set()), ("admin", set()),
    ],
)  # fmt: skip
def test_who_sees_which(district: District, who: str, icons: set[str]) -> None:
    assert set(figures(browser(getattr(district.street, who)), district)) == icons
