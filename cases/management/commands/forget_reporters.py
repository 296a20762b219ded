"""Erase who reported cases that ended long ago; beat does it every hour by itself."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cases.actions.reporters import forget_reporters, old_reporters
from citymgmt.database_clock import database_now


class Command(BaseCommand):
    """`forget_reporters [--dry-run]`: safe to repeat."""

    help = "Erases who reported cases that ended more than PERSONAL_DATA_MONTHS ago."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether it is only counted."""
        parser.add_argument("--dry-run", action="store_true", help="say how many, and erase nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, or count."""
        at = database_now()
        if options["dry_run"]:
            self.stdout.write(f"would be erased: {old_reporters(at).count()}")
        else:
            self.stdout.write(f"erased: {forget_reporters(at=at)}")
