"""A leader plans the rounds of a route: points, a draft that is looked at and put into force, why, signs to print."""

from typing import Any

import pytest

from citymgmt.people.models import User
from patrols.rounds.models import PatrolRound, RoutePlan
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens
from tests.office import District
from tests.patrols.rounds.routes import add_points, route_of
from tests.patrols.teams import NOW, crew_of


@pytest.mark.parametrize(("language", "size"), [("zh-hans", PHONE), ("en", DESKTOP)])
def test_a_leader_plans_a_route(window: Opens, committed: District, clock: Clock, language: str, size: Any) -> None:
    clock.at = NOW
    crew = crew_of(committed)
    route = route_of(crew, "文昌东线")
    add_points(crew, route, ["street2", "hot", "estate", "blind", "site"] * 3)
    User.objects.update(language=language)
    one = window(crew.leader, size=size, language=language[:2])
    look = one.look if language != "en" else one.look_at_frame
    one.open(route.get_absolute_url())
    look()
    with one.leaving():
        one.page.locator("a[href$='/plan/']").click()
    look()
    one.page.locator("form.draft-enact button").click()
    one.page.wait_for_url("**/rounds/routes/plans/*/")
    look()
    plan = RoutePlan.objects.get()
    assert PatrolRound.objects.filter(plan=plan).count() >= 60
    one.page.locator("a[href$='#why']").first.click()
    one.page.wait_for_url("**#why")
    look()
    one.open(f"{route.get_absolute_url()}signs/")
    look()
    assert one.page.locator(".sign svg").count() == 15
