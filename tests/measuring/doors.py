"""One door for writes, edges for clocks. The tables name, each with a reason, who else may; an entry that nothing needs
any more is an offence as well.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

from tests.measuring.source import Measure, Place, Source, dotted

HERE = "tests/measuring/doors.py"
# Who may write rows, beside files and packages named `actions`
WRITERS: Mapping[str, str] = {
    "citymgmt/worktime/journal.py": "the one history of each kind of thing: events, and the columns that follow",
    "citymgmt/sealed.py": "the same text sealed by another key: nothing that anybody reads changes",
    "citymgmt/people/models.py": "a trigger: whatever changes a table that is kept in memory gives it a new version",
    "citymgmt/jobs.py": "leases and progress of the worker's long jobs, by compare-and-set",
    "citymgmt/bulk.py": "the statements that history and outbox write with",
    "citymgmt/outbox/claiming.py": "the outbox's own door: leases, what waits on or was read first",
    "citymgmt/outbox/delivery.py": "the outbox's own door: what came of sending, by compare-and-set",
    "citymgmt/people/rates.py": "counts every request in one statement, before anybody is known to act",
    "citymgmt/worktime/models.py": "a trigger: whatever changes a rule raises the rulebook's version",
    "cases/models/search_sql.py": "triggers: the texts of the search follow the rows, whoever writes them",
    "cases/meetings/outside/mailing.py": "beside each mail to a unit the link that it leads to, in one transaction",
    "cases/statistics/place_sql.py": "the statement by which closed cases are named that may have recurred",
    "cases/statistics/sql.py": "the statements with which the counting writes, and triggers that name what changed",
    "cases/demo/people.py": "the ground of the demo: an office before anybody is there to act",
    "cases/bulk_seed/": "a million copied cases for measurements, which verify_history accepts",
}
# Who may read a clock: file::function
CLOCKS: Mapping[str, str] = {
    "citymgmt/database_clock.py::database_now": "the reading itself, of the clock that all hosts share",
    "citymgmt/middleware.py::request_time": "each request gets its one moment here",
    "citymgmt/people/sessions.py::_get_session_from_db": "whether a session has run out, as Django's own store asks",
    "citymgmt/worktime/pulse.py::start": "since when this process runs",
    "citymgmt/worktime/pulse.py::_keep_beating": "a sign of life says when",
    "citymgmt/worktime/actions.py::_tell_of_change": "a change of rules holds once nobody holds the old ones any more",
    "citymgmt/checks.py::calendar_covers_what_comes": "the check at the start, before there is a request",
    "citymgmt/fsbroker.py::_put": "names of files, in the order in which messages came",
    "citymgmt/health/figures.py": "how old things are at the moment of looking, by the clock of the database",
    "citymgmt/replica/condition.py": "how far a copy is behind at the moment of looking, by the clock of the database",
    "cases/statistics/models.py": "a default of the database: since when a changed case waits to be counted",
    "cases/meetings/watching.py": "which photos failed within a week of the moment of looking",
    "cases/statistics/watching.py": "how long cases wait to be counted at the moment of looking",
    "cases/watching.py": "how many are overdue at the moment of scraping",
}
CLOCK_EDGES = re.compile(r"(^|/)(tasks\.py|management/commands/\w+\.py)$")  # what rings, and what a person runs
OF_A_ROW = ("save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create")
ROW_WRITES = {*OF_A_ROW, *(f"a{name}" for name in OF_A_ROW), "insert_models", "update_models", "insert_new"}
KEYWORDS_ONLY = {"save", "asave", "update", "aupdate", "delete", "adelete"}  # with values it is a dict's, a file's
WRITING_SQL = re.compile(r"\b(INSERT INTO|UPDATE [\w{}\".]+ (AS \w+ )?SET|DELETE FROM|TRUNCATE TABLE|MERGE INTO)\b")
CLOCK_NAMES = frozenset(
    ["timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"]
) | {"database_now"}
CLOCK_CALLS = frozenset({"localdate", "localtime", "Now"})  # of now, when no moment is given
CLOCK_IMPORTS = {"django.utils.timezone": {"now"}, "time": {"time", "time_ns"}}
CLOCK_SQL = re.compile(r"\bclock_timestamp\(\)|\bnow\(\)|\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\bstatement_timestamp\(\)")


def writes(sources: Iterable[Source], writers: Mapping[str, str] = WRITERS) -> Measure:
    """Rows written outside the doors: by a method of models and querysets, by our statements, by SQL."""
    found, needed = [], set[str]()
    for source in sources:
        places = [(source.path, line, what) for line, what in _row_writes(source)]
        entry = next((entry for entry in writers if source.path.startswith(entry)), None)
        if places and entry:
            needed.add(entry)
        elif places and not {"actions", "actions.py"} & set(source.path.split("/")):
            found += places
    return Measure("writes outside the doors", 0, found + _unneeded(writers, needed))


def _row_writes(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _is_row_write(node):
            yield node.lineno, f"{_called(node)}()"
    yield from ((line, "SQL that writes") for line, text in _strings(source) if WRITING_SQL.search(text))


def _is_row_write(call: ast.Call) -> bool:
    name = _called(call)
    return name in ROW_WRITES and not (name in KEYWORDS_ONLY and call.args)


def _called(call: ast.Call) -> str:
    return dotted(call.func).rpartition(".")[2]


def _strings(source: Source) -> Iterator[tuple[int, str]]:
    """All strings but docstrings; what an f-string fills in is `{}`."""
    docstrings = {id(node.value) for node in ast.walk(source.tree) if isinstance(node, ast.Expr)}
    inside = {id(part) for node in ast.walk(source.tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | inside:
            yield node.lineno, node.value


def clock_reads(sources: Iterable[Source], clocks: Mapping[str, str] = CLOCKS) -> Measure:
    """Moments read from a clock outside the edges. Durations (`monotonic`, `perf_counter`) are no moments."""
    found, needed = [], set[str]()
    for source in sources:
        if CLOCK_EDGES.search(source.path):
            continue
        for line, what in _clock_reads(source):
            names = {source.path, f"{source.path}::{_function_at(source, line)}"}
            needed |= names & set(clocks)
            if not names & set(clocks):
                found.append((source.path, line, what))
    return Measure("clock reads outside the edges", 0, found + _unneeded(clocks, needed))


def _clock_reads(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        name = dotted(node)
        if name in CLOCK_NAMES:
            yield node.lineno, name
        elif isinstance(node, ast.Call) and not [*node.args, *node.keywords] and _called(node) in CLOCK_CALLS:
            yield node.lineno, f"{_called(node)}()"
        elif isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names} & CLOCK_IMPORTS.get(node.module or "", set())
            yield from ((node.lineno, f"{node.module}.{one}") for one in sorted(names))
    yield from ((line, "SQL that reads the clock") for line, text in _strings(source) if CLOCK_SQL.search(text))


def _function_at(source: Source, line: int) -> str:
    """The outermost function around a line; empty outside of all."""
    around = [one for one in source.functions() if one.lineno <= line <= (one.end_lineno or 0)]
    return min(around, key=lambda one: one.lineno).name if around else ""


def _unneeded(table: Mapping[str, str], needed: set[str]) -> list[Place]:
    return [(HERE, 1, f"{entry}: nothing needs this entry") for entry in table if entry not in needed]
