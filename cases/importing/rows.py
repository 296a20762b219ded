"""The rows of a ledger by its mapping: cases to bring in, and what was found wrong, by row and column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from cases.actions.ledger import LedgerRow
from cases.importing.mapping import Ledger
from cases.models import Category
from citymgmt.middleware import is_hostile
from citymgmt.refusals import Invalid
from communities.importing import file_lines

MOST_ROWS = 200_000
LONGEST = {"description": 2000, "address": 200, "external_ref": 60, "community": 120}
FIRST_YEAR, LAST_YEAR = 1970, 2100
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Finding:
    """Something wrong with a row; a warning when the row can be brought in nevertheless."""

    line: int
    column: str
    sentence: str
    is_warning: bool = False

    def __str__(self) -> str:
        return _("Row %(line)s, column “%(column)s”: %(what)s") % {
            "line": self.line,
            "column": self.column,
            "what": self.sentence,
        }


@dataclass(frozen=True)
class ReadRow:
    """A case as it stands in the file; its community is a name still."""

    line: int
    case: LedgerRow
    community: str


class _WrongCellError(Exception):
    """A cell that makes its row unusable."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


def read_ledger(content: bytes, ledger: Ledger, *, now: datetime) -> tuple[list[ReadRow], list[Finding]]:
    """The cases in a CSV or XLSX file and what was found wrong; a row with an error is not among the cases.

    Raises: Invalid when the file as a whole cannot be read, or lacks a column of the mapping.
    """
    lines = file_lines(content)
    headings = [*next(lines, (1, []))[1]]
    missing = sorted(ledger.headings() - set(headings))
    if missing:
        raise Invalid(_("The file has no column “%(name)s”.") % {"name": missing[0]})
    reader = _Reader(ledger, now)
    rows = [row for line, cells in _some(lines) if (row := reader.row(line, _by_heading(headings, cells)))]
    return rows, sorted(reader.findings, key=lambda finding: finding.line)


