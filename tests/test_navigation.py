"""The navigation: every entry leads somewhere, is guarded by a row of the table, and shows where one is."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pytest
from django.urls import reverse

from citymgmt.context import NAV, Entry, visible_entries
from citymgmt.people.permissions import TABLE
from citymgmt.people.roles import Role
from citymgmt.people.templatetags.portal import symbols


@dataclass
class Person:
    role: str
    is_authenticated: bool = True
    is_active: bool = True


@pytest.mark.parametrize("entry", NAV, ids=lambda entry: entry.url_name)
def test_entry_leads_somewhere(entry: Entry) -> None:
    assert reverse(entry.url_name).startswith("/")
    assert set(entry.actions) <= set(TABLE)
    assert entry.icon in symbols()


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_its_rows_open(role: Role) -> None:
    expected = [e.url_name for e in NAV if not e.actions or any(role in TABLE[action] for action in e.actions)]
    assert [entry.url_name for entry in visible_entries(Person(role), "/")] == expected


@pytest.mark.parametrize(
    ("path_of", "rest", "active"),
    [("home", "", "home"), ("cases:list", "", "cases:list"), ("cases:desk", "", "cases:desk"),
     ("cases:list", "2026-0001/", "cases:list"), ("home", "nowhere/", None)],
)  # fmt: skip
def test_the_longest_matching_entry_is_marked(path_of: str, rest: str, active: str | None) -> None:
    entries: list[Any] = visible_entries(Person(Role.CLERK), reverse(path_of) + rest)
    assert [entry.url_name for entry in entries if entry.is_active] == ([active] if active else [])


def test_each_heading_stands_once() -> None:
    headings = [str(heading) for heading, _entries in groupby(NAV, key=lambda entry: entry.group)]
    assert len(headings) == len(set(headings))
