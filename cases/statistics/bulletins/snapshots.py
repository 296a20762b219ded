"""What is kept beside the frozen evaluation when a bulletin is drafted, and the month read back from both.

A snapshot holds `before` and `year_before` (counts without zeros), `days` as [day, reported, ended], `pending` (open
escalations, the oldest first), `pending_count`, `pending_of` as [department's id, Chinese name, English name, count],
`spots` and `spot_count`. Names stand as [Chinese, English]: the paper picks its language.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from cases.models import Case, Category, Escalation
from cases.named import kept_names, named
from cases.statistics.bulletins.models import Bulletin
from cases.statistics.bulletins.month import Day, Hot, Month, Pending, Unit
from cases.statistics.bulletins.phrases import ENGLISH
from cases.statistics.frozen import counts_of, weights_of
from cases.statistics.indicators import Counts, score
from cases.statistics.models import Dimension, Evaluation, Tally
from cases.statistics.periods import DAY, Period
from cases.statistics.querysets import NOTHING, Asked, frozen_counted, published_of, sums_of_periods
from cases.statistics.spots import Spot, latest_at, spots_of_period
from citymgmt.people.models import Bilingual, Organisation
from citymgmt.worktime.rules import current_rules

MOST_PENDING, MOST_SPOTS = 500, 10
Name = list[str]  # Chinese, English


def take_snapshot(evaluation: Evaluation, at: datetime) -> dict[str, Any]:
    """What a bulletin of the evaluation's month tells beside its figures, as it stands now."""
    before, year_before = _compared(evaluation)
    spots, spot_count = spots_of_period(evaluation.subdistrict_id, evaluation.period, MOST_SPOTS)
    return {
        "before": before,
        "year_before": year_before,
        "days": _days(evaluation),
        **_pending(evaluation.subdistrict_id, at),
        "spots": list(_hot(spots)),
        "spot_count": spot_count,
    }


def _compared(evaluation: Evaluation) -> list[dict[str, int]]:
    """The figures of the month before and of the same month of the year before: as published then, so that bulletins
    agree with each other and each month was judged as long after its end; else what counts in it now.
    """
    periods = [evaluation.period.before(), evaluation.period.a_year_before()]
    office = Tally.objects.filter(subdistrict=evaluation.subdistrict_id, dimension=Dimension.ALL)
    now = sums_of_periods(office, periods)
    return [_published(evaluation, period) or _without_zeros(told) for period, told in zip(periods, now, strict=True)]


def _published(evaluation: Evaluation, period: Period) -> dict[str, int] | None:
    found = published_of(evaluation.subdistrict_id, period)
    return None if found is None else found.sums.get(Dimension.ALL, {}).get("", {})


def _without_zeros(counts: Counts) -> dict[str, int]:
    return {code: count for code, count in counts.items() if count}


def _days(evaluation: Evaluation) -> list[list[Any]]:
    """How many were reported and closed on each day of the month, of the very cases that the evaluation counted."""
    counts = {code: _by_day(evaluation, code) for code in ("reported", "ended")}
    days = (evaluation.starts + number * DAY for number in range(evaluation.period.days))
    return [[day.isoformat(), counts["reported"][day], counts["ended"][day]] for day in days]


def _by_day(evaluation: Evaluation, code: str) -> Counter[date]:
    facts = frozen_counted(evaluation, Asked(code, evaluation.period)).order_by()
    return Counter(dict(facts.values_list(f"{code}_on").annotate(count=Count("pk"))))


def _pending(subdistrict_id: int, at: datetime) -> dict[str, Any]:
    found = Escalation.objects.filter(case__subdistrict=subdistrict_id, ended_at=None, sent_at__lte=at)
    oldest = named(found.select_related("case").order_by("sent_at", "id"))[:MOST_PENDING]
    counts = dict(found.order_by("department").values_list("department").annotate(count=Count("pk")))
    bodies = kept_names()[Organisation]
    return {
        "pending": [_escalation(one) for one in oldest],
        "pending_count": sum(counts.values()),
        "pending_of": [[str(pk), *_names(bodies.get(pk)), count] for pk, count in counts.items()],
    }


