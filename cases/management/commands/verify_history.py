"""Check on live data that every case, and whatever else has a history, is what that says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.verification import Verify, histories


class Command(BaseCommand):
    """`verify_history`: exit code 1 and a line for each difference when history and rows disagree."""

    help = "Replay the history of every case and resolution and compare it with the stored rows."

    def handle(self, *args: Any, **options: Any) -> None:
        found = [self._check(name, one.verify) for name, one in histories().items()]
        if any(found):
            raise CommandError("history and rows disagree")

    def _check(self, name: str, verify: Verify) -> int:
        """Say what differs; returns for how many things."""
        checked, found = 0, 0
        for number, differences in verify():
            checked += 1
            found += bool(differences)
            for text in differences:
                self.stderr.write(f"{number}: {text}")
        self.stdout.write(f"{checked} {name} checked, {found} with differences")
        return found
