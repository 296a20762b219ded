"""The demo's publicity is told by the actions, once."""

from typing import Any

import pytest

from cases.publicity.demo import STORIES, SUGGESTIONS, make_publicity
from cases.publicity.models import Forum, PublicityItem, Suggestion
from citymgmt.people.models import SubDistrict
from tests.office import District
from tests.publicity.told import NOW


@pytest.mark.usefixtures("media")
def test_the_demo_plays_publicity_once(district: District, monkeypatch: Any) -> None:
    monkeypatch.setattr("cases.publicity.demo.DISTRICT_CODE", SubDistrict.objects.order_by("code")[0].district_code)
    count = make_publicity(NOW)
    assert count == 2 * (len(STORIES) + 2 + len(SUGGESTIONS) + 2)
    assert set(PublicityItem.objects.values_list("state", flat=True)) == {"planned", "out", "down", "off"}
    assert set(Forum.objects.values_list("state", flat=True)) == {"planned", "held"}
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"open", "to_do", "done", "declined", "case"}
    assert make_publicity(NOW) == 0
