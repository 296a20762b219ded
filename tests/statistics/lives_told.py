"""Lives of cases told in words, one event after the other, with the columns that the actions would leave. Pure.

    told("report 03-04 09:00; accept 09:05; file 09:10 due 03-06 09:10; dispatch 09:15")

An event is its kind, its moment (of 2026; the day only where it changes) and what it carries: `due` a new deadline,
`limit` the limit of the filing (2wd when none is told), `by` what an extension adds, `closed` when a ledger says the
case was closed, `to` another state than the usual; of a report also that it is `campaign` work, that its place is known
(`placed`), after how many days from its closing the same is reported there again (`recurs`), and whether it came from a
`citizen` or the `hotline`; of a judgement whether
it tells that the resident is `satisfied` or `dissatisfied`. `extend` and `suspend` are the two kinds of approval.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from cases.statistics.lives import Life, Rules, StageLimits, Step
from cases.statistics.measures import MEASURES, STANDING, counted, days_of
from cases.workflow import TRANSITIONS
from citymgmt.worktime.clock import Limit, Unit
from tests.worktime import china, local

MINUTE = timedelta(minutes=1)
RULES = Rules(
    china(),
    StageLimits(filing=30 * MINUTE, dispatching=15 * MINUTE, verifying=30 * MINUTE, inspecting=30 * MINUTE),
)
USUAL_LIMIT = Limit(2, Unit.WORKING_DAY)
TARGETS = {
    "report": "reported",
    "suspend": "suspended",
    "escalate_overdue": "escalated",
    "resume_by_itself": "handling",
}
RECORDED_AS = {"extend": "approve", "suspend": "approve"}


@dataclass(frozen=True)
class Happening:
    """An event with what it carries; `opened` is when a ledger says it was opened, `recurs` follows its closing."""

    kind: str
    at: datetime
    from_state: str
    to_state: str
    due: datetime | None = None
    limit: Limit | None = None
    by: Limit | None = None
    opened: datetime | None = None
    campaign: bool = False
    placed: bool = False
    recurs: timedelta | None = None
    satisfied: bool | None = None
    source: str = "patrol"


def _report(columns: dict[str, Any], one: Happening) -> None:
    columns.update(
        created_at=one.at,
        is_campaign=one.campaign,
        has_place=one.placed,
        recurs_after=one.recurs,
        source=one.source,
    )


def _end(columns: dict[str, Any], one: Happening, **more: Any) -> None:
    columns.update(closed_at=one.at, **more)


def _import(columns: dict[str, Any], one: Happening) -> None:
    columns.update(created_at=one.opened, filed_at=one.opened)
    if one.to_state == "closed":
        is_late = one.due is not None and one.at > one.due
        _end(columns, one, handled_at=one.at, close_kind="overdue" if is_late else "normal")


def _pass(columns: dict[str, Any], one: Happening) -> None:
    is_late = columns["handled_at"] > columns["due_at"]
    _end(columns, one, close_kind="overdue" if is_late else "normal")


def _reopen(columns: dict[str, Any], one: Happening) -> None:
    columns.update(closed_at=None, close_kind="", handled_at=None)


def _extend(columns: dict[str, Any], one: Happening) -> None:
    columns["extension_count"] += 1
    columns["granted"] = (*columns["granted"], one.by)


def _rework(columns: dict[str, Any], one: Happening) -> None:
    columns.update(rework_count=columns["rework_count"] + 1, handled_at=None)


EFFECTS: Mapping[str, Callable[[dict[str, Any], Happening], object]] = {
    "report": _report,
    "import": _import,
    "file": lambda columns, one: columns.update(filed_at=one.at, limit=one.limit),
    "report_back": lambda columns, one: columns.update(handled_at=one.at),
    "rework": _rework,
    "pass": _pass,
    "close_special": lambda columns, one: _end(
        columns, one, close_kind="special", handled_at=columns["handled_at"] or one.at
    ),
    "self_handle": lambda columns, one: _end(columns, one, close_kind="self_handled", handled_at=one.at),
    "void": _end,
    "merge": _end,
    "decline": _end,
    "decline_to_file": _end,
    "reopen": _reopen,
    "extend": _extend,
    "appeal": lambda columns, one: columns.update(appeal="pending"),
    "uphold_appeal": lambda columns, one: columns.update(appeal="upheld"),
    "reject_appeal": lambda columns, one: columns.update(appeal="rejected"),
}
BEGINNING: Mapping[str, Any] = {
    "state": "reported",
    "created_at": None,
    "filed_at": None,
    "due_at": None,
    "handled_at": None,
    "closed_at": None,
    "close_kind": "",
    "source": "ledger",
    "rework_count": 0,
    "extension_count": 0,
    "appeal": "",
    "limit": None,
    "granted": (),
}


@dataclass
class Told:
    """A case: what happened, and the columns that follow."""

    events: list[Happening] = field(default_factory=list)
    columns: dict[str, Any] = field(default_factory=lambda: dict(BEGINNING))

    @property
    def state(self) -> str:
        """Its state."""
        return self.columns["state"]

    def add(self, kind: str, at: datetime, to: str = "", **carried: Any) -> "Told":
        """Let something happen to it."""
        usual = TARGETS.get(kind) or (TRANSITIONS[kind].target if kind in TRANSITIONS else None)
        self._append(Happening(kind, at, self.state, to or usual or self.state, **carried))
        return self

    def _append(self, one: Happening) -> None:
        EFFECTS.get(one.kind, lambda columns, one: None)(self.columns, one)
        self.columns["state"] = one.to_state
        self.columns["due_at"] = one.due or self.columns["due_at"]
        self.events.append(one)

    def until(self, moment: datetime) -> "Told":
        """The case as it stood then."""
        earlier = Told()
        for one in self.events:
            if one.at <= moment:
                earlier._append(one)
        return earlier

    def life(self, as_of: datetime) -> Life:
        """What the statistics look at."""
        steps = [
            Step(RECORDED_AS.get(one.kind, one.kind), one.at, one.from_state, one.to_state, one.satisfied)
            for one in self.events
        ]
        return Life(steps=steps, as_of=as_of, rules=RULES, **self.columns)


def told(story: str) -> Told:
    """The case of a story."""
    case, day = Told(), ""
    for sentence in filter(None, map(str.strip, story.replace("\n", ";").split(";"))):
        kind, *words = sentence.split()
        if ":" not in words[0]:
            day = words.pop(0)
        at = moment(day, words.pop(0))
        _happen(case, kind, at, _carried(words))
    return case


def moment(day: str, time: str) -> datetime:
    """A local moment of 2026."""
    return local(f"2026-{day} {time}")


def _carried(words: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while words:
        name = words.pop(0)
        if name in ("due", "closed"):
            found[name] = moment(words.pop(0), words.pop(0))
        elif name == "to":
            found[name] = words.pop(0)
        elif name in ("campaign", "placed"):
            found[name] = True
        elif name in ("citizen", "hotline"):
            found["source"] = name
        elif name in ("satisfied", "dissatisfied"):
            found["satisfied"] = name == "satisfied"
        elif name == "recurs":
            found[name] = timedelta(days=int(words.pop(0)))
        else:
            found[name] = _limit(words.pop(0))
    return found


def _limit(text: str) -> Limit:
    return Limit(int(text[:-2]), Unit(text[-2:]))


def _happen(case: Told, kind: str, at: datetime, carried: dict[str, Any]) -> None:
    if kind == "import":
        bring(case, at, carried.get("due"), carried.get("closed"))
    elif kind == "file":
        case.add(kind, at, **{"limit": USUAL_LIMIT, **carried})
    else:
        case.add(kind, at, **carried)


def bring(case: Told, opened: datetime, due: datetime | None, closed: datetime | None) -> None:
    """Import it from a ledger."""
    state = "closed" if closed else "handling" if due else "accepted"
    case.add("import", closed or opened, to=state, due=due, opened=opened)


def count(cases: Sequence[Told], first: date, last: date, as_of: datetime) -> Counter[str]:
    """What the measures count in a period, of the cases as they stand at `as_of`."""
    found: Counter[str] = Counter()
    for case in (told.until(as_of) for told in cases):
        if case.events:
            found.update(_counted_within(case.life(as_of), first, last))
    return +found


def _counted_within(life: Life, first: date, last: date) -> Counter[str]:
    days = {**days_of(life), STANDING: first}
    amounts = {code: much for code, much in counted(life) if first <= days[MEASURES[code].cohort] <= last}
    return Counter(amounts)
