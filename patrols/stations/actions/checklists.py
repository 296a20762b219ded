"""Checklists: what is looked at in stations of a kind, kept by the clerk."""

import json
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Category
from citymgmt.faults import refuse
from citymgmt.found import MOST_ID, one_of
from citymgmt.people.models import SubDistrict, User
from citymgmt.refusals import Invalid
from citymgmt.written import faults_of
from patrols.stations.actions.frame import keeping
from patrols.stations.checklist import FARTHEST, VALUE
from patrols.stations.models import ChecklistItem, StationKind
from patrols.stations.models.register import LONGEST_UNIT, AnswerKind
from patrols.stations.querysets import items_of

USUAL = Path(__file__).parent.parent / "seed" / "checklist.json"
MOST_ITEMS, LONGEST_ITEM, LAST_POSITION = 30, 60, 999


@dataclass(frozen=True)
class ItemTold:
    """An item as a person writes it; `category` is an id."""

    name_zh: str
    name_en: str
    position: int
    answer: str
    unit: str = ""
    lowest: float | None = None
    highest: float | None = None
    needs_photo: bool = False
    category: int | None = None
    is_active: bool = True


def make_usual_items(*, by: User, at: datetime, kind: str) -> list[ChecklistItem]:
    """Give the stations of a kind the usual items, as far as their checklist has none of that name; returns what was
    added.

    Raises: NotFound, NotPermitted, Invalid. Source: domain.md 9.2; the range of concentration is a proposal.
    """
    with keeping("make_usual_items", by=by, at=at) as office:
        _check_kind(kind)
        return add_usual(office, kind)


def add_usual(office: SubDistrict, kind: str) -> list[ChecklistItem]:
    """The same within the caller's transaction, which holds the lock of the office."""
    there = set(ChecklistItem.objects.filter(subdistrict=office, kind=kind).values_list("name_zh", flat=True))
    told = [row for row in json.loads(USUAL.read_text("utf-8")) if kind in row["kinds"]]
    codes = {row["category"] for row in told if "category" in row}
    rows = Category.objects.filter(code_2026__in=codes, is_active=True).order_by("-pk")
    categories = {one.code_2026: one for one in rows}
    return [
        ChecklistItem.objects.create(
            subdistrict=office,
            kind=kind,
            position=position * 10,
            category=categories.get(row.get("category", "")),
            **{name: value for name, value in row.items() if name not in ("kinds", "category")},
        )
        for position, row in enumerate(told, 1)
        if row["name_zh"] not in there
    ]


def save_item(*, by: User, at: datetime, kind: str, told: ItemTold, pk: int | None = None) -> ChecklistItem:
    """Enter an item of a checklist, or change one; what was checked already keeps its wording and range. Saving the
    same again changes nothing.

    Raises: NotFound, NotPermitted, Invalid.
    """
    with keeping("save_item", by=by, at=at) as office:
        _check_kind(kind)
        rows = ChecklistItem.objects.filter(subdistrict=office, kind=kind)
        row = ChecklistItem(subdistrict=office, kind=kind) if pk is None else one_of(rows, pk)
        same = rows.filter(name_zh=told.name_zh.strip()).exclude(pk=row.pk).first()
        values = _columns(told)
        if pk is None and same is not None and all(getattr(same, name) == value for name, value in values.items()):
            return same
        _check(office, row, told)
        if same is not None:
            raise Invalid(fields={"name_zh": _("Another item of this checklist has this name.")})
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return row


def _check_kind(kind: str) -> None:
    if kind not in StationKind.values:
        raise Invalid(fields={"kind": _("Choose one of these.")})


def _columns(told: ItemTold) -> dict[str, Any]:
    is_value = told.answer == VALUE
    return {
        "name_zh": told.name_zh.strip(),
        "name_en": told.name_en.strip(),
        "position": told.position,
        "answer": told.answer,
        "unit": told.unit.strip() if is_value else "",
        "lowest": told.lowest if is_value else None,
        "highest": told.highest if is_value else None,
        "needs_photo": told.needs_photo,
        "category_id": told.category,
        "is_active": told.is_active,
    }


def _check(office: SubDistrict, row: ChecklistItem, told: ItemTold) -> None:
    """Raises: Invalid."""
    faults: dict[str, list[str]] = {
        "name_zh": faults_of(told.name_zh.strip(), LONGEST_ITEM, is_needed=True),
        "name_en": faults_of(told.name_en.strip(), LONGEST_ITEM),
        "answer": [] if told.answer in AnswerKind.values else [_("Choose one of these.")],
        "position": [] if 0 <= told.position <= LAST_POSITION else [_("Choose a number from 0 to 999.")],
        "category": [] if _is_known(told.category) else [_("Choose one of these.")],
        **(_faults_of_range(told) if told.answer == VALUE else {}),
    }
    if told.is_active and sum(one.pk != row.pk for one in items_of(office.pk, row.kind)) >= MOST_ITEMS:
        faults["is_active"] = [_("A checklist has at most %(most)s items.") % {"most": MOST_ITEMS}]
    refuse(faults)


def _is_known(category: int | None) -> bool:
    return category is None or (0 < category < MOST_ID and Category.objects.filter(pk=category).exists())


def _faults_of_range(told: ItemTold) -> dict[str, list[str]]:
    faults = {"unit": faults_of(told.unit.strip(), LONGEST_UNIT, is_needed=True)}
    for name, value in (("lowest", told.lowest), ("highest", told.highest)):
        if value is not None and not (isfinite(value) and abs(value) <= FARTHEST):
            faults[name] = [_("This number is too large.")]
    if told.lowest is None and told.highest is None:
        faults["lowest"] = [_("Give a lowest or a highest value.")]
    elif told.lowest is not None and told.highest is not None and told.lowest > told.highest:
        faults["highest"] = [_("It lies below the lowest value.")]
    return faults
