"""A member of the pest team on the phone: a survey entered where it was made changes the level the office reads."""

import pytest

from citymgmt.people.models import User
from patrols.pests.models import DensitySurvey
from tests.browser.windows import DESKTOP, PHONE, Clock, Opens
from tests.office import District
from tests.patrols.pests import Squad, squad_of
from tests.patrols.teams import NOW


@pytest.fixture
def squad(committed: District, clock: Clock) -> Squad:
    """A pest team that has walked its path outdoors."""
    squad = squad_of(committed)
    squad.survey("rodent_path", sampled=4000, positive=10)
    clock.at = NOW
    return squad


def test_a_survey_entered_on_the_phone_gives_the_level(window: Opens, squad: Squad) -> None:
    User.objects.update(language="en")
    phone = window(squad.member, size=PHONE, language="en")
    phone.open("/pests/surveys/")
    phone.press("Rodent traces indoors")
    phone.page.get_by_label("community").select_option(str(squad.place))
    for label, number in (("place", "一号院"), ("rooms inspected", "200"), ("rooms with traces", "10")):
        phone.page.get_by_label(label, exact=False).last.fill(number)
    phone.press("Save")
    phone.page.get_by_text("The survey is saved.").wait_for()
    assert DensitySurvey.objects.get(method="rodent_rooms").surveyor == squad.member
    desk = window(squad.clerk, size=DESKTOP, language="en")
    desk.open("/pests/")
    desk.page.get_by_text("Every limit known of level C is kept.").wait_for()
    desk.press("Rooms with rodent traces")
    desk.page.locator("[data-chart] svg").wait_for()
    desk.look_at_frame()
