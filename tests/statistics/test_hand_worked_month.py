"""A month of 36 cases, counted on paper. Pure: no database, no Django.

March 2026, looked at when April begins. All limits are 2 working days (16 office hours) where nothing else is said;
weekends are 7/8, 14/15, 21/22 and 28/29 March; Saturday 28 February is a make-up working day.

The paper: beside each measure stand the cases that count in it, then how many they are. What the paper says of times:

    filing, at most 30 office minutes       2: 30 · 3: 20 + 11 over lunch = 31, late · 11: 60 - 30 verifying = 30
                                            12: 70 - 35 verifying = 35, late · imported (33, 34): 0
    dispatch, at most 15                    2: 15 · 3: 16, late · 14: 5, the first · 25: 10, to the district
                                            32, 36: not dispatched yet (36 is on 1 April, which March does not know)
    verifying, at most 30                   11: 30 · 12: 35, late · 13: 10
    inspection, at most 30                  2: 30 · 3: 31, late · 35: 30 · 29: not judged yet · the others 5 to 25
    beyond the limit ÷ the limit            3: 1 of 960 minutes = 0 % · 16: 8 of 16 h = 50 % · 18: 16 of 32 h = 50 %
                                            22: 16 of 16 h = 100 % · 27: 2 of 16 h = 12.5 %, 12 · 34: no limit known
"""

from collections import Counter
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from cases.statistics.indicators import INDICATORS, Weight, score
from cases.statistics.measures import MEASURES, counted
from tests.statistics import naive
from tests.statistics.lives_told import count, moment, told

