"""The regulations that the portal comes with, and lists that an office brings in; nothing is doubled."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pghistory
from django.db import transaction

from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.written import folded
from communities.importing import RowError
from communities.models import Regulation
from communities.querysets import locked_office
from communities.regulations.actions.keeping import already, faults_of_told
from communities.regulations.importing import RegulationRow
from communities.regulations.querysets import KEEP, SHARE
from communities.regulations.told import RegulationTold

SEED = Path(__file__).parent.parent / "seed" / "laws.json"
DAYS = ("issued_on", "effective_on")


@transaction.atomic
def load_regulations() -> set[str]:
    """Bring the shipped laws into their table, shared by all offices; gives the titles that were new. What was changed
    stays. Source: the numbers and days of their promulgation.
    """
    new: set[str] = set()
    rows = json.loads(SEED.read_text("utf-8"))
    for row in rows:
        days = {name: date.fromisoformat(row[name]) for name in DAYS}
        told = RegulationTold(**{**{name: text for name, text in row.items() if name not in ENDS}, **days}).columns
        if not Regulation.objects.filter(subdistrict=None, title=told["title"]).exists():
            Regulation.objects.create(**told, folded=folded(f"{told['title']}\n{told['number']}\n{told['issuer']}"))
            new.add(told["title"])
    for row in rows:
        if "replaced_by" in row and row["title"] in new:
            later = Regulation.objects.get(subdistrict=None, title=row["replaced_by"])
            old = Regulation.objects.filter(subdistrict=None, title=row["title"])
            old.update(replaced_by=later, abolished_on=date.fromisoformat(row["abolished_on"]))
    return new


ENDS = ("replaced_by", "abolished_on")


@dataclass
class Imported:
    """What an import did, or would do, and what is wrong, by row."""

    added: int = 0
    unchanged: int = 0
    is_written: bool = False
    errors: list[RowError] = field(default_factory=list)


def import_regulations(
    *,
    by: User,
    at: datetime,
    rows: Sequence[RegulationRow],
    errors: Sequence[RowError] = (),
    is_shared: bool = False,
    skip_errors: bool = False,
    is_dry_run: bool = False,
) -> Imported:
    """Add the regulations that are new (known by title and first day); known ones stay as they are.

    With an error anywhere nothing is written, unless `skip_errors` leaves out those rows. Raises: NotPermitted.
    """
    require_role(by, SHARE if is_shared else KEEP)
    with transaction.atomic(), pghistory.context(user=by.pk, action="import_regulations"):
        office = None if is_shared else locked_office(by.subdistrict_id)
        known = set(Regulation.objects.filter(subdistrict=office).values_list("title", "effective_on"))
        done, new, seen = Imported(errors=list(errors)), [], set()
        for row in rows:
            columns = row.told.columns
            key = (columns["title"], columns["effective_on"])
            faults = faults_of_told(row.told, is_shared=is_shared)
            sentence = "; ".join(text for texts in faults.values() for text in texts)
            if sentence or key in seen:
                done.errors.append(RowError(row.line, sentence or already()))
            elif key in known:
                done.unchanged += 1
            else:
                text = "\n".join((columns["title"], columns["number"], columns["issuer"]))
                new.append(Regulation(subdistrict=office, folded=folded(text), **columns))
            seen.add(key)
        done.errors.sort(key=lambda error: error.line)
        done.added = len(new)
        if not is_dry_run and (skip_errors or not done.errors):
            Regulation.objects.bulk_create(new)
            done.is_written = True
        return done
