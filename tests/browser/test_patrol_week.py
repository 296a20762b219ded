"""A week of one team on the phone: rounds walked, findings handled or made a case, a missed round that is urged, a
station where something is not in order.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from cases.models import Case
from citymgmt.outbox.models import Message
from citymgmt.worktime import sweep
from patrols.findings.models import Finding
from patrols.rounds.models import PatrolRound, Visit
from patrols.stations.actions import plan_checks
from patrols.stations.models import CheckAnswer
from tests.browser.windows import PHONE, Clock, Opens, Window, come_back
from tests.cases.stories import do
from tests.office import District, china
from tests.patrols.findings.found import category
from tests.patrols.rounds.walks import Walk, walk_of
from tests.patrols.stations import yard_of
from tests.patrols.teams import crew_of
from tests.photos.pictures import photo

MONDAY = date(2026, 3, 2)
DAYS = {name: MONDAY + timedelta(days=n) for n, name in enumerate(("monday", "tuesday", "wednesday", "thursday"))}


@pytest.fixture
def week(committed: District, clock: Clock, media: Any) -> Walk:
    """Rounds of a route for each day, on which the member has the day shift."""
    clock.at = china("2026-03-01 18:00")
    walk = walk_of(crew_of(committed))
    for day in DAYS.values():
        walk.crew.put(walk.walker, day, at=clock.at)
        walk.round(day)
    yard_of(committed)
    return walk


def stand_at(one: Window, walk: Walk, ordinal: int) -> None:
    """Walk to a point with the telephone."""
    point = walk.points[ordinal - 1]
    place = {"longitude": float(point.longitude), "latitude": float(point.latitude) + 0.0002, "accuracy": 12}
    one.page.context.set_geolocation(place)


def begin(one: Window, walk: Walk, clock: Clock, day: str) -> PatrolRound:
    """Open the list in the morning, go to the round that is to be walked, start it."""
    clock.at = china(f"{DAYS[day]} 08:00")
    come_back(one, walk.walker)
    one.open("/rounds/")
    one.page.locator(".round-own .round-button").last.click()
    one.press("开始巡查")
    one.page.locator(".round-next").wait_for()
    return PatrolRound.objects.get(route=walk.route, on=DAYS[day])


def check_in(one: Window, walk: Walk, ordinal: int) -> None:
    stand_at(one, walk, ordinal)
    one.page.locator(".round-next form[data-position] > button").click()
    one.page.get_by_text("已签到。").first.wait_for()


def test_a_week_of_a_team(window: Opens, week: Walk, clock: Clock) -> None:
    one = window(size=PHONE)
    one.page.context.grant_permissions(["geolocation"])
    monday(one, week, clock)
    case = tuesday(one, week, clock)
    the_clerk_closes(window, week, clock, case)
    wednesday_is_missed(window, week, clock)
    thursday_at_the_station(one, week, clock)


def monday(one: Window, week: Walk, clock: Clock) -> None:
    """By position and by the sign; in between something is handled on the spot, in three taps."""
    round_ = begin(one, week, clock, "monday")
    one.look()
    check_in(one, week, 1)
    with one.leaving():
        one.page.locator(f"a[href$='/{round_.pk}/points/1/new/']").click()
    one.look()
    one.page.locator(f"input[name=category][value='{category('09001').pk}']").check()
    one.page.locator("input[name=photos]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo(320, 240)}
    )
    one.press("自行处置")
    one.page.locator("#findings-title").wait_for()
    one.look()
    one.open(f"/rounds/scan/{week.points[1].code}/")
    one.look()
    one.page.locator(".round-next form .round-button").click()
    one.page.wait_for_url(f"**/rounds/{round_.pk}/")
    check_in(one, week, 3)
    one.press("结束巡查")
    one.page.get_by_text("巡查已完成。").first.wait_for()
    one.look()
    round_.refresh_from_db()
    ways = list(Visit.objects.filter(round=round_).order_by("ordinal").values_list("way", flat=True))
    assert (round_.state, ways) == ("walked", ["position", "code", "position"])
    found = Finding.objects.get()
    assert (found.way, found.round, found.photos.count(), Case.objects.count()) == ("handled", round_, 1, 0)


def tuesday(one: Window, week: Walk, clock: Clock) -> Case:
    """What cannot be handled at once becomes a case; the rest of the points is left out, and the round is finished."""
    round_ = begin(one, week, clock, "tuesday")
    check_in(one, week, 1)
    with one.leaving():
        one.page.locator(f"a[href$='/{round_.pk}/points/1/new/']").click()
    one.page.locator(f"input[name=category][value='{category('09001').pk}']").check()
    one.press("转为案件")
    one.page.locator("#findings-title").wait_for()
    one.page.locator("section:has(#finish-title) summary").click()
    one.page.locator("section:has(#finish-title) select").select_option(index=3)
    with one.leaving():
        one.page.locator("section:has(#finish-title) button").click()
    round_.refresh_from_db()
    assert round_.state == "walked"
    with one.leaving():
        one.page.locator(".finding-list a").click()
    one.look()
    one.open("/findings/")
    one.look()
    assert one.texts(".stat-value") == ["1", "1"]
    return Case.objects.get()


def the_clerk_closes(window: Opens, week: Walk, clock: Clock, case: Case) -> None:
    """The officer has dealt with it; the clerk inspects it and closes it, at the desk on the phone."""
    clock.at = china("2026-03-03 09:00")
    street = week.crew.district.street
    assert (case.state, case.officer, case.source) == ("dispatched", street.officer, "patrol")
    for action in ("receive", "report_back"):
        do(week.crew.district, case, action, clock.at)
    clerk = window(street.clerk, size=PHONE)
    clerk.open(case.get_absolute_url())
    clerk.look()
    clerk.press("核查通过：结案", within=".case-actions")
    clerk.press("核查通过：结案", within="#act")
    clerk.page.get_by_text("已结案").first.wait_for()
    case.refresh_from_db()
    assert (case.state, Finding.objects.filter(case=case).count()) == ("closed", 1)


def wednesday_is_missed(window: Opens, week: Walk, clock: Clock) -> None:
    """Nobody walks; the leader and who had the shift are urged."""
    clock.at = china("2026-03-04 14:01")
    sweep.run(clock.at)
    told = Message.objects.filter(kind="round_urge").values_list("recipient__username", flat=True)
    assert sorted(told) == sorted([week.crew.leader.username, week.walker.username])
    leader = window(week.crew.leader, size=PHONE)
    leader.open(f"/rounds/?on={DAYS['wednesday']}")
    assert "超期" in leader.text()
    leader.look()
    leader.open(PatrolRound.objects.get(on=DAYS["wednesday"]).get_absolute_url())
    assert "班次内未巡查：已催办" in leader.text()
    leader.look()


def thursday_at_the_station(one: Window, week: Walk, clock: Clock) -> None:
    """All is in order but the floor, which becomes a case with one tap."""
    clock.at = china(f"{DAYS['thursday']} 08:00")
    plan_checks(at=clock.at)
    come_back(one, week.walker)
    one.open("/stations/")
    one.look()
    with one.leaving():
        one.page.locator("main a[href$='/make/']").click()
    for item in one.page.locator(".check-item").all():
        for box in item.locator("input[value=ok]").all():
            box.check()
        for value in item.locator("input[name^=value]").all():
            value.fill("500")
    floor = one.page.locator(".check-item").first
    floor.locator("input[value=failed]").check()
    floor.locator("input[name^=note]").fill("门口有污水")
    one.look()
    one.press("保存检查")
    one.page.locator(".answer-failed").wait_for()
    one.look()
    one.press("转为案件")
    one.page.locator(".answer-case a").wait_for()
    failed = CheckAnswer.objects.get(result="failed")
    assert failed.case is not None
    assert (failed.case.source, "门口有污水" in failed.case.description) == ("patrol", True)
