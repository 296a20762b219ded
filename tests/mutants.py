"""Would the tests notice? Change the pure cores in one place at a time, and run the tests of each core on each mutant.

`make mutants [CORES="clock ladder"]`. The operators are cosmic-ray's, and one that changes wordings. Places that only
say a type are left alone, and of + - * / and the like each becomes only its neighbours, because moments and spans of
time know no other; `is` becomes `is not`, because one member of an enumeration is no other.

Works on a copy of the code, one mutant at a time. Fails when fewer than LEAST percent of a core's mutants are noticed,
or when one that lives on is not explained in docs/mutants.md.
"""

import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import django
import parso
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[1]
LEAST = 90
NEIGHBOURS = re.compile(
    r".*/ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_FloorDiv|FloorDiv_Mul|Mod_Mul|BitOr_BitAnd|BitAnd_BitOr|BitOr_Sub)"
    r"|.*/ReplaceComparisonOperator_(Is_IsNot|IsNot_Is|(Eq|NotEq|Lt|LtE|Gt|GtE)_(Eq|NotEq|Lt|LtE|Gt|GtE))"
    r"|.*/(?!ReplaceBinary|ReplaceComparison).*"
)
COPIED = ("cases", "citymgmt", "communities", "docs", "patrols", "tests", "pyproject.toml")
KEPT_LOADED = ("celery", "django.db.models", "django.forms", "hypothesis", "psycopg2")  # so that no run loads them anew
BARE = ("-q", "-x", "-p", "no:cacheprovider", "--noconftest", "--rootdir", ".", "-c", os.devnull)
LITERAL = ("-k", "not slow_clock and not gives_back and not late_")  # rows; not the thousands of random instants


@dataclass(frozen=True)
class Core:
    """Files that are changed, and the tests (`chosen`: which of them) that should notice. None asks for a database."""

    files: tuple[str, ...]
    tests: tuple[str, ...]
    needs_django: bool = False
    chosen: tuple[str, ...] = ()


CORES = {
    "workflow": Core(
        ("cases/workflow/states.py", "cases/workflow/transitions.py", "cases/workflow/events.py"),
        ("tests/cases/test_workflow_table.py",),
    ),
    "deadlines": Core(("cases/deadlines.py",), ("tests/cases/test_deadlines.py",)),
    "clock": Core(("citymgmt/worktime/clock.py",), ("tests/worktime/test_clock.py",), chosen=LITERAL),
    "ladder": Core(("citymgmt/worktime/ladder.py",), ("tests/worktime/test_ladder.py",), chosen=LITERAL),
    "league": Core(("cases/statistics/league.py",), ("tests/statistics/test_league.py",)),
    "steadiness": Core(("cases/statistics/steadiness.py",), ("tests/statistics/test_steadiness.py",)),
    "recurrence": Core(("cases/statistics/recurrence.py",), ("tests/statistics/test_recurrence_cells.py",)),
    "periods": Core(("cases/statistics/periods.py",), ("tests/statistics/test_periods.py",)),
    "indicators": Core(
        ("cases/statistics/measures.py", "cases/statistics/indicators.py"),
        ("tests/statistics/test_tables.py", "tests/statistics/test_indicators.py", "tests/statistics/test_lives.py"),
    ),
    "lives": Core(("cases/statistics/lives.py",), ("tests/statistics/test_lives.py",)),
    "regular": Core(("cases/meetings/regular.py",), ("tests/meetings/test_regular.py",)),
    "lifecycle": Core(("cases/meetings/lifecycle.py",), ("tests/meetings/test_lifecycle_table.py",)),
    "rotation": Core(("patrols/teams/rotation.py",), ("tests/patrols/test_rotation.py",)),
    "guards": Core(
        ("patrols/guards/presence.py", "patrols/guards/roster.py", "patrols/guards/condition.py"),
        ("tests/patrols/test_guard_cores.py",),
    ),
    "checklist": Core(("patrols/stations/checklist.py",), ("tests/patrols/test_station_checklist.py",)),
    "permissions": Core(("citymgmt/people/permissions.py",), ("tests/people/test_permission_table.py",), True),  # last
}


