"""Import communities from a CSV or XLSX file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from citymgmt.refusals import Invalid
from communities.actions import Imported, import_communities
from communities.importing import LARGEST_FILE, read_rows


class Command(BaseCommand):
    """`import_communities FILE [--dry-run] [--skip-errors]`: repeat it at will, nothing is doubled."""

    help = (
        "Import communities from CSV (UTF-8 or GB18030) or XLSX with the columns street_code, community and, where "
        "the sub-district is new, street and district; optional: code, urban_rural_class, office_address, "
        "office_phone, community_en, street_en, district_code."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
        parser.add_argument("--skip-errors", action="store_true", help="leave out wrong rows and write the others")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows, errors = read_rows(_content(options["file"]))
            done = import_communities(
                rows=rows, errors=errors, skip_errors=options["skip_errors"], is_dry_run=options["dry_run"]
            )
        except Invalid as refused:
            raise CommandError(str(refused)) from refused
        for error in done.errors:
            self.stderr.write(str(error))
        self.stdout.write(_summary(done))
        if done.errors and not options["skip_errors"]:
            raise CommandError(f"{len(done.errors)} wrong row(s); nothing was written")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error


def _summary(done: Imported) -> str:
    verb = "imported" if done.is_written else "not written, would be"
    return (
        f"{verb}: {done.subdistricts_added} new sub-districts, {done.added} new communities, "
        f"{done.changed} changed, {done.unchanged} unchanged, {len(done.errors)} wrong rows"
    )
