"""Rules by which facts are judged: a change of any is noted in its own transaction and counted without a hand."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cases.models import Category
from cases.statistics.actions import anew, catch_up, count_some_anew, freeze_evaluation, rebuild
from cases.statistics.actions import counting as actions
from cases.statistics.models import CaseFact, CountedUntil, CountingAnew, Evaluation, RulesChanged, StageLimit, Stale
from cases.statistics.periods import Period
from cases.statistics.querysets import Anew, counting_anew
from cases.statistics.tasks import count_by_changed_rules, count_what_changed
from cases.statistics.verification import differences
from citymgmt.refusals import Invalid
from citymgmt.worktime.models import CalendarDay, CalendarYear, LadderStep, OfficeShift
from tests.cases.stories import PATHS, QUICK, case_in, do
from tests.office import District, china
from tests.statistics.counting import assert_counted
from tests.statistics.varied import NOW, through

WEDNESDAY = date(2026, 3, 4)
FILED = china("2026-03-04 11:50")
LATER = china("2026-03-04 14:10")  # twenty minutes of office time later, the noon between


def finish(at: datetime = NOW) -> int:
    """Count by changed rules until nothing is left; how many batches that took."""
    turns = 0
    while count_some_anew(at=at):
        turns += 1
    return turns


def everything(district: District) -> None:
    """Cases that each rule judges: filed, verified and inspected after 20 minutes of office time, and handled late."""
    case = through(district, [], FILED)
    for action in ("accept", "verify"):
        do(district, case, action, FILED)
    do(district, case, "confirm", LATER)
    case = through(district, ["accept"], FILED)
    for action in ("file", "dispatch", "receive", "report_back"):
        do(district, case, action, LATER)
    do(district, case, "pass", LATER + timedelta(minutes=20))
    case = through(district, PATHS["handling"], FILED, line=90)
    do(district, case, "report_back", china("2026-03-04 16:20"))
    catch_up(at=NOW)
    finish()
    assert_counted()


def change_stage(stage: str) -> Callable[[], Any]:
    return lambda: StageLimit.objects.filter(stage=stage).update(minutes=1)


def replace_limits() -> None:
    """By taking all away and putting others there, in one transaction."""
    with transaction.atomic():
        StageLimit.objects.all().delete()
        StageLimit.objects.bulk_create(StageLimit(stage=stage, minutes=1) for stage in StageLimit.Stage)


def empty_limits() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE statistics_stagelimit")
        StageLimit.objects.bulk_create(StageLimit(stage=stage, minutes=1) for stage in StageLimit.Stage)


def lengthen_the_morning() -> None:
    OfficeShift.objects.filter(ends=time(12)).update(ends=time(13))


def close_at_noon() -> None:
    OfficeShift.objects.filter(starts=time(14)).delete()


def open_at_night() -> None:
    OfficeShift.objects.create(starts=time(12), ends=time(13))


def make_a_holiday() -> None:
    CalendarDay.objects.create(on=WEDNESDAY, kind=CalendarDay.Kind.HOLIDAY)


def forget_the_calendar() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE worktime_calendarday")


def by_raw_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statistics_stagelimit SET minutes = 5 WHERE stage = 'filing'")


CHANGES = {
    "filing": (change_stage("filing"), "statistics_stagelimit"),
    "verifying": (change_stage("verifying"), "statistics_stagelimit"),
    "inspecting": (change_stage("inspecting"), "statistics_stagelimit"),
    "limits replaced": (replace_limits, "statistics_stagelimit"),
    "limits emptied": (empty_limits, "statistics_stagelimit"),
    "raw SQL": (by_raw_sql, "statistics_stagelimit"),
    "longer morning": (lengthen_the_morning, "worktime_officeshift"),
    "no afternoon": (close_at_noon, "worktime_officeshift"),
    "open at noon": (open_at_night, "worktime_officeshift"),
    "holiday": (make_a_holiday, "worktime_calendarday"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_a_rule_is_counted_without_a_hand(district: District, name: str) -> None:
    """Facts are wrong after it, and right once the worker has come by."""
    everything(district)
    change, table = CHANGES[name]
    change()
    assert set(RulesChanged.objects.values_list("what", flat=True)) == {table}
    assert list(differences()) != []
    finish()
    assert_counted()
    assert (RulesChanged.objects.count(), CountingAnew.objects.count(), counting_anew()) == (0, 0, None)


def test_dispatching_too(district: District) -> None:
    case = through(district, ["accept", "file"], FILED)
    do(district, case, "dispatch", FILED + timedelta(minutes=10))
    catch_up(at=NOW)
    assert "dispatched_on_time" in CaseFact.objects.get().measures
    change_stage("dispatching")()
    finish()
    assert "dispatched_on_time" not in CaseFact.objects.get().measures
    assert_counted()


@pytest.mark.parametrize(
    ("change", "days"),
    [
        (lambda day: CalendarDay.objects.filter(pk=day.pk).update(on="2026-03-09"), ("2026-03-04", "2026-03-09")),
        (lambda day: CalendarDay.objects.filter(pk=day.pk).update(kind="makeup"), ("2026-03-04", "2026-03-04")),
        (lambda day: day.delete(), ("2026-03-04", "2026-03-04")),
    ],
)
def test_a_day_that_changes_touches_itself_as_it_was_and_is(district: District, change: Any, days: Any) -> None:
    make_a_holiday()
    everything(district)
    change(CalendarDay.objects.get(on=WEDNESDAY))
    told = RulesChanged.objects.get()
    assert (str(told.first_on), str(told.last_on)) == days
    finish()
    assert_counted()


def test_the_calendar_emptied_touches_everything(district: District) -> None:
    through(district, PATHS["closed"], china("2026-02-16 09:00"))  # a holiday
    catch_up(at=NOW)
    forget_the_calendar()
    assert RulesChanged.objects.filter(first_on=None, last_on=None).count() == 1
    finish()
    assert_counted()


def change_words() -> None:
    CalendarDay.objects.update(name_zh="改名", source="国办发")


UNTOUCHED = {
    "words of a day": change_words,
    "a year": lambda: CalendarYear.objects.create(year=2031),
    "a ladder": lambda: LadderStep.objects.filter(delay_value__gt=0).update(delay_value=9),
    "the same limits again": lambda: StageLimit.objects.update(minutes=F("minutes")),
    "the same hours again": lambda: OfficeShift.objects.filter(ends=time(12)).update(ends=time(12)),
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_what_no_fact_depends_on_has_nothing_counted(district: District, name: str) -> None:
    everything(district)
    UNTOUCHED[name]()
    assert (RulesChanged.objects.count(), list(differences())) == (0, [])


def test_a_category_that_moves_names_its_cases_itself(district: District) -> None:
    case, other = case_in(district, "handling"), case_in(district, "handling", line=QUICK)
    catch_up(at=NOW)
    moved = Category.objects.get(pk=case.category_id)
    moved.disorder_id = Category.objects.get(pk=other.category_id).disorder_id
    moved.save(update_fields=["disorder_id"])
    assert (RulesChanged.objects.count(), set(Stale.objects.values_list("case_id", flat=True))) == (0, {case.pk})


# which cases


def test_only_cases_that_were_open_on_the_day_are_counted(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed before it, begun after it: they do not depend on it. One open over it does, and one of the day itself."""
    before = through(district, PATHS["closed"], china("2026-03-03 17:00"))
    over = through(district, PATHS["handling"], china("2026-03-03 17:00"))
    itself = through(district, PATHS["closed"], china("2026-03-04 00:00"))
    after = through(district, PATHS["closed"], china("2026-03-05 00:00"))
    catch_up(at=NOW)
    counted: list[int] = []
    monkeypatch.setattr(anew, "recount", lambda ids, at: counted.extend(ids))
    make_a_holiday()
    finish()
    assert counted == [over.pk, itself.pk]
    assert {before.pk, after.pk}.isdisjoint(counted)


