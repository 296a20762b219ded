"""Figures of publicity and suggestions in a period. Each is counted by the question of the list to which it leads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.publicity.filters import ANSWERED, CASES, COUNTED, DONE, LAW, OFFICE, OUT, RECEIVED, WHOLE
from cases.publicity.kinds import KINDS
from cases.publicity.lifecycle import ADOPTED, NOT_ADOPTED, PARTLY, SUGGESTION_VIEW, VIEW
from cases.publicity.models import PublicityItem, Suggestion
from cases.publicity.querysets import put_out_in
from cases.publicity.rates import Counts, percent
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from communities.placed import communities_for

Period = tuple[date, date]
Asked = Mapping[str, str]


@dataclass(frozen=True)
class Cell:
    """A figure, and the list that it counts."""

    value: Any
    url: str


# --- publicity items -----------------------------------------------------------------------------------------
@dataclass
class Sums:
    """What is counted together: items, people reached, people reached for the law, and quantities by kind."""

    items: int = 0
    reached: int = 0
    law: int = 0
    quantities: dict[str, int] = field(default_factory=dict)

    def add(self, row: Mapping[str, Any]) -> None:
        """Add what a row of the question counts."""
        self.items += row["n_items"]
        self.reached += row["n_reached"]
        self.law += row["n_law"]
        self.quantities[row["kind"]] = self.quantities.get(row["kind"], 0) + row["n_quantity"]


@dataclass(frozen=True)
class Line:
    """A line of a table: its heading, and a cell for each column."""

    heading: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Tables:
    """The figures of a period by community and by who made it; the columns are items, each kind, people reached."""

    kinds: Sequence[str]
    by_community: Sequence[Line]
    by_maker: Sequence[Line]
    together: Line


def item_tables(user: User, period: Period, on: date) -> Tables:
    """What was put out in a period; two queries."""
    rows = visible_to(user, PublicityItem.objects.filter(put_out_in(*period)), on=on).order_by()
    law = Sum("reached", filter=Q(regulation__isnull=False), default=0)
    counted = rows.values("community", "maker", "kind").annotate(
        n_items=Count("pk"), n_quantity=Sum("quantity"), n_reached=Sum("reached", default=0), n_law=law
    )
    places: dict[int | None, Sums] = {}
    makers: dict[str, Sums] = {}
    together = Sums()
    for row in counted:
        for sums in (places.setdefault(row["community"], Sums()), makers.setdefault(row["maker"], Sums()), together):
            sums.add(row)
    known = list(communities_for(user, VIEW, on).defer("boundary"))
    told: list[tuple[str, Asked, Sums]] = [
        (one.name, {"community": str(one.pk)}, places.pop(one.pk, Sums())) for one in known
    ]
    if None in places:
        told.append((_("whole sub-district"), {"community": WHOLE}, places[None]))
    of_makers = [
        (maker or _("the office itself"), {"maker": maker or OFFICE}, makers[maker]) for maker in sorted(makers)
    ]
    return Tables(
        [_(one.label) for one in KINDS.values()],
        [_line(*one, period) for one in told],
        [_line(*one, period) for one in of_makers],
        _line(_("all together"), {}, together, period),
    )


def _line(heading: str, asked: Asked, sums: Sums, period: Period) -> Line:
    def cell(value: int, only: str = OUT, **more: str) -> Cell:
        return Cell(value, _list("publicity:items", {**asked, "only": only, **more}, period))

    kinds = [cell(sums.quantities.get(kind, 0), kind=kind) for kind in KINDS]
    return Line(heading, [cell(sums.items), *kinds, cell(sums.reached), cell(sums.law, LAW)])


def _list(name: str, asked: Asked, period: Period) -> str:
    days = {"from_on": period[0].isoformat(), "until": period[1].isoformat()}
    return f"{reverse(name)}?{urlencode({**asked, **days})}"


# --- suggestions ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Adoption:
    """A line of the adoption rate: the counts of a community, or of all together, as cells; and the rate."""

    heading: str
    counts: Counts
    cells: Sequence[Cell]

    @property
    def rate(self) -> str:
        """The adoption rate in percent."""
        return percent(self.counts.rate)


def adoption_of(user: User, period: Period, on: date) -> list[Adoption]:
    """The lines of each community, and of all together at the end; two queries."""
    rows = visible_to(user, Suggestion.objects.all(), on=on).order_by()
    answered = COUNTED[ANSWERED](*period)
    asked = {
        "received": COUNTED[RECEIVED](*period),
        "answered": answered,
        "adopted": answered & Q(decision=ADOPTED),
        "partly": answered & Q(decision=PARTLY),
        "declined": answered & Q(decision=NOT_ADOPTED),
        "cases": COUNTED[CASES](*period),
        "done": COUNTED[DONE](*period),
    }
    counted: Iterable[Mapping[str, Any]] = rows.values("community").annotate(
        **{f"n_{name}": Count("pk", filter=question) for name, question in asked.items()}
    )
    found = {row["community"]: Counts(*(row[f"n_{name}"] for name in asked)) for row in counted}
    places = communities_for(user, SUGGESTION_VIEW, on).defer("boundary")
    lines = [_adoption(one.name, {"community": str(one.pk)}, found.get(one.pk, Counts()), period) for one in places]
    return [*lines, _adoption(_("all together"), {}, _sum(found.values()), period)]


def _sum(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


def _adoption(heading: str, where: Asked, counts: Counts, period: Period) -> Adoption:
    questions: tuple[Asked, ...] = (
        {"only": RECEIVED},
        {"only": ANSWERED},
        {"only": ANSWERED, "decision": ADOPTED},
        {"only": ANSWERED, "decision": PARTLY},
        {"only": ANSWERED, "decision": NOT_ADOPTED},
        {"only": CASES},
        {"only": DONE},
    )
    cells = [
        Cell(value, _list("publicity:suggestions", {**where, **asked}, period))
        for value, asked in zip(counts.values, questions, strict=True)
    ]
    return Adoption(heading, counts, cells)
