"""A month of a small office, to be frozen after it has ended."""

from datetime import date
from typing import Any

from cases.models import Case
from cases.statistics.actions import catch_up, freeze_evaluation, publish_evaluation
from cases.statistics.models import Evaluation
from cases.statistics.periods import Period
from cases.statistics.querysets import Counts, sums_by, tallies_of, within
from tests.cases.stories import LATE, MORNING, QUICK, case_in, do
from tests.office import District, china

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
AFTER = china("2026-04-02 09:00")
ON = date(2026, 4, 2)


def late_case(district: District) -> Case:
    """A case of two hours that was handled an hour late, closed, and against whose verdict the officer appeals."""
    case = case_in(district, "handling", line=QUICK)
    for action in ("report_back", "pass", "appeal"):
        do(district, case, action, china(LATE))
    return case


def a_month(district: District) -> dict[str, Case]:
    """A late case, one closed in time, one suspended, one reported, and one of February that was closed in March."""
    return {
        "late": late_case(district),
        "good": case_in(district, "closed"),
        "suspended": case_in(district, "suspended"),
        "reported": case_in(district, "reported"),
        "earlier": case_of_february(district),
    }


def case_of_february(district: District) -> Case:
    """A case dispatched on 26 February and closed on 4 March."""
    case = case_in(district, "handling", at="2026-02-26 09:00")
    for action in ("report_back", "pass"):
        do(district, case, action, china(MORNING))
    return case


def frozen(district: District, at: Any = AFTER, **more: Any) -> Evaluation:
    """March, frozen by the leader of the first street."""
    return freeze_evaluation(by=district.street.leader, at=at, period=MARCH, **more)


def published(district: District, at: Any = AFTER, **more: Any) -> Evaluation:
    """March, frozen and published."""
    return publish_evaluation(by=district.street.leader, at=at, pk=frozen(district, at).pk, **more)


def live(district: District, dimension: str, at: Any = AFTER) -> dict[str, Counts]:
    """What counts in March now, by the keys of a dimension."""
    catch_up(at=at)
    tallies = within(tallies_of(district.street.leader, ON), MARCH)
    return sums_by(tallies.filter(dimension=dimension), "key")
