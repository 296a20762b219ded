"""A member of a team checks a station on the phone; its pages, in order at both widths and in both languages."""

from pathlib import Path
from typing import Any

import pytest

from citymgmt.people.models import User
from patrols.stations.actions import save_station
from patrols.stations.models import CheckAnswer, DailyCheck
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens
from tests.office import District
from tests.patrols.stations import MORNING, NOON, ONE_DAY, Yard, yard_of
from tests.photos.pictures import photo

PHOTO = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo(640, 320)}


@pytest.fixture
def yard(committed: District, clock: Clock, media: Path) -> Yard:
    """A station with a day in order, a day with failed items, and one to be checked now."""
    found = yard_of(committed)
    save_station(by=committed.street.clerk, at=MORNING, told=found.tell(name_zh="二号公厕"))
    found.make(found.planned(NOON - 2 * ONE_DAY), at=NOON - 2 * ONE_DAY)
    found.make(found.planned(NOON - ONE_DAY), at=NOON - ONE_DAY, i0="积水", i3="浓度不足")
    clock.at = NOON
    found.planned(MORNING)
    return found


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESKTOP)])
def test_a_member_checks_a_station_and_makes_a_case(window: Opens, yard: Yard, language: str, size: Any) -> None:
    User.objects.update(language=language)
    is_english = language == "en"
    one = window(yard.street.member, size=size, language=language[:2])
    look = one.look_at_frame if is_english else one.look
    one.open("/stations/")
    look()
    one.open(f"/stations/{yard.station.pk}/")
    look()
    assert one.page.locator(".chart svg").count() == 1
    one.open(f"/stations/checks/{DailyCheck.objects.get(station=yard.station, state='planned').pk}/make/")
    last = yard.items[-1].pk
    one.page.check(f"input[name=result_{last}][value=na]")
    one.page.click("button[name=in_order]")
    chosen = {item.pk: "na" if item.pk == last else "ok" for item in yard.items if item.answer == "yes_no"}
    assert {pk: one.page.input_value(f"input[name=result_{pk}]:checked") for pk in chosen} == chosen
    one.page.fill(f"input[name=value_{yard.measured.pk}]", "520")
    assert not one.page.locator(f"input[name=note_{last}]").is_visible()
    one.page.check(f"input[name=result_{last}][value=failed]")
    one.page.locator(".check-form button[type=submit]").click()
    one.page.wait_for_selector(".error-summary")
    look()
    one.page.fill(f"input[name=note_{last}]", "灭火器过期")
    one.page.set_input_files(f"input[name=photo_{last}]", PHOTO)
    one.page.locator(".check-form button[type=submit]").click()
    one.page.wait_for_selector(".answer-failed")
    look()
    one.page.locator(".answer-failed form button").click()
    one.page.wait_for_selector(".answer-case a")
    look()
    kept = CheckAnswer.objects.get(item=last, result="failed")
    assert kept.case is not None
    assert kept.case.number in one.text(".answer-case")
