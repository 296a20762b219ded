"""Send the messages that wait, as the worker does every 20 seconds."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from citymgmt.database_clock import database_now
from citymgmt.outbox.channels import SENDERS
from citymgmt.outbox.delivery import deliver
from citymgmt.outbox.models import Message

OUTCOMES = (Message.State.DEAD.value, Message.State.DELIVERED.value, Message.State.WAITING.value)


class Command(BaseCommand):
    """`deliver_messages [--now ISO]`: a moment without offset is read in the portal's own time zone."""

    help = "Send every message that waits now, or that waits at the moment given with --now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", help="ISO 8601 moment, for example 2026-11-24T16:00+08:00")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = _moment(options["now"]) if options["now"] else None
        counts = deliver((lambda: moment) if moment else database_now, SENDERS)
        self.stdout.write(", ".join(f"{state}: {counts.get(state, 0)}" for state in OUTCOMES))


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
