"""How long functions and files are, and how many ways lead through a function."""

import ast
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.measuring.source import Function, Measure, Place, Source

MOST_FUNCTION_LINES, MOST_FILE_LINES, MOST_WAYS = 40, 400, 8


def function_lines(sources: Iterable[Source]) -> Measure:
    """Lines of each function, from `def` to its end, docstring included."""
    found = [
        ((function.end_lineno or 0) - function.lineno + 1, (source.path, function.lineno, function.name))
        for source in sources
        for function in source.functions()
    ]
    return _sized("lines of a function", MOST_FUNCTION_LINES, found)


def file_lines(root: Path, sources: Iterable[Source]) -> Measure:
    """Lines of each file of Python, and of each template."""
    found = [(source.text.count("\n"), (source.path, 1, "the file")) for source in sources]
    for file in sorted((root / "templates").rglob("*.*")):
        found.append((file.read_text("utf-8").count("\n"), (file.relative_to(root).as_posix(), 1, "the template")))
    return _sized("lines of a file", MOST_FILE_LINES, found)


BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


def ways_through(function: Function) -> int:
    """Cyclomatic complexity: one, and one more for each branch and loop; nested functions have their own."""
    ways, waiting = 1, list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Function):
            ways += isinstance(node, BRANCHES)
            waiting += ast.iter_child_nodes(node)
    return ways


def cyclomatic(sources: Iterable[Source]) -> Measure:
    """Ways through each function."""
    found = [
        (ways_through(function), (source.path, function.lineno, function.name))
        for source in sources
        for function in source.functions()
    ]
    return _sized("ways through a function", MOST_WAYS, found)


def _sized(name: str, bar: int, found: Sequence[tuple[int, Place]]) -> Measure:
    return Measure(name, bar, [place for _size, place in found], [size for size, _place in found])
