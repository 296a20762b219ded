"""The measures and indicators a second time, written from domain.md 4.1 and 4.2 alone, slowly: one walk over the events
of each case notes what happened, and each definition is a line that reads these notes.

Shares nothing with the pure cores of the statistics; office time is added up day by day.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from types import SimpleNamespace

from tests.statistics.lives_told import Happening
from tests.worktime import SHANGHAI, rows

Line = tuple[str, datetime | date | None, object]  # what it counts for, the day, and whether or how much
FREE = {date.fromisoformat(row["date"]): row["kind"] != "makeup" for row in rows()}
OPENING = ((time(8), time(12)), (time(14), time(18)))
DONE = ("closed", "declined", "not_filed", "merged", "void")
HOUR, DAY, NOTHING = timedelta(hours=1), timedelta(days=1), timedelta()
LENGTHS = {"uh": HOUR, "wh": HOUR, "wd": 8 * HOUR, "ud": DAY, "nd": DAY}
NOW = "now"

# 4.1: the numerator above, the denominator below, and of what the numerator is made
RATES = {
    "valid_report_rate": ("valid", "reported", 1),
    "filing_rate": ("reported_filed", "reported", 1),
    "open_rate": ("reported_open", "reported", 1),
    "filing_on_time_rate": ("filed_on_time", "filed", 1),
    "correct_filing_rate": ("filed_correctly", "filed", 1),
    "verifying_on_time_rate": ("verified_on_time", "to_verify", 1),
    "dispatch_on_time_rate": ("dispatched_on_time", "to_dispatch", 1),
    "correct_dispatch_rate": ("dispatched_correctly", "to_dispatch", 1),
    "handling_rate": ("handled", "to_handle", 1),
    "handling_on_time_rate": ("handled_on_time", "to_handle", 1),
    "overdue_unhandled_rate": ("overdue_unhandled", "to_handle", 1),
    "overdue_multiple": ("overdue_percent", "handled_late", 100),
    "extension_rate": ("extended", "to_handle", 1),
    "rework_rate": ("reworked", "to_close", 1),
    "closing_rate": ("closed", "to_close", 1),
    "closing_on_time_rate": ("closed_on_time", "to_close", 1),
    "closing_late_rate": ("closed_late", "to_close", 1),
    "inspection_on_time_rate": ("inspected_on_time", "to_inspect", 1),
    "recurrence_rate_7": ("recurred_7", "ended_placed", 1),
    "recurrence_rate_30": ("recurred_30", "ended_placed", 1),
    "response_rate": ("responded", "from_residents", 1),
    "solved_rate": ("judged_solved", "judged", 1),
    "satisfaction_rate": ("rated_satisfied", "rated", 1),
}


def count(cases: Iterable[Sequence[Happening]], first: date, last: date, as_of: datetime) -> Counter[str]:
    """How much each measure counts in a period, of these cases as they stand at `as_of`."""
    found: Counter[str] = Counter()
    for events in cases:
        so_far = [event for event in events if event.at <= as_of]
        for name, when, much in _lines(_walk(so_far), as_of) if so_far else ():
            if when is not None and much and (when == NOW or first <= when.astimezone(SHANGHAI).date() <= last):
                found[name] += int(much)
    return found


def rates(counts: Counter[str]) -> dict[str, Fraction | None]:
    """Every rate; None for nothing divided by nothing."""
    return {
        name: Fraction(counts[above], counts[below] * per) if counts[below] else None
        for name, (above, below, per) in RATES.items()
    }


def office_minutes(start: datetime, end: datetime) -> Fraction:
    """Minutes in which the office was open."""
    start, end, sum_of_all = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI), NOTHING
    day = start.date()
    while day <= end.date():
        if not FREE.get(day, day.isoweekday() > 5):
            for opens, closes in OPENING:
                since = max(start, datetime.combine(day, opens, SHANGHAI))
                until = min(end, datetime.combine(day, closes, SHANGHAI))
                sum_of_all += max(NOTHING, until - since)
        day += DAY
    return Fraction(sum_of_all // timedelta(seconds=1), 60)


def _walk(events: Sequence[Happening]) -> SimpleNamespace:
    """Notes: when each kind of event came first and last, how often, where the case was, and what it was granted."""
    notes = SimpleNamespace(
        first={}, last={}, times=Counter(), seen=set(), came={}, due=None, limit=None, granted=NOTHING, away=Fraction()
    )
    notes.answers = []
    since, notes.handled, notes.judged = None, None, None
    for event in events:
        notes.first.setdefault(event.kind, event.at)
        notes.last[event.kind] = event.at
        notes.times[event.kind] += 1
        notes.seen.add(event.to_state)
        notes.due, notes.limit = event.due or notes.due, event.limit or notes.limit
        if event.from_state != event.to_state:
            notes.came[event.to_state], notes.before = event.at, event.from_state
            notes.answers = []  # of residents, since it came to where it is
        elif event.kind.startswith("judge_"):
            notes.answers.append((event.kind == "judge_solved", event.satisfied))
        notes.granted += event.by.value * LENGTHS[event.by.unit] if event.by else NOTHING
        since, notes.away = _away(event, since, notes.away)
        notes.handled, notes.judged = _judged(event, notes.handled, notes.judged)
    notes.state, notes.start = events[-1].to_state, events[0]
    return notes


def _away(event: Happening, since: datetime | None, away: Fraction) -> tuple[datetime | None, Fraction]:
    """Since when it is being verified, and the office minutes for which it was before."""
    if event.kind == "verify":
        return event.at, away
    if since is not None and event.to_state != "verifying":
        return None, away + office_minutes(since, event.at)
    return since, away


def _judged(event: Happening, handled: datetime | None, judged: datetime | None) -> tuple[object, object]:
    """When it was handled, as far as that stands, and when the last report of it was judged."""
    if event.kind == "report_back":
        return event.at, None
    if event.kind in ("rework", "reopen"):
        return None, event.at if event.kind == "rework" else judged
    if event.kind in ("pass", "close_special"):
        return handled or event.at, event.at if event.from_state == "reported_back" else judged
    return (event.at if event.to_state == "closed" and event.from_state != "closed" else handled), judged


def _lines(was: SimpleNamespace, as_of: datetime) -> Iterator[Line]:
    """Everything that a case counts for."""
    start = was.start
    was.opened = start.opened or start.at
    was.ledger = start.kind == "import"
    was.on_the_spot = "self_handle" in was.times
    was.gone = was.state in ("void", "merged")
    was.done = was.state in DONE
    # an imported ledger tells neither of filing nor of dispatch: done when opened
    brought = was.ledger and start.to_state != "accepted"
    was.filed = was.last.get("file") or (was.opened if brought else None)
    sent = [was.first[kind] for kind in ("dispatch", "escalate", "escalate_overdue") if kind in was.first]
    was.sent = was.opened if brought else min(sent, default=None)
    yield from _reporting(was)
    yield from _filing(was)
    yield from _dispatching(was)
    yield from _handling(was, as_of)
    yield from _inspecting(was)
    yield from _standing(was, as_of)


def _reporting(was: SimpleNamespace) -> Iterator[Line]:
    # "Self-handled reports never enter"; void at acceptance counts as declined, at filing as not filed (3.2)
    never_accepted = was.state == "reported" or (was.done and was.seen <= {"reported", *DONE} and not was.ledger)
    yield "self_handled", was.opened, was.on_the_spot
    if was.on_the_spot:
        return
    yield "reported", was.opened, True
    yield "valid", was.opened, not never_accepted
    if was.start.source in ("citizen", "hotline"):
        yield "from_residents", was.opened, True
        yield "responded", was.opened, was.times["answer_resident"] + was.times["reply_to_hotline"] > 0
    yield "reported_open", was.opened, not was.done
    verified, answered = was.first.get("verify"), was.first.get("confirm")
    yield "to_verify", verified, True
    yield "verified_on_time", verified, answered and office_minutes(verified, answered) <= 30


def _filing(was: SimpleNamespace) -> Iterator[Line]:
    filed = was.filed
    if filed is None or was.on_the_spot:
        return
    yield "reported_filed", was.opened, True
    yield "filed", filed, True
    yield "filed_on_time", filed, office_minutes(was.opened, filed) - was.away <= 30
    yield "filed_correctly", filed, was.state != "void"


def _dispatching(was: SimpleNamespace) -> Iterator[Line]:
    # left while it waited to be dispatched: out
    if was.filed is None or (was.gone and was.before == "filed"):
        return
    yield "to_dispatch", was.filed, True
    yield "dispatched_on_time", was.filed, was.sent and office_minutes(was.filed, was.sent) <= 15
    yield "dispatched_correctly", was.filed, was.sent and not was.times["return"]


def _handling(was: SimpleNamespace, as_of: datetime) -> Iterator[Line]:
    worked = not was.on_the_spot and not (was.gone and was.before != "reported_back")
    yield "handled_then", was.handled, worked
    yield "campaign_then", was.handled, worked and was.start.campaign
    yield "exempt", was.sent, was.times["uphold_appeal"]
    yield "suspended", was.sent, was.state == "suspended"
    yield "suspended_since", was.came.get("suspended"), was.state == "suspended"
    # 应处置 = dispatched; suspended and exempt out; voided and merged out unless handling was over
    is_out = was.times["uphold_appeal"] or was.state == "suspended" or (was.gone and was.before != "reported_back")
    if was.sent is None or is_out:
        return
    sent, handled, limit = was.sent, was.handled, was.limit
    in_time = handled and (was.due is None or handled <= was.due)
    late_and_waits = not was.done and was.state != "reported_back" and bool(was.due and was.due < as_of)
    yield "to_handle", sent, True
    yield "handled", sent, bool(handled)
    yield "handled_on_time", sent, bool(in_time)
    yield "overdue_unhandled", sent, late_and_waits
    yield "extended", sent, was.times["extend"] > 0
    yield "extensions", sent, was.times["extend"]
    yield "extension_hours", sent, was.granted // HOUR
    if handled and not in_time and limit:
        yield "handled_late", sent, True
        yield "overdue_percent", sent, _percent(was.due, handled, limit, was.granted)
    # 应结案 = handled or (overdue and not handled)
    if not was.gone and (handled or late_and_waits):
        yield "to_close", sent, True
        yield "closed", sent, was.state == "closed"
        yield "closed_on_time", sent, was.state == "closed" and bool(in_time)
        yield "closed_late", sent, was.state == "closed" and not in_time
        yield "reworked", sent, was.times["rework"] > 0
        yield "reworks", sent, was.times["rework"]


def _percent(due: datetime, handled: datetime, limit: object, granted: timedelta) -> int:
    """(used − limit) / limit in whole percent, on the limit's own clock."""
    in_office = limit.unit in ("wh", "wd")
    late = office_minutes(due, handled) if in_office else Fraction((handled - due) // timedelta(seconds=1), 60)
    allowed = (limit.value * LENGTHS[limit.unit] + granted) // timedelta(minutes=1)
    return int(late * 100 / allowed)


def _inspecting(was: SimpleNamespace) -> Iterator[Line]:
    reported = was.last.get("report_back")
    if was.gone:
        return
    yield "to_inspect", reported, True
    yield "inspected_on_time", reported, was.judged and office_minutes(reported, was.judged) <= 30
    yield "inspected_then", was.judged, True


def _standing(was: SimpleNamespace, as_of: datetime) -> Iterator[Line]:
    runs = was.state in ("filed", "dispatched", "handling", "escalated")
    ended = was.state == "closed" and not was.on_the_spot
    yield "ended", was.came.get("closed"), ended
    # C4: a closed case whose place is known, followed by the same there within so many days
    again = was.start.recurs if was.start.placed else None
    yield "ended_placed", was.came.get("closed"), ended and was.start.placed
    yield "recurred_7", was.came.get("closed"), ended and again is not None and again <= 7 * DAY
    yield "recurred_30", was.came.get("closed"), ended and again is not None and again <= 30 * DAY
    if ended and was.answers:
        # 满意数 / 回访有效数: one answer that says no is enough; what no event tells does not count
        known = [satisfied for _solved, satisfied in was.answers if satisfied is not None]
        yield "judged", was.came["closed"], True
        yield "judged_solved", was.came["closed"], all(solved for solved, _satisfied in was.answers)
        yield "rated", was.came["closed"], bool(known)
        yield "rated_satisfied", was.came["closed"], bool(known) and all(known)
    yield "open_now", NOW, not was.done
    yield "late_now", NOW, runs and bool(was.due and was.due < as_of)
    yield "escalated_now", NOW, was.state == "escalated"
    yield "suspended_now", NOW, was.state == "suspended"
