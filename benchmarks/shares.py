"""Where the time of a request goes: in the database, in templates, in the rest of Python."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.db import connection
from django.template import Template

ROUNDS = 20


@dataclass
class Watch:
    """Seconds spent so far; `depth` counts the templates within templates."""

    sql: float = 0.0
    templates: float = 0.0
    depth: int = 0

    def execute(self, execute: Callable[..., Any], *args: Any) -> Any:
        """Time a statement; one that a template asks for is the database's time, not the template's."""
        start = time.perf_counter()
        try:
            return execute(*args)
        finally:
            took = time.perf_counter() - start
            self.sql += took
            self.templates -= took if self.depth else 0.0

    def render(self, render: Callable[..., str], template: Template, context: Any) -> str:
        """Time the outermost template."""
        self.depth += 1
        start = time.perf_counter()
        try:
            return render(template, context)
        finally:
            self.depth -= 1
            self.templates += 0.0 if self.depth else time.perf_counter() - start


@contextmanager
def _watched() -> Iterator[Watch]:
    watch, render = Watch(), Template._render  # type: ignore[attr-defined]
    replaced = lambda template, context: watch.render(render, template, context)  # noqa: E731
    with mock.patch.object(Template, "_render", replaced), connection.execute_wrapper(watch.execute):
        yield watch


def shares_of(ask: Callable[[], object]) -> dict[str, int]:
    """In percent of a request's time, asked in this process by one connection, some rounds after one that warms up."""
    ask()
    with _watched() as watch:
        start = time.perf_counter()
        for _round in range(ROUNDS):
            ask()
        whole = time.perf_counter() - start
    sql, templates = round(100 * watch.sql / whole), round(100 * watch.templates / whole)
    return {"sql": sql, "template": templates, "python": 100 - sql - templates}
