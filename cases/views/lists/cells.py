"""The rows of the list of cases: how a case looks in each column.

Written at once and not by a template: 150 cells by a template took two thirds of the time of the page.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.columns import Column, local, local_minute
from cases.models import Case
from cases.templatetags.cases import case_clock, case_state, cell, is_overdue, rung_number
from citymgmt.html import escaped, joined, written
from citymgmt.worktime.rules import Rules

NOTHING = "—"


@dataclass(frozen=True)
class Row:
    """A row of the list: its cells as HTML, and whether the clock of the case has run out."""

    cells: SafeString
    is_overdue: bool


@dataclass(frozen=True)
class Seen:
    """A case as it is looked at: under which heading (as HTML), by which rules and at which moment."""

    case: Case
    label: SafeString
    rules: Rules
    at: datetime


def rows_of(cases: Iterable[Case], columns: Iterable[Column], rules: Rules, at: datetime) -> list[Row]:
    """The rows of these cases in these columns."""
    headed = [(column, SafeString(escaped(column.label))) for column in columns]
    return [
        Row(joined(_cell(column, Seen(case, label, rules, at)) for column, label in headed), is_overdue(case, at))
        for case in cases
    ]


def pick_cell(case: Case, is_possible: bool) -> SafeString:
    """The cell with which a case is chosen for an action on many; empty where none of them is possible."""
    if not is_possible:
        return written('<td class="pick-cell no-print" data-label="{}"></td>', _("choose"))
    told = f"{case.number}@{case.version}", _("choose %(number)s") % {"number": case.number}
    return written(PICK, _("choose"), *told)


PICK = (
    '<td class="pick-cell no-print" data-label="{}"><input class="form-check-input case-pick" type="checkbox"'
    ' name="case" value="{}" aria-label="{}"></td>'
)


def _cell(column: Column, seen: Seen) -> SafeString:
    return LOOKS[column.key](seen) if column.key in LOOKS else _plain(column, seen)


def _plain(column: Column, seen: Seen) -> SafeString:
    words = SafeString(' class="cell-words"') if column.key == "description" else ""
    return written('<td data-label="{}"{}>{}</td>', seen.label, words, cell(seen.case, column) or NOTHING)


def _number(seen: Seen) -> SafeString:
    case, at = seen.case, local(seen.case.created_at)
    return written(NUMBER, case.get_absolute_url(), case.number, at.isoformat(), local_minute(at))


NUMBER = (
    '<th scope="row" class="card-title-cell number"><a href="{}">{}</a>'
    '<time class="cell-sub" datetime="{}">{}</time></th>'
)


def _category(seen: Seen) -> SafeString:
    category = seen.case.category
    below = written(SUB, category.disorder) if category else ""
    return written(
        '<td data-label="{}"><span><span class="cell-main">{}</span>{}</span></td>',
        seen.label, category or NOTHING, below,
    )  # fmt: skip


SUB = '<span class="cell-sub">{}</span>'


def _place(seen: Seen) -> SafeString:
    below = written('<span class="cell-sub cell-address">{}</span>', seen.case.address)
    return written('<td data-label="{}"><span>{}{}</span></td>', seen.label, seen.case.community or NOTHING, below)


def _state(seen: Seen) -> SafeString:
    return written('<td data-label="{}">{}</td>', seen.label, case_state(seen.case.state))


def _clock(seen: Seen) -> SafeString:
    case = seen.case
    if case.due_at is None:
        return written('<td data-label="{}">{}</td>', seen.label, NOTHING)
    rung = written(RUNG, rung_number(case.ladder_code), case.ladder_code) if case.ladder_code else ""
    badge = case_clock(case, seen.rules, seen.at)
    return written('<td data-label="{}"><span class="badges">{}{}</span></td>', seen.label, badge, rung)


RUNG = '<span class="rung-chip rung-chip-{}">{}</span>'


def _who(seen: Seen) -> SafeString:
    who = " · ".join(str(one) for one in (seen.case.officer, seen.case.team) if one)
    return written('<td data-label="{}">{}</td>', seen.label, who or NOTHING)


LOOKS: Mapping[str, Callable[[Seen], SafeString]] = {
    "number": _number,
    "category": _category,
    "place": _place,
    "state": _state,
    "clock": _clock,
    "who": _who,
}
