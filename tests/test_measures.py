"""The measures find what is planted and let pass what is honest; that the house is held says `make check`."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import check_measures
from tests.measuring import doors, floors, sizes, words
from tests.measuring.source import PACKAGES, Measure, Source, read_sources

ROOT = Path(__file__).resolve().parents[1]
Measuring = Callable[[list[Source]], Measure]


def read(root: Path, text: str, path: str = "app/views.py") -> list[Source]:
    (root / path).parent.mkdir(parents=True)
    (root / path).write_text(text, "utf-8")
    return read_sources(root, ["app"])


def told(measure: Measure) -> list[str]:
    return [offence.removeprefix("app/views.py:") for offence in measure.offences]


def without_tables(measuring: Callable[..., Measure]) -> Measuring:
    return lambda sources: measuring(sources, {})


writes, clock_reads = without_tables(doors.writes), without_tables(doors.clock_reads)


def lines(count: int) -> str:
    return "def long():\n" + "    one()\n" * (count - 1)


def branches(count: int) -> str:
    return "def many():\n" + "    if one: two()\n" * count


PLANTED = [
    (sizes.function_lines, lines(41), ["1: long has 41"]),
    (sizes.function_lines, "class One:\n" + "    def two(self):\n" + "        1\n" * 40, ["2: two has 41"]),
    (sizes.cyclomatic, branches(8), ["1: many has 9"]),
    (
        sizes.cyclomatic,
        "def many(x):\n" + "    for a in x:\n        pass\n" * 7 + "    return 1 if x else 2\n",
        ["1: many has 9"],
    ),
    (writes, "case.save()", ["1: save()"]),
    (writes, "def f(q):\n    q.filter(pk=1).update(state='x')", ["2: update()"]),
    (writes, "Case.objects.create(number='x')", ["1: create()"]),
    (writes, "Case.objects.bulk_create([case])", ["1: bulk_create()"]),
    (writes, "Case.objects.get_or_create(number='x')", ["1: get_or_create()"]),
    (writes, "Case.objects.filter(pk=1).delete()", ["1: delete()"]),
    (writes, "insert_models([case])", ["1: insert_models()"]),
    (writes, "run('INSERT INTO cases_case VALUES (1)')", ["1: SQL that writes"]),
    (writes, "run(f'UPDATE {table} SET x = 1')", ["1: SQL that writes"]),
    (writes, "run('DELETE FROM cases_case')", ["1: SQL that writes"]),
    (clock_reads, "at = timezone.now()", ["1: timezone.now"]),
    (clock_reads, "at = models.DateTimeField(default=timezone.now)", ["1: timezone.now"]),
    (clock_reads, "at = datetime.datetime.now(UTC)", ["1: datetime.now"]),
    (clock_reads, "on = date.today()", ["1: date.today"]),
    (clock_reads, "on = timezone.localdate()", ["1: localdate()"]),
    (clock_reads, "at = time.time()", ["1: time.time"]),
    (clock_reads, "from django.utils.timezone import now", ["1: django.utils.timezone.now"]),
    (clock_reads, "due = Now()", ["1: Now()"]),
    (clock_reads, "def f():\n    return database_now()", ["2: database_now"]),
    (clock_reads, "run('SELECT 1 WHERE due < now()')", ["1: SQL that reads the clock"]),
    (words.undocumented, "def f():\n    return 1", ["1: f"]),
    (words.undocumented, "class A:\n    '''It is.'''\n    def f(self):\n        return 1", ["3: f"]),
    (words.undocumented, "class A:\n    x = 1", ["1: A"]),
    (words.empty_names, "def process(x):\n    pass", ["1: process"]),
    (words.empty_names, "class Manager:\n    pass", ["1: Manager"]),
    (words.empty_names, "from app import clean as handle", ["1: handle"]),
    (words.empty_names, "data = {}", ["1: data"]),
    (words.bare_ignores, "x = y  # type: ignore", ["1: x = y  # type: ignore"]),
    (words.leftovers, "x = 1  # TODO later", ["1: x = 1  # TODO later"]),
]
HONEST = [
    (sizes.function_lines, lines(40)),
    (sizes.cyclomatic, branches(7)),
    (writes, "counts.update({'x': 1})\npicture.save(out, 'JPEG')\nfiles.delete('name')\nread('SELECT 1 FOR UPDATE')"),
    (writes, "def f():\n    '''INSERT INTO is what this never does.'''"),
    (clock_reads, "on = timezone.localdate(at)\nbegan = time.perf_counter()\nnow = request.at"),
    (words.undocumented, "def f():\n    '''It does.'''\ndef _g():\n    return 1"),
    (words.undocumented, "class A(Protocol):\n    '''It is.'''\n    def x(self): ..."),
    (words.undocumented, "class A:\n    '''It is.'''\n    class Meta:\n        x = 1"),
    (words.undocumented, "class A:\n    '''It is.'''\n    class Kind(models.TextChoices):\n        X = 'x'"),
    (words.empty_names, "def process_photos(x, data):\n    info = 1"),
    (words.bare_ignores, "x = y  # type: ignore[override]"),
    (words.leftovers, "x = 'to do'"),
]  # fmt: skip


@pytest.mark.parametrize(("measuring", "text", "expected"), PLANTED)
def test_what_is_planted_is_found(tmp_path: Path, measuring: Measuring, text: str, expected: list[str]) -> None:
    assert told(measuring(read(tmp_path, text))) == expected


@pytest.mark.parametrize(("measuring", "text"), HONEST)
def test_what_is_honest_passes(tmp_path: Path, measuring: Measuring, text: str) -> None:
    assert told(measuring(read(tmp_path, text))) == []


@pytest.mark.parametrize("path", ["app/actions.py", "app/actions/begin.py"])
def test_actions_may_write(tmp_path: Path, path: str) -> None:
    assert writes(read(tmp_path, "case.save()", path)).offences == []


@pytest.mark.parametrize("path", ["app/tasks.py", "app/management/commands/sweep.py"])
def test_edges_may_read_the_clock(tmp_path: Path, path: str) -> None:
    assert clock_reads(read(tmp_path, "at = timezone.now()", path)).offences == []


def test_an_entry_opens_one_place_and_must_be_needed(tmp_path: Path) -> None:
    sources = read(tmp_path, "def f():\n    timezone.now()\ndef g():\n    timezone.now()\ndef h():\n    row.save()\n")
    assert doors.clock_reads(sources, {"app/views.py::f": "why"}).offences == ["app/views.py:4: timezone.now"]
    assert doors.writes(sources, {"app/views.py": "why"}).offences == []
    unneeded = ["tests/measuring/doors.py:1: app/models.py: nothing needs this entry"]
    assert doors.writes(sources[:0], {"app/models.py": "why"}).offences == unneeded
    assert doors.clock_reads(sources[:0], {"app/models.py": "why"}).offences == unneeded


def test_long_files_and_templates_are_found(tmp_path: Path) -> None:
    sources = read(tmp_path, "x = 1\n" * 401)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("<p>\n" * 402)
    (tmp_path / "templates" / "short.html").write_text("<p>\n" * 400)
    expected = ["app/views.py:1: the file has 401", "templates/page.html:1: the template has 402"]
    assert sizes.file_lines(tmp_path, sources).offences == expected


def test_sizes_are_told_as_median_95_of_100_and_most() -> None:
    measure = Measure("lines", 5, [("f.py", 1, "f")] * 4, [1, 2, 4, 9])
    assert measure.row.split() == ["lines", "3", "9", "9", "5"]


# Who imports whom: tried on a copy of the house itself


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of what the checks of imports and measures read."""
    for name in (*PACKAGES, "templates", "tests/measuring"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "tests/__init__.py", "tests/check_measures.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def checked(house: Path) -> tuple[int, str, int, str]:
    """Exit code and output of import-linter and of the measures, in a copy of the house."""
    linter = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    runs = [
        subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
        for command in (linter, [sys.executable, "-m", "tests.check_measures"])
    ]
    return runs[0].returncode, runs[0].stdout, runs[1].returncode, runs[1].stdout


def add_import(house: Path, file: str, statement: str) -> None:
    with (house / file).open("a", encoding="utf-8") as opened:
        opened.write(f"\n\ndef _added():\n    {statement}\n")


def line_of(house: Path, file: str) -> int:
    return len((house / file).read_text("utf-8").splitlines())


UPWARD = {
    "citymgmt/people/querysets.py": "cases.models",
    "citymgmt/people/rates.py": "citymgmt.worktime.clock",
    "cases/history.py": "cases.actions.facts",
}


def test_each_upward_import_fails_both_checks(house: Path) -> None:
    """Of each of the three both say where it is; what the linter says is found by module and line."""
    for file, higher in UPWARD.items():
        add_import(house, file, f"import {higher}")
    linted, contracts, measured, table = checked(house)
    assert (linted, measured) == (1, 1)
    assert " BROKEN" in contracts
    for file, higher in UPWARD.items():
        module, line = file.removesuffix(".py").replace("/", "."), line_of(house, file)
        assert f"{module} -> {higher} (l.{line})" in contracts
        assert f"{file}:{line}: {module} imports {higher}  (upward imports, bar 0)" in table.splitlines()


def test_cycles_that_no_contract_sees_fail_the_measures(house: Path) -> None:
    """One of two modules, and one of two rooms in which no module imports itself."""
    add_import(house, "communities/querysets.py", "import communities.places")
    add_import(house, "communities/places.py", "import communities.querysets")
    add_import(house, "citymgmt/uploads.py", "import citymgmt.people.roles")
    add_import(house, "citymgmt/people/preferences.py", "import citymgmt.uploads")
    linted, _contracts, measured, table = checked(house)
    assert (linted, measured) == (0, 1)
    where = f"communities/places.py:{line_of(house, 'communities/places.py')}"
    module, room = [line for line in table.splitlines() if "<->" in line]
    assert module == f"{where}: communities.places <-> communities.querysets  (cyclic imports of modules, bar 0)"
    assert room.partition(": ")[2] == "citymgmt.people <-> citymgmt.uploads  (cyclic imports of rooms, bar 0)"


def test_rooms() -> None:
    names = ["citymgmt.outbox.claiming", "citymgmt.bulk", "cases.views.lists.desk", "communities.models", "patrols"]
    rooms = ["citymgmt.outbox", "citymgmt.bulk", "cases.views", "communities", "patrols"]
    assert [floors.room_of(name) for name in names] == rooms


def test_the_command_says_so_with_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    held, broken = Measure("held", 0, []), Measure("broken", 0, [("f.py", 3, "why")])
    monkeypatch.setattr(check_measures, "measured", lambda root: [held])
    assert check_measures.main() == 0
    monkeypatch.setattr(check_measures, "measured", lambda root: [held, broken])
    assert check_measures.main() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "f.py:3: why  (broken, bar 0)"
