"""The columns of the list of cases: ONE table of heading, sorting, and what an export writes in them.

Pages, the choice of columns and exports derive from it, so that an export holds what the list shows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases import workflow
from cases.models import Case

Read = Callable[[Case], Any]


@dataclass(frozen=True)
class Column:
    """A column: its name, its heading, the orders it offers, and its cells in an export as heading and value."""

    key: str
    label: Promise | str
    sorts: Mapping[str, Promise | str]
    cells: tuple[tuple[Promise | str, Read], ...]


def local(moment: datetime) -> datetime:
    """The moment in the portal's own time."""
    return moment.astimezone(timezone.get_default_timezone())


def local_minute(moment: datetime | None) -> str:
    """A moment as it is written in an export: local, to the minute; empty for none."""
    return f"{local(moment):%Y-%m-%d %H:%M}" if moment else ""


def _moment(name: str) -> Read:
    return lambda case: local_minute(getattr(case, name))


def _text(name: str) -> Read:
    return lambda case: str(getattr(case, name) or "")


def _plain(key: str, label: Promise | str, read: Read) -> Column:
    return Column(key, label, {}, ((label, read),))


_ALL = (
    Column(
        "number",
        _("case number"),
        {"number": _("case number"), "created_at": _("reported at")},
        ((_("case number"), _text("number")), (_("reported at"), _moment("created_at"))),
    ),
    Column(
        "category",
        _("category"),
        {},
        (
            (_("category"), _text("category")),
            (_("disorder"), lambda case: str(case.category.disorder) if case.category else ""),
        ),
    ),
    Column("place", _("place"), {}, ((_("community"), _text("community")), (_("address"), _text("address")))),
    Column("state", _("state"), {"state": _("state")}, ((_("state"), lambda case: _state(case)),)),
    Column(
        "clock",
        _("clock"),
        {"due_at": _("clock")},
        ((_("due"), _moment("due_at")), (_("ladder"), _text("ladder_code"))),
    ),
    Column("who", _("officer or team"), {}, ((_("officer"), _text("officer")), (_("team"), _text("team")))),
    _plain("description", _("description"), _text("description")),
    _plain("source", _("source"), lambda case: str(case.get_source_display())),
    Column(
        "work",
        _("kind of work"),
        {},
        (
            (_("campaign work"), lambda case: str(_("yes") if case.is_campaign else _("no"))),
            (_("campaign"), _text("campaign")),
        ),
    ),
    _plain("department", _("department"), _text("department")),
    _plain("filed_at", _("filed at"), _moment("filed_at")),
    _plain("closed_at", _("ended at"), _moment("closed_at")),
)
COLUMNS: Mapping[str, Column] = {column.key: column for column in _ALL}
ALWAYS = "number"
USUAL = ("number", "category", "place", "state", "clock", "who")


def _state(case: Case) -> str:
    return gettext(workflow.STATES[case.state].label)


def columns_of(keys: Iterable[str]) -> list[Column]:
    """These columns in the table's order, the number always among them; the usual ones when none is known."""
    wanted = set(keys) & set(COLUMNS) or set(USUAL)
    return [column for column in _ALL if column.key in wanted or column.key == ALWAYS]


def headings(columns: Iterable[Column]) -> list[str]:
    """The headings of an export."""
    return [str(label) for column in columns for label, _read in column.cells]


def values(columns: Iterable[Column], case: Case) -> list[str]:
    """The cells of a case in an export."""
    return [str(read(case)) for column in columns for _label, read in column.cells]
