"""Fill a measurement database with many consistent cases."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime
from tqdm import tqdm

from cases.bulk_seed import seed_bulk
from cases.bulk_seed.office import DISTRICT_CODE
from cases.models import Case
from citymgmt.database_clock import database_now

MOST_CASES = 1_000_000


class Command(BaseCommand):
    """`seed_bulk --cases N --yes`: N cases with true histories, and M of them due at one moment."""

    help = (
        "FOR MEASUREMENT DATABASES ONLY: add many made-up cases with consistent histories. "
        "They cannot be removed again, because history is append-only."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, required=True, help="how many cases to add, at most 1,000,000")
        parser.add_argument("--due", type=int, default=0, help="how many of them fall due, each for one step")
        parser.add_argument("--step", choices=["urge", "escalate"], default="escalate", help="which step that is")
        parser.add_argument("--days", type=int, default=730, help="over how many days they are spread")
        parser.add_argument("--at", help="the moment up to which they are laid out (ISO, default now)")
        parser.add_argument("--yes", action="store_true", help="this database is for measurements only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse where an office works; else seed with a progress bar."""
        self._refuse_unless_measured(options["yes"])
        at = _moment(options["at"])
        if not 0 <= options["due"] <= options["cases"] <= MOST_CASES or options["days"] < 1:
            raise CommandError("give 0 <= --due <= --cases <= 1000000, and at least one day")
        with tqdm(total=options["cases"], unit="case", disable=options["verbosity"] == 0) as bar:
            seeded = seed_bulk(
                case_count=options["cases"],
                due_count=options["due"],
                days=options["days"],
                at=at,
                step=options["step"],
                progress=bar.update,
            )
        self.stdout.write(f"{seeded.case_count} cases added; {seeded.due_count} are due at {at.isoformat()}")

    def _refuse_unless_measured(self, is_sure: bool) -> None:
        if not is_sure:
            raise CommandError(
                "seed_bulk is for measurement databases only: it adds made-up cases that cannot be removed. "
                "If this database is one, say --yes."
            )
        if not settings.DEBUG and Case.objects.exclude(subdistrict__district_code=DISTRICT_CODE).exists():
            raise CommandError("this database holds cases of an office; seed_bulk works on measurement databases only")


def _moment(text: str | None) -> datetime:
    if text is None:
        return database_now()
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise CommandError("--at takes a moment with its time zone, for example 2026-09-16T10:00:00+08:00")
    return moment
