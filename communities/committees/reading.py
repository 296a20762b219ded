"""Lists of units with their votes, as CSV or XLSX: what is counted of them, and what is wrong by row.

No names are asked for: a unit, its square metres, how it voted; and, where one owner has several units, a mark that
these share. The list is counted and not kept.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from citymgmt.middleware import is_hostile
from citymgmt.refusals import Invalid
from communities.committees.quorum import ABSTAIN, AWAY, CENT, NO, YES, Ballot, Count, counted
from communities.importing import MOST_ROWS, RowError, columns_of, file_lines

HEADINGS: Mapping[str, str] = {
    "unit": "unit", "房号": "unit", "单元": "unit", "专有部分": "unit",
    "area": "m2", "area_m2": "m2", "面积": "m2", "建筑面积": "m2", "专有部分面积": "m2",
    "vote": "choice", "表决": "choice", "表决意见": "choice", "意见": "choice",
    "owner": "owner", "同一业主": "owner",
}  # fmt: skip
CHOICES: Mapping[str, str] = {
    "同意": YES, "赞成": YES, "yes": YES, "反对": NO, "不同意": NO, "no": NO, "弃权": ABSTAIN, "abstain": ABSTAIN,
    "": AWAY, "未参与": AWAY, "未参加": AWAY,
}  # fmt: skip
TEMPLATE = ("房号", "面积", "表决", "同一业主")
LARGEST_UNIT = Decimal(100_000)  # m²


@dataclass(frozen=True)
class Counted:
    """What a list comes to, by area and by heads, and its digest."""

    area: Count
    heads: Count
    sha256: str


def read_ballots(content: bytes) -> tuple[Counted | None, list[RowError]]:
    """What a list comes to; None with what is wrong, by row. Raises: Invalid when it cannot be read as a whole."""
    lines = file_lines(content)
    columns = columns_of(next(lines, (1, []))[1], HEADINGS, ("unit", "m2", "choice"))
    ballots, errors, seen = list[Ballot](), list[RowError](), set[str]()
    for line, cells in lines:
        if not any(cells):
            continue
        if len(ballots) + len(errors) >= MOST_ROWS:
            raise Invalid(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
        texts = {name: cells[column] if column < len(cells) else "" for name, column in columns.items()}
        try:
            ballots.append(_ballot(texts, seen))
        except ValueError as error:
            errors.append(RowError(line, str(error)))
    if errors or not ballots:
        return None, errors or [RowError(1, _("There is no unit in the list."))]
    area, heads = counted(ballots)
    return Counted(area, heads, hashlib.sha256(content).hexdigest()), []


def _ballot(texts: Mapping[str, str], seen: set[str]) -> Ballot:
    """Raises: ValueError with a sentence."""
    unit, choice = texts["unit"], CHOICES.get(texts["choice"].lower())
    if is_hostile(texts.values()):
        raise ValueError(_("It holds characters that cannot be read."))
    if not unit or unit in seen:
        raise ValueError(_("Each unit stands once, with its number."))
    if choice is None:
        raise ValueError(_("“%(text)s” is no vote: 同意, 反对, 弃权, or empty.") % {"text": texts["choice"][:30]})
    seen.add(unit)
    return Ballot(f"*{texts['owner']}" if texts.get("owner") else unit, _m2(texts["m2"]), choice)


def _m2(text: str) -> Decimal:
    try:
        m2 = Decimal(text.replace(",", "")) if text.isascii() and len(text) <= 20 else Decimal("NaN")
    except InvalidOperation:
        m2 = Decimal("NaN")
    if not m2.is_finite() or not CENT <= m2 <= LARGEST_UNIT or m2 != m2.quantize(CENT):
        raise ValueError(_("“%(text)s” is no area in m² with at most two decimal places.") % {"text": text[:30]})
    return m2
