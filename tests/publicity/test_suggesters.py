"""Who made a suggestion: sealed, masked, shown for a reason that is kept, erased when asked for and after a time."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from cases.publicity.actions import erase_suggester, forget_suggesters, look_at_suggester
from cases.publicity.models import Suggester, SuggesterLook, Suggestion
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState
from tests.office import District
from tests.publicity.told import DAY, NOW, answered, suggested

pytestmark = pytest.mark.usefixtures("english")
WHO = {"name": "陈婉仪", "phone": "13800002231", "text": "陈婉仪建议：电话 13800002231 回复我"}


def test_it_lies_sealed_in_the_database(district: District) -> None:
    suggested(district, **WHO)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name || phone FROM publicity_suggester")
        raw = cursor.fetchone()[0]
    assert ("陈婉仪" in raw, "13800002231" in raw) == (False, False)


def test_a_look_is_written_down_first(district: District) -> None:
    row, street = suggested(district, **WHO), district.street
    with pytest.raises(Invalid):
        look_at_suggester(pk=row.pk, by=street.clerk, at=NOW, purpose="other")
    found = look_at_suggester(pk=row.pk, by=street.clerk, at=NOW, purpose="ask_back")
    assert (found.name, found.phone) == ("陈婉仪", "13800002231")
    assert SuggesterLook.objects.values_list("suggestion", "by", "purpose").get() == (
        row.pk, street.clerk.pk, "ask_back",
    )  # fmt: skip
    with pytest.raises(NotPermitted):
        look_at_suggester(pk=row.pk, by=street.officer, at=NOW, purpose="ask_back")
    for person in (street.officer2, district.other.clerk):
        with pytest.raises(NotFound):
            look_at_suggester(pk=row.pk, by=person, at=NOW, purpose="ask_back")
    with pytest.raises(NotFound):
        look_at_suggester(pk=suggested(district).pk, by=street.clerk, at=NOW, purpose="ask_back")
    with pytest.raises(DatabaseError), transaction.atomic():
        SuggesterLook.objects.update(purpose="answer")


def test_it_is_erased_when_the_person_asks(district: District) -> None:
    row, by = suggested(district, **WHO), {"by": district.street.leader, "at": NOW, "note": "本人要求"}
    event = erase_suggester(pk=row.pk, request_key="k", **by)
    assert erase_suggester(pk=row.pk, request_key="k", **by) == event
    row.refresh_from_db()
    kept = Suggester.objects.get()
    assert (kept.name, kept.phone, kept.erased_at, row.text) == ("", "", NOW, "陈**建议：电话 *** 回复我")
    with pytest.raises(WrongState):
        erase_suggester(pk=row.pk, **by)
    with pytest.raises(KeyReused):
        erase_suggester(pk=row.pk, request_key="k", **{**by, "note": "别的"})
    with pytest.raises(NotPermitted):
        erase_suggester(pk=row.pk, **{**by, "by": district.street.officer})


def test_it_is_forgotten_a_year_after_the_end(district: District, settings: Any) -> None:
    settings.PERSONAL_DATA_MONTHS = 12
    ended, waits = suggested(district, **WHO), suggested(district, **WHO)
    answered(district, ended, "not")
    assert forget_suggesters(at=NOW + 364 * DAY) == 0
    assert forget_suggesters(at=NOW + 367 * DAY) == 1
    assert forget_suggesters(at=NOW + 367 * DAY) == 0
    assert list(Suggester.objects.order_by("suggestion").values_list("suggestion", "erased_at")) == [
        (ended.pk, NOW + 367 * DAY), (waits.pk, None),
    ]  # fmt: skip
    assert Suggestion.objects.get(pk=ended.pk).text == "陈**建议：电话 *** 回复我"
    assert Suggestion.objects.get(pk=waits.pk).text == WHO["text"]
