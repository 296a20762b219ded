"""What the pages with lists share: who may open them, rows with their main button, pages, tabs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from cases import queues, workflow
from cases.keyset import KeysetPage, Order, page_of_piles
from cases.models import Case
from cases.views.buttons import Button, button_of
from citymgmt.pages import ROWS_PER_PAGE
from citymgmt.people.models import User, in_language
from citymgmt.people.permissions import allows

M = TypeVar("M", bound=Model)


class PortalRequest(HttpRequest):
    """A request of a logged-in person with its one moment and local day (`citymgmt.middleware`)."""

    at: datetime
    on: date
    user: User
    htmx: Any


@dataclass(frozen=True)
class CaseRow:
    """A case of a list with the next thing to do, if there is any for this person."""

    case: Case
    button: Button | None

    @property
    def condition(self) -> str:
        """The filing condition, in the reader's language; empty before filing."""
        return in_language(self.case.condition_zh, self.case.condition_en)

    @property
    def closing(self) -> str:
        """The closing condition, in the reader's language; empty before filing."""
        return in_language(self.case.closing_zh, self.case.closing_en)


def action_button(user: User, case: Case, action: str) -> Button | None:
    """The button of an action where role and state allow it; None elsewhere."""
    transition = workflow.TRANSITIONS[action]
    fits = allows(user, transition.permission) and case.state in transition.sources
    return button_of(case, transition) if fits else None


def case_row(user: User, case: Case, action: str = "") -> CaseRow:
    """The row of a case, with the button `action` where it is possible, else with the main one."""
    asked = action_button(user, case, action) if action else None
    main = queues.main_action(user, case.state)
    return CaseRow(case, asked or (button_of(case, main) if main else None))


def case_rows(user: User, cases: Iterable[Case], action: str = "") -> list[CaseRow]:
    """The rows of several cases."""
    return [case_row(user, case, action) for case in cases]


def page_at_cursor(
    request: HttpRequest, piles: Sequence[QuerySet[M]], order: Order, whole: QuerySet[M], size: int = ROWS_PER_PAGE
) -> KeysetPage[M]:
    """The page at the address's cursor, of piles that are the list; the first one when nothing is left there.

    Raises: Invalid for a damaged cursor.
    """
    cursor = request.GET.get("cursor", "")
    page = page_of_piles(piles, order, cursor, size, whole)
    return page if page.object_list or not cursor else page_of_piles(piles, order, "", size, whole)


@dataclass(frozen=True)
class Tab:
    """One tab or chip above a list."""

    key: str
    label: Any
    count: int | None
    url: str
    is_active: bool
    tone: str = ""


def queue_tabs(keys: Iterable[str], counts: Mapping[str, int], active: str, *, toggles: bool = False) -> list[Tab]:
    """The queues as tabs that lead to `?queue=`; with `toggles` the active one leads back to all."""
    return [
        Tab(
            key,
            queues.QUEUES[key].label,
            counts.get(key),
            "?" if toggles and key == active else f"?queue={key}",
            key == active,
            queues.QUEUES[key].tone,
        )
        for key in keys
    ]
