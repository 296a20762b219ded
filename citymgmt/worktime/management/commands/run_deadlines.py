"""Settle what is due, as the sweep does each minute."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from citymgmt.database_clock import database_now
from citymgmt.worktime import sweep
from citymgmt.worktime.actions import beat_heart


class Command(BaseCommand):
    """`run_deadlines [--now ISO]`: a moment without offset is read in the portal's own time zone."""

    help = "Settle every deadline that is due now, or at the moment given with --now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", help="ISO 8601 moment, for example 2026-11-24T16:00+08:00")

    def handle(self, *args: Any, **options: Any) -> None:
        now = _moment(options["now"]) if options["now"] else database_now()
        settled = sweep.run(now)
        if not options["now"]:
            beat_heart(part="sweep", at=now)
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in settled.items()))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
        if not 2000 <= moment.year <= 2100:
            raise ValueError(text)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise CommandError(f"--now is not a moment between 2000 and 2100: {text}") from error
