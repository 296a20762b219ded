"""What the life of a case counts as: each counting rule of domain.md 4.2 as literal rows. Pure: no database, no Django.

2026-03-04 is a Wednesday; office hours 08-12 and 14-18; stage limits of 30, 15, 30 and 30 minutes.
"""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime

import pytest

from cases.statistics.lives import STAGES, Life, local_day
from cases.statistics.measures import MEASURES, counted, days_of
from cases.workflow import OPEN as OPEN_STATES
from tests.statistics.lives_told import moment, told

ACCEPTED = "report 03-04 09:00; accept 09:05"
FILED = f"{ACCEPTED}; file 09:10 due 03-06 09:10"
SENT = f"{FILED}; dispatch 09:20; receive 09:30"
BACK = f"{SENT}; report_back 03-05 10:00"
CLOSED = f"{BACK}; pass 10:20"
LATE = f"{SENT}; report_back 03-09 10:00; pass 10:20"

AT_DESK = "reported valid reported_filed filed filed_on_time"  # voided later
RIGHTLY_FILED = f"{AT_DESK} filed_correctly"
DISPATCHED = "to_dispatch dispatched_on_time dispatched_correctly"
DESK = f"{RIGHTLY_FILED} {DISPATCHED}"
OPEN = "reported_open open_now"
IN_TIME = "to_handle handled handled_on_time"
TOO_LATE = "to_handle handled handled_late overdue_percent"
CLOSED_IN_TIME = f"{IN_TIME} to_close closed closed_on_time ended"
CLOSED_LATE = f"{TOO_LATE} to_close closed closed_late ended"
INSPECTED = "to_inspect inspected_on_time"
OF_WORK = ("handled", "inspected")


def life(story: str, as_of: str = "04-01 00:00") -> Life:
    return told(story).life(moment(*as_of.split()))