AS_OF = moment("04-01", "00:00")
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
STORIES = {
    # in time throughout; 2 at the very edge; 3 a minute late in everything
    1: "report 03-02 08:30 placed recurs 7; accept 08:35; file 08:40 due 03-04 08:40; dispatch 08:45; receive 09:00;"
    " report_back 03-03 10:00; pass 10:15;"
    " judge_solved 03-04 09:00 satisfied",
    2: "report 03-02 09:00 placed recurs 8; accept 09:10; file 09:30 due 03-04 09:30; dispatch 09:45;"
    " report_back 03-04 09:30; pass 10:00;"
    " judge_solved 03-05 09:00 dissatisfied",
    3: "report 03-02 11:40 placed recurs 31; accept 11:50; file 14:11 due 03-04 14:11; dispatch 14:27;"
    " report_back 03-04 14:12; pass 14:43;"
    " judge_unsolved 03-05 09:00 dissatisfied",
    # what never gets far
    4: "report 03-03 09:00 citizen; decline 09:10; judge_unsolved 09:20 dissatisfied",
    5: "report 03-03 10:00; accept 10:05; decline_to_file 10:20",
    6: "report 03-03 10:30 citizen; answer_resident 10:31; accept 10:35; self_handle 10:40;"
    " judge_solved 11:00 satisfied",
    7: "report 03-03 14:00; void 14:05",
    8: "report 03-03 15:00; accept 15:05; merge 15:10",
    9: "report 03-04 09:00; accept 09:05; file 09:10 due 03-06 09:10; void 09:15",
    10: "report 03-04 09:00; accept 09:05; file 09:10 due 03-06 09:10; dispatch 09:20; merge 10:00",
    # verified
    11: "report 03-04 14:00; accept 14:05; verify 14:10; confirm 14:40; file 15:00 due 03-06 15:00;"
    " dispatch 15:10; report_back 03-05 09:00; pass 09:30",
    12: "report 03-05 08:00; accept 08:05; verify 08:10; confirm 08:45; file 09:10 due 03-09 09:10;"
    " dispatch 09:20; report_back 03-06 16:00; pass 16:10",
    13: "report 03-05 10:00; accept 10:05; verify 10:10; confirm 10:20; decline_to_file 10:25",
    # returned by the officer; reworked in time; reworked twice and late
    14: "report 03-05 14:00; accept 14:00; file 14:05 due 03-09 14:05; dispatch 14:10; return 15:00;"
    " dispatch 15:05; report_back 03-09 11:00; pass 11:20",
    15: "report 03-06 09:00 campaign placed; accept 09:00; file 09:05 due 03-10 09:05; dispatch 09:10;"
    " report_back 03-09 09:00; rework 09:20; report_back 03-10 09:00; pass 09:25;"
    " judge_solved 10:00 satisfied; judge_unsolved 11:00 dissatisfied",
    16: "report 03-06 10:00 campaign; accept 10:00; file 10:05 due 03-10 10:05; dispatch 10:10;"
    " report_back 03-09 10:00; rework 10:10; report_back 03-10 09:00; rework 09:10;"
    " report_back 03-11 10:05; pass 10:20",
    # extended once and in time; twice and late
    17: "report 03-09 09:00; accept 09:05; file 09:10 due 03-11 09:10; dispatch 09:20;"
    " extend 03-10 09:00 due 03-12 09:10 by 1wd; report_back 03-12 09:00; pass 09:10;"
    " judge_unsolved 10:00 satisfied; note 11:00",
    18: "report 03-09 10:00; accept 10:05; file 10:10 due 03-11 10:10; dispatch 10:20;"
    " extend 03-10 09:00 due 03-12 10:10 by 1wd; extend 03-12 09:00 due 03-13 10:10 by 1wd;"
    " report_back 03-17 10:10; pass 10:20",
    # suspended still; suspended for a while
    19: "report 03-10 09:00; accept 09:05; file 09:10 due 03-12 09:10; dispatch 09:20; suspend 03-11 09:00",
    20: "report 03-10 10:00; accept 10:05; file 10:10 due 03-12 10:10; dispatch 10:20; suspend 03-11 10:10;"
    " resume 03-16 10:10 due 03-17 10:10; report_back 03-17 10:00; pass 10:20",
    # late, and an appeal: upheld, rejected
    21: "report 03-11 09:00; accept 09:00; file 09:05 due 03-13 09:05; dispatch 09:10;"
    " report_back 03-16 09:05; pass 09:10; appeal 09:30; uphold_appeal 03-17 09:00",
    22: "report 03-11 10:00; accept 10:00; file 10:05 due 03-13 10:05; dispatch 10:10;"
    " report_back 03-17 10:05; pass 10:15; appeal 10:30; reject_appeal 03-18 09:00",
    # overdue and not handled, here and with the district
    23: "report 03-12 09:00; accept 09:05; file 09:10 due 03-16 09:10; dispatch 09:20; receive 10:00",
    24: "report 03-12 10:00; accept 10:05; file 10:10 due 03-16 10:10; dispatch 10:20; escalate_overdue 03-17 10:10",
    # straight to the district; closed specially; reopened, and late the second time
    25: "report 03-13 16:00; accept 16:05; file 16:10 due 03-17 16:10; escalate 16:20; reply 03-16 10:00;"
    " report_back 15:00; pass 15:20",
    26: "report 03-16 09:00 hotline; accept 09:05; file 09:10 due 03-18 09:10; dispatch 09:20;"
    " close_special 03-17 09:00; reply_to_hotline 09:30; judge_solved 10:00; reply_to_hotline 11:00",
    27: "report 03-16 10:00; accept 10:05; file 10:10 due 03-18 10:10; dispatch 10:20; report_back 03-17 10:00;"
    " pass 10:10; judge_unsolved 11:00 dissatisfied;"
    " reopen 03-24 09:00 due 03-26 09:00; dispatch 09:30; report_back 03-26 11:00; pass 11:10",
    # under way when the month ends
    28: "report 03-30 09:00 campaign placed; accept 09:05; file 09:10 due 04-01 09:10; dispatch 09:20",
    29: "report 03-30 10:00; accept 10:05; file 10:10 due 04-01 10:10; dispatch 10:20; report_back 03-31 17:50",
    30: "report 03-31 17:00 citizen; answer_resident 17:10",
    31: "report 03-31 17:30 citizen; accept 17:35",
    32: "report 03-31 16:00; accept 16:05; file 16:10 due 04-02 16:10",
    # from an old ledger: in time, late
    33: "import 03-17 00:00 due 03-19 00:00 closed 03-18 00:00; judge_solved 03-19 09:00 satisfied; judge_solved 10:00",
    34: "import 03-18 00:00 due 03-20 00:00 closed 03-24 00:00",
    # reported and filed in February; dispatched in April
    35: "report 02-27 17:00; accept 17:05; file 17:10 due 03-02 17:10; dispatch 03-02 08:10;"
    " report_back 03-02 17:00; pass 17:30",
    36: "report 03-31 17:45; accept 17:45; file 17:50 due 04-02 17:50; dispatch 04-01 08:05",
}
PAPER = {
    # reported in March: all but 35
    "self_handled": ("6", 1),
    "reported": ("1-5 7-34 36", 34),
    "valid": ("1-3 5 8-29 31-34 36", 31),  # not the declined 4, nor 7, voided at acceptance, nor 30, which waits
    # from residents; the office answered 26 and 30; 6 was handled on the spot
    "from_residents": ("4 26 30 31", 4),
    "responded": ("26 30", 2),
    "reported_filed": ("1-3 9-12 14-29 32-34 36", 27),
    "reported_open": ("19 23 24 28-32 36", 9),
    # filed in March
    "filed": ("1-3 9-12 14-29 32-34 36", 27),
    "filed_on_time": ("1 2 9-11 14-29 32-34 36", 25),
    "filed_correctly": ("1-3 10-12 14-29 32-34 36", 26),
    "to_dispatch": ("1-3 10-12 14-29 32-34 36", 26),
    "dispatched_on_time": ("1 2 10-12 14-29 33 34", 23),
    "dispatched_correctly": ("1-3 10-12 15-29 33 34", 23),
    # sent to be verified in March
    "to_verify": ("11-13", 3),
    "verified_on_time": ("11 13", 2),
    # dispatched in March: 35 too; without 10, merged at handling, 19, suspended, and 21, exempt
    "to_handle": ("1-3 11 12 14-18 20 22-29 33-35", 22),
    "handled": ("1-3 11 12 14-18 20 22 25-27 29 33-35", 19),
    "handled_on_time": ("1 2 11 12 14 15 17 20 25 26 29 33 35", 13),
    "handled_late": ("3 16 18 22 27", 5),
    "overdue_percent": ("3 16 18 22 27", 0 + 50 + 50 + 100 + 12),
    "overdue_unhandled": ("23 24", 2),
    "extended": ("17 18", 2),
    "extensions": ("17 18", 1 + 2),
    "extension_hours": ("17 18", 8 + 16),
    "to_close": ("1-3 11 12 14-18 20 22-27 29 33-35", 21),
    "closed": ("1-3 11 12 14-18 20 22 25-27 33-35", 18),
    "closed_on_time": ("1 2 11 12 14 15 17 20 25 26 33 35", 12),
    "closed_late": ("3 16 18 22 27 34", 6),
    "reworked": ("15 16", 2),
    "reworks": ("15 16", 1 + 2),
    "exempt": ("21", 1),
    "suspended": ("19", 1),
    # reported back in March, ended in March, suspended since a day of March
    "to_inspect": ("1-3 11 12 14-18 20-22 25 27 29 35", 17),
    "inspected_on_time": ("1 2 11 12 14-18 20-22 25 27 35", 15),
    "ended": ("1-3 11 12 14-18 20-22 25-27 33-35", 19),
    "suspended_since": ("19", 1),
    # closed at a place that is known; the same reported there again 7, 8 and 31 days later, and never
    "ended_placed": ("1-3 15", 4),
    "recurred_7": ("1", 1),
    "recurred_30": ("1 2", 2),
    # judged by residents: not the declined 4 nor 6, handled on the spot; of 27 an earlier closing was, not the last
    "judged": ("1-3 15 17 26 33", 7),
    "judged_solved": ("1 2 26 33", 4),  # of the two who judged 15 one says no
    "rated": ("1-3 15 17 33", 6),  # 26 was judged before it was told
    "rated_satisfied": ("1 17 33", 3),
    # on which day the work was done, whenever it came: 21 too, though exempt; 26 was not inspected, 29 not yet
    "handled_then": ("1-3 11 12 14-18 20-22 25-27 29 33-35", 20),
    "campaign_then": ("15 16", 2),
    "inspected_then": ("1-3 11 12 14-18 20-22 25 27 35", 16),
    # standing when April begins
    "open_now": ("19 23 24 28-32 36", 9),
    "late_now": ("23 24", 2),
    "escalated_now": ("24", 1),
    "suspended_now": ("19", 1),
}
RATES = {
    "valid_report_rate": Fraction(31, 34),
    "filing_rate": Fraction(27, 34),
    "open_rate": Fraction(9, 34),
    "filing_on_time_rate": Fraction(25, 27),
    "correct_filing_rate": Fraction(26, 27),
    "verifying_on_time_rate": Fraction(2, 3),
    "dispatch_on_time_rate": Fraction(23, 26),
    "correct_dispatch_rate": Fraction(23, 26),
    "handling_rate": Fraction(19, 22),
    "handling_on_time_rate": Fraction(13, 22),
    "overdue_unhandled_rate": Fraction(1, 11),  # 2 of 22
    "overdue_multiple": Fraction(53, 125),  # 212 % over 5 cases: 42.4 % of the limit
    "extension_rate": Fraction(1, 11),
    "rework_rate": Fraction(2, 21),
    "closing_rate": Fraction(6, 7),  # 18 of 21
    "closing_on_time_rate": Fraction(4, 7),
    "closing_late_rate": Fraction(2, 7),
    "inspection_on_time_rate": Fraction(15, 17),
    "recurrence_rate_7": Fraction(1, 4),
    "recurrence_rate_30": Fraction(1, 2),
    "response_rate": Fraction(1, 2),
    "solved_rate": Fraction(4, 7),
    "satisfaction_rate": Fraction(1, 2),
}
JINNIU = {
    "handling_rate": 30,
    "handling_on_time_rate": 20,
    "rework_rate": 20,
    "overdue_unhandled_rate": 20,
    "extension_rate": 10,
}
# 30 x 19/22 + 20 x 13/22 + 20 x 19/21 + 20 x 10/11 + 10 x 10/11 = 415/11 + 380/21 + 300/11 = 65 + 380/21, about 83.10
SCORE = Fraction(1745, 21)

