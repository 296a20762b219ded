"""The text of a bulletin by rule: for each section its paragraphs, drawn up from the figures of the month. Pure.

What has no denominator is not quoted as a rate; nothing is compared with a month in which nothing was counted; a unit
of which nothing was to be handled is neither praised nor blamed. Numbers are those of the tables.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from cases.statistics.bulletins.month import ON_TIME, Month, Unit, best_first, rate, value_of
from cases.statistics.bulletins.phrases import NONE, Speech
from cases.statistics.indicators import Counts
from cases.statistics.rounding import as_percent, as_points, tenths_of_percent

MOST_NAMED = 3
MOST_LISTED = 30  # of open escalations in the table; the ledger holds the others
Told = Callable[[Month, Speech], Iterator[str]]


def draw_up(key: str, month: Month) -> str:
    """The text of a section, a paragraph a line; empty when there is nothing to tell."""
    return "\n".join(paragraph for paragraph in SECTIONS[key](month, Speech(month.language)) if paragraph)


def percent(value: Fraction | None) -> str:
    """A rate as a paper shows it; "–" when there is none."""
    return NONE if value is None else as_percent(value, "%")


def count_beside(now: int, was: int, than: str, speech: Speech) -> str:
    """How a count differs from an earlier one; empty where there was nothing."""
    if not was:
        return ""
    told = speech.say(than)
    if now == was:
        return speech.say("as_many", than=told)
    share = percent(Fraction(abs(now - was), was))
    return speech.say("more" if now > was else "fewer", than=told, count=abs(now - was), share=share)


def rate_beside(code: str, now: Counts, was: Counts, than: str, speech: Speech) -> str:
    """How a rate differs from an earlier one, in points as they are shown; empty where one of them is none."""
    here, there = rate(code, now), rate(code, was)
    if here is None or there is None:
        return ""
    tenths = tenths_of_percent(here) - tenths_of_percent(there)
    name = "as_high" if not tenths else "higher" if tenths > 0 else "lower"
    return speech.say(name, than=speech.say(than), points=f"{abs(tenths) // 10}.{abs(tenths) % 10}")


def some(names: Sequence[str], speech: Speech) -> str:
    """The first names of a row, and how many there are when there are more."""
    listed = speech.listed(names[:MOST_NAMED])
    return speech.say("and_others", list=listed, count=len(names)) if len(names) > MOST_NAMED else listed


def _overview(month: Month, speech: Speech) -> Iterator[str]:
    told, when = month.counts, speech.month(month.first)
    reported = told["reported"]
    if reported:
        yield speech.text(
            speech.sentence(
                speech.say("received", month=when, office=month.office, reported=reported),
                count_beside(reported, month.before["reported"], "before", speech),
                count_beside(reported, month.year_before["reported"], "year_before", speech),
            ),
            speech.sentence(
                speech.say("of_which_filed", filed=told["reported_filed"], rate=percent(rate("filing_rate", told)))
            ),
            _on_the_spot(told, speech),
        )
    else:
        nothing = speech.sentence(speech.say("received_none", month=when, office=month.office))
        yield speech.text(nothing, _on_the_spot(told, speech))
    yield _to_handle(month, speech)
    yield speech.sentence(speech.say("judged", at=speech.moment(month.judged_at)))


def _on_the_spot(told: Counts, speech: Speech) -> str:
    count = told["self_handled"]
    return speech.sentence(speech.say("on_the_spot", count=count)) if count else ""


def _to_handle(month: Month, speech: Speech) -> str:
    told = month.counts
    if not told["to_handle"]:
        return speech.sentence(speech.say("to_handle_none"))
    handling = percent(rate("handling_rate", told))
    return speech.text(
        speech.sentence(
            speech.say("to_handle", to_handle=told["to_handle"], handled=told["handled"], rate=handling),
            rate_beside("handling_rate", told, month.before, "before", speech),
        ),
        speech.sentence(
            speech.say("handled_on_time", count=told["handled_on_time"], rate=percent(rate(ON_TIME, told))),
            rate_beside(ON_TIME, told, month.before, "before", speech),
            rate_beside(ON_TIME, told, month.year_before, "year_before", speech),
        ),
    )


def _handling(month: Month, speech: Speech) -> Iterator[str]:
    told = month.counts
    yield _filing(told, speech)
    if told["to_handle"]:
        yield _lateness(told, speech)
    if told["to_close"]:
        yield speech.sentence(
            speech.say(
                "closed",
                to_close=told["to_close"],
                closed=told["closed"],
                rate=percent(rate("closing_rate", told)),
                on_time=percent(rate("closing_on_time_rate", told)),
            )
        )
    yield _disorders(month, speech)


def _filing(told: Counts, speech: Speech) -> str:
    if not told["filed"]:
        return speech.sentence(speech.say("filed_none"))
    return speech.sentence(
        speech.say("filed", count=told["filed"], rate=percent(rate("filing_on_time_rate", told))),
        speech.say(
            "dispatched",
            count=told["to_dispatch"],
            rate=percent(rate("dispatch_on_time_rate", told)),
            correct=percent(rate("correct_dispatch_rate", told)),
        )
        if told["to_dispatch"]
        else "",
    )


def _lateness(told: Counts, speech: Speech) -> str:
    overdue = told["overdue_unhandled"]
    first = (
        speech.say("overdue", count=overdue, rate=percent(rate("overdue_unhandled_rate", told)))
        if overdue
        else speech.say("overdue_none")
    )
    others = (("extended", "extension_rate"), ("reworked", "rework_rate"))
    clauses = [speech.say(code, count=told[code], rate=percent(rate(of, told))) for code, of in others if told[code]]
    suspended = speech.say("suspended", count=told["suspended"]) if told["suspended"] else ""
    return speech.sentence(first, *clauses, suspended)


def _disorders(month: Month, speech: Speech) -> str:
    whole = month.counts["reported"]
    found = sorted((one for one in month.disorders if one.counts["reported"]), key=lambda one: -one.counts["reported"])
    if not whole or not found:
        return ""
    listed = [
        speech.say(
            "disorder",
            name=one.name,
            count=one.counts["reported"],
            share=percent(Fraction(one.counts["reported"], whole)),
        )
        for one in found
    ]
    return speech.sentence(speech.say("disorders", list=speech.listed(listed)))


def _communities(month: Month, speech: Speech) -> Iterator[str]:
    values = value_of(month.communities)
    ranked = [unit for unit in best_first(month.communities) if unit.key in values]
    if ranked:
        yield _ranking(ranked, values, speech)
    else:
        yield speech.sentence(speech.say("none_judged"))
        return
    unjudged = [unit.name for unit in month.communities if unit.key not in values]
    if unjudged:
        yield speech.sentence(speech.say("unjudged", list=some(unjudged, speech)))


def _ranking(ranked: Sequence[Unit], values: Mapping[str, Fraction], speech: Speech) -> str:
    best, last = best_and_last(ranked, values)
    if len(ranked) == 1:
        return speech.sentence(speech.say("one_judged", list=_graded(ranked[0], speech)))
    if not last:
        return speech.sentence(speech.say("all_alike", count=len(ranked), list=_grade(ranked[0], speech)))
    named = {key: some([_graded(unit, speech) for unit in units], speech) for key, units in (("b", best), ("l", last))}
    return speech.text(
        speech.sentence(speech.say("best", count=len(ranked), list=named["b"])),
        speech.sentence(speech.say("last", list=named["l"])),
    )


def best_and_last(ranked: Sequence[Unit], values: Mapping[str, Fraction]) -> tuple[list[Unit], list[Unit]]:
    """The best three and the last three, the last one first, of at least two; fewer of fewer than six. Equal ones stay
    together, so there may be more; where all are equal nobody is last.
    """
    size = max(1, min(MOST_NAMED, len(ranked) // 2))
    top, low = values[ranked[size - 1].key], values[ranked[-size].key]
    first, end = values[ranked[0].key], values[ranked[-1].key]
    if first == end:
        return list(ranked), []
    low = end if low == first else low
    top = first if top <= low else top
    last = [unit for unit in reversed(ranked) if values[unit.key] <= low]
    return [unit for unit in ranked if values[unit.key] >= top], last


def _graded(unit: Unit, speech: Speech) -> str:
    on_time = percent(unit.on_time)
    if unit.score is None:
        return speech.say("rated", name=unit.name, rate=on_time)
    return speech.say("scored", name=unit.name, points=as_points(unit.score), rate=on_time)


def _grade(unit: Unit, speech: Speech) -> str:
    if unit.score is None:
        return speech.say("rated_alike", rate=percent(unit.on_time))
    return speech.say("scored_alike", points=as_points(unit.score))


def _departments(month: Month, speech: Speech) -> Iterator[str]:
    concerned = [unit for unit in month.departments if unit.counts["to_handle"]]
    if concerned:
        whole = {
            code: sum(unit.counts[code] for unit in concerned) for code in ("to_handle", "handled", "handled_on_time")
        }
        yield speech.sentence(
            speech.say(
                "of_departments",
                count=len(concerned),
                to_handle=whole["to_handle"],
                handled=whole["handled"],
                rate=percent(rate("handling_rate", whole)),
                on_time=percent(rate(ON_TIME, whole)),
            )
        )
    else:
        yield speech.sentence(speech.say("of_departments_none"))
    owing = sorted((unit for unit in month.departments if month.pending_of.get(unit.key)), key=_by_pending(month))
    if owing:
        listed = [speech.say("owes", name=unit.name, count=month.pending_of[unit.key]) for unit in owing]
        at = speech.moment(month.drafted_at)
        yield speech.sentence(speech.say("departments_owe", at=at, list=speech.listed(listed)))


def _by_pending(month: Month) -> Callable[[Unit], int]:
    return lambda unit: -month.pending_of[unit.key]


def _recurrence(month: Month, speech: Speech) -> Iterator[str]:
    told = month.counts
    if told["ended_placed"]:
        yield speech.sentence(
            speech.say(
                "recurred",
                placed=told["ended_placed"],
                soon=told["recurred_7"],
                soon_rate=percent(rate("recurrence_rate_7", told)),
                later=told["recurred_30"],
                later_rate=percent(rate("recurrence_rate_30", told)),
            )
        )
    else:
        yield speech.sentence(speech.say("recurred_none"))
    if not month.spot_count:
        yield speech.sentence(speech.say("hot_none"))
        return
    named = [
        speech.say("hot_one", place=spot.place, disorder=spot.disorder, count=spot.count)
        for spot in month.spots[:MOST_NAMED]
    ]
    yield speech.sentence(speech.say("hot", count=month.spot_count, list=speech.listed(named)))


def _escalations(month: Month, speech: Speech) -> Iterator[str]:
    at = speech.moment(month.drafted_at)
    if not month.pending_count:
        yield speech.sentence(speech.say("pending_none", at=at))
        return
    oldest, listed = month.pending[0], min(len(month.pending), MOST_LISTED)
    first = speech.sentence(
        speech.say(
            "pending",
            at=at,
            count=month.pending_count,
            number=oldest.number,
            since=speech.day(oldest.since),
            department=oldest.department,
        )
    )
    yield speech.text(
        first, speech.sentence(speech.say("pending_cut", count=listed)) if listed < month.pending_count else ""
    )


def _next(month: Month, speech: Speech) -> Iterator[str]:
    steps = list(_steps(month, speech)) or [speech.say("next_none")]
    if len(steps) == 1:
        yield speech.sentence(steps[0])
        return
    for place, step in enumerate(steps, 1):
        yield speech.point(place, speech.sentence(step))


def _steps(month: Month, speech: Speech) -> Iterator[str]:
    whole = rate(ON_TIME, month.counts)
    behind = _behind(month, whole)
    if behind:
        named = [speech.say("rated", name=unit.name, rate=percent(unit.on_time)) for unit in behind]
        yield speech.say("next_communities", whole=percent(whole), list=speech.listed(named))
    counted = (
        ("next_overdue", month.counts["overdue_unhandled"]),
        ("next_rework", month.counts["reworked"]),
        ("next_spots", month.spot_count),
        ("next_pending", month.pending_count),
    )
    for name, count in counted:
        if count:
            yield speech.say(name, count=count)


def _behind(month: Month, whole: Fraction | None) -> list[Unit]:
    """The communities that handle least on time, three at most, as far as they are behind the whole office."""
    behind = [(unit.on_time, unit) for unit in month.communities if unit.on_time is not None]
    below = [(value, unit) for value, unit in behind if whole is not None and value < whole]
    return [unit for _value, unit in sorted(below, key=lambda one: one[0])[:MOST_NAMED]]


SECTIONS: Mapping[str, Told] = {
    "overview": _overview,
    "handling": _handling,
    "communities": _communities,
    "departments": _departments,
    "recurrence": _recurrence,
    "escalations": _escalations,
    "next": _next,
}