def counts(story: str, as_of: str = "04-01 00:00") -> set[str]:
    """What it counts as, but for the day on which the work was done, which the last test tells."""
    return {code for code, _much in counted(life(story, as_of)) if MEASURES[code].cohort not in OF_WORK}


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        # the way of a case to its end
        ("report 03-04 09:00", f"reported {OPEN}"),
        ("report 03-04 09:00; decline 09:05", "reported"),
        (ACCEPTED, f"reported valid {OPEN}"),
        (f"{ACCEPTED}; decline_to_file 09:10", "reported valid"),
        (CLOSED, f"{DESK} {CLOSED_IN_TIME} {INSPECTED}"),
        (LATE, f"{DESK} {CLOSED_LATE} {INSPECTED}"),
        (BACK, f"{DESK} {IN_TIME} to_close to_inspect {OPEN}"),
        # voided and merged: each leaves the count by the stage in which it was
        ("report 03-04 09:00; void 09:05", "reported"),
        ("report 03-04 09:00; merge 09:00", "reported"),
        (f"{ACCEPTED}; void 09:10", "reported valid"),
        (f"{ACCEPTED}; merge 09:10", "reported valid"),
        (f"{ACCEPTED}; verify 09:10; void 09:15", "reported valid to_verify"),
        (f"{FILED}; void 09:15", AT_DESK),
        (f"{FILED}; merge 09:15", RIGHTLY_FILED),
        (f"{SENT}; void 10:00", f"{AT_DESK} {DISPATCHED}"),
        (f"{SENT}; merge 10:00", DESK),
        (f"{SENT}; escalate 10:00; void 11:00", f"{AT_DESK} {DISPATCHED}"),
        (f"{SENT}; suspend 10:00; void 11:00", f"{AT_DESK} {DISPATCHED}"),
        (f"{SENT}; return 10:00; void 11:00", AT_DESK),
        (f"{BACK}; void 10:05", f"{AT_DESK} {DISPATCHED} {IN_TIME}"),
        (f"{BACK}; rework 10:05; void 10:10", f"{AT_DESK} {DISPATCHED}"),
        (f"{SENT}; void 10:00; note 11:00; note 12:00", f"{AT_DESK} {DISPATCHED}"),
        # handled on the spot: never enters
        ("report 03-04 09:00; self_handle 09:00", "self_handled"),
        (f"{ACCEPTED}; verify 09:10; confirm 09:20; self_handle 09:30", "self_handled"),
        # exempt by an upheld appeal, and only by one
        (f"{LATE}; appeal 10:30", f"{DESK} {CLOSED_LATE} {INSPECTED}"),
        (f"{LATE}; appeal 10:30; reject_appeal 11:00", f"{DESK} {CLOSED_LATE} {INSPECTED}"),
        (f"{LATE}; appeal 10:30; uphold_appeal 11:00", f"{DESK} exempt {INSPECTED} ended"),
        # suspended: out while it lasts
        (f"{SENT}; suspend 10:00", f"{DESK} {OPEN} suspended suspended_since suspended_now"),
        (f"{BACK}; rework 10:05; suspend 11:00", f"{DESK} to_inspect inspected_on_time {OPEN}"
         " suspended suspended_since suspended_now"),
        (f"{SENT}; suspend 10:00; resume 03-05 10:00 due 04-02 09:00", f"{DESK} {OPEN} to_handle"),
        # rework: judged by the bundled deadline, over all rounds
        (f"{BACK}; rework 10:10; report_back 03-06 09:10; pass 09:20", f"{DESK} {CLOSED_IN_TIME} {INSPECTED}"
         " reworked reworks"),
        (f"{BACK}; rework 10:10; report_back 03-06 09:11; pass 09:20", f"{DESK} {CLOSED_LATE} {INSPECTED}"
         " reworked reworks"),
        # extended: judged by the extended time, and shown beside it
        (f"{SENT}; extend 10:00 due 03-09 10:00 by 1wd; report_back 03-09 10:00; pass 10:20",
         f"{DESK} {CLOSED_IN_TIME} {INSPECTED} extended extensions extension_hours"),
        (f"{SENT}; extend 10:00 due 03-09 09:59 by 1wd; report_back 03-09 10:00; pass 10:20",
         f"{DESK} {CLOSED_LATE} {INSPECTED} extended extensions extension_hours"),
        # returned, and dispatched again
        (f"{SENT}; return 10:00; dispatch 10:05; report_back 11:00; pass 11:10",
         f"{RIGHTLY_FILED} to_dispatch dispatched_on_time {CLOSED_IN_TIME} {INSPECTED}"),
        # straight from the desk to the district: sent to who handles it
        (f"{FILED}; escalate 09:20; reply 03-05 09:00; report_back 10:00; pass 10:20",
         f"{DESK} {CLOSED_IN_TIME} {INSPECTED}"),
        (f"{FILED}; escalate_overdue 03-09 09:10; reply 03-10 09:00 to filed; void 10:00", AT_DESK),
        # closed specially: handled by it
        (f"{SENT}; close_special 03-06 09:10", f"{DESK} {CLOSED_IN_TIME}"),
        (f"{SENT}; close_special 03-06 09:11", f"{DESK} {CLOSED_LATE}"),
        (f"{BACK}; close_special 03-09 10:00", f"{DESK} {CLOSED_IN_TIME} to_inspect"),
        (f"{FILED}; close_special 09:20", f"{RIGHTLY_FILED} to_dispatch ended"),
        # an imported ledger
        ("import 03-04 09:00 due 03-06 09:00 closed 03-05 10:00", f"{DESK} {CLOSED_IN_TIME}"),
        ("import 03-04 09:00 closed 03-05 10:00", f"{DESK} {CLOSED_IN_TIME}"),
        ("import 03-04 09:00 due 03-06 09:00 closed 03-09 10:00",
         f"{DESK} to_handle handled to_close closed closed_late ended"),
        ("import 03-04 09:00 due 04-06 09:00", f"{DESK} to_handle {OPEN}"),
        ("import 03-04 09:00 due 03-06 09:00", f"{DESK} to_handle overdue_unhandled to_close late_now {OPEN}"),
        ("import 03-04 09:00 due 03-06 09:00 closed 03-05 10:00; note 11:00", f"{DESK} {CLOSED_IN_TIME}"),
        ("import 03-04 09:00", f"reported valid {OPEN}"),
        ("import 03-04 09:00; file 09:30 due 04-06 09:00; dispatch 10:00; receive 10:05",
         f"{RIGHTLY_FILED} to_dispatch dispatched_correctly to_handle {OPEN}"),
        ("import 03-04 09:00; decline_to_file 03-05 09:00", "reported valid"),
        ("import 03-04 09:00; file 09:30 due 04-06 09:00", f"{RIGHTLY_FILED} to_dispatch {OPEN}"),
    ],
)  # fmt: skip
def test_what_a_life_counts_as(story: str, expected: str):
    assert counts(story) == set(expected.split())