CASES = {number: told(story) for number, story in STORIES.items()}


@cache
def counted_in(number: int) -> frozenset[str]:
    return frozenset(dict(counted(CASES[number].until(AS_OF).life(AS_OF))))


@cache
def of_march() -> Counter[str]:
    return count(list(CASES.values()), *MARCH, AS_OF)


def numbers(text: str) -> set[int]:
    """The numbers of "1-3 5"."""
    spans = [part.partition("-") for part in text.split()]
    return {number for first, _to, last in spans for number in range(int(first), int(last or first) + 1)}


def test_there_are_at_least_thirty_cases_and_the_paper_knows_every_measure_and_indicator():
    assert list(STORIES) == list(range(1, 37))
    assert PAPER.keys() == MEASURES.keys()
    assert RATES.keys() == INDICATORS.keys()


@pytest.mark.parametrize("measure", PAPER)
def test_the_cases_that_count(measure: str):
    cases, _how_many = PAPER[measure]
    there = set(CASES) - ({35} if MEASURES[measure].cohort in ("reported", "filed") else set())
    assert {number for number in there if measure in counted_in(number)} == numbers(cases)


def test_how_much_each_measure_counts():
    assert of_march() == {measure: how_many for measure, (_cases, how_many) in PAPER.items()}


def test_the_naive_count_is_that_of_the_paper():
    found = naive.count([case.events for case in CASES.values()], *MARCH, AS_OF)
    assert found == {measure: how_many for measure, (_cases, how_many) in PAPER.items()}


@pytest.mark.parametrize("indicator", RATES)
def test_the_rates(indicator: str):
    assert INDICATORS[indicator].of(of_march()) == RATES[indicator]


def test_the_score_of_jinniu():
    weights = [Weight(indicator, Fraction(points)) for indicator, points in JINNIU.items()]
    assert score(weights, of_march()) == SCORE


def test_what_was_reported_in_february_counts_there():
    found = count([CASES[35]], date(2026, 2, 1), date(2026, 2, 28), AS_OF)
    # not dispatched on time: 50 minutes of Friday and the whole make-up Saturday lie between
    expected = "reported valid reported_filed filed filed_on_time filed_correctly to_dispatch dispatched_correctly"
    assert found == dict.fromkeys(expected.split(), 1)