def test_days_and_limits_together_touch_every_case() -> None:
    third, ninth = date(2026, 3, 3), date(2026, 3, 9)
    assert anew._days_of([(third, third), (ninth, ninth)]) == (third, ninth)
    assert anew._days_of([(third, third), (None, None)]) == (None, None)


def test_a_deadline_that_was_given_stays(district: District) -> None:
    case = through(district, PATHS["handling"], FILED)
    catch_up(at=NOW)
    due_at = case.due_at
    lengthen_the_morning()
    finish()
    case.refresh_from_db()
    assert case.due_at == due_at


def test_late_cases_stay_late_whatever_moment_the_worker_tells(district: District, monkeypatch: Any) -> None:
    """Five fell due at one moment, two of them are counted: a worker whose clock is behind takes nothing back."""
    monkeypatch.setattr(actions, "BATCH", 2)
    for _number in range(5):
        through(district, PATHS["handling"], FILED, line=QUICK)
    catch_up(at=FILED)
    assert catch_up(at=NOW, most=1) == 2
    change_stage("filing")()
    finish(FILED)
    assert CountedUntil.objects.get().case_id > 0
    catch_up(at=NOW)
    assert_counted()


# in batches


def ten(district: District, monkeypatch: pytest.MonkeyPatch, batch: int = 3, looked_at: int = 6) -> None:
    for _number in range(10):
        case = through(district, ["accept"], FILED)
        do(district, case, "file", LATER)
    catch_up(at=NOW)
    monkeypatch.setattr(anew, "BATCH", batch)
    monkeypatch.setattr(anew, "LOOKED_AT", looked_at)