@pytest.mark.parametrize(
    ("story", "as_of", "expected"),
    [
        # overdue: after the deadline, not at it; 应结案 then too
        (SENT, "03-06 09:10", f"{DESK} {OPEN} to_handle"),
        (SENT, "03-06 09:11", f"{DESK} {OPEN} to_handle overdue_unhandled to_close late_now"),
        (FILED, "03-06 09:11", f"{RIGHTLY_FILED} to_dispatch {OPEN} late_now"),
        (f"{SENT}; escalate 10:00", "03-06 09:11",
         f"{DESK} {OPEN} to_handle overdue_unhandled to_close late_now escalated_now"),
        (f"{BACK}; rework 10:10", "03-06 09:10", f"{DESK} {OPEN} to_handle {INSPECTED}"),
        (f"{BACK}; rework 10:10", "03-06 09:11",
         f"{DESK} {OPEN} to_handle overdue_unhandled to_close reworked reworks late_now {INSPECTED}"),
        # waiting for inspection, or suspended, it is not overdue
        (BACK, "03-20 09:00", f"{DESK} {IN_TIME} to_close to_inspect {OPEN}"),
        (f"{SENT}; suspend 10:00", "03-20 09:00", f"{DESK} {OPEN} suspended suspended_since suspended_now"),
        # reopened: a new deadline, nothing handled yet; what the desk did stays
        (f"{CLOSED}; reopen 03-10 09:00 due 03-12 09:00", "03-12 09:00", f"{DESK} {OPEN} to_handle {INSPECTED}"),
        (f"{CLOSED}; reopen 03-10 09:00 due 03-12 09:00", "03-12 09:01",
         f"{DESK} {OPEN} to_handle overdue_unhandled to_close late_now {INSPECTED}"),
        (f"{LATE}; reopen 03-10 09:00 due 03-12 09:00; dispatch 10:00; report_back 11:00; pass 11:30", "04-01 00:00",
         f"{DESK} {CLOSED_IN_TIME} {INSPECTED}"),
    ],
)  # fmt: skip
def test_what_depends_on_the_moment(story: str, as_of: str, expected: str):
    assert counts(story, as_of) == set(expected.split())


@pytest.mark.parametrize(
    ("reported", "filed", "is_on_time"),
    [
        ("03-04 09:00", "03-04 09:30", True),
        ("03-04 09:00", "03-04 09:31", False),
        ("03-04 11:45", "03-04 14:15", True),  # lunch does not count
        ("03-04 11:45", "03-04 14:16", False),
        ("03-04 12:30", "03-04 14:30", True),  # reported during lunch
        ("03-04 12:30", "03-04 14:31", False),
        ("03-04 17:45", "03-05 08:15", True),  # nor does the night
        ("03-06 17:45", "03-09 08:15", True),  # nor the weekend
        ("03-06 17:45", "03-09 08:16", False),
        ("03-07 10:00", "03-09 08:30", True),  # reported on a Saturday
        ("03-07 10:00", "03-09 08:31", False),
        ("02-14 17:45", "02-24 08:15", True),  # a make-up Saturday and the Spring Festival
        ("02-14 17:45", "02-24 08:16", False),
    ],
)
def test_the_limit_of_filing(reported: str, filed: str, is_on_time: bool):
    story = f"report {reported}; accept {reported}; file {filed} due 04-01 09:00"
    assert ("filed_on_time" in counts(story)) is is_on_time


