"""The tables of what is counted and divided, row by row: what a page prints of them. Pure."""

from dataclasses import FrozenInstanceError
from datetime import date
from fractions import Fraction

import pytest

from cases.statistics.indicators import INDICATORS, Indicator, Weight
from cases.statistics.measures import ALWAYS, COHORTS, MEASURES

OUT = "| suspended cases are left out, in which the sources differ, and exempt ones."
SAME_PLACE = (
    "| the same disorder reported again, within 50 m or at the same key place. Days that are not over can only add."
)
RESPONDED = (
    "| reports of residents and of the hotline are the denominator; an answer to the resident or a reply to the hotline"
    " is a response, which the source leaves open. That a case was taken up is none."
)
SOLVED = (
    "| the cases that were judged are the denominator, which the source leaves open. The last closing counts; where"
    " several judged it, all of them have to say that it is solved."
)
SATISFIED = (
    "Judgements of before it was counted tell only whether it is solved.| the cases of which satisfaction is known are"
    " the denominator, which the source leaves open; who is fairly satisfied counts as satisfied. The last closing"
    " counts; where several judged it, all of them have to be satisfied."
)
ALL_REPORTS = "| all reports are the denominator, which the source leaves open."
COHORT_ROWS = [  # code, wording
    ("reported", "reported in the period"),
    ("filed", "filed in the period"),
    ("verified", "sent to be verified in the period"),
    ("dispatched", "dispatched in the period"),
    ("returned", "reported back in the period"),
    ("handled", "handled in the period"),
    ("inspected", "inspected in the period"),
    ("ended", "ended in the period"),
    ("suspended", "suspended since a day of the period"),
]
MEASURE_ROWS = [  # code, wording, cohort
    ("reported", "reports", "reported"),
    ("valid", "valid reports", "reported"),
    ("reported_filed", "reported and filed", "reported"),
    ("reported_open", "still open", "reported"),
    ("from_residents", "reports of residents", "reported"),
    ("responded", "answered", "reported"),
    ("self_handled", "handled on the spot", "reported"),
    ("filed", "filed", "filed"),
    ("filed_on_time", "filed on time", "filed"),
    ("filed_correctly", "filed correctly", "filed"),
    ("to_dispatch", "to be dispatched", "filed"),
    ("dispatched_on_time", "dispatched on time", "filed"),
    ("dispatched_correctly", "dispatched correctly", "filed"),
    ("to_verify", "to be verified", "verified"),
    ("verified_on_time", "verified on time", "verified"),
    ("to_handle", "to be handled", "dispatched"),
    ("handled", "handled", "dispatched"),
    ("handled_on_time", "handled on time", "dispatched"),
    ("overdue_unhandled", "overdue and not handled", "dispatched"),
    ("extended", "extended", "dispatched"),
    ("extensions", "extensions", "dispatched"),
    ("extension_hours", "hours of extension", "dispatched"),
    ("handled_late", "handled after the limit", "dispatched"),
    ("overdue_percent", "percent of the limit beyond it", "dispatched"),
    ("to_close", "to be closed", "dispatched"),
    ("closed", "cases closed", "dispatched"),
    ("closed_on_time", "closed on time", "dispatched"),
    ("closed_late", "closed late", "dispatched"),
    ("reworked", "sent back for rework", "dispatched"),
    ("reworks", "times of rework", "dispatched"),
    ("exempt", "exempt by appeal", "dispatched"),
    ("suspended", "suspended", "dispatched"),
    ("to_inspect", "due for inspection", "returned"),
    ("inspected_on_time", "inspected on time", "returned"),
    ("ended", "closed in the period", "ended"),
    ("ended_placed", "closed, with a place", "ended"),
    ("recurred_7", "recurred within 7 days", "ended"),
    ("recurred_30", "recurred within 30 days", "ended"),
    ("judged", "judged by residents", "ended"),
    ("judged_solved", "judged solved", "ended"),
    ("rated", "satisfaction known", "ended"),
    ("rated_satisfied", "satisfied", "ended"),
    ("handled_then", "handled then", "handled"),
    ("campaign_then", "handled as campaign work", "handled"),
    ("inspected_then", "inspected then", "inspected"),
    ("suspended_since", "suspended", "suspended"),
    ("open_now", "open cases", "standing"),
    ("late_now", "overdue", "standing"),
    ("escalated_now", "with the district", "standing"),
    ("suspended_now", "suspended", "standing"),
]
INDICATOR_ROWS = [  # code, wording, numerator, denominator, source, more is better, how much makes one, note| decision
    ("valid_report_rate", "Valid report rate", "valid", "reported", "S25", True, 1, ""),
    ("filing_rate", "Filing rate", "reported_filed", "reported", "S25", True, 1, ALL_REPORTS),
    ("open_rate", "Open rate", "reported_open", "reported", "S25", False, 1, ""),
    ("filing_on_time_rate", "On-time filing rate", "filed_on_time", "filed", "S25", True, 1, ""),
    ("correct_filing_rate", "Correct filing rate", "filed_correctly", "filed", "S25", True, 1, ""),
    ("verifying_on_time_rate", "On-time verification rate", "verified_on_time", "to_verify", "S25", True, 1, ""),
    ("dispatch_on_time_rate", "On-time dispatch rate", "dispatched_on_time", "to_dispatch", "S25", True, 1, ""),
    (
        "correct_dispatch_rate",
        "Correct dispatch rate",
        "dispatched_correctly",
        "to_dispatch",
        "S25",
        True,
        1,
        "| a dispatch that was returned is not correct.",
    ),
    ("handling_rate", "Handling rate", "handled", "to_handle", "S25, S26", True, 1, OUT),
    ("handling_on_time_rate", "On-time handling rate", "handled_on_time", "to_handle", "S25, S26", True, 1, OUT),
    ("overdue_unhandled_rate", "Overdue unhandled rate", "overdue_unhandled", "to_handle", "S26", False, 1, OUT),
    (
        "overdue_multiple",
        "Overdue multiple",
        "overdue_percent",
        "handled_late",
        "S24",
        False,
        100,
        "The mean of the time beyond the limit ÷ the limit with its extensions, once handled.",
    ),
    ("extension_rate", "Extension rate", "extended", "to_handle", "S26", False, 1, OUT),
    (
        "rework_rate",
        "Rework rate",
        "reworked",
        "to_close",
        "S26, S24",
        False,
        1,
        "A case counts once, however often it was sent back.",
    ),
    ("closing_rate", "Closing rate", "closed", "to_close", "S25, S23", True, 1, OUT),
    ("closing_on_time_rate", "On-time closing rate", "closed_on_time", "to_close", "S25, S23", True, 1, OUT),
    ("closing_late_rate", "Late closing rate", "closed_late", "to_close", "S25", False, 1, OUT),
    ("inspection_on_time_rate", "On-time inspection rate", "inspected_on_time", "to_inspect", "S25", True, 1, ""),
    ("recurrence_rate_7", "Recurrence rate, 7 days", "recurred_7", "ended_placed", "", False, 1, SAME_PLACE),
    ("recurrence_rate_30", "Recurrence rate, 30 days", "recurred_30", "ended_placed", "", False, 1, SAME_PLACE),
    ("response_rate", "Response rate", "responded", "from_residents", "S35", True, 1, RESPONDED),
    ("solved_rate", "Solved rate", "judged_solved", "judged", "S35", True, 1, SOLVED),
    ("satisfaction_rate", "Satisfaction rate", "rated_satisfied", "rated", "S35", True, 1, SATISFIED),
]


def test_the_day_of_what_stands_now_is_that_of_the_rows_that_are_kept() -> None:
    assert date(1, 1, 1) == ALWAYS


def test_cohorts() -> None:
    assert [(one.code, one.label) for one in COHORTS.values()] == COHORT_ROWS


def test_measures() -> None:
    assert [(one.code, one.label, one.cohort) for one in MEASURES.values()] == MEASURE_ROWS


def told_of(indicator: Indicator) -> str:
    """What the definition adds, then what this portal decided itself."""
    return f"{indicator.note}| {indicator.decision}" if indicator.decision else indicator.note


def test_indicators() -> None:
    rows = [
        (one.code, one.label, one.numerator, one.denominator, one.source, one.more_is_better, one.per, told_of(one))
        for one in INDICATORS.values()
    ]
    assert rows == INDICATOR_ROWS


def test_nobody_changes_a_row() -> None:
    weight = Weight("handling_rate", Fraction(70))
    for thing in (COHORTS["filed"], MEASURES["filed"], INDICATORS["filing_rate"], weight):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, "points" if thing is weight else "code", "x")
