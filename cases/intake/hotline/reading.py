"""A sheet of orders as the hotline writes it: text in, orders and faults by row out; writes nothing.

A fault never quotes a cell: it is kept, and the cells name callers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.intake.hotline.limits import Kind, Urgency
from cases.intake.hotline.models import LONGEST_NUMBER, LONGEST_TITLE
from cases.intake.hotline.told import OrderTold
from citymgmt.middleware import is_hostile
from citymgmt.refusals import Invalid
from citymgmt.worktime.clock import SHANGHAI
from communities.importing import file_lines

MOST_ROWS = 5000  # of a sheet
FIRST_YEAR = "2000"
E = TypeVar("E", Kind, Urgency)
IN_ONE_LINE = ("title", "community", "address", "caller", "phone")
# heading of a column, as hotlines write it, to our name; compared without spaces and in lower case. Of several columns
# that tell the same the one that stands first here is read
HEADINGS: Mapping[str, str] = {
    "工单编号": "number", "工单号": "number", "工单编码": "number", "受理编号": "number", "order_number": "number",
    "来电时间": "called_at", "诉求时间": "called_at", "登记时间": "called_at", "受理时间": "called_at",
    "called_at": "called_at",
    "派单时间": "sent_at", "转办时间": "sent_at", "交办时间": "sent_at", "下派时间": "sent_at", "sent_at": "sent_at",
    "来电人": "caller", "来电人姓名": "caller", "诉求人": "caller", "市民姓名": "caller", "姓名": "caller",
    "联系人": "caller", "caller": "caller",
    "联系电话": "phone", "来电号码": "phone", "联系方式": "phone", "电话": "phone", "手机号码": "phone",
    "phone": "phone",
    "诉求类型": "kind", "工单类型": "kind", "诉求类别": "kind", "kind": "kind",
    "紧急程度": "urgency", "紧急级别": "urgency", "urgency": "urgency",
    "标题": "title", "工单标题": "title", "诉求标题": "title", "title": "title",
    "诉求内容": "description", "工单内容": "description", "内容": "description", "内容描述": "description",
    "description": "description",
    "地址": "address", "事发地址": "address", "诉求地址": "address", "事发地点": "address", "address": "address",
    "社区": "community", "所属社区": "community", "社区名称": "community", "community": "community",
    "受理时限": "accept_due_at", "签收时限": "accept_due_at", "接单时限": "accept_due_at",
    "accept_by": "accept_due_at",
    "办结时限": "finish_due_at", "要求办结时间": "finish_due_at", "办理时限": "finish_due_at",
    "截止时间": "finish_due_at", "finish_by": "finish_due_at",
}  # fmt: skip
COLUMNS: Mapping[str, str] = {  # the usual heading of each of our names
    "number": "工单编号", "called_at": "来电时间", "caller": "来电人", "phone": "联系电话", "kind": "诉求类型",
    "urgency": "紧急程度", "title": "标题", "description": "诉求内容", "address": "地址", "community": "社区",
    "accept_due_at": "受理时限", "finish_due_at": "办结时限",
}  # fmt: skip
NEEDED = ("number", "called_at")  # and one of title and description
KINDS: Mapping[str, Kind] = {
    "咨询": Kind.CONSULTATION, "咨询类": Kind.CONSULTATION, "consultation": Kind.CONSULTATION,
    "求助": Kind.HELP, "求助类": Kind.HELP, "求决": Kind.HELP, "help": Kind.HELP, "": Kind.HELP,
    "投诉": Kind.COMPLAINT, "投诉类": Kind.COMPLAINT, "举报": Kind.COMPLAINT, "投诉举报": Kind.COMPLAINT,
    "complaint": Kind.COMPLAINT,
    "建议": Kind.SUGGESTION, "建议类": Kind.SUGGESTION, "意见建议": Kind.SUGGESTION, "suggestion": Kind.SUGGESTION,
}  # fmt: skip
URGENCIES: Mapping[str, Urgency] = {
    "": Urgency.NORMAL, "一般": Urgency.NORMAL, "普通": Urgency.NORMAL, "平件": Urgency.NORMAL,
    "ordinary": Urgency.NORMAL,
    "紧急": Urgency.URGENT, "急": Urgency.URGENT, "急件": Urgency.URGENT, "加急": Urgency.URGENT,
    "urgent": Urgency.URGENT,
    "特急": Urgency.CRITICAL, "特急件": Urgency.CRITICAL, "非常紧急": Urgency.CRITICAL,
    "very urgent": Urgency.CRITICAL,
}  # fmt: skip
LONGEST: Mapping[str, int] = {
    "number": LONGEST_NUMBER, "title": LONGEST_TITLE, "description": 2000, "address": 150, "community": 40,
    "caller": 60, "phone": 30,
}  # fmt: skip
DATE = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
CLOCK = r"(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})?(?:\.\d+)?秒?)?"
MOMENT = re.compile(rf"{DATE}[ T]*(?:{CLOCK})?", re.ASCII)
DAY_BEGINS, DAY_ENDS = time(), time(23, 59)  # a limit that is a day alone holds until it is over
UNREADABLE: Mapping[str, str] = {
    "called_at": gettext_noop("The time of the call cannot be read."),
    "sent_at": gettext_noop("The time of sending cannot be read."),
    "accept_due_at": gettext_noop("The limit for accepting cannot be read."),
    "finish_due_at": gettext_noop("The limit for finishing cannot be read."),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: a source sentence and what fills it: each reader has the own language."""

    line: int
    sentence: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in the reader's language."""
        return _(self.sentence) % self.values

    def __str__(self) -> str:
        return _("Row %(line)s: %(what)s") % {"line": self.line, "what": self.text}


