"""What pages of patrols cost: their queries, which do not grow with what there is."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from citymgmt.people.models import User

MOST = 12
Costs = dict[str, int]  # queries by address


def costs_of(client: Client, get: Callable[..., Any], by: User, addresses: Iterable[str]) -> Costs:
    """The queries of each page for somebody who has opened it before."""
    costs = {}
    for address in addresses:
        get(by, address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        costs[address] = len(found)
    return costs


def assert_no_dearer(much: Costs, few: Costs) -> None:
    """No page takes more than a query more (a further part of the page), nor more than it may."""
    assert {one: (few[one], cost) for one, cost in much.items() if cost > min(few[one] + 1, MOST)} == {}
