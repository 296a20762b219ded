"""What a page of figures says, read from its HTML: its figures with their addresses, and the cases of a list."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from citymgmt.people.models import User
from tests.cases.list_pages import numbers

LISTS = ("/statistics/cases/", "/cases/", "/cases/overdue/")  # where a figure may lead


class _Links(HTMLParser):
    """The links of the main part of a page: address and text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._is_main = self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._is_main = True
        if tag == "a" and self._is_main:
            self._is_open = True
            self.found.append((dict(attrs).get("href") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._is_main = False
        if tag == "a":
            self._is_open = False

    def handle_data(self, text: str) -> None:
        if self._is_open:
            address, told = self.found[-1]
            self.found[-1] = (address, told + text)


def figures_of(answer: Any) -> list[tuple[str, int]]:
    """The figures of a page that lead to a list: address, and the number that stands last in its text."""
    page = _Links()
    page.feed(answer.content.decode())
    found = [(address, text) for address, text in page.found if urlsplit(address).path in LISTS]
    return [(address, int(re.findall(r"[0-9]+", text)[-1])) for address, text in found]


def measure_of(address: str) -> str:
    """The measure that the address of a figure names; empty for a list of the office's daily work."""
    return parse_qs(urlsplit(address).query).get("measure", [""])[0]


def listed(client: Client, user: User, address: str) -> list[str]:
    """The numbers of all cases of the list at an address, over all its pages."""
    client.force_login(user)
    found: list[str] = []
    for answer in _pages(client.get, address):
        found += numbers(answer)
    return found


def _pages(ask: Callable[[str], Any], address: str) -> Iterator[Any]:
    cursor = ""
    while True:
        answer = ask(f"{address}&cursor={cursor}" if cursor else address)
        assert answer.status_code == 200, (address, answer.status_code)
        yield answer
        cursor = answer.context["page"].next_cursor
        if not cursor:
            return
