"""A failed item becomes a case in one step; the same item of the same station has one open case at a time."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cases.actions import perform, process_photos
from cases.models import Case
from citymgmt.refusals import NotFound, NotPermitted, WrongState
from patrols.stations.actions import log_failed_item, make_check, save_station
from patrols.stations.models import CheckAnswer, CheckEvent, CheckPhoto
from tests.office import District
from tests.patrols.stations import MORNING, NOON, ONE_DAY, Yard, yard_of
from tests.photos.pictures import photo
from tests.racing import race


def log_it(yard: Yard, event: CheckEvent, ordinal: int = 1, at: Any = NOON, **given: Any) -> CheckEvent:
    by = given.pop("by", yard.street.member)
    return log_failed_item(by=by, at=at, pk=event.daily_check_id, ordinal=ordinal, **given)


def test_place_category_and_words_are_filled_in(yard: Yard) -> None:
    told = yard.tell(longitude=Decimal("113.26"), latitude=Decimal("23.13"))
    save_station(by=yard.street.clerk, at=MORNING, told=told, pk=yard.station.pk)
    made = yard.make(yard.planned(), i3="浓度不足")
    event = log_it(yard, made, 4, request_key="a")
    assert log_it(yard, made, 4, request_key="a") == event
    case = Case.objects.get()
    assert (event.kind, event.note) == ("check_log_case", case.number)
    assert case.description == "榕荫路公厕 2026-03-02：消毒液有效氯浓度，1 mg/L（400–700），浓度不足"
    assert (case.address, case.community) == ("榕荫路18号 榕荫路公厕", yard.street.communities[0])
    assert (case.longitude, case.source, case.logged_by) == (Decimal("113.26"), "patrol", yard.street.member)
    assert case.category is not None
    assert case.category.code == "06012"
    assert case.state == "dispatched"  # its category has one filing condition
    assert CheckAnswer.objects.get(case=case).ordinal == 4
    with pytest.raises(WrongState, match=case.number):
        log_it(yard, made, 4)


def test_while_the_case_is_open_the_item_joins_it(yard: Yard) -> None:
    first = log_it(yard, yard.make(yard.planned(), i0="积水", i1="异味"))
    again = yard.make(yard.planned(MORNING + ONE_DAY), at=NOON + ONE_DAY, i0="积水", i1="异味")
    event = log_it(yard, again, at=NOON + ONE_DAY)
    assert (event.kind, event.note, Case.objects.count()) == ("check_link_case", first.note, 1)
    assert log_it(yard, again, 2, NOON + ONE_DAY).kind == "check_log_case"  # another item
    save_station(by=yard.street.clerk, at=NOON, told=yard.tell(name_zh="另一公厕"))
    elsewhere = replace(yard, station=type(yard.station).objects.get(name_zh="另一公厕"))
    other = elsewhere.make(elsewhere.planned(NOON + ONE_DAY), at=NOON + ONE_DAY, i0="积水")
    assert log_it(yard, other, at=NOON + ONE_DAY).kind == "check_log_case"
    at = NOON + 2 * ONE_DAY
    perform("void", number=first.note, by=yard.street.leader, at=at, note="重复")
    third = yard.make(yard.planned(at), at=at, i0="积水")
    assert log_it(yard, third, at=at).kind == "check_log_case"


@pytest.mark.parametrize("state", ["developed", "waiting", "lost"])
def test_the_photo_goes_along(yard: Yard, media: Path, state: str) -> None:
    answers = yard.answers(i7="灭火器过期")
    answers[7] = replace(answers[7], photo=photo())
    made = make_check(by=yard.street.member, at=NOON, pk=yard.planned().pk, answers=answers)
    if state == "developed":
        process_photos(now=lambda: NOON)
    if state == "lost":
        (media / "incoming" / CheckPhoto.objects.get().incoming).unlink()
    log_it(yard, made, 8)
    assert [one.kind for one in Case.objects.get().photos.all()] == ([] if state == "lost" else ["before"])


def test_only_failed_items_and_by_whom_checks_are_made(yard: Yard) -> None:
    made = yard.make(yard.planned(), i0="积水")
    for ordinal in (0, 2, 99, 2**40):
        with pytest.raises(NotFound):
            log_it(yard, made, ordinal)
    for person, error in ((yard.street.leader, NotPermitted), (yard.district.other.member, NotFound)):
        with pytest.raises(error):
            log_it(yard, made, by=person)
    assert not Case.objects.exists()


def test_two_at_once_make_one_case(committed: District) -> None:
    yard = yard_of(committed)
    first = yard.make(yard.planned(), i0="积水")
    at = NOON + ONE_DAY
    second = yard.make(yard.planned(at), at=at, i0="积水")
    done = race([lambda one=one: log_it(yard, one, at=at) for one in (first, second)])  # type: ignore[misc]
    assert sorted(one.kind for one in done) == ["check_link_case", "check_log_case"]
    assert Case.objects.count() == 1
