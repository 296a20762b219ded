"""The benchmarks: `make bench`, or a quick look with `.venv/bin/python benchmarks/run.py --cases 2000`.

Everything happens on a durable embedded PostgreSQL of its own (fsync on, the portal's own settings), made in a
temporary directory and removed afterwards.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

ALL_PARTS = "escalate,urge,growth,pages,residents"
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from citymgmt.embedded.postgres import EmbeddedPostgres  # noqa: E402


def parse(arguments: list[str]) -> argparse.Namespace:
    """What to measure, and how large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="due cases to settle; the other sizes follow")
    parser.add_argument("--parts", default=ALL_PARTS, help="which measurements, with commas between")
    parser.add_argument("--output", type=Path, default=HERE, help="where results.json and README.md are written")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Measure, print, write the results; exit code 1 when a bar is missed at full size."""
    options = parse(arguments)
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # so that the server is removed
    with (
        tempfile.TemporaryDirectory(prefix="citymgmt-bench-", ignore_cleanup_errors=True) as directory,
        EmbeddedPostgres(Path(directory) / "server", role_options="CREATEDB") as server,
    ):
        os.environ |= {
            "DATABASE_URL": server.address.url,
            "VAR_DIR": directory,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "REDIS_URL": "",
            "DEBUG": "0",
        }
        results = {**_earlier(options.output / "results.json"), **measure(server, options)}
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    from benchmarks import report

    report.write_readme(results, options.output / "README.md")
    print(report.table(results))
    return 1 if options.cases >= 100_000 and report.missed(results) else 0


def _earlier(path: Path) -> dict[str, Any]:
    """The parts that an earlier run has measured; each says when."""
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def measure(server: EmbeddedPostgres, options: argparse.Namespace) -> dict[str, Any]:
    """All measurements asked for, one after the other, each in a database of its own."""
    import django

    django.setup()
    from benchmarks import growth, larger, pages, report, residents, settle
    from benchmarks.databases import Databases

    databases = Databases(server)
    databases.make_template()
    parts = options.parts.split(",")
    told = report.circumstances(options.cases, options.parts)
    results: dict[str, Any] = {}
    for step in settle.STEPS:
        if step in parts:
            results[step] = {**settle.measure(databases, options.cases, step), "measured": told}
            print(step, results[step], file=sys.stderr, flush=True)
    if "growth" in parts:
        results["growth"] = {**growth.measure(databases, options.cases), "measured": told}
        print("growth", results["growth"], file=sys.stderr, flush=True)
    if "pages" in parts:
        seen = pages.measure(databases, options.cases * 10, options.output / "explain")
        grown = larger.growth_of_pages(databases, pages.TENTH, pages.DATABASE)
        results["pages"] = {**seen, "growth": grown, "measured": told}
    if "residents" in parts:
        results["residents"] = {**residents.measure(databases, options.cases), "measured": told}
    return results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