def test_a_million_is_counted_in_batches_that_tell_how_far_they_came(district: District, monkeypatch: Any) -> None:
    ten(district, monkeypatch)
    change_stage("filing")()
    told = [counting_anew()]
    while count_some_anew(at=NOW):
        told.append(counting_anew())
    assert told == [Anew(), Anew(3, 10), Anew(6, 10), Anew(9, 10), Anew(10, 10)]
    assert counting_anew() is None
    assert_counted()


def test_cases_that_do_not_depend_are_passed_over_quickly(district: District, monkeypatch: Any) -> None:
    ten(district, monkeypatch)
    CalendarDay.objects.create(on=date(2026, 3, 3), kind=CalendarDay.Kind.HOLIDAY)
    assert finish() == 2


def test_a_batch_asks_the_same_whatever_is_behind_and_before_it(district: District, monkeypatch: Any) -> None:
    ten(district, monkeypatch, batch=2)
    change_stage("filing")()
    costs = []
    for _turn in range(4):
        with CaptureQueriesContext(connection) as queries:
            count_some_anew(at=NOW)
        costs.append(len(queries))
    assert costs[1] == costs[2] == costs[3]


def test_a_change_meanwhile_begins_it_once_more_for_both(district: District, monkeypatch: Any) -> None:
    ten(district, monkeypatch)
    CalendarDay.objects.create(on=date(2026, 3, 3), kind=CalendarDay.Kind.HOLIDAY)
    count_some_anew(at=NOW)
    change_stage("filing")()
    assert counting_anew() == Anew()
    count_some_anew(at=NOW)
    walk = CountingAnew.objects.get()
    assert (walk.done, walk.first_on, walk.last_on) == (3, None, None)
    finish()
    assert_counted()


def test_the_days_of_a_change_meanwhile_are_joined_to_those_under_way(district: District, monkeypatch: Any) -> None:
    ten(district, monkeypatch)
    make_a_holiday()
    count_some_anew(at=NOW)
    CalendarDay.objects.create(on=date(2026, 3, 12), kind=CalendarDay.Kind.HOLIDAY)
    count_some_anew(at=NOW)
    walk = CountingAnew.objects.get()
    assert (walk.first_on, walk.last_on) == (WEDNESDAY, date(2026, 3, 12))


def test_cases_that_come_meanwhile_are_counted_by_the_new_rules(district: District, monkeypatch: Any) -> None:
    ten(district, monkeypatch)
    change_stage("filing")()
    count_some_anew(at=NOW)
    for _number in range(5):
        through(district, ["accept", "file"], LATER)
    catch_up(at=NOW)
    assert finish() == 3  # not five more
    assert_counted()


def test_a_rebuilding_does_it_all(district: District, monkeypatch: Any) -> None:
    ten(district, monkeypatch)
    change_stage("filing")()
    count_some_anew(at=NOW)
    change_stage("inspecting")()
    rebuild(at=NOW)
    assert counting_anew() is None
    assert_counted()


def test_a_portal_without_cases(db: None) -> None:
    change_stage("filing")()
    assert (count_some_anew(at=NOW), counting_anew()) == (False, None)


def test_the_task_does_it(district: District, monkeypatch: Any) -> None:
    ten(district, monkeypatch)
    change_stage("filing")()
    count_by_changed_rules()
    count_what_changed()
    assert counting_anew() is None
    assert_counted()


def test_the_task_ends_with_its_turn_and_goes_on_at_the_next_ring(district: District, monkeypatch: Any) -> None:
    ten(district, monkeypatch)
    monkeypatch.setattr("cases.statistics.tasks.TURN", timedelta(microseconds=1))
    change_stage("filing")()
    rings = 0
    while counting_anew() is not None:
        before = counting_anew()
        count_by_changed_rules()
        assert counting_anew() != before  # a batch, and no more
        rings += 1
    assert rings == 5


# frozen evaluations


def test_a_frozen_evaluation_stays_and_none_is_frozen_meanwhile(district: District, monkeypatch: Any) -> None:
    """Half of a period judged by one rule and half by another is no evaluation; the one before keeps its figures."""
    ten(district, monkeypatch)
    at, february = china("2026-04-01 09:00"), Period(date(2026, 2, 1), date(2026, 2, 28))
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    frozen = freeze_evaluation(by=district.street.leader, at=at, period=march)
    before = (frozen.sums, frozen.limits, sorted(frozen.facts.values_list("case_id", "measures")))
    change_stage("filing")()
    for _turn in range(2):  # noted, and under way
        with translation.override("en"), pytest.raises(Invalid, match="counted anew"):
            freeze_evaluation(by=district.street.leader, at=at, period=february)
        count_some_anew(at=at)
    assert Evaluation.objects.count() == 1
    finish(at)
    kept = Evaluation.objects.get()
    assert (kept.sums, kept.limits, sorted(kept.facts.values_list("case_id", "measures"))) == before
    again = freeze_evaluation(by=district.street.leader, at=at, period=february)
    assert again.limits["filing"] == 1
