"""Use cases of the standards catalogue: load it, and give a filing condition a new version."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from psycopg2.extras import DateRange

from cases.models import CaseStandard, Category, Citation, Disorder
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, NotFound
from citymgmt.worktime.actions import load_ladders
from communities.models import Regulation
from communities.regulations.actions import load_regulations

SEED = Path(__file__).parent.parent / "seed"
IN_FORCE_SINCE = date(2020, 1, 1)  # so that ledgers and demo data of earlier years find their standards


# What other rooms come with that needs the catalogue: each loads it and gives how many rows were new
also_loaded: list[Callable[[], int]] = []


def seed_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a seed table as shipped."""
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@dataclass(frozen=True)
class Loaded:
    """How many rows were added."""

    disorders: int
    categories: int
    standards: int


@transaction.atomic
def load_standards() -> Loaded:
    """Bring the shipped catalogue and ladders into their tables; what an administrator changed stays.

    Source: the rows of domain 2.2, 2.3 and 3.7, in `cases/seed`.
    """
    disorders = {row["key"]: _disorder(row) for row in seed_rows("disorders.csv")}
    helps = list(seed_rows("boundary_help.csv"))
    rows = list(seed_rows("standards.csv"))
    categories = [_category(row, disorders, helps) for row in [*rows, *seed_rows("categories_without_standard.csv")]]
    standards = [_standard(row, category) for row, (category, _new) in zip(rows, categories, strict=False)]
    _cite(load_regulations())
    load_ladders(rows=json.loads((SEED / "ladder.json").read_text("utf-8")))
    for load in also_loaded:
        load()
    return Loaded(
        disorders=sum(new for _row, new in disorders.values()),
        categories=sum(new for _row, new in categories),
        standards=sum(standards),
    )


def _disorder(row: dict[str, str]) -> tuple[Disorder, bool]:
    return Disorder.objects.get_or_create(
        key=row["key"],
        defaults={
            "name_zh": row["name_zh"],
            "name_en": row["name_en"],
            "is_six_disorder": row["is_six_disorder"] == "1",
            "sort_order": int(row["sort_order"]),
        },
    )


def _category(row: dict[str, str], disorders: dict[str, Any], helps: list[dict[str, str]]) -> tuple[Category, bool]:
    own = [text for text in helps if row["code_2026"] and row["code_2026"] in text["categories"].split(";")]
    return Category.objects.get_or_create(
        code_2026=row["code_2026"],
        code_2013=row["code_2013"],
        name_zh=row["category_zh"],
        defaults={
            "disorder": disorders[row["disorder"]][0],
            "name_en": row["category_en"],
            "is_local_extension": row.get("is_local_extension") == "1",
            "pinyin": row["pinyin"],
            "aliases_zh": row.get("alias_zh") or "",
            "department_key": row["department"],
            "help_zh": "\n".join(text["help_zh"] for text in own),
            "help_en": "\n".join(text["help_en"] for text in own),
        },
    )


def _cite(new_titles: set[str]) -> None:
    """Have the shipped conditions cite the laws that were new, where their legal basis names them; what an
    administrator takes away later stays away.
    """
    laws = dict(Regulation.objects.filter(subdistrict=None, title__in=new_titles).values_list("title", "pk"))
    cited: dict[str, list[str]] = json.loads((SEED / "citations.json").read_text("utf-8")) if laws else {}
    first = dict(CaseStandard.objects.filter(version=1, line__in=cited, zone=0).values_list("line", "pk"))
    Citation.objects.bulk_create(
        (
            Citation(standard_id=first[int(line)], regulation_id=laws[title])
            for line, titles in cited.items()
            for title in titles
            if int(line) in first and title in laws
        ),
        ignore_conflicts=True,
    )


def _standard(row: dict[str, str], category: Category) -> bool:
    line = int(row["row"]) * 10 + (" abcdefghi".index(row["part"]) if row["part"] else 0)
    if CaseStandard.objects.filter(line=line).exists():
        return False
    CaseStandard.objects.create(
        line=line,
        category=category,
        condition_zh=row["condition_zh"],
        condition_en=row["condition_en"],
        closing_zh=row["closing_zh"],
        closing_en=row["closing_en"],
        limit_value=int(row["limit_value"]),
        limit_unit=row["limit_unit"],
        handled_by=row["handled_by"],
        department_key=row["department"],
        legal_basis_zh=row["legal_basis_zh"],
        street_may_penalise=row["street_may_penalise"] == "1",
        source=row["source"],
        validity=DateRange(IN_FORCE_SINCE, None),
    )
    return True


@transaction.atomic
def revise_standard(
    *,
    standard: CaseStandard,
    by: User,
    on: date,
    values: dict[str, Any],
    regulations: Iterable[int] | None = None,
) -> CaseStandard:
    """Give a filing condition a new version from the day `on`; the old one ends the day before, cases keep their copy.
    The new one cites these `regulations` (ids), or those of the old one where none are given.

    Raises: NotPermitted, NotFound, Invalid when the version is not the newest or `on` is not after its first day.
    """
    require_role(by, "standard.edit")
    old = CaseStandard.objects.select_for_update().filter(pk=standard.pk).first()
    if old is None:
        raise NotFound
    since = old.validity.lower or date.min
    if old.validity.upper is not None or on <= since:
        raise Invalid(fields={"on": _("Choose the newest version and a day after its first day.")})
    old.validity = DateRange(since, on)
    old.save(update_fields=["validity"])
    new = CaseStandard.objects.get(pk=old.pk)
    new.pk, new.version, new.validity = None, old.version + 1, DateRange(on, None)
    for name, value in values.items():
        setattr(new, name, value)
    new.save(force_insert=True)
    kept = old.citations.values_list("regulation", flat=True) if regulations is None else regulations
    cited = Regulation.objects.filter(pk__in=list(kept), subdistrict=None).order_by("pk")
    Citation.objects.bulk_create(Citation(standard=new, regulation=one) for one in cited)
    return new
