"""A migration's new tables, made together."""

from collections.abc import Iterable
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Make these tables, in this order.

    After each CreateModel that stands by itself Django draws up anew all models that have to do with it; here it
    draws them up once for all.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, tables: Iterable[CreateModel]) -> None:
        self.tables = list(tables)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models; they are drawn up when somebody asks for them."""
        state.__dict__.pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: ProjectState) -> None:
        """Make them, each with its indexes and constraints."""
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: Any) -> None:
        """Drop them, the last first."""
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name: str, app_label: str) -> bool:
        """Whether one of them is this model or names it."""
        return any(table.references_model(name, app_label) for table in self.tables)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return "Create tables " + ", ".join(table.name for table in self.tables)
