"""The results for people: a table on the screen and benchmarks/README.md."""

import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SETTLE_BAR, GROWTH_BAR, DUE_BAR, LARGER_BAR = 5.0, 2.0, 0.3, 1.3
PAGE_BARS = {  # median and 95th percentile in milliseconds at 1,000,000 cases
    **dict.fromkeys(("list", "list, filtered", "list, page 100"), (30, 60)),
    **dict.fromkeys(("search, two characters", "search, in vain"), (40, 100)),
    "case page": (25, 60),
    **dict.fromkeys(("create", "action"), (18, 60)),
    "dashboard": (60, 120),
    "evaluation, a month": (300, 600),
}
CROWD_BARS = {"list": 60, "case page": 120, "create": 150, "action": 150}  # requests a second
OFFICER_BAR = 200  # ms at the 95th percentile while fifty residents report
NEVER = ("receipts_without_case", "cases_with_two_receipts", "resent_with_another_number")  # of residents: none
MEMORY_BAR = 180  # MB of the largest process
Row = tuple[str, str, str]


STEPS = ("escalate", "urge")


def circumstances(count: int, parts: str) -> dict[str, Any]:
    """When, where and with which command."""
    return {
        "measured_on": datetime.now(UTC).date().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory_gib()} GiB, {platform.system()}",
        "python": platform.python_version(),
        "load_before": [round(load, 2) for load in os.getloadavg()],
        "command": f"benchmarks/run.py --cases {count} --parts {parts}",
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _settled(results: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(step, results[step]) for step in STEPS if step in results]


def missed(results: dict[str, Any]) -> list[str]:
    """The bars that were not met."""
    ratios = [(f"settle {step}", one["ratio"], SETTLE_BAR) for step, one in _settled(results)]
    for row in results.get("growth", {}).get("rows", []):
        ratios += [(f"{what}, {row['due']} due", figure, bar) for what, figure, bar in _per_due(row)]
    grown = results.get("pages", {}).get("growth", {})
    ratios += [(f"growth of {name}", one["ratio"], LARGER_BAR) for name, one in grown.items()]
    slow = [
        f"{name}: {page['ms']} / {page['p95_ms']} ms"
        for name, page in results.get("pages", {}).get("pages", {}).items()
        if name in PAGE_BARS and (page["ms"] > PAGE_BARS[name][0] or page["p95_ms"] > PAGE_BARS[name][1])
    ]
    together = _missed_together(results.get("pages", {})) + _missed_by_residents(results.get("residents"))
    return [name for name, ratio, bar in ratios if ratio > bar] + slow + together


def _missed_by_residents(seen: dict[str, Any] | None) -> list[str]:
    if seen is None:
        return []
    broken = [f"{name}: {seen[name]}" for name in NEVER if seen[name]]
    slow = seen["officer_ms"]["p95"] > OFFICER_BAR
    return broken + ([f"officers beside residents: {seen['officer_ms']['p95']} ms"] if slow else [])


def _missed_together(pages: dict[str, Any]) -> list[str]:
    few = [f"{name}: {rate}/s" for name, rate in pages.get("crowd", {}).items() if rate < CROWD_BARS[name]]
    return few + [
        f"memory: {one['resident']} MB" for one in pages.get("memory_mb", [])[:1] if one["resident"] > MEMORY_BAR
    ]


def rows(results: dict[str, Any]) -> Iterator[Row]:
    """What was measured, the figure, and the bar it is held to."""
    for step, one in _settled(results):
        written = ", ".join(f"{count} {table.partition('_')[2]}" for table, count in one["rows"].items())
        yield f"Settle {one['cases']} due cases ({step}: {written})", f"{one['portal_seconds']} s", ""
        yield "— the same rows by plain SQL", f"{one['plain_sql_seconds']} s", ""
        yield "— ratio", str(one["ratio"]), f"≤ {SETTLE_BAR:g}"
    if "growth" in results:
        yield from _growth_rows(results["growth"])
    pages = results.get("pages", {})
    for name, page in pages.get("pages", {}).items():
        figure = f"{page['ms']} / {page['p95_ms']} ms; SQL alone {page['sql_ms']} ms{_shared(page)}"
        yield f"{pages['cases']} cases: {name} ({page['status']}, {page['queries']} queries)", figure, _bar(name)
    for name, one in pages.get("growth", {}).items():
        what = f"{name}: {pages['cases'] // 10} and {pages['cases']} cases, in turns"
        yield what, f"{one['small_ms']} and {one['large_ms']} ms, ratio {one['ratio']}", f"≤ {LARGER_BAR:g}"
    for name, rate in pages.get("crowd", {}).items():
        yield f"{pages['cases']} cases, eight clients: {name}", f"{rate} requests/s", f"≥ {CROWD_BARS[name]}"
    if pages.get("memory_mb"):
        own, resident = (" / ".join(str(one[name]) for one in pages["memory_mb"]) for name in ("own", "resident"))
        yield "Memory of gunicorn's processes afterwards, resident", f"{resident} MB", f"≤ {MEMORY_BAR} MB"
        yield "— shared pages divided among those who share them", f"{own} MB", ""
    if "residents" in results:
        yield from _residents_rows(results["residents"])


