"""Make demo data: each app's own `demo` module, in the order of the installed apps; those that say `COMES_LAST` after
the others, because what they play needs an office that another one makes.
"""

import sys
from argparse import ArgumentTypeError
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import module_has_submodule
from tqdm import tqdm

from cases.actions.standards import load_standards
from citymgmt.database_clock import database_now
from citymgmt.refusals import Refusal
from citymgmt.worktime.actions import load_calendar

MOST_CASES = 20_000


def count_of_cases(text: str) -> int:
    """A number of cases from 1 to 20,000. Raises: ArgumentTypeError."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_CASES:
        raise ArgumentTypeError(f"a number from 1 to {MOST_CASES}")
    return int(text)


class Progress:
    """A bar on a terminal, else a line for every tenth."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.bar = tqdm(total=100, unit="%", file=stream, leave=False) if stream.isatty() else None
        self.shown = 0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.bar is not None:
            self.bar.close()

    def say(self, share: float) -> None:
        """Show the share done, from 0 to 1."""
        percent = int(100 * max(0.0, min(1.0, share)))
        if self.bar is not None:
            self.bar.update(max(0, percent - self.bar.n))
        elif percent // 10 > self.shown:
            self.shown = percent // 10
            self.stream.write(f"demo cases: {percent} %\n")
            self.stream.flush()


class Command(BaseCommand):
    """`seed_demo [--cases N] [--seed S]`: safe to repeat; finishes what a run that was cut short had begun."""

    help = "Make a fictional district with half a year of cases, ending now; writes VAR_DIR/demo-logins.json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=count_of_cases, default=600, help="about so many cases (600)")
        parser.add_argument("--seed", type=int, default=1, help="another number gives another half year (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        now = database_now()
        load_standards()
        load_calendar()
        given = {"now": now, "cases": options["cases"], "seed": options["seed"], "directory": Path(settings.VAR_DIR)}
        configs = [one for one in apps.get_app_configs() if module_has_submodule(one.module, "demo")]
        demos = [import_module(f"{config.name}.demo") for config in configs]
        for demo in sorted(demos, key=lambda one: getattr(one, "COMES_LAST", False)):
            with Progress(sys.stderr) as progress:
                self._seed(demo, say=progress.say, **given)

    def _seed(self, demo: Any, **given: Any) -> None:
        try:
            demo.seed(tell=self.stdout.write, **given)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
