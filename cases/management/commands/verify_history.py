"""Check on live data that every case is what its history says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.verification import verify_history


class Command(BaseCommand):
    """`verify_history`: exit code 1 and a line for each difference when history and rows disagree."""

    help = "Replay the history of every case and compare it with the stored rows."

    def handle(self, *args: Any, **options: Any) -> None:
        checked, found = 0, 0
        for number, differences in verify_history():
            checked += 1
            found += bool(differences)
            for text in differences:
                self.stderr.write(f"{number}: {text}")
        self.stdout.write(f"{checked} cases checked, {found} with differences")
        if found:
            raise CommandError("history and rows disagree")
