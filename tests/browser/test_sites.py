"""A construction site on the phone: an officer inspects it, and makes a case of what is not met."""

from typing import Any

import pytest

from cases.models import Case
from citymgmt.people.models import User
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens
from tests.office import District
from tests.patrols.sites import NOW, TODAY, permit_of, site_in


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESKTOP)])
def test_an_officer_inspects_a_site_and_logs_what_is_amiss(
    window: Opens, committed: District, clock: Clock, language: str, size: Any
) -> None:
    User.objects.update(language=language)
    site, clock.at = site_in(committed), NOW
    permit_of(site, committed.street.clerk, TODAY)
    one = window(committed.street.officer, size=size, language=language[:2])
    look = one.look if language != "en" else one.look_at_frame
    one.open(f"/sites/{site.pk}/inspect/")
    look()
    for met in one.page.locator("input[value=met]").all():
        met.check()
    one.page.locator("input[name=item_washing][value=unmet]").check()
    one.page.locator("input[name=note_washing]").fill("无洗车槽")
    one.page.locator("main form button[type=submit]").click()
    one.page.wait_for_url(f"**/sites/{site.pk}/")
    look()
    one.page.locator("form[action$='/case/'] button").click()
    one.page.wait_for_url("**/cases/**")
    case = Case.objects.get()
    assert (case.category.code_2026, case.officer) == ("08012", committed.street.officer)
    one.open("/sites/?faulty=on")
    look()
