"""Every address of the portal, read from the URLconf."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.hostile.values import quoted

ODD = "hostile-value"


@dataclass(frozen=True)
class Route:
    """An address: its name with namespace, its view and what it takes."""

    name: str
    view: Any
    takes: tuple[str, ...]


def routes() -> list[Route]:
    """All named addresses; those of the administration site are derived from its models by Django."""
    return list(_below(get_resolver().url_patterns, ""))


def _below(patterns: Iterable[Any], space: str) -> Iterator[Route]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            yield Route(f"{space}{one.name}", one.callback, tuple(one.pattern.regex.groupindex))


def is_api(name: str) -> bool:
    """Whether it is an address of the API."""
    return name.startswith("api-") or name == "schema"


def hostile_addresses(name: str, kwargs: dict[str, Any], raws: Iterable[bytes]) -> Iterator[str]:
    """The address with one of its parts hostile, the others as they should be."""
    for part, value in kwargs.items():
        whole = reverse(name, kwargs=kwargs)
        before, _found, after = whole.rpartition(f"/{value}/")
        for raw in raws:
            yield f"{before}/{quoted(raw)}/{after}"
        assert _found, (name, part)
