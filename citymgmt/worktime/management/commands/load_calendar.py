"""Load the published holidays."""

from typing import Any

from django.core.management.base import BaseCommand

from citymgmt.worktime.actions import load_calendar


class Command(BaseCommand):
    """`load_calendar`: repeat it at will; what an administrator changed stays."""

    help = "Load holidays, make-up working days and the default office hours."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"calendar days added: {load_calendar()}")
