"""docs/architecture.md: drawn from the imports, checked against the files."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("drawing", ROOT / "docs" / "architecture.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(drawing: ModuleType, text: str = "") -> str:
    return f"before {text}\n{drawing.BEGIN}\nold\n{drawing.END}\nafter\n"


def test_the_page_is_true(drawing: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert drawing.main(["--check"]) == 0
    assert capsys.readouterr().out == "docs/architecture.md is true\n"


def test_imports_are_counted_between_rooms(drawing: ModuleType) -> None:
    imports = [
        ("cases.views.log", "cases.actions.begin"),
        ("cases.views.case", "cases.actions"),
        ("cases.actions.begin", "cases.actions.frame"),  # within a room
        ("citymgmt", "citymgmt.celery"),  # the package hands on its Celery application
        ("cases.migrations.0001_initial", "cases.models"),
    ]
    at = drawing.positions()
    assert drawing.arrows(imports) == {(at["cases.views"], at["cases.actions"]): 2}


def test_a_room_that_is_not_drawn_is_an_error(drawing: ModuleType) -> None:
    with pytest.raises(KeyError, match=r"cases\.nowhere"):
        drawing.arrows([("cases.nowhere.views", "cases.models")])


def test_what_other_arrows_imply_is_not_drawn(drawing: ModuleType) -> None:
    drawn = {(1, 4): 1, (1, 6): 2, (4, 6): 3, (4, 9): 4, (1, 9): 5, (2, 9): 6}
    assert drawing.plain(drawn) == [(1, 4), (2, 9), (4, 6), (4, 9)]


def test_an_upward_arrow_a_stale_drawing_and_what_does_not_exist_are_told(drawing: ModuleType) -> None:
    at = drawing.positions()
    told = page(
        drawing, "`cases/history.py::Journal` `cases/nowhere.py` `cases/history.py::absent` `cases/nowhere.py::x`"
    )
    drawn = {(at["communities"], at["cases.models"]): 1}
    absent = [f"does not exist: cases/{name}" for name in ("nowhere.py", "history.py::absent", "nowhere.py::x")]
    stale = "the diagram is stale: python docs/architecture.py"
    assert drawing.complaints(told, drawn) == ["upward: communities imports models", *absent, stale]


def test_drawing_again_changes_the_drawing_alone(drawing: ModuleType) -> None:
    at = drawing.positions()
    drawn = {(at["cases.views"], at["cases.actions"]): 2}
    once = drawing.redrawn(page(drawing), drawn)
    assert "old" not in once.splitlines()
    assert f"    r{at['cases.views']} -->|2| r{at['cases.actions']}" in once.splitlines()
    assert (once.startswith("before"), once.endswith("after\n")) == (True, True)
    assert drawing.redrawn(once, drawn) == once
    assert drawing.complaints(once, drawn) == []


def test_the_command_fails_for_a_stale_page_and_mends_it(
    drawing: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "architecture.md"
    file.write_text(page(drawing), "utf-8")
    monkeypatch.setattr(drawing, "PAGE", file)
    assert (drawing.main(["--check"]), drawing.main([]), drawing.main(["--check"])) == (1, 0, 0)
