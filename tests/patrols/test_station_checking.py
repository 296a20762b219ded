"""Checks are planned for each open day, made in one form, made up for a day, excused; answers keep their wording."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cases.actions import process_photos
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState
from patrols.stations.actions import ItemTold, excuse_check, make_check, plan_checks, save_item, save_station
from patrols.stations.models import CheckAnswer, CheckEvent, CheckPhoto, DailyCheck, Station
from patrols.stations.verification import verify_checks
from tests.office import District, china
from tests.patrols.stations import MIDNIGHT, MORNING, NOON, ONE_DAY, TODAY, Yard, yard_of
from tests.photos.pictures import photo
from tests.racing import race

pytestmark = pytest.mark.usefixtures("english")

RENAMED = ItemTold("余氯", "Chlorine", 40, "value", "ppm", 1.0, 2.0)


def kinds(check: DailyCheck) -> list[str]:
    return list(CheckEvent.objects.filter(daily_check=check).order_by("seq").values_list("kind", flat=True))


def test_one_check_a_day_for_each_station_that_is_open(yard: Yard) -> None:
    given: dict[str, Any] = {"by": yard.street.clerk, "at": MORNING - ONE_DAY}
    save_station(**given, told=yard.tell(name_zh="周末站", open_days=(6, 7)))
    save_station(**given, told=yard.tell(name_zh="停用站", is_active=False))
    assert (plan_checks(at=MORNING), plan_checks(at=NOON)) == (1, 0)
    check = DailyCheck.objects.get()
    assert (check.station, check.team_id, check.on, check.due_at) == (
        yard.station,
        yard.street.team.pk,
        TODAY,
        MIDNIGHT,
    )
    assert (check.state, check.next_check_at, kinds(check)) == ("planned", MIDNIGHT, ["check_plan"])
    assert plan_checks(at=china("2026-03-07 00:00")) == 2  # Saturday: both that are in use
    with pytest.raises(IntegrityError, match="daily_check_once_a_day"), transaction.atomic():
        DailyCheck.objects.create(station=yard.station, team=check.team, on=TODAY, state="planned")


def test_without_a_checklist_nothing_is_planned(yard: Yard) -> None:
    for one in yard.items:
        told = ItemTold(one.name_zh, "", one.position, one.answer, one.unit, one.lowest, one.highest, is_active=False)
        save_item(by=yard.street.clerk, at=MORNING, kind="toilet", told=told, pk=one.pk)
    assert plan_checks(at=MORNING) == 0


def test_whoever_plans_at_the_same_time_plans_nothing_twice(committed: District) -> None:
    yard = yard_of(committed)
    for n in range(5):
        save_station(by=committed.street.clerk, at=MORNING, told=yard.tell(name_zh=f"公厕{n}"))
    counts = race([lambda: plan_checks(at=MORNING)] * 3)
    assert (sum(counts), DailyCheck.objects.count(), CheckEvent.objects.count()) == (6, 6, 6)


def test_all_in_order(yard: Yard) -> None:
    check = yard.planned()
    event = yard.make(check)
    check.refresh_from_db()
    assert (event.kind, event.by, event.to_state) == ("check_make", yard.street.member, "done")
    assert (check.state, check.done_by, check.done_at, check.failed_count) == ("done", yard.street.member, NOON, 0)
    assert (check.next_check_at, check.is_made_up) == (None, False)
    assert CheckAnswer.objects.filter(daily_check=check, result="ok").count() == len(yard.items)


def test_a_value_outside_its_range_fails_by_itself_and_keeps_the_range_it_was_judged_by(yard: Yard) -> None:
    check = yard.planned()
    yard.make(check, i0="积水", i3="浓度不足")
    check.refresh_from_db()
    assert (check.state, check.failed_count) == ("faulty", 2)
    save_item(by=yard.street.clerk, at=NOON, kind="toilet", told=RENAMED, pk=yard.measured.pk)
    kept = CheckAnswer.objects.get(daily_check=check, item=yard.measured)
    assert (kept.name_zh, kept.unit, kept.lowest, kept.highest) == ("消毒液有效氯浓度", "mg/L", 400, 700)
    assert (kept.value, kept.result, kept.note) == (1.0, "failed", "浓度不足")


def refused(yard: Yard, check: DailyCheck, answers: Any) -> Invalid:
    with pytest.raises(Invalid) as found:
        make_check(by=yard.street.member, at=NOON, pk=check.pk, answers=answers)
    check.refresh_from_db()
    assert check.state == "planned"
    return found.value


def test_what_is_missing_is_said_at_its_field(yard: Yard) -> None:
    check, answers = yard.planned(), yard.answers()
    ids = [one.pk for one in yard.items]
    answers[0] = replace(answers[0], result="failed")  # without a note
    answers[1] = replace(answers[1], result="")
    answers[3] = replace(answers[3], value=None)
    answers[4] = replace(answers[4], note="x" * 301)
    answers[7] = replace(answers[7], result="failed", note="灭火器过期")  # its photo is demanded
    fields = [f"note_{ids[0]}", f"result_{ids[1]}", f"value_{ids[3]}", f"note_{ids[4]}", f"photo_{ids[7]}"]
    assert list(refused(yard, check, answers).fields) == fields
    answers[7] = replace(answers[7], photo=b"no photo")
    assert list(refused(yard, check, answers).fields) == [f"photo_{ids[7]}"]


def test_neither_another_checklist_nor_nothing_at_all(yard: Yard) -> None:
    check, answers = yard.planned(), yard.answers()
    assert "changed in the meantime" in str(refused(yard, check, answers[1:]))
    nothing = [replace(one, result="na", value=None) for one in answers]
    assert "Nothing was looked at" in str(refused(yard, check, nothing))


def test_a_photo_stays_with_its_answer(yard: Yard, media: Path) -> None:
    check, answers = yard.planned(), yard.answers(i7="灭火器过期")
    answers[7] = replace(answers[7], photo=photo())
    given: dict[str, Any] = {"by": yard.street.member, "at": NOON, "pk": check.pk, "answers": answers}
    event = make_check(**given, request_key="once")
    assert make_check(**given, request_key="once") == event
    process_photos(now=lambda: NOON)
    kept = CheckPhoto.objects.get()
    assert (kept.answer.ordinal, kept.uploaded_by, kept.is_ready) == (8, yard.street.member, True)
    assert len([*media.glob("incoming/*")]) == 1  # that of the resend is gone; this one goes at the commit
    with pytest.raises(KeyReused):
        make_check(**{**given, "answers": yard.answers()}, request_key="once")
    with pytest.raises(WrongState):
        make_check(**given)
    with pytest.raises(DatabaseError, match="never removed"), transaction.atomic():
        kept.delete()


def test_missed_it_can_be_made_up_for_a_day(yard: Yard) -> None:
    check = yard.planned()
    yard.make(check, at=MIDNIGHT + ONE_DAY - timedelta(seconds=1))
    check.refresh_from_db()
    assert (check.state, check.is_made_up) == ("done", True)
    assert kinds(check) == ["check_plan", "check_miss", "check_urge", "check_supervise", "check_make"]
    late = yard.planned(MORNING + ONE_DAY)
    with pytest.raises(WrongState, match="now only a reason"):
        yard.make(late, at=MIDNIGHT + 2 * ONE_DAY)
    late.refresh_from_db()
    assert late.state == "missed"  # the refusal did not undo what fell due


def test_a_reason_excuses_it(yard: Yard) -> None:
    check = yard.planned()
    given: dict[str, Any] = {"at": MIDNIGHT + 9 * ONE_DAY, "pk": check.pk}
    for reason in ("", "x" * 201):
        with pytest.raises(Invalid):
            excuse_check(by=yard.street.teamleader, **given, reason=reason)
    event = excuse_check(by=yard.street.teamleader, **given, reason="停水", request_key="a")
    assert (event.note, event.to_state) == ("停水", "excused")
    assert excuse_check(by=yard.street.teamleader, **given, reason="停水", request_key="a") == event
    with pytest.raises(WrongState):
        excuse_check(by=yard.street.clerk, **given, reason="停水")


def test_who_may_do_what(yard: Yard) -> None:
    street, other, check = yard.street, yard.district.other, yard.planned()
    excuse: dict[str, Any] = {"at": NOON, "pk": check.pk, "reason": "停水"}
    for person, error in (
        (street.leader, NotPermitted),
        (street.officer2, NotFound),
        (street.auditor, NotFound),
        (other.member, NotFound),
    ):
        with pytest.raises(error):
            yard.make(check, by=person)
        with pytest.raises(error):
            excuse_check(by=person, **excuse)
    for person in (street.member, street.officer):
        with pytest.raises(NotPermitted):
            excuse_check(by=person, **excuse)
    for pk in (0, -1, 2**40, check.pk + 1):
        with pytest.raises(NotFound):
            excuse_check(by=street.clerk, **{**excuse, "pk": pk})
    for n, person in enumerate((street.clerk, street.officer, street.teamleader, street.member)):
        at = NOON + n * ONE_DAY
        assert yard.make(yard.planned(at), by=person, at=at).by == person


def test_two_at_once_make_it_once(committed: District) -> None:
    yard = yard_of(committed)
    check = yard.planned()
    people = (committed.street.member, committed.street.teamleader)
    done = race([lambda one=one: yard.make(check, by=one) for one in people])  # type: ignore[misc]
    assert sorted(type(one).__name__ for one in done) == ["CheckEvent", "WrongState"]
    assert CheckAnswer.objects.count() == len(yard.items)


def test_the_history_stays_and_what_was_tampered_with_is_found(yard: Yard) -> None:
    check = yard.planned()
    yard.make(check, i0="积水")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CheckEvent.objects.update(note="x")
    assert [told for _name, told in verify_checks() if told] == []
    for statement in (
        "UPDATE patrols_dailycheck SET failed_count = 2",
        "UPDATE patrols_checkanswer SET value = 501 WHERE value IS NOT NULL",
        "UPDATE patrols_dailycheck SET done_at = done_at + interval '1 second'",
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            assert len([told for _name, told in verify_checks() if told]) == 1, statement
            transaction.set_rollback(True)


def test_another_team_has_the_checks_from_the_next_day_on(yard: Yard) -> None:
    check = yard.planned()
    team = yard.district.street.team
    other = type(team).objects.create(
        key="pest", kind="pest_team", name_zh="消杀队", district_code=team.district_code, subdistrict=team.subdistrict
    )
    save_station(by=yard.street.clerk, at=NOON, told=yard.tell(team=other.pk), pk=yard.station.pk)
    yard.make(check)
    assert DailyCheck.objects.get(pk=check.pk).state == "done"
    assert yard.planned(MORNING + ONE_DAY).team_id == other.pk
    assert Station.objects.get().team_id == other.pk
    assert timezone.localdate(MORNING) == TODAY