@pytest.mark.parametrize(
    ("answered", "filed", "verified_on_time", "filed_on_time"),
    [
        ("03-04 09:40", "03-04 10:00", True, True),  # 30 of 60 minutes were spent on verifying
        ("03-04 09:41", "03-04 10:01", False, True),
        ("03-04 09:41", "03-04 10:02", False, False),
        ("03-06 09:10", "03-06 09:30", False, True),  # two days of verifying are none of filing
    ],
)
def test_the_time_of_verifying_is_not_counted_in_filing(
    answered: str, filed: str, verified_on_time: bool, filed_on_time: bool
):
    story = f"{ACCEPTED}; verify 09:10; confirm {answered}; file {filed} due 04-01 09:00"
    found = counts(story)
    assert ("to_verify" in found, "verified_on_time" in found) == (True, verified_on_time)
    assert ("filed_on_time" in found) is filed_on_time


def test_two_verifications_are_both_left_out_and_the_first_is_judged():
    story = f"{ACCEPTED}; verify 09:10; confirm 09:40; verify 09:45; note 09:50; confirm 10:45"
    assert {"filed_on_time", "verified_on_time"} <= counts(f"{story}; file 11:00 due 04-01 09:00")
    assert "filed_on_time" not in counts(f"{story}; file 11:01 due 04-01 09:00")


def test_what_is_still_verified_is_not_on_time():
    assert counts(f"{ACCEPTED}; verify 09:10", "03-04 09:15") == {"reported", "valid", "to_verify", *OPEN.split()}


@pytest.mark.parametrize(
    ("filed", "dispatched", "is_on_time"),
    [
        ("03-04 09:10", "03-04 09:25", True),
        ("03-04 09:10", "03-04 09:26", False),
        ("03-04 11:50", "03-04 14:05", True),
        ("03-04 11:50", "03-04 14:06", False),
        ("03-06 17:50", "03-09 08:05", True),
        ("03-06 17:50", "03-09 08:06", False),
    ],
)
def test_the_limit_of_dispatch(filed: str, dispatched: str, is_on_time: bool):
    story = f"report {filed}; accept {filed}; file {filed} due 04-01 09:00; dispatch {dispatched}"
    assert ("dispatched_on_time" in counts(story)) is is_on_time


def test_dispatch_is_judged_by_the_first():
    found = counts(f"{FILED}; dispatch 09:20; return 09:30; dispatch 11:00")
    assert ("dispatched_on_time" in found, "dispatched_correctly" in found) == (True, False)
    assert "dispatched_on_time" not in counts(f"{FILED}; dispatch 09:50; dispatch 09:55")


@pytest.mark.parametrize(
    ("then", "is_on_time"),
    [
        ("pass 10:30", True),
        ("pass 10:31", False),
        ("rework 10:30", True),
        ("rework 10:31", False),
        ("close_special 10:30", True),
        ("close_special 10:31", False),
        ("note 10:10", False),  # not judged yet
        # the last report counts, by the first verdict on it
        ("rework 10:31; report_back 11:00; pass 11:30", True),
        ("rework 10:30; report_back 11:00; pass 11:31", False),
        ("rework 10:30; report_back 11:00", False),
        ("rework 10:30; close_special 03-06 09:00", True),
        ("rework 10:31; close_special 10:32", False),
        ("pass 10:30; reopen 03-10 09:00 due 03-12 09:00; close_special 03-11 09:00", True),
        ("pass 10:30; note 03-20 09:00", True),
    ],
)
def test_the_limit_of_inspection(then: str, is_on_time: bool):
    found = counts(f"{BACK}; {then}")
    assert ("to_inspect" in found, "inspected_on_time" in found) == (True, is_on_time)


