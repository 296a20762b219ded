"""Which regulations a filing condition rests on: beside a case, on the standard's page, on that of a regulation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from cases import beside
from cases.models import Case, CaseStandard, Category, Citation
from cases.querysets import seen_by
from citymgmt.people.kept import Kept
from citymgmt.people.models import User
from citymgmt.people.permissions import allows
from communities.models import Regulation
from communities.regulations import beside as beside_regulations
from communities.regulations.querysets import in_force, regulations_seen


@dataclass(frozen=True)
class Cited:
    """A regulation that is cited, and whether it holds on a day."""

    regulation: Regulation
    is_in_force: bool


@dataclass(frozen=True)
class Citing:
    """A category with its conditions that cite a regulation, and its cases: how many, and the list of them."""

    category: Category
    standards: list[CaseStandard]
    case_count: int
    cases_url: str


def cited_by(standards: Iterable[int], user: User, on: date) -> Mapping[int, list[Cited]]:
    """The regulations that these versions cite and the person may see, by version; one query."""
    seen = regulations_seen(user, on).filter(citations__standard__in=list(standards)).values("pk")
    rows = Citation.objects.filter(standard__in=list(standards), regulation__in=seen.order_by())
    found: dict[int, list[Cited]] = {}
    for row in rows.select_related("regulation").defer("regulation__words", "regulation__folded").order_by("pk"):
        found.setdefault(row.standard_id, []).append(Cited(row.regulation, holds(row.regulation, on)))
    return found


def holds(regulation: Regulation, on: date) -> bool:
    """Whether a regulation is in force on a day."""
    return regulation.effective_on <= on and (regulation.abolished_on is None or regulation.abolished_on > on)


def offered(user: User, standard: CaseStandard, on: date) -> list[Regulation]:
    """The regulations that a new version may cite: those in force, and those that the present one cites."""
    rows = regulations_seen(user, on)
    kept = Citation.objects.filter(standard=standard).values("regulation")
    return list((rows.filter(in_force(on)) | rows.filter(pk__in=kept)).filter(subdistrict=None))


def register() -> None:
    """Have the panels shown, when the app is ready."""
    beside.register(_beside_case)
    beside_regulations.register(_beside_regulation)


def _read_shared() -> Mapping[int, list[Regulation]]:
    found: dict[int, list[Regulation]] = {}
    rows = Citation.objects.filter(regulation__subdistrict=None).select_related("regulation")
    for row in rows.defer("regulation__words", "regulation__folded").order_by("pk"):
        found.setdefault(row.standard_id, []).append(row.regulation)
    return found


_kept_shared: Kept[Mapping[int, list[Regulation]]] = Kept(_read_shared, Citation, Regulation)


def _beside_case(case: Case, user: User, on: date, at: datetime) -> beside.Beside | None:
    """What its standard cites; that all offices share, and everybody may read."""
    if case.standard_id is None or not allows(user, "regulation.view"):
        return None
    cited = [Cited(one, holds(one, on)) for one in _kept_shared().get(case.standard_id, ())]
    return beside.Beside("cases/_regulations.html", {"cited": cited}) if cited else None


def _beside_regulation(regulation: Regulation, user: User, on: date) -> beside_regulations.Beside | None:
    """The conditions whose version of today cites it, by category, each with the number of its cases within reach."""
    rows = CaseStandard.objects.filter(citations__regulation=regulation, validity__contains=on)
    standards = list(rows.select_related("category").order_by("category__disorder__sort_order", "line", "zone"))
    if not standards:
        return None
    sees_cases = allows(user, "case.view")
    categories = {one.category_id: one.category for one in standards}
    filed = seen_by(user, on).filter(category__in=categories) if sees_cases else Case.objects.none()
    counts = dict(filed.order_by().values_list("category").annotate(Count("pk")))
    listed = [
        Citing(category, [one for one in standards if one.category_id == pk], counts.get(pk, 0), _list_of(pk))
        for pk, category in categories.items()
    ]
    return beside_regulations.Beside("cases/_citing.html", {"categories": listed, "sees_cases": sees_cases})


def _list_of(category: int) -> str:
    return f"{reverse('cases:list')}?{urlencode({'category': category})}"
