"""Looks at key places: scored by what the office deducts, once for a request, on the watch stood there."""

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from cases.models import Disorder
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted
from communities.models import KeyPlace
from patrols.guards.actions import LookTold, save_deductions, take_look
from patrols.guards.models import ConditionLook, Deduction
from patrols.guards.querysets import disorders
from tests.office import District
from tests.patrols.guards import SEVEN, Guard, guard_of, market_in
from tests.racing import meanwhile

READ_LAST = "patrols.guards.actions.looks.watch_stood_at"  # by a look, before it is written


@pytest.fixture
def guard(district: District) -> Guard:
    return guard_of(district)


def keys() -> list[str]:
    return [one.key for one in disorders()]


def test_a_look_keeps_what_was_deducted_then(guard: Guard) -> None:
    first, second, *_rest = keys()
    watch = guard.plan()[0]
    guard.come(watch)
    given = {"by": watch.user, "at": SEVEN, "place": guard.place.pk}
    told = LookTold({first: "slight", second: "serious"}, "占道摊贩")
    look = take_look(**given, told=told, request_key="k")
    assert take_look(**given, told=told, request_key="k") == look
    with pytest.raises(KeyReused):
        take_look(**given, told=LookTold(), request_key="k")
    assert (look.score, look.watch, look.by) == (80, watch, watch.user)
    told_of_each = {key: (5, 15) for key in keys()} | {first: (30, 70), second: (0, 90)}
    save_deductions(by=guard.crew.clerk, at=SEVEN, told=told_of_each)
    save_deductions(by=guard.crew.clerk, at=SEVEN, told=told_of_each)
    assert Deduction.objects.count() == 6
    again = take_look(by=guard.street.officer, at=SEVEN, place=guard.place.pk, told=told)
    assert (again.score, again.watch) == (0, None)
    look.refresh_from_db()
    assert [(one.disorder.key, one.deduction) for one in look.marks.order_by("disorder__sort_order")] == [
        (first, 5),
        (second, 15),
    ]
    assert take_look(by=guard.street.officer, at=SEVEN, place=guard.place.pk, told=LookTold()).score == 100


def test_what_is_no_look_is_refused(guard: Guard) -> None:
    given = {"by": guard.street.officer, "at": SEVEN, "place": guard.place.pk}
    other = Disorder.objects.filter(is_six_disorder=False).first()
    for seen in ({"": "slight"}, {keys()[0]: "awful"}, {keys()[0]: ""}, {other.key if other else "x": "slight"}):
        with pytest.raises(Invalid):
            take_look(**given, told=LookTold(seen))
    for note in ("x" * 301, "\x00"):
        with pytest.raises(Invalid):
            take_look(**given, told=LookTold(note=note))
    with pytest.raises(NotFound):
        take_look(**{**given, "place": 2**40}, told=LookTold())
    street, district = guard.street, guard.crew.district
    for person, refusal in (
        (street.leader, NotPermitted),
        (street.officer2, NotFound),
        (district.other.clerk, NotFound),
    ):
        with pytest.raises(refusal):
            take_look(**{**given, "by": person}, told=LookTold())
    assert not ConditionLook.objects.exists()


def test_who_sets_deductions_and_which_can_be(guard: Guard) -> None:
    usual = {key: (5, 15) for key in keys()}
    for person in (guard.street.leader, guard.street.teamleader, guard.street.officer):
        with pytest.raises(NotPermitted):
            save_deductions(by=person, at=SEVEN, told=usual)
    for wrong in ((20, 10), (0, 101), (-1, 5)):
        with pytest.raises(Invalid):
            save_deductions(by=guard.crew.clerk, at=SEVEN, told=usual | {keys()[0]: wrong})
    with pytest.raises(NotFound):
        save_deductions(by=guard.crew.clerk, at=SEVEN, told={"x": (1, 2)})


def test_the_same_look_sent_twice_at_once_is_kept_once(committed: District, monkeypatch: pytest.MonkeyPatch) -> None:
    guard, faster = guard_of(committed), []
    given: dict[str, Any] = {"by": guard.street.officer, "at": SEVEN, "place": guard.place.pk, "request_key": "k"}
    look = partial(take_look, **given, told=LookTold({keys()[0]: "slight"}))
    meanwhile(monkeypatch, READ_LAST, lambda: faster.append(look()))
    assert [look()] == faster == list(ConditionLook.objects.all())


def test_two_looks_with_one_key_at_once_are_one_and_a_refusal(
    committed: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = guard_of(committed)
    given: dict[str, Any] = {"by": guard.street.officer, "at": SEVEN, "place": guard.place.pk, "request_key": "k"}
    meanwhile(monkeypatch, READ_LAST, partial(take_look, **given, told=LookTold({keys()[0]: "slight"})))
    with pytest.raises(KeyReused):
        take_look(**given, told=LookTold())
    assert ConditionLook.objects.get().score == 95


def test_a_look_at_a_place_that_is_gone_meanwhile_is_answered_by_no_other(
    committed: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = market_in(committed)
    meanwhile(monkeypatch, READ_LAST, lambda: KeyPlace.objects.filter(pk=place.pk).delete())
    with pytest.raises(IntegrityError, match="place_id"):
        take_look(by=committed.street.officer, at=SEVEN, place=place.pk, told=LookTold(), request_key="k")
    assert not ConditionLook.objects.exists()
