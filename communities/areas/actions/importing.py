"""Bring residential areas from a list into the register: repeat it at will, nothing is doubled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid
from communities.areas.actions.entering import (
    AreaTold,
    ContractTold,
    contract_faults,
    enter_area,
    plain_faults,
    revise_area,
)
from communities.areas.querysets import registered
from communities.areas.reading import COLUMN_OF, AreaRow
from communities.importing import RowError
from communities.models import Community, ResidentialArea
from communities.placed import PlaceTold

IMPORT = "area.import"


@dataclass
class Imported:
    """What an import did, or would do, and what is wrong, by row."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    is_written: bool = False
    errors: list[RowError] = field(default_factory=list)


@transaction.atomic
def import_areas(
    *,
    rows: Sequence[AreaRow],
    errors: Sequence[RowError] = (),
    by: User,
    at: datetime,
    skip_errors: bool = False,
    is_dry_run: bool = False,
) -> Imported:
    """Enter the areas that are new (matched by community and name), correct the facts of known ones; a contract counts
    for new ones alone, because later ones are steps. `errors` are those found on reading. With an error anywhere
    nothing is written, unless `skip_errors` leaves out those rows.

    Raises: NotPermitted.
    """
    require_role(by, IMPORT)
    done = Imported(errors=list(errors))
    plan = _planned(rows, done, by, at)
    done.is_written = not is_dry_run and (skip_errors or not done.errors)
    for told, known in plan:
        if known is None:
            done.added += 1
        elif all(getattr(known, name) == value for name, value in told.columns.items()):
            done.unchanged += 1
            continue
        else:
            done.changed += 1
        if done.is_written:
            _write(told, known, by, at)
    return done


def _planned(
    rows: Sequence[AreaRow], done: Imported, by: User, at: datetime
) -> list[tuple[AreaTold, ResidentialArea | None]]:
    """What can be written, with the area that is there already; the others become errors."""
    places = Community.objects.filter(subdistrict=by.subdistrict, is_active=True).defer("boundary").order_by("pk")
    found = {key: one for one in places for key in (one.name_zh, one.code)}
    there = registered(ResidentialArea.objects.filter(community__in=found.values())).order_by("pk")
    known = {(one.community_id, one.name): one for one in there}
    plan, seen = list[tuple[AreaTold, ResidentialArea | None]](), set[tuple[int, str]]()
    for row in rows:
        try:
            told = _told(row, found, known, at)
        except Invalid as refused:
            done.errors.append(RowError(row.line, _sentence(refused)))
            continue
        key = (told.place.community, told.name)
        if key in seen:
            done.errors.append(RowError(row.line, _("This area stands in the file twice.")))
            continue
        seen.add(key)
        plan.append((told, known.get(key)))
    done.errors.sort(key=lambda error: error.line)
    return plan


def _told(
    row: AreaRow, places: Mapping[str, Community], known: Mapping[tuple[int, str], ResidentialArea], at: datetime
) -> AreaTold:
    """Raises: Invalid."""
    place = places.get(row.community)
    if place is None:
        raise Invalid(_("“%(name)s” is no community of this office.") % {"name": row.community[:60]})
    facts = dict(row.facts)
    address = facts.pop("address")
    before = known.get((place.pk, facts["name"].strip()))
    point = (before.longitude, before.latitude) if before else (None, None)
    told = AreaTold(
        place=PlaceTold(place.pk, address, *point),
        contract=ContractTold(*row.contract) if row.contract and before is None else None,
        **facts,
    )
    today = timezone.localdate(at)
    wrong = {**plain_faults(told, today), **(contract_faults(told.contract, today) if told.contract else {})}
    if any(wrong.values()):
        raise Invalid(fields={name: faults for name, faults in wrong.items() if faults})
    return told


def _sentence(refused: Invalid) -> str:
    """The first thing that is wrong, with the field where it is known."""
    fields: Mapping[str, Any] = refused.fields
    if not fields:
        return str(refused)
    name, faults = next(iter(fields.items()))
    return f"{COLUMN_OF.get(name, name)}: {faults if isinstance(faults, str) else faults[0]}"


def _write(told: AreaTold, known: ResidentialArea | None, by: User, at: datetime) -> None:
    if known is None:
        enter_area(by=by, at=at, told=told)
    else:
        revise_area(pk=known.pk, by=by, at=at, told=told)
