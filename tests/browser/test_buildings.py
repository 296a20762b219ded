"""An illegal building on the phone: an officer enters it, a clerk takes a step; its pages at both widths."""

from typing import Any

import pytest

from citymgmt.people.models import User
from patrols.illegal_buildings.models import IllegalBuilding
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens, Window
from tests.office import District
from tests.patrols.buildings import NOW, TODAY, act, building_in


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESKTOP)])
def test_an_officer_enters_a_building_and_a_clerk_stops_it(
    window: Opens, committed: District, clock: Clock, language: str, size: Any
) -> None:
    User.objects.update(language=language)
    clock.at = NOW
    gone = building_in(committed)
    act(committed, gone, "remove", area_m2=gone.area_m2, way="owner")
    street = committed.street
    look: Any = Window.look if language != "en" else Window.look_at_frame
    officer = window(street.officer, size=size, language=language[:2])
    officer.open("/buildings/new/")
    look(officer)
    officer.page.locator("select[name=community]").select_option(str(street.communities[0].pk))
    officer.page.locator("input[name=address]").fill("榕荫路 8 号楼顶")
    officer.page.locator("input[name=area_m2]").fill("38.5")
    officer.page.locator("main form button[type=submit]").click()
    officer.page.wait_for_url("**/buildings/")
    look(officer)
    made = IllegalBuilding.objects.latest("pk")
    clerk = window(street.clerk, size=size, language=language[:2])
    clerk.open(made.get_absolute_url())
    clerk.page.locator(f"a[href$='/buildings/{made.pk}/stop/']").click()
    clerk.page.locator("input[name=document]").fill("停〔2026〕1 号")
    look(clerk)
    clerk.page.locator("main form button[type=submit]").click()
    clerk.page.wait_for_url(f"**{made.get_absolute_url()}")
    look(clerk)
    made.refresh_from_db()
    assert (made.state, made.stepped_on) == ("stopped", TODAY)
    for address in ("/buildings/figures/", "/buildings/account/?figure=removed"):
        clerk.open(address)
        look(clerk)
