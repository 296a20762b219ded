"""Queries that nobody honest sends to a page of figures."""

from collections.abc import Iterator, Mapping
from typing import Any

ALL_AT_ONCE = ("%00", "a%00b", "%ed%a0%80", "9" * 5000, "x" * 3000, "-1", "1e999", "[]", "{}", "null", "9" * 40,
               "0001-01-01", "9999-12-31", "2026-02-30", "%E2%80%AE", "'%22><script>", "１２３")  # fmt: skip
ALONE = ("%00", "9999-12-31", "9" * 40)


def hostile_queries(*names: str, asked: Mapping[str, Any] | None = None) -> Iterator[str]:
    """Each value in all of these names at once, and the worst in each alone, the rest being as `asked`."""
    for value in ALL_AT_ONCE:
        yield written(dict.fromkeys(names, value))
    for name in names:
        for value in ALONE:
            yield written({**(asked or {}), name: value})


def written(query: Mapping[str, Any]) -> str:
    return "?" + "&".join(f"{name}={said}" for name, said in query.items())