def read_orders(content: bytes, *, now: datetime, most: int = MOST_ROWS) -> tuple[list[OrderTold], list[Fault]]:
    """The orders in a CSV or XLSX file of at most `most` rows and what is wrong, by row; a wrong row is no order.

    Raises: Invalid when the file as a whole cannot be read, lacks a column, or has too many rows.
    """
    lines = file_lines(content)
    columns = _columns(next(lines, (1, []))[1])
    reader = _Reader(now)
    orders = [order for line, cells in _some(lines, most) if (order := reader.order(line, _texts(columns, cells)))]
    return orders, reader.faults


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """The column of each of our names. Raises: Invalid when a needed one is missing."""
    places: dict[str, int] = {}
    for column, heading in enumerate(headings):
        places.setdefault("".join(heading.split()).lower(), column)
    columns: dict[str, int] = {}
    for heading, name in HEADINGS.items():
        if heading in places:
            columns.setdefault(name, places[heading])
    missing = [name for name in NEEDED if name not in columns]
    if not {"title", "description"} & set(columns):
        missing.append("description")
    if missing:
        raise Invalid(_("The file has no column “%(name)s”.") % {"name": COLUMNS[missing[0]]})
    return columns


def _some(lines: Iterator[tuple[int, Sequence[str]]], most: int) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows that are not empty. Raises: Invalid when there are too many."""
    for line, cells in lines:
        if line > most + 1:
            raise Invalid(_("The file has more than %(most)s rows.") % {"most": most})
        if any(cells):
            yield line, cells


def _texts(columns: Mapping[str, int], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by our names; what a short row lacks is empty."""
    texts = dict.fromkeys(HEADINGS.values(), "")
    return texts | {name: cells[column].strip() for name, column in columns.items() if column < len(cells)}


class _WrongRowError(Exception):
    """What makes a row unusable: a source sentence, and what fills it."""

    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values


