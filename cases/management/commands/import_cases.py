"""Import the cases of an old ledger from a CSV or XLSX file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cases.actions import import_cases
from cases.importing import Finding, Ledger, ReadRow, read_ledger, read_mapping
from citymgmt.database_clock import database_now
from citymgmt.people.models import SubDistrict
from citymgmt.refusals import Invalid
from communities.actions import import_communities
from communities.importing import LARGEST_FILE, ImportRow
from communities.models import Community

BATCH = 200


class Command(BaseCommand):
    """`import_cases FILE --mapping FILE`: stop it and repeat it at will, nothing is doubled."""

    help = (
        "Import the cases of an old ledger from CSV (UTF-8 or GB18030) or XLSX. The mapping is a JSON file "
        "(cases/importing/mapping.py describes it, cases/importing/mappings holds an example). "
        "Imported cases keep their own times; open ones are not urged or escalated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, required=True, help="which column is what, as JSON")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
        parser.add_argument("--skip-errors", action="store_true", help="leave out wrong rows and write the others")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read everything, then write in batches; each batch is committed, so that a repeat goes on from there."""
        try:
            ledger = read_mapping(_content(options["mapping"]).decode("utf-8-sig"))
            rows, findings = read_ledger(_content(options["file"]), ledger, now=database_now())
            errors = self._report(findings)
            if options["dry_run"] or (errors and not options["skip_errors"]):
                self._say_what_would_be(rows, errors)
            else:
                count = _write(ledger, rows, is_quiet=options["verbosity"] == 0)
                self.stdout.write(
                    f"imported: {count} new cases, {len(rows) - count} there already, {errors} wrong rows"
                )
        except UnicodeDecodeError as error:
            raise CommandError("the mapping must be UTF-8 text") from error
        except Invalid as refused:
            raise CommandError(str(refused)) from refused
        if errors and not options["skip_errors"]:
            raise CommandError(f"{errors} wrong row(s); nothing was written")

    def _report(self, findings: Sequence[Finding]) -> int:
        """Print what was found; returns the number of errors."""
        for finding in findings:
            self.stderr.write(f"{'warning' if finding.is_warning else 'error'}: {finding}")
        return sum(not finding.is_warning for finding in findings)

    def _say_what_would_be(self, rows: Sequence[ReadRow], errors: int) -> None:
        closed = sum(row.case.closed_at is not None for row in rows)
        names = len({row.community for row in rows} - {""})
        self.stdout.write(
            f"not written, would be: {len(rows)} cases ({closed} closed, {len(rows) - closed} open) "
            f"in {names} communities, {errors} wrong rows"
        )


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error


def _write(ledger: Ledger, rows: Sequence[ReadRow], *, is_quiet: bool) -> int:
    """Write the communities, then the cases in batches; returns how many cases were new."""
    subdistrict, communities = _places(ledger, rows)
    cases = [replace(row.case, community=communities.get(row.community)) for row in rows]
    count = 0
    with tqdm(total=len(cases), unit="case", disable=is_quiet) as bar:
        for start in range(0, len(cases), BATCH):
            batch = cases[start : start + BATCH]
            count += import_cases(subdistrict=subdistrict, rows=batch, by=None)
            bar.update(len(batch))
    return count


def _places(ledger: Ledger, rows: Sequence[ReadRow]) -> tuple[SubDistrict, dict[str, Community]]:
    """The sub-district and its communities by name; new ones get codes in the order in which they first appear.

    Raises: Invalid when the sub-district does not exist and nothing makes it.
    """
    lines = {row.community: row.line for row in reversed(rows) if row.community}
    found = [_as_row(ledger, name, line) for name, line in sorted(lines.items(), key=lambda item: item[1])]
    done = import_communities(rows=found)
    if done.errors:
        raise Invalid(str(done.errors[0]))
    subdistrict = SubDistrict.objects.filter(code=ledger.subdistrict_code).first()
    if subdistrict is None:
        raise CommandError(f"there is no sub-district {ledger.subdistrict_code}: import its communities first")
    return subdistrict, {one.name_zh: one for one in Community.objects.filter(subdistrict=subdistrict)}


def _as_row(ledger: Ledger, name: str, line: int) -> ImportRow:
    return ImportRow(
        line=line,
        street_code=ledger.subdistrict_code,
        community=name,
        street=ledger.subdistrict_name,
        district=ledger.district_name,
    )
