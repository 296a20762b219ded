"""The source as trees, and what a measure is."""

import ast
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("citymgmt", "communities", "cases", "patrols")
Function = ast.FunctionDef | ast.AsyncFunctionDef
Place = tuple[str, int, str]  # file, line, what is there


@dataclass(frozen=True)
class Source:
    """A file of Python: its path from the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    def functions(self) -> Iterator[Function]:
        """All functions and methods, nested ones too."""
        yield from (node for node in ast.walk(self.tree) if isinstance(node, Function))


@dataclass(frozen=True)
class Measure:
    """A measure, its bar, and what was found: sizes with their places, or the places alone."""

    name: str
    bar: int
    places: Sequence[Place]
    sizes: Sequence[int] | None = None

    @property
    def offences(self) -> list[str]:
        """Every place beyond the bar, as file:line and words."""
        if self.sizes is None:
            return [_told(place) for place in self.places]
        return [
            f"{_told(place)} has {size}" for size, place in zip(self.sizes, self.places, strict=True) if size > self.bar
        ]

    @property
    def row(self) -> str:
        """The measure as a line of the table."""
        if self.sizes is None:
            return f"{self.name:<42}{'':>8}{'':>6}{len(self.places):>6}{self.bar:>6}"
        median, top = statistics.median(self.sizes or [0]), max(self.sizes, default=0)
        return f"{self.name:<42}{median:>8g}{_percentile(self.sizes, 95):>6}{top:>6}{self.bar:>6}"


def _told(place: Place) -> str:
    file, line, what = place
    return f"{file}:{line}: {what}"


def _percentile(sizes: Sequence[int], percent: int) -> int:
    return sorted(sizes)[min(len(sizes) - 1, len(sizes) * percent // 100)] if sizes else 0


def read_sources(root: Path, packages: Iterable[str] = PACKAGES) -> list[Source]:
    """The Python files of the packages, without migrations."""
    files = [file for package in packages for file in sorted((root / package).rglob("*.py"))]
    kept = [file for file in files if not {"migrations", "__pycache__"} & set(file.relative_to(root).parts)]
    texts = [(file.relative_to(root).as_posix(), file.read_text("utf-8")) for file in kept]
    return [Source(path, text, ast.parse(text)) for path, text in texts]


def dotted(node: ast.AST) -> str:
    """The last two parts of a dotted name; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{dotted(node.value).rpartition('.')[2]}.{node.attr}" if isinstance(node, ast.Attribute) else ""