def _residents_rows(seen: dict[str, Any]) -> Iterator[Row]:
    """Fifty residents at once, and officers beside them."""
    answers = ", ".join(f"{status}: {number}" for status, number in seen["answers"].items())
    faults = "; ".join(f"{name.replace('_', ' ')}: {seen[name]}" for name in NEVER)
    yield "Fifty residents report for a minute: answers", answers, "200, 201, 429 alone"
    yield "— reports taken in", f"{seen['receipts']}; {faults}", "none of the last three"
    yield "— a resident's report", "{median} / {p95} ms".format(**seen["resident_ms"]), ""
    yield "— an officer's page without them", "{median} / {p95} ms".format(**seen["officer_quiet_ms"]), ""
    yield "— an officer's page beside them", "{median} / {p95} ms".format(**seen["officer_ms"]), f"– / {OFFICER_BAR} ms"


def _growth_rows(growth: dict[str, Any]) -> Iterator[Row]:
    """Each number of due cases among few and among many."""
    for row in growth["rows"]:
        for side in ("few", "many"):
            if side in row:
                what = f"Settle {row['due']} due among {growth['sizes'][side]} cases"
                yield what, f"{row[side] * 1000:.1f} ms", ""
        for what, figure, bar in _per_due(row):
            yield f"— {what}", str(figure), f"≤ {bar:g}"
    yield f"Seed {growth['sizes']['many']} cases", f"{growth['seed_seconds']['many']} s", "≤ 600 s"


def _per_due(row: dict[str, Any]) -> Iterator[tuple[str, float, float]]:
    """How much more among many, and milliseconds for each due case; nothing due is judged by neither."""
    if row["due"]:
        if "few" in row:
            yield "ratio", round(row["many"] / row["few"], 2), GROWTH_BAR
        if row["due"] >= 1000:  # below, what a sweep costs at all weighs more
            yield "ms for each due case", round(row["many"] * 1000 / row["due"], 2), DUE_BAR


def _shared(page: dict[str, Any]) -> str:
    """Where the time of a request goes."""
    return (
        "; database {sql} %, templates {template} %, Python {python} %".format(**page["shares"])
        if "shares" in page
        else ""
    )


def _bar(name: str) -> str:
    return "≤ {} / {} ms".format(*PAGE_BARS[name]) if name in PAGE_BARS else ""


def table(results: dict[str, Any]) -> str:
    """The rows for a screen."""
    lines = [f"{name:<100} {figure:>12}   {bar}" for name, figure, bar in rows(results)]
    verdict = ", ".join(missed(results)) or "none"
    return "\n".join([*lines, f"Bars missed: {verdict}"])


README = """# Benchmarks

`make bench` measures on a durable embedded PostgreSQL of its own (`fsync`, `full_page_writes` and
`synchronous_commit` on, the portal's own settings), which it makes in a temporary directory and removes again. A
quick look: `.venv/bin/python benchmarks/run.py --cases 2000`. The figures below are written by that command.

- **Settle**: the sweep settles cases that are all due, in batches of 500, each committed: one event, for `escalate`
  one escalation, the outbox rows, and the columns of the case. The baseline writes *the same rows* into a copy of
  the same database, with all indexes, constraints and triggers: for each batch one `INSERT ... SELECT` per
  table from staging tables and one `UPDATE`, committed per batch ([sql/batch.sql](sql/batch.sql)). Afterwards the
  digests of all four tables must be equal. Both sides start after VACUUM ANALYZE and CHECKPOINT.
  The sweep's second process is there already, as in a worker that has needed it before; to start it takes 2 s once.
- **Growth**: the same number of due cases among few and among a hundred times as many; median of five rounds, in
  turns, each of processes that settled twenty others there just before, as in a worker. Nothing due tells what a case
  costs that is not due.
- **Pages**: over HTTP from gunicorn with two workers, one client on a kept connection, 100 requests after 20 that do
  not count: median / 95th percentile. Beside each the same SQL statements with the same values by psycopg2 alone (for
  create and action without the commit), and where the time of a request goes, measured in one process. Then eight
  clients at once, 40 requests each, median of three rounds. The plans are in [explain/](explain/). Last each page at
  a tenth of the cases and at all of them, both vacuumed, in turns: median of 60.
- **Residents**: fifty send the public form as fast as they are answered, for a minute, and three officers look at
  their pages meanwhile. Guests take turns ([../citymgmt/people/turns.py](../citymgmt/people/turns.py)): who is told 429
  comes again. Afterwards each receipt must be a case of its own, and a form sent again must give the same number.

{measured}

Bars that these figures miss: {missed}.

| What | Figure | Bar |
|---|---|---|
{lines}
"""


def write_readme(results: dict[str, Any], path: Path) -> None:
    """Write benchmarks/README.md with these figures."""
    lines = "\n".join(f"| {name} | {figure} | {bar} |" for name, figure, bar in rows(results))
    path.write_text(
        README.format(measured=_measured(results), missed="; ".join(missed(results)) or "none", lines=lines), "utf-8"
    )


def _measured(results: dict[str, Any]) -> str:
    """For each part when, where and how it was measured."""
    told = {name: one["measured"] for name, one in results.items() if "measured" in one}
    return "\n".join(f"- *{name}*: {LINE.format(**one)}" for name, one in told.items())


LINE = "{measured_on}, `{command}`; {machine}; Python {python}; load before {load_before}"
