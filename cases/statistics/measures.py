"""THE table of what is counted: each measure is a claim about a case, and the day under which it counts. Pure.

The measures of one cohort speak of the same cases: a rate divides measures of one cohort, so that it is a share, and
which cases are in its numerator and denominator can be shown.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cases.statistics.lives import HANDLING, INSPECTING, Life, local_day
from cases.statistics.recurrence import LATER, SOON
from citymgmt.wording import gettext_noop

ALWAYS = date(1, 1, 1)  # the day of what stands now, whenever it began


@dataclass(frozen=True)
class Cohort:
    """The day under which a case counts: that on which it was reported, filed, dispatched …"""

    code: str
    label: str
    moment: Callable[[Life], datetime | None]

    def day(self, life: Life) -> date | None:
        """The local day; None when that has not happened."""
        return local_day(self.moment(life))


COHORTS: Mapping[str, Cohort] = {
    one.code: one
    for one in (
        Cohort("reported", gettext_noop("reported in the period"), lambda life: life.created_at),
        Cohort("filed", gettext_noop("filed in the period"), lambda life: life.filed_at),
        Cohort("verified", gettext_noop("sent to be verified in the period"), lambda life: life.verified_at),
        Cohort("dispatched", gettext_noop("dispatched in the period"), lambda life: life.dispatched_at),
        Cohort("returned", gettext_noop("reported back in the period"), lambda life: life.reported_back_at),
        Cohort("handled", gettext_noop("handled in the period"), lambda life: life.handled_at),
        Cohort("inspected", gettext_noop("inspected in the period"), lambda life: life.inspected_at),
        Cohort("ended", gettext_noop("ended in the period"), lambda life: life.closed_at),
        Cohort("suspended", gettext_noop("suspended since a day of the period"), lambda life: life.suspended_at),
    )
}
STANDING = "standing"
RESIDENTS = frozenset({"citizen", "hotline"})  # from where somebody waits for an answer
ANSWERS = frozenset({"answer_resident", "reply_to_hotline"})  # events by which the office tells them something


@dataclass(frozen=True)
class Measure:
    """What is counted: its code, wording, cohort, and which lives count; `amount` says how much, by default one."""

    code: str
    label: str
    cohort: str
    holds: Callable[[Life], bool]
    amount: Callable[[Life], int] = lambda life: 1


def _is_of_residents(life: Life) -> bool:
    return life.is_reported and life.source in RESIDENTS


def _is_responded(life: Life) -> bool:
    return _is_of_residents(life) and any(step.kind in ANSWERS for step in life.steps)


_MEASURES = (
    Measure("reported", gettext_noop("reports"), "reported", lambda life: life.is_reported),
    Measure("valid", gettext_noop("valid reports"), "reported", lambda life: life.is_valid),
    Measure("reported_filed", gettext_noop("reported and filed"), "reported", lambda life: life.is_filed),
    Measure("reported_open", gettext_noop("still open"), "reported", lambda life: life.is_reported and life.is_open),
    Measure("from_residents", gettext_noop("reports of residents"), "reported", _is_of_residents),
    Measure("responded", gettext_noop("answered"), "reported", _is_responded),
    Measure("self_handled", gettext_noop("handled on the spot"), "reported", lambda life: life.is_self_handled),
    Measure("filed", gettext_noop("filed"), "filed", lambda life: life.is_filed),
    Measure("filed_on_time", gettext_noop("filed on time"), "filed", lambda life: life.is_filed_on_time),
    Measure("filed_correctly", gettext_noop("filed correctly"), "filed", lambda life: life.is_filed_correctly),
    Measure("to_dispatch", gettext_noop("to be dispatched"), "filed", lambda life: life.is_to_dispatch),
    Measure("dispatched_on_time", gettext_noop("dispatched on time"), "filed", lambda life: life.is_dispatched_on_time),
    Measure(
        "dispatched_correctly",
        gettext_noop("dispatched correctly"),
        "filed",
        lambda life: life.is_dispatched_correctly,
    ),
    Measure("to_verify", gettext_noop("to be verified"), "verified", lambda life: life.is_reported),
    Measure(
        "verified_on_time",
        gettext_noop("verified on time"),
        "verified",
        lambda life: life.is_reported and life.is_verified_on_time,
    ),
    Measure("to_handle", gettext_noop("to be handled"), "dispatched", lambda life: life.is_to_handle),
    Measure("handled", gettext_noop("handled"), "dispatched", lambda life: life.is_handled),
    Measure("handled_on_time", gettext_noop("handled on time"), "dispatched", lambda life: life.is_handled_on_time),
    Measure(
        "overdue_unhandled",
        gettext_noop("overdue and not handled"),
        "dispatched",
        lambda life: life.is_overdue_unhandled,
    ),
    Measure("extended", gettext_noop("extended"), "dispatched", lambda life: life.is_extended),
    Measure(
        "extensions",
        gettext_noop("extensions"),
        "dispatched",
        lambda life: life.is_extended,
        lambda life: life.extension_count,
    ),
    Measure(
        "extension_hours",
        gettext_noop("hours of extension"),
        "dispatched",
        lambda life: life.is_extended,
        lambda life: life.extension_hours,
    ),
    Measure(
        "handled_late",
        gettext_noop("handled after the limit"),
        "dispatched",
        lambda life: life.percent_overdue is not None,
    ),
    Measure(
        "overdue_percent",
        gettext_noop("percent of the limit beyond it"),
        "dispatched",
        lambda life: life.percent_overdue is not None,
        lambda life: life.percent_overdue or 0,
    ),
    Measure("to_close", gettext_noop("to be closed"), "dispatched", lambda life: life.is_to_close),
    Measure("closed", gettext_noop("cases closed"), "dispatched", lambda life: life.is_closed),
    Measure("closed_on_time", gettext_noop("closed on time"), "dispatched", lambda life: life.is_closed_on_time),
    Measure("closed_late", gettext_noop("closed late"), "dispatched", lambda life: life.is_closed_late),
    Measure("reworked", gettext_noop("sent back for rework"), "dispatched", lambda life: life.is_reworked),
    Measure(
        "reworks",
        gettext_noop("times of rework"),
        "dispatched",
        lambda life: life.is_reworked,
        lambda life: life.rework_count,
    ),
    Measure("exempt", gettext_noop("exempt by appeal"), "dispatched", lambda life: life.is_exempt),
    Measure("suspended", gettext_noop("suspended"), "dispatched", lambda life: life.is_suspended),
    Measure("to_inspect", gettext_noop("due for inspection"), "returned", lambda life: life.is_to_inspect),
    Measure("inspected_on_time", gettext_noop("inspected on time"), "returned", lambda life: life.is_inspected_on_time),
    Measure(
        "ended",
        gettext_noop("closed in the period"),
        "ended",
        lambda life: life.state == "closed" and not life.is_self_handled,
    ),
    Measure("ended_placed", gettext_noop("closed, with a place"), "ended", lambda life: life.is_ended_at_a_place),
    Measure("recurred_7", gettext_noop("recurred within 7 days"), "ended", lambda life: life.recurred_within(SOON)),
    Measure("recurred_30", gettext_noop("recurred within 30 days"), "ended", lambda life: life.recurred_within(LATER)),
    Measure("judged", gettext_noop("judged by residents"), "ended", lambda life: life.is_judged),
    Measure("judged_solved", gettext_noop("judged solved"), "ended", lambda life: life.is_judged_solved),
    Measure("rated", gettext_noop("satisfaction known"), "ended", lambda life: life.is_rated),
    Measure("rated_satisfied", gettext_noop("satisfied"), "ended", lambda life: life.is_rated_satisfied),
    Measure("handled_then", gettext_noop("handled then"), "handled", lambda life: life.counts_in(HANDLING)),
    Measure(
        "campaign_then",
        gettext_noop("handled as campaign work"),
        "handled",
        lambda life: life.counts_in(HANDLING) and life.is_campaign,
    ),
    Measure("inspected_then", gettext_noop("inspected then"), "inspected", lambda life: life.counts_in(INSPECTING)),
    Measure("suspended_since", gettext_noop("suspended"), "suspended", lambda life: life.is_suspended),
    Measure("open_now", gettext_noop("open cases"), STANDING, lambda life: life.is_open),
    Measure("late_now", gettext_noop("overdue"), STANDING, lambda life: life.is_late_now),
    Measure("escalated_now", gettext_noop("with the district"), STANDING, lambda life: life.state == "escalated"),
    Measure("suspended_now", gettext_noop("suspended"), STANDING, lambda life: life.is_suspended),
)
MEASURES: Mapping[str, Measure] = {measure.code: measure for measure in _MEASURES}


def days_of(life: Life) -> dict[str, date | None]:
    """The day of each cohort on which the life counts."""
    return {code: cohort.day(life) for code, cohort in COHORTS.items()}


def counted(life: Life) -> Iterator[tuple[str, int]]:
    """The measures in which the life counts, and how much it does in each."""
    for measure in _MEASURES:
        if measure.holds(life) and (measure.cohort == STANDING or COHORTS[measure.cohort].moment(life) is not None):
            yield measure.code, measure.amount(life)
