"""Load the standards catalogue and the ladders."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.actions.standards import load_standards


class Command(BaseCommand):
    """`load_standards`: repeat it at will; what an administrator changed stays."""

    help = "Load the standards catalogue (domain 3.7) and the default ladders."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_standards()
        self.stdout.write(
            f"added: {loaded.disorders} disorders, {loaded.categories} categories, {loaded.standards} standards"
        )