def test_inspection_over_lunch_and_weekend():
    assert "inspected_on_time" in counts(f"{SENT}; report_back 03-05 11:45; pass 14:15")
    assert "inspected_on_time" not in counts(f"{SENT}; report_back 03-05 11:45; pass 14:16")
    assert "inspected_on_time" in counts(f"{SENT}; report_back 03-07 10:00; pass 03-09 08:30")
    assert "inspected_on_time" not in counts(f"{SENT}; report_back 03-07 10:00; pass 03-09 08:31")


def test_how_much_counts():
    story = f"{SENT}; extend 10:00 due 03-09 10:00 by 1wd; extend 11:00 due 03-10 11:00 by 2wd; report_back 03-05 10:00"
    reworked = f"{story}; rework 10:10; report_back 11:00; rework 11:10; report_back 11:20; pass 11:30"
    found = dict(counted(life(reworked)))
    assert {code: much for code, much in found.items() if much != 1} == {
        "extensions": 2,
        "extension_hours": 24,
        "reworks": 2,
    }


@pytest.mark.parametrize(
    ("by", "hours"), [("1wd", 8), ("3wh", 3), ("2uh", 2), ("1ud", 24), ("2nd", 48)]
)  # fmt: skip
def test_hours_of_extension_are_those_of_the_unit(by: str, hours: int):
    assert life(f"{SENT}; extend 10:00 due 03-20 09:00 by {by}").extension_hours == hours


@pytest.mark.parametrize(
    ("filing", "handled", "percent"),
    [
        ("due 03-06 09:10", "03-06 09:10", None),  # in time
        ("due 03-06 09:10", "03-06 17:10", 37),  # 6 of 16 office hours, 37.5, rounded down
        ("due 03-06 09:10", "03-10 09:10", 100),  # over a weekend
        ("due 03-06 09:10", "03-13 09:10", 250),
        ("due 03-06 18:00", "03-07 10:00", 0),  # late, though the office was closed
        ("limit 4wh due 03-04 15:10", "03-05 09:10", 100),
        ("limit 1nd due 03-05 09:10", "03-06 09:10", 100),
        ("limit 2uh due 03-04 11:10", "03-04 12:10", 50),
    ],
)
def test_overdue_multiple(filing: str, handled: str, percent: int | None):
    story = f"{ACCEPTED}; file 09:10 {filing}; dispatch 09:20; report_back {handled}"
    assert life(story).percent_overdue == percent
    assert dict(counted(life(story))).get("overdue_percent") == percent


def test_overdue_multiple_is_of_the_extended_limit_and_only_of_what_is_handled():
    extended = f"{SENT}; extend 10:00 due 03-10 09:10 by 2wd"
    assert life(f"{extended}; report_back 03-12 09:10").percent_overdue == 50  # 16 of 32 hours
    assert life(SENT).percent_overdue is None
    assert life(f"{LATE}; appeal 10:30; uphold_appeal 11:00").percent_overdue is None
    assert life("import 03-04 09:00 due 03-06 09:00 closed 03-09 10:00").percent_overdue is None
    assert replace(life(LATE), due_at=None).percent_overdue is None


@pytest.mark.parametrize(
    ("story", "minutes"),
    [
        (BACK, 24 * 60 + 40),  # natural time, from the first dispatch
        (f"{SENT}; return 10:00; dispatch 03-05 09:00; report_back 10:00", 24 * 60 + 40),
        (f"{BACK}; rework 10:10; report_back 11:20", 26 * 60),
        (f"{BACK}; rework 10:10", None),
        (SENT, None),
        (f"{SENT}; suspend 10:00", None),
        (f"{LATE}; appeal 10:30; uphold_appeal 11:00", None),
        (f"{FILED}; escalate 09:20; reply 10:00; report_back 10:20", 60),
        ("import 03-04 09:00 due 03-06 09:00 closed 03-05 10:00", 25 * 60),
        (f"{FILED}; close_special 09:20", None),
    ],
)
def test_minutes_to_handle(story: str, minutes: int | None):
    assert life(story).minutes_to_handle == minutes


