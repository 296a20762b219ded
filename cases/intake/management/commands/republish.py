"""Make anew what everybody may read of residents' cases."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from cases.intake.actions.publishing import republish
from cases.intake.models import Report


class Command(BaseCommand):
    """`republish`: after PUBLIC_POINT_DECIMALS was changed, or where a release publishes otherwise."""

    help = "Make anew what everybody may read of residents' cases."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through all reports, with a progress bar."""
        with tqdm(total=Report.objects.count(), unit="report", disable=options["verbosity"] == 0) as bar:
            count = republish(progress=bar.update)
        self.stdout.write(f"{count} cases are public")
