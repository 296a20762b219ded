"""What the house holds itself to, measured on its own source: a table of measures, and every place beyond a bar.

Run by `make check` as `python -m tests.check_measures`. Who may write rows and read clocks: `tests/measuring/doors.py`.
"""

import sys
from pathlib import Path

from tests.measuring import doors, floors, sizes, words
from tests.measuring.source import Measure, read_sources

ROOT = Path(__file__).resolve().parent.parent


def measured(root: Path) -> list[Measure]:
    """All measures of the project under `root`."""
    sources, graph = read_sources(root), floors.read_graph(root)
    return [
        sizes.function_lines(sources),
        sizes.file_lines(root, sources),
        sizes.cyclomatic(sources),
        doors.writes(sources),
        doors.clock_reads(sources),
        words.undocumented(sources),
        words.empty_names(sources),
        words.bare_ignores(sources),
        words.leftovers(sources),
        floors.cycles("cyclic imports of modules", graph),
        floors.cycles("cyclic imports of rooms", graph, floors.room_of),
        floors.upward(graph, floors.read_floors(root / "pyproject.toml")),
    ]


def main(root: Path = ROOT) -> int:
    """Print the table and what lies beyond a bar; the exit code is 1 if anything does."""
    measures = measured(root)
    print(f"{'measure':<42}{'median':>8}{'p95':>6}{'most':>6}{'bar':>6}")
    for measure in measures:
        print(measure.row)
    offences = [
        f"{offence}  ({measure.name}, bar {measure.bar})" for measure in measures for offence in measure.offences
    ]
    print("\n".join(offences) or "All measures are held.")
    return int(bool(offences))


if __name__ == "__main__":
    sys.exit(main())