def test_minutes_to_handle_are_whole_and_never_negative():
    told_so = life(BACK)
    assert told_so.handled_at is not None
    assert replace(told_so, handled_at=moment("03-05", "10:00:31")).minutes_to_handle == 24 * 60 + 41
    assert replace(told_so, handled_at=moment("03-01", "10:00")).minutes_to_handle == 0


@pytest.mark.parametrize(
    ("story", "days"),
    [
        (CLOSED, {"reported": 4, "filed": 4, "dispatched": 4, "returned": 5, "handled": 5, "inspected": 5, "ended": 5}),
        (
            f"{ACCEPTED}; verify 03-05 09:00; confirm 03-06 09:00; verify 03-09 09:00; confirm 03-10 09:00;"
            " file 03-11 09:00 due 03-20 09:00; dispatch 03-12 09:00; dispatch 03-13 09:00; report_back 03-16 09:00;"
            " rework 10:00; report_back 03-17 09:00",
            {"reported": 4, "verified": 5, "filed": 11, "dispatched": 12, "returned": 17, "handled": 17},
        ),
        (f"{SENT}; suspend 03-05 09:00; measure 03-06 09:00", {"reported": 4, "filed": 4, "dispatched": 4,
         "suspended": 5}),
        (f"{SENT}; suspend 03-05 09:00; resume 03-06 09:00 due 03-09 09:00",
         {"reported": 4, "filed": 4, "dispatched": 4}),
        (f"{CLOSED}; reopen 03-10 09:00 due 03-12 09:00",
         {"reported": 4, "filed": 4, "dispatched": 4, "returned": 5, "inspected": 5}),
        ("import 03-04 09:00 due 03-06 09:00 closed 03-09 10:00",
         {"reported": 4, "filed": 4, "dispatched": 4, "handled": 9, "ended": 9}),
    ],
)  # fmt: skip
def test_the_day_under_which_it_counts(story: str, days: dict[str, int]):
    found = {cohort: day for cohort, day in days_of(life(story)).items() if day is not None}
    assert found == {cohort: date(2026, 3, day) for cohort, day in days.items()}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 4, 15, 59, tzinfo=UTC), date(2026, 3, 4)),
        (datetime(2026, 3, 4, 16, 0, tzinfo=UTC), date(2026, 3, 5)),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), date(2026, 1, 1)),
        (None, None),
    ],
)
def test_a_day_is_the_local_one(moment: datetime | None, day: date | None):
    assert local_day(moment) == day


def test_what_left_names_its_stage_and_what_is_there_does_not():
    stories = ("report 03-04 09:00", ACCEPTED, FILED, SENT, BACK)
    assert [life(f"{story}; void 03-20 09:00").left_at for story in stories] == [1, 2, 3, 4, 5]
    assert life(CLOSED).left_at is None


