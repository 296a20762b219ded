"""The tables and charts of a bulletin, by section. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from cases.statistics.bulletins.month import ON_TIME, Month, Unit, best_first, rate
from cases.statistics.bulletins.phrases import NONE, Speech
from cases.statistics.bulletins.wording import MOST_LISTED, percent
from cases.statistics.indicators import Counts
from cases.statistics.rounding import as_points, tenths_of_percent
from citymgmt.papers.paper import Chart, Picture, Series, Table

COUNTED = ("reported", "filed", "to_handle", "handled")
RATES = ("handling_rate", ON_TIME, "rework_rate")
Shown = Table | Picture
Draws = Callable[[Month, Speech], Iterator[Shown]]


def shown_in(key: str, month: Month) -> list[Shown]:
    """The tables and pictures below the text of a section."""
    return list(SHOWN[key](month, Speech(month.language))) if key in SHOWN else []


def charts_of(month: Month) -> dict[str, Chart]:
    """The charts of the bulletin, by the names under which a page asks for them."""
    speech = Speech(month.language)
    made = {"days": _days_chart(month, speech)}
    if _reported(month.disorders):
        made["disorders"] = _disorders_chart(month, speech)
    if any(unit.on_time is not None for unit in month.communities):
        made["communities"] = _communities_chart(month, speech)
    return made


def _overview(month: Month, speech: Speech) -> Iterator[Shown]:
    yield Picture(_days_chart(month, speech), speech.say("chart_days"), _told_days(month, speech))


def _days_chart(month: Month, speech: Speech) -> Chart:
    labels = tuple(str(day.on.day) for day in month.days)
    series = (
        Series(speech.say("col_reported"), tuple(float(day.reported) for day in month.days)),
        Series(speech.say("col_ended"), tuple(float(day.ended) for day in month.days)),
    )
    return Chart("line", labels, series, speech.say("count_unit"))


def _told_days(month: Month, speech: Speech) -> str:
    most = max(month.days, key=lambda day: day.reported)
    return speech.sentence(
        speech.say(
            "told_days",
            most_on=speech.day(most.on),
            most=most.reported,
            reported=sum(day.reported for day in month.days),
            ended=sum(day.ended for day in month.days),
        )
    )


def _handling(month: Month, speech: Speech) -> Iterator[Shown]:
    found = _reported(month.disorders)
    if found:
        told = speech.listed(speech.say("owes", name=one.name, count=one.counts["reported"]) for one in found)
        yield Picture(_disorders_chart(month, speech), speech.say("chart_disorders"), speech.sentence(told))


def _reported(units: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.counts["reported"]]


def _disorders_chart(month: Month, speech: Speech) -> Chart:
    found = _reported(month.disorders)
    values = tuple(float(one.counts["reported"]) for one in found)
    series = (Series(speech.say("col_reported"), values),)
    return Chart("columns", tuple(one.name for one in found), series, speech.say("count_unit"))


def _communities(month: Month, speech: Speech) -> Iterator[Shown]:
    ranked = best_first(month.communities)
    if not ranked:
        return
    rows = [_unit_row(unit.name, unit.counts, _points(unit)) for unit in ranked]
    rest = {code: month.counts[code] - sum(unit.counts[code] for unit in ranked) for code in month.counts}
    if any(rest[code] for code in COUNTED):
        rows.append(_unit_row(speech.say("elsewhere"), rest, NONE))
    rows.append(_unit_row(speech.say("whole"), month.counts, NONE))
    heads = ("col_community", *(f"col_{code}" for code in COUNTED), "col_handling_rate", "col_on_time_rate",
             "col_rework_rate", "col_score")  # fmt: skip
    yield Table(
        speech.say("table_communities"),
        tuple(speech.say(head) for head in heads),
        tuple(rows),
        (20, 9, 9, 10, 10, 11, 15, 10, 10),
        total=True,
    )
    if any(unit.on_time is not None for unit in ranked):
        told = speech.listed(f"{unit.name} {percent(unit.on_time)}" for unit in ranked if unit.on_time is not None)
        yield Picture(_communities_chart(month, speech), speech.say("chart_communities"), speech.sentence(told))


def _unit_row(name: str, counts: Counts, points: str) -> tuple[str, ...]:
    rates = (percent(rate(code, counts)) for code in RATES)
    return name, *(str(counts[code]) for code in COUNTED), *rates, points


def _points(unit: Unit) -> str:
    return NONE if unit.score is None else as_points(unit.score)


def _communities_chart(month: Month, speech: Speech) -> Chart:
    ranked = [unit for unit in best_first(month.communities) if unit.on_time is not None]
    values = tuple(tenths_of_percent(unit.on_time) / 10 if unit.on_time is not None else None for unit in ranked)
    return Chart("bars", tuple(unit.name for unit in ranked), (Series(speech.say("col_on_time_rate"), values),), "%")


def _departments(month: Month, speech: Speech) -> Iterator[Shown]:
    concerned = [one for one in month.departments if one.counts["to_handle"] or month.pending_of.get(one.key)]
    if not concerned:
        return
    codes = ("to_handle", "handled", "handled_on_time")
    rows = [_department_row(one.name, one.counts, month.pending_of.get(one.key, 0)) for one in concerned]
    whole = {code: sum(one.counts[code] for one in concerned) for code in codes}
    rows.append(_department_row(speech.say("whole"), whole, month.pending_count))
    heads = ("col_department", *(f"col_{code}" for code in codes), "col_on_time_rate", "col_pending")
    headings = tuple(speech.say(head) for head in heads)
    yield Table(speech.say("table_departments"), headings, tuple(rows), (30, 13, 13, 14, 16, 14), total=True)


def _department_row(name: str, counts: Counts, pending: int) -> tuple[str, ...]:
    told = (str(counts[code]) for code in ("to_handle", "handled", "handled_on_time"))
    return name, *told, percent(rate(ON_TIME, counts)), str(pending)


def _recurrence(month: Month, speech: Speech) -> Iterator[Shown]:
    if month.spots:
        heads = ("col_place", "col_disorder", "col_count", "col_recurrences")
        rows = tuple((spot.place, spot.disorder, str(spot.count), str(spot.recurrences)) for spot in month.spots)
        headings = tuple(speech.say(head) for head in heads)
        yield Table(speech.say("table_spots"), headings, rows, (44, 26, 12, 18), texts=2)


def _escalations(month: Month, speech: Speech) -> Iterator[Shown]:
    if not month.pending:
        return
    heads = ("col_number", "col_place", "col_category", "col_department", "col_since", "col_rung")
    rows = tuple(
        (one.number, one.place, one.category, one.department, f"{one.since:%Y-%m-%d}", one.rung or NONE)
        for one in month.pending[:MOST_LISTED]
    )
    headings = tuple(speech.say(head) for head in heads)
    yield Table(speech.say("table_pending"), headings, rows, (21, 22, 14, 14, 14, 15), texts=6)


SHOWN: Mapping[str, Draws] = {
    "overview": _overview,
    "handling": _handling,
    "communities": _communities,
    "departments": _departments,
    "recurrence": _recurrence,
    "escalations": _escalations,
}
