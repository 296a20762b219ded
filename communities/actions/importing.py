"""Bring communities from a list into their table: repeat it at will, nothing is doubled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid
from communities.importing import ImportRow, RowError
from communities.models import Community

LAST_SERIAL = 999
FACTS = ("urban_rural_class", "office_address", "office_phone")


@dataclass
class Imported:
    """What an import did, or would do, and what is wrong, by row."""

    subdistricts_added: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    is_written: bool = False
    errors: list[RowError] = field(default_factory=list)


@transaction.atomic
def import_communities(
    *,
    rows: Sequence[ImportRow],
    errors: Sequence[RowError] = (),
    by: User | None = None,
    skip_errors: bool = False,
    is_dry_run: bool = False,
) -> Imported:
    """Add the communities that are new (matched by sub-district and name), bring known ones up to date.

    A community without a code gets the next free one, sub-district code + three digits, in the order of the rows.
    `errors` are those found on reading; a person imports into the own sub-district only, `by` None is the portal.
    With an error anywhere nothing is written, unless `skip_errors` leaves out those rows.
    Raises: NotPermitted, Invalid when no code is free.
    """
    if by is not None:
        require_role(by, "community.edit")
    done = Imported(errors=list(errors))
    plan = _Plan(rows, done, by.subdistrict if by else None)
    plan.check()
    if is_dry_run or (done.errors and not skip_errors):
        plan.count()
        return done
    plan.write()
    done.is_written = True
    return done


class _Plan:
    """The rows of one import against what is already there."""

    def __init__(self, rows: Sequence[ImportRow], done: Imported, only: SubDistrict | None) -> None:
        self.rows = rows
        self.done = done
        self.only = only
        codes = {row.street_code for row in rows}
        locked = SubDistrict.objects.filter(code__in=codes).order_by("pk").select_for_update(no_key=True)
        self.streets = {street.code: street for street in locked}
        known = Community.objects.filter(subdistrict__code__in=codes).select_related("subdistrict").order_by("pk")
        self.known = {(community.subdistrict.code, community.name_zh): community for community in known}
        given = [row.code for row in rows if row.code]
        self.owners = {community.code: community for community in known}
        self.owners.update(Community.objects.in_bulk(given, field_name="code"))
        self.good: list[ImportRow] = []

    def check(self) -> None:
        """Sort the rows into those that can be written and errors."""
        names: dict[str, str] = {}
        seen: set[tuple[str, str]] = set()
        codes: set[str] = set()
        for row in self.rows:
            sentence = self._fault(row, names, seen, codes)
            if sentence:
                self.done.errors.append(RowError(row.line, sentence))
                continue
            self.good.append(row)
            seen.add((row.street_code, row.community))
            codes.update(filter(None, [row.code]))
            names.setdefault(row.street_code, row.street)
        self.done.errors.sort(key=lambda error: error.line)

    def _fault(self, row: ImportRow, names: dict[str, str], seen: set[tuple[str, str]], codes: set[str]) -> str:
        if self.only is not None and row.street_code != self.only.code:
            return _("This row belongs to another sub-district.")
        if (row.street_code, row.community) in seen:
            return _("This community stands in the file twice.")
        if row.code and row.code in codes:
            return _("This community code stands in the file twice.")
        return self._street_fault(row, names) or self._code_fault(row)

    def _street_fault(self, row: ImportRow, names: dict[str, str]) -> str:
        if row.street_code in self.streets:
            return ""
        if not row.street or not row.district:
            return _("This sub-district is new: its name and the name of the district are needed.")
        if names.get(row.street_code, row.street) != row.street:
            return _("The same sub-district code stands in the file with two names.")
        return ""

    def _code_fault(self, row: ImportRow) -> str:
        known = self.known.get((row.street_code, row.community))
        if known is not None:
            if row.code and row.code != known.code:
                return _("This community already has the code %(code)s.") % {"code": known.code}
            return ""
        if row.code in self.owners:
            return _("This code already belongs to “%(name)s”.") % {"name": self.owners[row.code].name_zh}
        return ""

    def count(self) -> None:
        """Say what writing would do."""
        self.done.subdistricts_added = len({row.street_code for row in self.good} - set(self.streets))
        for row in self.good:
            known = self.known.get((row.street_code, row.community))
            if known is None:
                self.done.added += 1
            elif _differing(known, row):
                self.done.changed += 1
            else:
                self.done.unchanged += 1

    def write(self) -> None:
        """Write what can be written."""
        self.count()
        for row in self.good:
            if row.street_code not in self.streets:
                self.streets[row.street_code] = _new_street(row)
        serials = _Serials({*self.owners, *(row.code for row in self.good if row.code)})
        new = []
        for row in self.good:
            known = self.known.get((row.street_code, row.community))
            if known is None:
                new.append(_new_community(row, self.streets[row.street_code], row.code or serials.next(row)))
            else:
                _bring_up_to_date(known, row)
        Community.objects.bulk_create(new)


class _Serials:
    """The next free community code of each sub-district."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)
        self.last: dict[str, int] = {}

    def next(self, row: ImportRow) -> str:
        serial = self.last.get(row.street_code, 0) + 1
        while f"{row.street_code}{serial:03}" in self.taken:
            serial += 1
        if serial > LAST_SERIAL:
            raise Invalid(_("Row %(line)s: no community code is free in this sub-district.") % {"line": row.line})
        self.last[row.street_code] = serial
        return f"{row.street_code}{serial:03}"


def _new_street(row: ImportRow) -> SubDistrict:
    return SubDistrict.objects.create(
        code=row.street_code,
        name_zh=row.street,
        name_en=row.street_en,
        district_code=row.street_code[:6],
        district_name=row.district,
    )


def _new_community(row: ImportRow, street: SubDistrict, code: str) -> Community:
    facts = {name: getattr(row, name) for name in FACTS}
    return Community(code=code, subdistrict=street, name_zh=row.community, name_en=row.community_en, **facts)


def _differing(known: Community, row: ImportRow) -> dict[str, str]:
    given = {"name_en": row.community_en, **{name: getattr(row, name) for name in FACTS}}
    return {name: text for name, text in given.items() if text and getattr(known, name) != text}


def _bring_up_to_date(known: Community, row: ImportRow) -> None:
    changes = _differing(known, row)
    for name, text in changes.items():
        setattr(known, name, text)
    if changes:
        known.save(update_fields=list(changes))