def _escalation(one: Escalation) -> dict[str, Any]:
    return {
        "number": one.number,
        "case": one.case.number,
        "place": _place(one.case),
        "category": _names(one.case.category),
        "department": _names(one.department),
        "since": timezone.localdate(one.sent_at).isoformat(),
        "rung": _names(current_rules().rows.get(one.case.ladder_code)),
    }


def _names(thing: Bilingual | None) -> Name:
    return ["", ""] if thing is None else [thing.name_zh, thing.name_en]


def _place(case: Case) -> Name:
    """The key place, else the community with the address."""
    if case.key_place is not None:
        return _names(case.key_place)
    chinese, english = _names(case.community)
    return [f"{chinese}{case.address}", ", ".join(part for part in (english or chinese, case.address) if part)]


def _hot(spots: Sequence[Spot]) -> Iterator[dict[str, Any]]:
    latest = latest_at(spots)
    disorders = {category.disorder_id: category.disorder for category in kept_names()[Category].values()}
    for spot in spots:
        yield {
            "place": _place(latest[spot.last_case_id]),
            "disorder": _names(disorders.get(spot.disorder_id)),
            "count": spot.count,
            "recurrences": spot.recurrences,
        }


class _Told:
    """A snapshot and an evaluation read in the language of a paper."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.evaluation, self.snapshot = bulletin.evaluation, bulletin.snapshot
        self.is_english = bulletin.language == ENGLISH

    def name(self, names: Sequence[str]) -> str:
        """The name in that language; the Chinese one where there is no English one."""
        chinese, english = names
        return english if self.is_english and english else chinese

    def units(self, dimension: str) -> list[Unit]:
        """The keys of a dimension with their figures and scores."""
        counts, weights = counts_of(self.evaluation, dimension), weights_of(self.evaluation)
        return [
            Unit(key, self.name(names), counts[key], score(weights, counts[key]))
            for key, *names in self.evaluation.names.get(dimension, [])
        ]

    def departments(self) -> list[Unit]:
        """Those to which cases of the month were escalated, and those that owe an answer beside them."""
        units = self.units(Dimension.DEPARTMENT)
        known = {unit.key for unit in units}
        owing = self.snapshot["pending_of"]
        return units + [Unit(key, self.name(names), NOTHING) for key, *names, _count in owing if key not in known]

    def pending(self) -> list[Pending]:
        """The open escalations."""
        return [
            Pending(
                **{name: one[name] for name in ("number", "case")},
                **{name: self.name(one[name]) for name in ("place", "category", "department", "rung")},
                since=date.fromisoformat(one["since"]),
            )
            for one in self.snapshot["pending"]
        ]

    def spots(self) -> list[Hot]:
        """The hot spots."""
        return [
            Hot(self.name(one["place"]), self.name(one["disorder"]), one["count"], one["recurrences"])
            for one in self.snapshot["spots"]
        ]


def month_of(bulletin: Bulletin) -> Month:
    """The month of which a bulletin tells, all from what was kept when it was drafted: no query, and it never moves."""
    told, snapshot, evaluation = _Told(bulletin), bulletin.snapshot, bulletin.evaluation
    whole = {key: names for key, *names in evaluation.names[Dimension.ALL]}
    return Month(
        first=bulletin.month,
        office=told.name(whole[""]),
        language=bulletin.language,
        judged_at=timezone.localtime(evaluation.frozen_at),
        drafted_at=timezone.localtime(bulletin.drafted_at),
        counts=counts_of(evaluation, Dimension.ALL).get("", NOTHING),
        before=_whole(snapshot["before"]),
        year_before=_whole(snapshot["year_before"]),
        communities=told.units(Dimension.COMMUNITY),
        departments=told.departments(),
        disorders=told.units(Dimension.DISORDER),
        pending=told.pending(),
        pending_count=snapshot["pending_count"],
        pending_of={key: count for key, _zh, _en, count in snapshot["pending_of"]},
        spots=told.spots(),
        spot_count=snapshot["spot_count"],
        days=[Day(date.fromisoformat(on), reported, ended) for on, reported, ended in snapshot["days"]],
    )


def _whole(counts: Mapping[str, int]) -> Counts:
    return {**NOTHING, **counts}
