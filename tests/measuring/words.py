"""What is said: docstrings, names, and what was left for later."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.measuring.source import Function, Measure, Place, Source, dotted

EMPTY_NAMES = frozenset(["data", "info", "manager", "helper", "helpers", "util", "utils", "process", "handle"])
FRAMEWORK_NAMES = frozenset({"handle", "add_arguments", "ready"})  # of Django's commands and apps
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
BARE_IGNORE = re.compile(r"#\s*type:\s*ignore(?!\[)")


def undocumented(sources: Iterable[Source]) -> Measure:
    """Public functions, methods and classes without a docstring. Choices, Meta and bodies of a protocol need none."""
    found = [place for source in sources for place in _undocumented(source.path, source.tree.body)]
    return Measure("public names without docstring", 0, found)


def _undocumented(path: str, body: Iterable[ast.stmt]) -> Iterator[Place]:
    for node in body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_") or _explains_itself(node):
            continue
        if ast.get_docstring(node) is None:
            yield path, node.lineno, node.name
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(path, node.body)


def _explains_itself(node: Function | ast.ClassDef) -> bool:
    if isinstance(node, ast.ClassDef):
        return node.name == "Meta" or any(dotted(base).endswith(("Choices", "AppConfig")) for base in node.bases)
    is_bare = all(isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) for one in node.body)
    is_setter = any(dotted(one).endswith(".setter") for one in node.decorator_list)
    return is_setter or node.name in FRAMEWORK_NAMES or (is_bare and ast.get_docstring(node) is None)


def empty_names(sources: Iterable[Source]) -> Measure:
    """Modules, classes, functions, constants and aliases whose name says nothing. Source: house 9."""
    found = [
        (source.path, line, name) for source in sources for line, name in _names(source) if name.lower() in EMPTY_NAMES
    ]
    return Measure("names that say nothing", 0, found)


def _names(source: Source) -> Iterator[tuple[int, str]]:
    yield from ((1, part.removesuffix(".py")) for part in source.path.split("/"))
    for node in ast.walk(source.tree):
        is_command = isinstance(node, Function) and node.name in FRAMEWORK_NAMES and "/commands/" in source.path
        if isinstance(node, Function | ast.ClassDef) and not is_command:
            yield node.lineno, node.name
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno, node.asname
    for statement in source.tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        yield from ((statement.lineno, target.id) for target in targets if isinstance(target, ast.Name))


def bare_ignores(sources: Iterable[Source]) -> Measure:
    """`# type: ignore` that does not say what it ignores."""
    return Measure("type: ignore without a code", 0, list(_lines_with(BARE_IGNORE, sources)))


def leftovers(sources: Iterable[Source]) -> Measure:
    """What was left for later."""
    return Measure("TODO, FIXME, XXX, HACK", 0, list(_lines_with(LEFTOVERS, sources)))


def _lines_with(pattern: re.Pattern[str], sources: Iterable[Source]) -> Iterator[Place]:
    for source in sources:
        for number, line in enumerate(source.text.splitlines(), start=1):
            if pattern.search(line):
                yield source.path, number, line.strip()