class TextReplacer(Operator):
    """Puts a letter before each text that is no docstring."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """The text's place."""
        if node.type == "string" and node.parent.type != "simple_stmt":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The text with a letter more."""
        return parso.python.tree.String(f"{node.value[0]}x{node.value[1:]}", node.start_pos, node.prefix)

    @classmethod
    def examples(cls) -> tuple[()]:
        """None: nothing here asks for them."""
        return ()


@dataclass(frozen=True)
class Mutant:
    """A file with one change."""

    path: str
    line: int
    code: str
    change: str  # the changed lines, before → after


def mutants_of(path: str, code: str) -> Iterator[Mutant]:
    """Every change of the file that an operator can make, but for those of annotations."""
    for operator in operators():
        places = [(node, at) for node in ast_nodes(get_ast(code)) for at in operator.mutation_positions(node)]
        for number, (node, (start, _end)) in enumerate(places):
            mutated = None if in_annotation(node) else MutationVisitor.mutate_code(code, operator, number)
            if mutated is not None and mutated != code:
                yield Mutant(path, start[0], mutated, change_between(code, mutated))


def operators() -> Iterator[Operator]:
    """Those that need no settings, and change an operator into a neighbour if any."""
    yield TextReplacer()
    for name in sorted(operator_names()):
        if NEIGHBOURS.fullmatch(name) and not get_operator(name).arguments():
            yield get_operator(name)()


def in_annotation(node: Any) -> bool:
    """Whether the node only says a type."""
    while node.parent is not None:
        inside, node = node, node.parent
        if node.type in ("tfpdef", "annassign") and inside is node.children[-1 if node.type == "tfpdef" else 1]:
            return True
        if node.type == "funcdef" and inside is node.annotation:
            return True
    return False


def change_between(before: str, after: str) -> str:
    """The lines that differ, each side on one line."""
    old, new = before.splitlines(), after.splitlines()
    for end in (0, -1):
        while old and new and old[end] == new[end]:
            del old[end], new[end]
    return " → ".join(" ".join(line.strip() for line in lines) for lines in (old, new))


def is_noticed(core: Core, seconds: float) -> bool:
    """Whether the core's tests fail on the code as it lies on the disk now, or do not end within `seconds`."""
    child = os.fork()
    if child == 0:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        for path in core.files:
            forget(path.removesuffix(".py").replace("/", "."))
        os._exit(int(pytest.main([*BARE, *core.chosen, *core.tests])))
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status != 0
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def forget(name: str) -> None:
    """Have the module read anew by who imports it next."""
    if sys.modules.pop(name, None) is not None:
        package, _dot, attribute = name.rpartition(".")
        delattr(sys.modules[package], attribute)


def survivors_of(core: Core) -> tuple[int, list[Mutant]]:
    """How many mutants the core has, and those that no test noticed."""
    if core.needs_django:
        django.setup()  # once; from here on every app is loaded, so the cores that need none come before
    started = time.monotonic()
    if is_noticed(core, 600):
        raise SystemExit(f"the tests fail as it is: {' '.join(core.tests)}")
    sys.dont_write_bytecode = True  # that of the tests is there now; that of a mutant must not be taken for another's
    seconds = 10 + 5 * (time.monotonic() - started)
    count, survivors = 0, []
    for path in core.files:
        code = Path(path).read_text("utf-8")
        for mutant in mutants_of(path, code):
            Path(path).write_text(mutant.code, "utf-8")
            count += 1
            if not is_noticed(core, seconds):
                survivors.append(mutant)
                print(f"    {mutant.path}:{mutant.line}: {mutant.change}", flush=True)
        Path(path).write_text(code, "utf-8")
    return count, survivors


def report(name: str, count: int, survivors: Sequence[Mutant], explained: str) -> bool:
    """Print what was found; whether it is good enough."""
    percent = 100 * (count - len(survivors)) / count
    print(f"{name:12} {count:5} mutants {count - len(survivors):5} noticed  {percent:5.1f} %", flush=True)
    alike = Counter(one.change for one in survivors)
    unexplained = [one for one in survivors if explained.count(one.change) < alike[one.change]]
    for one in unexplained:
        print(f"    not explained: {one.path}:{one.line}: {one.change}", flush=True)
    return percent >= LEAST and not unexplained


def copy_code(to: Path) -> None:
    """Copy what the tests of the cores need."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__", "screenshots"))
        else:
            shutil.copy(ROOT / name, to / name)


def main(names: Sequence[str]) -> int:
    """Run the named cores, or all. Raises SystemExit for a name that is none."""
    if unknown := sorted(set(names) - set(CORES)):
        raise SystemExit(f"no such core: {', '.join(unknown)}; there are {', '.join(CORES)}")
    os.environ.update(DATABASE_URL="postgres://nobody@127.0.0.1:1/none", DJANGO_SETTINGS_MODULE="tests.settings")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # loading them took two thirds of the time of a run
    for name in KEPT_LOADED:
        import_module(name)
    explained = (ROOT / "docs" / "mutants.md").read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="citymgmt-mutants-") as copy:
        copy_code(Path(copy))
        os.chdir(copy)
        sys.path[:] = [copy, *(path for path in sys.path if Path(path or ".").resolve() not in (ROOT, ROOT / "tests"))]
        import_module("citymgmt.celery")  # with all it needs: half of the time of a run; it is the copy's, and no core
        found = [
            report(name, *survivors_of(core), explained) for name, core in CORES.items() if name in (names or CORES)
        ]
        return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