def test_each_state_in_which_a_case_can_be_left_has_its_stage():
    assert STAGES.keys() == OPEN_STATES


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (SENT, ""),
        (BACK, "handled_then"),
        (CLOSED, "handled_then inspected_then"),
        (f"{BACK}; rework 10:20", "inspected_then"),  # handled no more
        (f"{SENT}; close_special 03-05 09:00", "handled_then"),
        (f"{ACCEPTED}; self_handle 09:10", ""),
        (f"{BACK}; void 10:20", "handled_then"),
        (CLOSED.replace("09:00;", "09:00 campaign;", 1), "handled_then campaign_then inspected_then"),
    ],
)
def test_on_which_day_work_was_done(story: str, expected: str):
    found = counted(life(story))
    assert {code for code, _much in found if MEASURES[code].cohort in OF_WORK} == set(expected.split())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ""),
        ("placed", "ended_placed"),
        ("placed recurs 7", "ended_placed recurred_7 recurred_30"),
        ("placed recurs 8", "ended_placed recurred_30"),
        ("placed recurs 30", "ended_placed recurred_30"),
        ("placed recurs 31", "ended_placed"),
        ("recurs 1", ""),
    ],
)
def test_recurrence(words: str, expected: str):
    story = CLOSED.replace("09:00;", f"09:00 {words};", 1)
    assert counts(story) - counts(CLOSED) == set(expected.split())
    assert counts(f"{story}; reopen 03-10 09:00 due 03-12 09:00") & {"ended_placed", "recurred_7"} == set()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", ""),
        ("judge_solved 11:00 satisfied", "judged judged_solved rated rated_satisfied"),
        ("judge_solved 11:00 dissatisfied", "judged judged_solved rated"),
        ("judge_unsolved 11:00 satisfied", "judged rated rated_satisfied"),
        ("judge_unsolved 11:00 dissatisfied", "judged rated"),
        # of before satisfaction was told
        ("judge_solved 11:00", "judged judged_solved"),
        ("judge_unsolved 11:00", "judged"),
        # several who reported the same: one who says no is enough, one of whom nothing is told changes nothing
        ("judge_solved 11:00 satisfied; judge_unsolved 12:00 satisfied", "judged rated rated_satisfied"),
        ("judge_unsolved 11:00 satisfied; judge_solved 12:00 satisfied", "judged rated rated_satisfied"),
        ("judge_solved 11:00 satisfied; judge_solved 12:00 dissatisfied", "judged judged_solved rated"),
        ("judge_solved 11:00 satisfied; judge_solved 12:00", "judged judged_solved rated rated_satisfied"),
        ("judge_solved 11:00; note 11:10; judge_solved 12:00 dissatisfied", "judged judged_solved rated"),
        # the last closing alone
        ("judge_unsolved 11:00 dissatisfied; reopen 11:30 due 03-09 11:30; close_special 12:00", ""),
        (
            "judge_unsolved 11:00 dissatisfied; reopen 11:30 due 03-09 11:30; close_special 12:00;"
            " judge_solved 14:00 satisfied",
            "judged judged_solved rated rated_satisfied",
        ),
    ],
)
def test_judgements(said: str, expected: str):
    found = {code for code in counts(f"{CLOSED}; {said}") if code.startswith(("judged", "rated"))}
    assert found == set(expected.split())


@pytest.mark.parametrize(
    "story",
    [
        "report 03-04 09:00; decline 09:05",
        f"{ACCEPTED}; decline_to_file 09:10",
        f"{ACCEPTED}; self_handle 09:10",
        f"{SENT}; void 10:00",
        f"{SENT}; merge 10:00",
    ],
)
def test_who_judges_what_was_not_closed_here_does_not_count(story: str):
    assert counts(f"{story}; judge_solved 11:00 satisfied") == counts(story)


@pytest.mark.parametrize("left", ["void", "merge"])
def test_what_left_the_count_has_not_ended_at_its_place(left: str):
    story = SENT.replace("09:00;", "09:00 placed;", 1)
    assert counts(f"{story}; {left} 03-05 09:00") & {"ended", "ended_placed"} == set()


@pytest.mark.parametrize("then", ["void", "merge", "pass", "rework", "close_special"])
def test_whatever_leaves_inspection_ends_it(then: str):
    assert life(f"{BACK}; {then} 10:20").inspected_at == moment("03-05", "10:20")


def test_without_a_history_it_was_reported_and_no_more():
    story = "report 03-04 09:00"
    assert {code for code, _much in counted(replace(life(story), steps=()))} == counts(story)


def test_nobody_changes_a_life():
    found = life(SENT)
    for thing, name in (
        (found, "state"),
        (found.steps[0], "kind"),
        (found.rules, "limits"),
        (found.rules.limits, "filing"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, None)
