"""Take in a sheet of the hotline's orders, of any length: known numbers change nothing, so run it again at will."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cases.intake.hotline.actions import take_in_order
from cases.intake.hotline.querysets import known_numbers
from cases.intake.hotline.reading import read_orders
from cases.intake.hotline.told import OrderTold
from citymgmt.database_clock import database_now
from citymgmt.people.models import SubDistrict
from citymgmt.refusals import Invalid

MOST_ROWS = 200_000


class Command(BaseCommand):
    """`import_hotline FILE --subdistrict CODE [--dry-run]`; each row is written by itself."""

    help = (
        "Take in orders of the hotline 12345 from CSV (UTF-8 or GB18030) or XLSX, as cases to be accepted. Known "
        "numbers change nothing. On the page of the portal a sheet has at most 5,000 rows; here it may have 200,000."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the sheet, CSV or XLSX")
        parser.add_argument("--subdistrict", required=True, help="nine digits: whose orders they are")
        parser.add_argument("--dry-run", action="store_true", help="only check, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        street = SubDistrict.objects.filter(code=options["subdistrict"]).first()
        if street is None:
            raise CommandError(f"there is no sub-district with the code {options['subdistrict']}")
        orders, wrong = self._read(options["file"])
        if options["dry_run"]:
            known = len(known_numbers(street, (order.number for order in orders)))
            self._sum_up("would be", Counter(new=len(orders) - known, known=known, wrong=wrong))
        else:
            self._sum_up("were", self._take_in(street, orders) + Counter(wrong=wrong))

    def _read(self, path: Path) -> tuple[list[OrderTold], int]:
        try:
            orders, faults = read_orders(path.read_bytes(), now=database_now(), most=MOST_ROWS)
        except (OSError, Invalid) as error:
            raise CommandError(str(error)) from error
        for fault in faults:
            self.stderr.write(str(fault))
        return orders, len(faults)

    def _take_in(self, street: SubDistrict, orders: list[OrderTold]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for told in tqdm(orders, unit="order", disable=None):
            order = take_in_order(subdistrict=street, told=told, by=None, at=database_now())
            counts["new" if order else "known"] += 1
        return counts

    def _sum_up(self, verb: str, counts: Counter[str]) -> None:
        self.stdout.write(f"{counts['new']} {verb} taken in, {counts['known']} known, {counts['wrong']} wrong")
