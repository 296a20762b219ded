"""Seals all personal data anew by the first key of PERSONAL_DATA_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand

from citymgmt.sealed import reseal


class Command(BaseCommand):
    """Run it after a new key was put in front; the old one can go when it is done."""

    help = "Seals personal data anew by the first of PERSONAL_DATA_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal column by column, and say how much."""
        for column, count in reseal():
            self.stdout.write(f"{column}: {count}")
