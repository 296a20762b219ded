"""Random lives of cases: walks through the workflow's table, by what an action needs and nothing else. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from cases.workflow import DISPATCHABLE, ENDED, TRANSITIONS
from citymgmt.worktime import clock
from citymgmt.worktime.clock import Limit, Unit
from tests.statistics.lives_told import Told, bring
from tests.worktime import china, local

MINUTE = timedelta(minutes=1)
BEGIN = local("2026-02-10 08:00")  # before the Spring Festival, so that holidays and make-up days are in between
GAPS = (0, 1, 5, 10, 14, 15, 16, 29, 30, 31, 45, 60, 120, 240, 480, 1440, 2880, 7200, 100_000)  # minutes
LIMITS = tuple(Limit(value, Unit(unit)) for value, unit in ((4, "wh"), (1, "wd"), (2, "wd"), (2, "uh"), (1, "nd")))
OFTEN = ("accept", "verify", "confirm", "file", "dispatch", "receive", "report_back", "pass", "rework", "reopen")
ASKING = {"request_extension", "request_suspension", "review", "approve", "refuse_review", "refuse"}
BESIDE = {  # what the table of the workflow does not hold
    "accepted": ("answer_resident",),
    "reported_back": ("reply_to_hotline",),
    "suspended": ("resume_by_itself",) * 2,
    **dict.fromkeys(ENDED, ("judge_solved", "judge_unsolved") * 2),
}
Choice = tuple[int, int]  # which of what may happen, and how many minutes later


def walk(start: int, choices: Iterable[Choice]) -> Told:
    """The life that follows from these choices; it begins `start` minutes after BEGIN."""
    case, at = Told(), BEGIN + start * MINUTE
    for number, gap in choices:
        at += gap * MINUTE
        if case.events:
            at = max(at, case.events[-1].at)  # an import is told when the case was closed
            options = sorted(_open(case, at))
            kind = options[number % len(options)]
            _happen(case, kind, at, number // len(options))
        else:
            _begin(case, at, number)
    return case


def _begin(case: Told, at: datetime, number: int) -> None:
    if number % 8:
        again = timedelta(days=number % 40) if number % 3 else None
        source = ("patrol", "citizen", "hotline")[number % 3]
        case.add("report", at, campaign=number % 5 == 0, placed=number % 7 < 4, recurs=again, source=source)
        return
    days = timedelta(days=number // 8 % 5)
    due = at + timedelta(days=2) if number // 40 % 3 else None
    bring(case, at, due, at + days if number // 120 % 2 else None)


def _open(case: Told, at: datetime) -> Iterator[str]:
    """What may happen now; what happens often in an office stands there several times."""
    for transition in TRANSITIONS.values():
        if case.state in transition.sources and _may(case, transition.action):
            yield from [transition.action] * (6 if transition.action in OFTEN else 1)
    columns = case.columns
    if case.state in ("dispatched", "handling"):
        if columns["limit"] and columns["extension_count"] < 2 and at < columns["due_at"]:
            yield from ["extend"] * 3
        if columns["limit"] and "suspended" not in {one.to_state for one in case.events}:
            yield from ["suspend"] * 3
    if case.state in DISPATCHABLE and columns["limit"] and columns["due_at"] < at:
        yield from ["escalate_overdue"] * 2
    yield from BESIDE.get(case.state, ())


def _may(case: Told, action: str) -> bool:
    columns = case.columns
    if action in ("uphold_appeal", "reject_appeal"):
        return columns["appeal"] == "pending"
    if action == "appeal":
        return columns["close_kind"] == "overdue" and not columns["appeal"]
    if action == "reopen":
        return columns["limit"] is not None
    return action not in ASKING


def _happen(case: Told, kind: str, at: datetime, number: int) -> None:
    columns, calendar = case.columns, china()
    if kind == "file":
        limit = LIMITS[number % len(LIMITS)]
        case.add(kind, at, limit=limit, due=clock.due(calendar, at, limit))
    elif kind == "reopen":
        case.add(kind, at, due=clock.due(calendar, at, columns["limit"]))
    elif kind == "extend":
        by = Limit(1 + number % columns["limit"].value, columns["limit"].unit)
        case.add(kind, at, by=by, due=clock.due(calendar, columns["due_at"], by))
    elif kind in ("resume", "resume_by_itself"):
        case.add(kind, at, due=_due_after_suspension(case, at))
    elif kind in ("reply", "return_escalation", "take_back"):
        case.add(kind, at, to="filed" if number % 3 == 0 else "handling")
    elif kind in ("judge_solved", "judge_unsolved"):
        case.add(kind, at, satisfied=(True, False, None)[number % 3])
    else:
        case.add(kind, at)


def _due_after_suspension(case: Told, at: datetime) -> datetime:
    since = next(one.at for one in case.events if one.to_state == "suspended")
    unit = case.columns["limit"].unit
    left = clock.between(china(), since, case.columns["due_at"], unit)
    return clock.add(china(), at, unit, left)
