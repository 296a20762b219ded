"""Make all figures anew from the cases and their histories."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from cases.models import Case
from cases.statistics.actions import rebuild
from citymgmt.database_clock import database_now


class Command(BaseCommand):
    """`rebuild_statistics`: where figures went wrong, or a release counts otherwise. Changed rules need no hand."""

    help = "Make all figures of the statistics anew from the cases and their histories."

    def handle(self, *args: Any, **options: Any) -> None:
        """Count everything, with a progress bar."""
        with tqdm(total=Case.objects.count(), unit="case", disable=options["verbosity"] == 0) as bar:
            count = rebuild(at=database_now(), progress=bar.update)
        self.stdout.write(f"{count} cases counted")
