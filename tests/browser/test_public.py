"""What everybody may read: without a log-in, in both languages, on a phone, without JavaScript, from case to case."""

from datetime import timedelta

from django.utils import timezone

from cases.intake.actions.publishing import release_text
from tests.browser.test_everybody import wrong, wrong_in_words
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens
from tests.intake.reported import resident_case
from tests.office import District

PAGES = ("/public/", "/public/?status=closed&period=all", "/public/?topic=noise")


def test_everybody_can_use_it(window: Opens, ground: District, clock: Clock) -> None:
    at = timezone.now() - timedelta(hours=2)
    case = resident_case(ground, "closed", at=at)
    release_text(number=case.number, by=ground.street.clerk, at=at, text="路口垃圾堆积，影响通行" * 9)
    for _number in range(3):
        resident_case(ground, "handling", at=at)
    paths = [*PAGES, f"/public/{case.number}/"]
    faults = {}
    for language in ("en", "zh"):
        web = window(language=language, size=DESKTOP)
        for path in paths:
            web.open(path)
            sizes = (DESKTOP, PHONE)
            faults[path, language] = wrong(web, sizes) if language == "en" else wrong_in_words(web, sizes)
    assert {where: found for where, found in faults.items() if found} == {}


def test_from_the_list_to_a_case_and_back(window: Opens, ground: District, clock: Clock) -> None:
    case = resident_case(ground, "closed", at=timezone.now() - timedelta(hours=2))
    for javascript in (True, False):
        web = window(javascript=javascript, size=PHONE)
        web.open("/public/")
        web.page.click("label[for=filter-toggle]")
        web.page.select_option("#id_status", "closed")
        if not javascript:
            web.page.click(".filter-actions button[type=submit]")
        web.page.wait_for_url("**status=closed**")
        web.page.click(f'a[href="/public/{case.number}/"]')
        web.page.wait_for_selector(".timeline-done")
        web.page.click(".page-back")
        web.page.wait_for_url("**/public/")


def test_the_map_shows_points(window: Opens, ground: District, clock: Clock) -> None:
    case = resident_case(ground, at=timezone.now() - timedelta(hours=2))
    web = window()
    web.open("/public/")
    web.page.wait_for_selector("#public-map path.map-case.is-public", state="attached")
    assert web.page.locator("#public-map path.map-area").count() == 2
    web.open(f"/public/{case.number}/")
    web.page.wait_for_selector("#public-map .map-pin")
