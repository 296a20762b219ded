"""An old residential area goes from its assessment to a contract, and its owners' committee to its filing."""

from datetime import timedelta
from typing import Any

import pytest

from citymgmt.people.models import User
from communities.areas.seeded import SEEDED
from communities.models import OwnersCommittee, ResidentialArea
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens, Window
from tests.communities.areas.areas import DAY, NOW, TODAY, area_in
from tests.office import District

SUBMIT = "main form button[type=submit]"
PILOT = {"provider": "安居物业", "services": "每日保洁", "let_off_percent": "30", "until_on": TODAY + 180 * DAY}
OPINION = {"asked": "300", "in_favour": "210", "against": "60"}
VOTE = {
    "title": "选举第一届业主委员会", "whole_m2": "28000.5", "part_m2": "18667", "favour_m2": "9333.51",
    "whole_count": "360", "part_count": "240", "favour_count": "121",
}  # fmt: skip


def fill(window: Window, told: dict[str, Any]) -> None:
    """Fill in fields by their names; days as browsers take them."""
    for name, value in told.items():
        text = value.isoformat() if hasattr(value, "isoformat") else value
        window.page.locator(f"main [name={name}]").fill(text)


def step(window: Window, look: Any, home: str, action: str, **told: Any) -> None:
    """Take a step from the page of a thing, by its button and its form."""
    window.open(home)
    with window.leaving():
        window.page.locator(f"main a[href$='/{action}/']").first.click()
    fill(window, told)
    look(window)
    window.page.locator(SUBMIT).click()
    window.page.wait_for_url(f"**{home}")


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESKTOP)])
def test_an_area_gets_its_contract_and_its_owners_committee(
    window: Opens, committed: District, clock: Clock, language: str, size: Any
) -> None:
    User.objects.update(language=language)
    clock.at = NOW
    area, street = area_in(committed), committed.street
    look: Any = Window.look if language != "en" else Window.look_at_frame

    def logged_in() -> list[Window]:
        return [window(one, size=size, language=language[:2]) for one in (street.clerk, street.leader)]

    clerk, leader = logged_in()
    home = area.get_absolute_url()
    step(clerk, look, home, "assess", **{f"points_{one.key}": "8" for one in SEEDED.criteria})
    step(leader, look, home, "begin_pilot", **PILOT)
    step(clerk, look, home, "ask_residents", **OPINION)
    step(leader, look, home, "sign", fee="0.8", from_on=TODAY, until_on=TODAY + 730 * DAY)
    look(clerk)
    area.refresh_from_db()
    assert (area.state, area.covered_since) == ("contract", TODAY)
    clerk.open(home)
    with clerk.leaving():
        clerk.page.locator("main a[href$='/new/']").click()
    fill(clerk, {"applicant_count": "18"})
    look(clerk)
    clerk.page.locator(SUBMIT).click()
    clerk.page.wait_for_url(f"**{home}")
    one = OwnersCommittee.objects.get(area=area)
    step(leader, look, one.get_absolute_url(), "accept")
    step(clerk, look, one.get_absolute_url(), "form_group", group_size="7")
    step(clerk, look, one.get_absolute_url(), "call", meeting_on=TODAY + 15 * DAY)
    clock.at = NOW + timedelta(days=15)
    clerk, leader = logged_in()  # the log-ins of then have ended
    lead_to_filing(clerk, leader, look, one.get_absolute_url())
    one.refresh_from_db()
    assert (one.state, one.filing_number, one.votes.get().is_passed) == ("filed", "街业备1号", True)
    for address in ("/areas/", "/areas/ranking/", "/areas/coverage/", "/committees/", one.get_absolute_url()):
        clerk.open(address)
        look(clerk)
    assert ResidentialArea.objects.count() == 1


def lead_to_filing(clerk: Window, leader: Window, look: Any, home: str) -> None:
    """On the day of the assembly: the vote, the election, the filing."""
    step(clerk, look, home, "vote", **VOTE)
    step(clerk, look, home, "elect", member_count="5")
    step(clerk, look, home, "file")
    step(leader, look, home, "register", filing_number="街业备1号", term_until=TODAY + 1000 * DAY)