@dataclass
class _Reader:
    """Reads row after row, and keeps what is wrong and which numbers it has seen."""

    now: datetime
    faults: list[Fault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def order(self, line: int, texts: dict[str, str]) -> OrderTold | None:
        """The row as an order; None when it is wrong."""
        try:
            return self._order(line, texts)
        except _WrongRowError as wrong:
            self.faults.append(Fault(line, wrong.sentence, wrong.values))
            return None

    def _order(self, line: int, texts: Mapping[str, str]) -> OrderTold:
        _check_texts(texts)
        called_at = self._called(texts)
        first = self.seen.setdefault(texts["number"], line)
        if first != line:
            raise _WrongRowError(gettext_noop("The same number stands in row %(line)s already."), line=first)
        return OrderTold(
            line=line,
            number=texts["number"],
            kind=_known(KINDS, texts["kind"], gettext_noop("This kind of call is not known.")),
            urgency=_known(URGENCIES, texts["urgency"], gettext_noop("This urgency is not known.")),
            called_at=called_at,
            sent_at=_sent(texts, called_at),
            accept_due_at=_limit(texts, "accept_due_at", called_at),
            finish_due_at=_limit(texts, "finish_due_at", called_at),
            description=texts["description"] or texts["title"],
            **{name: " ".join(texts[name].split()) for name in IN_ONE_LINE},
        )

    def _called(self, texts: Mapping[str, str]) -> datetime:
        called_at = _moment(texts, "called_at", DAY_BEGINS)
        if called_at is None:
            raise _WrongRowError(gettext_noop("The time of the call is missing."))
        if called_at > self.now:
            raise _WrongRowError(gettext_noop("The call lies in the future."))
        return called_at


def _check_texts(texts: Mapping[str, str]) -> None:
    if is_hostile(texts.values()):
        raise _WrongRowError(gettext_noop("It holds characters that cannot be read."))
    if not texts["number"]:
        raise _WrongRowError(gettext_noop("The number is missing."))
    if not (texts["description"] or texts["title"]):
        raise _WrongRowError(gettext_noop("Nothing describes the matter."))
    long = [name for name, most in LONGEST.items() if len(texts[name]) > most]
    if long:
        sentence = gettext_noop("The text in “%(name)s” is longer than %(most)s characters.")
        raise _WrongRowError(sentence, name=COLUMNS[long[0]], most=LONGEST[long[0]])


def _known(table: Mapping[str, E], text: str, sentence: str) -> E:
    found = table.get(text.lower())
    if found is None:
        raise _WrongRowError(sentence)
    return found


def _moment(texts: Mapping[str, str], name: str, of_a_day: time) -> datetime | None:
    """The moment in a cell, in UTC; of a day alone, the one told. None for an empty cell."""
    if not texts[name]:
        return None
    found = MOMENT.fullmatch(texts[name])
    try:
        if found is None or found[1] < FIRST_YEAR:
            raise ValueError
        parts = [int(part) for part in found.groups("0")]
        moment = datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[arg-type, misc]
    except ValueError as error:
        raise _WrongRowError(UNREADABLE[name]) from error
    if moment.time() == DAY_BEGINS:  # a workbook's cell that holds a day says midnight
        moment = datetime.combine(moment, of_a_day, SHANGHAI)
    return moment.astimezone(UTC)


def _sent(texts: Mapping[str, str], called_at: datetime) -> datetime | None:
    """When it was sent; one that is told to the day begins with the call at the earliest."""
    sent_at = _moment(texts, "sent_at", DAY_BEGINS)
    if sent_at is None or sent_at >= called_at:
        return sent_at
    if sent_at.astimezone(SHANGHAI).date() < called_at.astimezone(SHANGHAI).date():
        raise _WrongRowError(gettext_noop("It was sent before the call."))
    return called_at


def _limit(texts: Mapping[str, str], name: str, called_at: datetime) -> datetime | None:
    limit = _moment(texts, name, DAY_ENDS)
    if limit is not None and limit < called_at:
        raise _WrongRowError(gettext_noop("A limit lies before the call."))
    return limit
