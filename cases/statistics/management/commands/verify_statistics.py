"""Are the figures what a recount gives?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from cases.statistics.actions import catch_up, count_some_anew
from cases.statistics.actions.counting import AS_LONG_AS_IT_TAKES
from cases.statistics.verification import differences
from citymgmt.database_clock import database_now


class Command(BaseCommand):
    """`verify_statistics`: exit code 1 and a line for each figure that a recount gives differently."""

    help = "Compare all figures of the statistics with a recount from the cases and their histories."

    def handle(self, *args: Any, **options: Any) -> None:
        """Count what is waiting to be counted, also by changed rules, then compare."""
        at = database_now()
        while count_some_anew(at=at, patience_ms=AS_LONG_AS_IT_TAKES):
            pass
        catch_up(at=database_now())
        found = 0
        for line in differences():
            found += 1
            self.stdout.write(line)
        self.stdout.write(f"{found} differences" if found else "All figures agree with a recount")
        if found:
            sys.exit(1)
