"""Bring publicity from a list into the register: repeat it at will, nothing is doubled.

What an old list says was put out comes in as put out, without evidence: the list is what there is of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.publicity.actions.frame import ITEMS
from cases.publicity.actions.planning import checked_columns, plan_items, revise_item
from cases.publicity.actions.stepping import imported_columns, web_faults
from cases.publicity.journal import due_of_item
from cases.publicity.lifecycle import ITEM, OFF, PLANNED
from cases.publicity.models import PublicityItem
from cases.publicity.querysets import people_of
from cases.publicity.reading import COLUMN_OF, ItemRow
from cases.publicity.told import ItemTold
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid
from citymgmt.worktime.rules import current_rules
from communities.importing import RowError
from communities.models import Community
from communities.querysets import locked_office

IMPORT = "publicity.import"
Key = tuple[int | None, str, str, Any, str]


@dataclass
class Imported:
    """What an import did, or would do, and what is wrong, by row."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    is_written: bool = False
    errors: list[RowError] = field(default_factory=list)


@dataclass(frozen=True)
class _Planned:
    """A row that can be written: where, what it says, in which state it comes in, and the item that it is already."""

    community: int | None
    told: ItemTold
    state: str
    columns: Mapping[str, Any]
    known: PublicityItem | None


@transaction.atomic
def import_items(
    *,
    by: User,
    at: datetime,
    rows: Sequence[ItemRow],
    errors: Sequence[RowError] = (),
    skip_errors: bool = False,
    is_dry_run: bool = False,
) -> Imported:
    """Enter the items that are new (known by community, kind, theme, planned day and place), change the plan of those
    that are planned still; what went further stays as it is. `errors` are those found on reading. With an error
    anywhere nothing is written, unless `skip_errors` leaves out those rows.

    Raises: NotFound, NotPermitted.
    """
    require_role(by, IMPORT)
    locked_office(by.subdistrict_id)
    done = Imported(errors=list(errors))
    plan = _plan_of(rows, done, by, at)
    done.is_written = not is_dry_run and (skip_errors or not done.errors)
    for one in plan:
        is_same = one.known is not None and (one.known.state != PLANNED or _is_as_before(one))
        if is_same:
            done.unchanged += 1
            continue
        done.added, done.changed = done.added + (one.known is None), done.changed + (one.known is not None)
        if done.is_written:
            _write(one, by, at)
    return done


def _plan_of(rows: Sequence[ItemRow], done: Imported, by: User, at: datetime) -> list[_Planned]:
    """What can be written; the others become errors."""
    places = Community.objects.filter(subdistrict=by.subdistrict, is_active=True).defer("boundary").order_by("pk")
    by_name: dict[str, int | None] = {key: one.pk for one in places for key in (one.name_zh, one.code)}
    people = {key: one.pk for one in people_of(by.subdistrict_id) for key in (one.username, one.display_name)}
    there = PublicityItem.objects.filter(subdistrict=by.subdistrict).exclude(state=OFF).order_by("pk")
    known = {(one.community_id, one.kind, one.theme, one.planned_on, one.address): one for one in there}
    plan, seen = list[_Planned](), set[Key]()
    for row in rows:
        try:
            one = _planned(row, {"": None, **by_name}, people, known, by, at)
        except Invalid as refused:
            done.errors.append(RowError(row.line, _sentence(refused)))
            continue
        key = _key(one.community, one.told)
        if key in seen:
            done.errors.append(RowError(row.line, _("This item stands in the file twice.")))
            continue
        seen.add(key)
        plan.append(one)
    done.errors.sort(key=lambda error: error.line)
    return plan


def _key(community: int | None, told: ItemTold) -> Key:
    return community, told.kind, told.theme, told.planned_on, told.address


def _planned(
    row: ItemRow,
    places: Mapping[str, int | None],
    people: Mapping[str, int],
    known: Mapping[Key, PublicityItem],
    by: User,
    at: datetime,
) -> _Planned:
    """Raises: Invalid."""
    if row.community not in places:
        raise Invalid(_("“%(name)s” is no community of this office.") % {"name": row.community[:60]})
    if row.responsible and row.responsible not in people:
        raise Invalid(_("“%(name)s” is nobody of this office.") % {"name": row.responsible[:60]})
    told = replace(row.told, responsible=people.get(row.responsible))
    state, columns = PLANNED, dict[str, Any]()
    if row.put_on is not None:
        state, columns, fault = imported_columns(row.put_on, row.down_on, told.until_on, timezone.localdate(at))
        if fault:
            raise Invalid(fields={"put_on": fault})
        told = replace(told, until_on=columns.get("until_on", told.until_on))
        columns |= {"reached": row.reached, "web": row.web}
    if fault := web_faults(row.web, is_needed=False):
        raise Invalid(fields={"web": fault})
    whole = {**checked_columns(told, by, at), **columns}
    community = places[row.community]
    return _Planned(community, told, state, whole, known.get(_key(community, replace(told, address=whole["address"]))))


def _sentence(refused: Invalid) -> str:
    """The first thing that is wrong, with the field where it is known."""
    if not refused.fields:
        return str(refused)
    name, faults = next(iter(refused.fields.items()))
    return f"{COLUMN_OF.get(name, name)}: {faults[0]}"


def _is_as_before(one: _Planned) -> bool:
    return all(getattr(one.known, name) == value for name, value in one.columns.items())


def _write(one: _Planned, by: User, at: datetime) -> None:
    if one.known is not None:
        revise_item(pk=one.known.pk, by=by, at=at, told=one.told, community=one.community)
    elif one.state == PLANNED:
        plan_items(by=by, at=at, told=one.told, communities=[one.community])
    else:
        _take_over(one, by, at)


def _take_over(one: _Planned, by: User, at: datetime) -> None:
    """Enter what was put out before: it comes in as it stands."""
    item = ITEMS.new(at, subdistrict=by.subdistrict)
    journal = ITEMS.kind.journal([item], current_rules())
    due = due_of_item(one.state, one.told.planned_on, one.told.until_on, at, journal.rules)
    changes = {**one.columns, "community_id": one.community, **due}
    journal.record(item, ITEM.kind("import"), at=at, by=by, to=one.state, changes=changes)
    journal.write()
