"""Bring institutions from a list into the register: repeat it at will, nothing is doubled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from communities.importing import RowError
from communities.institutions.actions.register import faults_of_told
from communities.institutions.importing import InstitutionRow
from communities.models import Community, Institution
from communities.querysets import locked_office

IMPORT = "institution.import"


@dataclass
class Imported:
    """What an import did, or would do, and what is wrong, by row."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    is_written: bool = False
    errors: list[RowError] = field(default_factory=list)


def import_institutions(
    *,
    by: User,
    at: datetime,
    rows: Sequence[InstitutionRow],
    errors: Sequence[RowError] = (),
    skip_errors: bool = False,
    is_dry_run: bool = False,
) -> Imported:
    """Add the institutions of the own office that are new (known by community and name), bring known ones up to date by
    what the list says; an empty cell leaves what is kept. `errors` are those found on reading.

    With an error anywhere nothing is written, unless `skip_errors` leaves out those rows. Raises: NotFound,
    NotPermitted.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="import_institutions"):
        office = locked_office(by.subdistrict_id)
        require(by, IMPORT, office, on=timezone.localdate(at))
        plan = _Plan(rows, list(errors), office.pk)
        if not is_dry_run and (skip_errors or not plan.done.errors):
            plan.write()
        return plan.done


class _Plan:
    """The rows of one import against what is already there."""

    def __init__(self, rows: Sequence[InstitutionRow], errors: list[RowError], subdistrict_id: int) -> None:
        self.done = Imported(errors=errors)
        places = Community.objects.filter(subdistrict=subdistrict_id, is_active=True).defer("boundary")
        self.places = {key: one for one in places.order_by("pk") for key in (one.code, one.name_zh)}
        known = Institution.objects.filter(community__subdistrict=subdistrict_id).order_by("pk")
        self.known = {(one.community_id, one.name): one for one in known.select_for_update(no_key=True)}
        self.new: list[Institution] = []
        self.changed: list[Institution] = []
        seen: set[tuple[int, str]] = set()
        for row in rows:
            sentence = self._fault(row, seen)
            if sentence:
                self.done.errors.append(RowError(row.line, sentence))
            else:
                self._take(row)
        self.done.errors.sort(key=lambda error: error.line)

    def _fault(self, row: InstitutionRow, seen: set[tuple[int, str]]) -> str:
        """The first thing wrong with a row; empty when there is none."""
        place = self.places.get(row.community)
        if place is None:
            return _("“%(name)s” is no community of your sub-district.") % {"name": row.community}
        if (place.pk, row.told.name) in seen:
            return _("This institution stands in the file twice.")
        faults = faults_of_told(row.told)
        if not faults:
            seen.add((place.pk, row.told.name))
        return "; ".join(sentence for sentences in faults.values() for sentence in sentences)

    def _take(self, row: InstitutionRow) -> None:
        place = self.places[row.community]
        found = self.known.get((place.pk, row.told.name))
        if found is None:
            self.new.append(Institution(community=place, **row.told.columns))
            self.done.added += 1
        elif changes := _differing(found, row.told.columns):
            for name, value in changes.items():
                setattr(found, name, value)
            self.changed.append(found)
            self.done.changed += 1
        else:
            self.done.unchanged += 1

    def write(self) -> None:
        """Write what can be written."""
        Institution.objects.bulk_create(self.new)
        for one in self.changed:
            one.save()
        self.done.is_written = True


def _differing(found: Institution, columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if value not in ("", None) and getattr(found, name) != value}
