"""Who imports whom: cycles, and imports that lead upward."""

import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import grimp

from tests.measuring.source import PACKAGES, Measure, Place

Import = tuple[str, str]  # importer, imported


def read_graph(root: Path, packages: Iterable[str] = PACKAGES) -> grimp.ImportGraph:
    """Who imports whom, of the packages under `root`, at whatever place of a file."""
    sys.path.insert(0, str(root))
    try:
        return grimp.build_graph(*packages, cache_dir=None)
    finally:
        sys.path.remove(str(root))


def room_of(module: str) -> str:
    """The room of a module: what lies directly in citymgmt and in cases; the other apps are one room each."""
    depth = 2 if module.split(".")[0] in ("citymgmt", "cases") else 1
    return ".".join(module.split(".")[:depth])


def imports_of(graph: grimp.ImportGraph) -> list[tuple[str, str]]:
    """All imports, as importer and imported, in order."""
    return sorted((one, other) for one in graph.modules for other in graph.find_modules_directly_imported_by(one))


def same(module: str) -> str:
    """The module itself."""
    return module


def cycles(name: str, graph: grimp.ImportGraph, room: Callable[[str], str] = same) -> Measure:
    """Modules, or rooms, that import themselves over others: each knot once, with one of its imports."""
    made = {(room(one), room(other)): (one, other) for one, other in imports_of(graph) if room(one) != room(other)}
    ahead: dict[str, set[str]] = {}
    for one, other in made:
        ahead.setdefault(one, set()).add(other)
    reach = {one: _reached(one, ahead) for one in ahead}
    knots = {tuple(sorted(two for two in reach[one] if one in reach.get(two, ()))) for one in ahead}
    places = [_place(graph, _within(knot, made), " <-> ".join(knot)) for knot in sorted(knots) if knot]
    return Measure(name, 0, places)


def _within(knot: Sequence[str], made: Mapping[Import, Import]) -> Import:
    """The first import between two of a knot."""
    return min(made[pair] for pair in made if set(pair) <= set(knot))


def _place(graph: grimp.ImportGraph, found: Import, what: str) -> Place:
    line = graph.get_import_details(importer=found[0], imported=found[1])[0]["line_number"]
    return f"{found[0].replace('.', '/')}.py", line, what


def _reached(start: str, ahead: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set[str](), [start]
    while waiting:
        new = ahead.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def read_floors(pyproject: Path) -> list[list[str]]:
    """The floors of each contract of layers, highest first, a floor as its rooms."""
    contracts = tomllib.loads(pyproject.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return [contract["layers"] for contract in contracts if contract["type"] == "layers"]


def upward(graph: grimp.ImportGraph, floors: Iterable[Sequence[str]]) -> Measure:
    """Imports from a lower floor to a higher one."""
    levels = [_levels(layers) for layers in floors]
    found = [pair for pair in imports_of(graph) if any(_is_upward(*pair, each) for each in levels)]
    return Measure("upward imports", 0, [_place(graph, pair, " imports ".join(pair)) for pair in found])


def _is_upward(one: str, other: str, levels: Mapping[str, int]) -> bool:
    return _level(one, levels) > _level(other, levels) >= 0


def _levels(layers: Sequence[str]) -> dict[str, int]:
    return {room.strip(" ()"): depth for depth, layer in enumerate(layers) for room in layer.split("|")}


def _level(module: str, levels: Mapping[str, int]) -> int:
    """How deep a module lies, 0 for the highest floor; -1 where the contract does not speak of it."""
    parts = module.split(".")
    names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((levels[name] for name in names if name in levels), -1)
