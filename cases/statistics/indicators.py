"""THE table of indicators: name, numerator, denominator, source; and the composite scores made of them. Pure.

Where no source says it, or sources differ, the definition says that it is a decision of this portal.

A denominator of 0 gives None, shown as "–": never 0 %, never 100 % (domain.md 4.2).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cases.statistics.measures import MEASURES
from cases.statistics.sources import Source, sources_of
from citymgmt.wording import gettext_noop

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Indicator:
    """A rate: the share of `denominator` that is `numerator`, two measures of one cohort.

    `source` names documents by their codes (`sources.SOURCES`), `decision` what this portal decided itself; `note` is
    what the definition adds. `more_is_better` tells which way is good. Where the numerator is an amount, the rate is
    its mean, which may pass 1; `per` is how much of the amount makes one.
    """

    code: str
    label: str
    numerator: str
    denominator: str
    source: str
    more_is_better: bool = True
    note: str = ""
    decision: str = ""
    per: int = 1

    @property
    def cohort(self) -> str:
        """The cohort of which it is a share."""
        return MEASURES[self.denominator].cohort

    @property
    def documents(self) -> tuple[Source, ...]:
        """The documents from which its formula comes; none where all of it is a decision."""
        return sources_of(self.source)

    def of(self, counts: Counts) -> Fraction | None:
        """The rate, of a share 0 to 1; None when there is nothing of which it could be a share."""
        whole = counts.get(self.denominator, 0) * self.per
        return Fraction(counts.get(self.numerator, 0), whole) if whole else None


SAME_PLACE = gettext_noop(
    "the same disorder reported again, within 50 m or at the same key place. Days that are not over can only add."
)
RESPONDED = gettext_noop(
    "reports of residents and of the hotline are the denominator; an answer to the resident or a reply to the hotline"
    " is a response, which the source leaves open. That a case was taken up is none."
)
SOLVED = gettext_noop(
    "the cases that were judged are the denominator, which the source leaves open. The last closing counts; where"
    " several judged it, all of them have to say that it is solved."
)
SATISFIED = gettext_noop(
    "the cases of which satisfaction is known are the denominator, which the source leaves open; who is fairly"
    " satisfied counts as satisfied. The last closing counts; where several judged it, all of them have to be"
    " satisfied."
)
OUT = gettext_noop("suspended cases are left out, in which the sources differ, and exempt ones.")
_INDICATORS = (
    Indicator("valid_report_rate", gettext_noop("Valid report rate"), "valid", "reported", "S25"),
    Indicator(
        "filing_rate",
        gettext_noop("Filing rate"),
        "reported_filed",
        "reported",
        "S25",
        decision=gettext_noop("all reports are the denominator, which the source leaves open."),
    ),
    Indicator("open_rate", gettext_noop("Open rate"), "reported_open", "reported", "S25", more_is_better=False),
    Indicator("filing_on_time_rate", gettext_noop("On-time filing rate"), "filed_on_time", "filed", "S25"),
    Indicator("correct_filing_rate", gettext_noop("Correct filing rate"), "filed_correctly", "filed", "S25"),
    Indicator(
        "verifying_on_time_rate", gettext_noop("On-time verification rate"), "verified_on_time", "to_verify", "S25"
    ),
    Indicator(
        "dispatch_on_time_rate", gettext_noop("On-time dispatch rate"), "dispatched_on_time", "to_dispatch", "S25"
    ),
    Indicator(
        "correct_dispatch_rate",
        gettext_noop("Correct dispatch rate"),
        "dispatched_correctly",
        "to_dispatch",
        "S25",
        decision=gettext_noop("a dispatch that was returned is not correct."),
    ),
    Indicator("handling_rate", gettext_noop("Handling rate"), "handled", "to_handle", "S25, S26", decision=OUT),
    Indicator(
        "handling_on_time_rate",
        gettext_noop("On-time handling rate"),
        "handled_on_time",
        "to_handle",
        "S25, S26",
        decision=OUT,
    ),
    Indicator(
        "overdue_unhandled_rate",
        gettext_noop("Overdue unhandled rate"),
        "overdue_unhandled",
        "to_handle",
        "S26",
        more_is_better=False,
        decision=OUT,
    ),
    Indicator(
        "overdue_multiple",
        gettext_noop("Overdue multiple"),
        "overdue_percent",
        "handled_late",
        "S24",
        more_is_better=False,
        note=gettext_noop("The mean of the time beyond the limit ÷ the limit with its extensions, once handled."),
        per=100,
    ),
    Indicator(
        "extension_rate",
        gettext_noop("Extension rate"),
        "extended",
        "to_handle",
        "S26",
        more_is_better=False,
        decision=OUT,
    ),
    Indicator(
        "rework_rate",
        gettext_noop("Rework rate"),
        "reworked",
        "to_close",
        "S26, S24",
        more_is_better=False,
        note=gettext_noop("A case counts once, however often it was sent back."),
    ),
    Indicator("closing_rate", gettext_noop("Closing rate"), "closed", "to_close", "S25, S23", decision=OUT),
    Indicator(
        "closing_on_time_rate",
        gettext_noop("On-time closing rate"),
        "closed_on_time",
        "to_close",
        "S25, S23",
        decision=OUT,
    ),
    Indicator(
        "closing_late_rate",
        gettext_noop("Late closing rate"),
        "closed_late",
        "to_close",
        "S25",
        more_is_better=False,
        decision=OUT,
    ),
    Indicator(
        "inspection_on_time_rate",
        gettext_noop("On-time inspection rate"),
        "inspected_on_time",
        "to_inspect",
        "S25",
    ),
    Indicator(
        "recurrence_rate_7",
        gettext_noop("Recurrence rate, 7 days"),
        "recurred_7",
        "ended_placed",
        "",
        more_is_better=False,
        decision=SAME_PLACE,
    ),
    Indicator(
        "recurrence_rate_30",
        gettext_noop("Recurrence rate, 30 days"),
        "recurred_30",
        "ended_placed",
        "",
        more_is_better=False,
        decision=SAME_PLACE,
    ),
    Indicator("response_rate", gettext_noop("Response rate"), "responded", "from_residents", "S35", decision=RESPONDED),
    Indicator("solved_rate", gettext_noop("Solved rate"), "judged_solved", "judged", "S35", decision=SOLVED),
    Indicator(
        "satisfaction_rate",
        gettext_noop("Satisfaction rate"),
        "rated_satisfied",
        "rated",
        "S35",
        note=gettext_noop("Judgements of before it was counted tell only whether it is solved."),
        decision=SATISFIED,
    ),
)
INDICATORS: Mapping[str, Indicator] = {indicator.code: indicator for indicator in _INDICATORS}


@dataclass(frozen=True)
class Weight:
    """A part of a composite score: how many points the best value of an indicator gives."""

    indicator: str
    points: Fraction

    def goodness(self, counts: Counts) -> Fraction | None:
        """The value, or for an indicator of which less is better one minus the value, but never less than 0."""
        indicator = INDICATORS[self.indicator]
        value = indicator.of(counts)
        return value if value is None or indicator.more_is_better else max(Fraction(), 1 - value)


def measures_of(codes: Iterable[str]) -> set[str]:
    """The measures of which these indicators are made."""
    return {measure for code in codes for measure in (INDICATORS[code].numerator, INDICATORS[code].denominator)}


def score(weights: Sequence[Weight], counts: Counts) -> Fraction | None:
    """The composite score in points; None when nothing of it can be judged.

    Parts without a denominator are left out and the others stand for them, by their weights.
    """
    judged = [(weight.points, value) for weight in weights if (value := weight.goodness(counts)) is not None]
    possible = sum((points for points, _value in judged), Fraction())
    if not possible:
        return None
    whole = sum((weight.points for weight in weights), Fraction())
    return sum((points * value for points, value in judged), Fraction()) * whole / possible