def _some(lines: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
    """The lines that are not empty. Raises: Invalid when there are too many."""
    for line, cells in lines:
        if line > MOST_ROWS + 1:
            raise Invalid(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
        if any(cells):
            yield line, cells


def _by_heading(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells by heading; of a short row the last ones are empty."""
    texts = dict.fromkeys(headings, "")
    texts.update({heading: text.strip() for heading, text in zip(headings, cells, strict=False)})
    return texts


@dataclass
class _Reader:
    """Reads row after row and keeps what it found and which numbers it has seen."""

    ledger: Ledger
    now: datetime
    findings: list[Finding] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def row(self, line: int, cells: Mapping[str, str]) -> ReadRow | None:
        """The row as a case; None after an error."""
        try:
            case = self._case(line, cells)
            return ReadRow(line, case, self._short(line, cells, "community"))
        except _WrongCellError as wrong:
            self.findings.append(Finding(line, wrong.column, wrong.sentence))
            return None

    def _case(self, line: int, cells: Mapping[str, str]) -> LedgerRow:
        for heading in self.ledger.headings():
            if is_hostile([cells[heading]]):
                raise _WrongCellError(heading, _("It holds characters that cannot be read."))
        case = LedgerRow(
            external_ref=self._reference(line, cells),
            description=self._description(line, cells),
            opened_at=self._opened(cells),
            due_at=self._moment(cells, "due"),
            address=SPACES.sub(" ", self._short(line, cells, "address")),
            category=self._category(cells),
        )
        if case.due_at is not None and case.due_at < case.opened_at:
            raise _WrongCellError(self._heading("due"), _("The deadline lies before the opening."))
        longitude, latitude = self._point(line, cells)
        return replace(case, closed_at=self._closed(cells, case.opened_at), longitude=longitude, latitude=latitude)

    def _heading(self, name: str) -> str:
        return self.ledger.columns.get(name, name)

    def _cell(self, cells: Mapping[str, str], name: str) -> str:
        heading = self.ledger.columns.get(name)
        return cells[heading] if heading else ""

    def _reference(self, line: int, cells: Mapping[str, str]) -> str:
        text, heading = self._cell(cells, "external_ref"), self._heading("external_ref")
        if not text:
            raise _WrongCellError(heading, _("The number is missing."))
        if len(text) > LONGEST["external_ref"]:
            raise _WrongCellError(heading, _("The number is longer than 60 characters."))
        first = self.seen.setdefault(text, line)
        if first != line:
            raise _WrongCellError(heading, _("The same number stands in row %(line)s already.") % {"line": first})
        return text

    def _description(self, line: int, cells: Mapping[str, str]) -> str:
        text = SPACES.sub(" ", self.ledger.description.format_map(cells)).strip(" ·:：;；,，-")
        if not text:
            raise _WrongCellError("description", _("Nothing describes the matter."))
        return self._cut(line, "description", "description", text)

    def _short(self, line: int, cells: Mapping[str, str], name: str) -> str:
        return self._cut(line, name, self._heading(name), self._cell(cells, name))

    def _cut(self, line: int, name: str, column: str, text: str) -> str:
        most = LONGEST[name]
        if len(text) > most:
            self._warn(line, column, _("The text was cut to %(most)s characters.") % {"most": most})
        return text[:most]

    def _warn(self, line: int, column: str, sentence: str) -> None:
        self.findings.append(Finding(line, column, sentence, is_warning=True))

    def _category(self, cells: Mapping[str, str]) -> Category | None:
        value = self._cell(cells, "category")
        if value in self.ledger.categories:
            return self.ledger.categories[value]
        if value and not self.ledger.has_default:
            raise _WrongCellError(
                self._heading("category"), _("The mapping does not know “%(name)s”.") % {"name": value}
            )
        return self.ledger.default

    def _opened(self, cells: Mapping[str, str]) -> datetime:
        opened_at, heading = self._moment(cells, "opened"), self._heading("opened")
        if opened_at is None:
            raise _WrongCellError(heading, _("The time is missing."))
        if opened_at > self.now:
            raise _WrongCellError(heading, _("This time lies in the future."))
        return opened_at

    def _closed(self, cells: Mapping[str, str], opened_at: datetime) -> datetime | None:
        closed_at, heading = self._moment(cells, "closed", after=opened_at), self._heading("closed")
        says = self.ledger.closed_values
        if says is not None and (cells[self.ledger.closed_column] in says) != (closed_at is not None):
            raise _WrongCellError(
                self.ledger.closed_column, _("It does not agree with the column “%(name)s”.") % {"name": heading}
            )
        if closed_at is not None and closed_at < opened_at:
            raise _WrongCellError(heading, _("It was closed before it was opened."))
        if closed_at is not None and closed_at > self.now:
            raise _WrongCellError(heading, _("This time lies in the future."))
        return closed_at

    def _moment(self, cells: Mapping[str, str], name: str, *, after: datetime | None = None) -> datetime | None:
        """The moment in UTC; in the hour that a clock goes through twice, the one that is not before `after`."""
        text = self._cell(cells, name)
        if not text:
            return None
        local = self._local(text, self._heading(name)).replace(tzinfo=self.ledger.zone)
        moment = local.astimezone(UTC)
        return local.replace(fold=1).astimezone(UTC) if after is not None and moment < after else moment

    def _local(self, text: str, heading: str) -> datetime:
        for time_format in self.ledger.time_formats:
            try:
                local = datetime.strptime(text, time_format)  # noqa: DTZ007  # the mapping names the zone
            except ValueError:
                continue
            if not FIRST_YEAR <= local.year <= LAST_YEAR:
                raise _WrongCellError(heading, _("The year must lie between 1970 and 2100."))
            return local
        raise _WrongCellError(heading, _("“%(text)s” is no time in a known format.") % {"text": text[:40]})

    def _point(self, line: int, cells: Mapping[str, str]) -> tuple[Decimal | None, Decimal | None]:
        """Both coordinates, or none; a point that cannot be true is dropped with a warning."""
        texts = [self._cell(cells, name) for name in ("longitude", "latitude")]
        if not any(texts):
            return None, None
        point = _point_of(*texts)
        if point is None:
            self._warn(line, self._heading("longitude"), _("This is no point on the earth; it was left out."))
            return None, None
        return point


def _point_of(*texts: str) -> tuple[Decimal, Decimal] | None:
    try:
        longitude, latitude = (round(Decimal(text), 7) for text in texts)
        is_on_earth = abs(longitude) <= 180 and abs(latitude) <= 90
    except (InvalidOperation, ValueError):  # no numbers, or NaN
        return None
    return (longitude, latitude) if is_on_earth and (longitude or latitude) else None
