"""Operations of a migration that are done together."""

from collections.abc import Iterable
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Do these operations in their order, none of which asks what another one of them has done.

    After each operation that stands by itself Django draws up anew all models that have to do with its own, which took
    half of the time of a first `migrate`; here it draws them up once for all.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Iterable[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the models; they are drawn up when somebody asks for them."""
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Do them."""
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Undo them, the last first."""
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name: str, app_label: str) -> bool:
        """Whether one of them is about this model or names it."""
        return any(one.references_model(name, app_label) for one in self.operations)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return "Together: " + "; ".join(one.describe() for one in self.operations)


class CreateTables(Together):
    """Make these tables, each with its indexes and constraints."""

    def __init__(self, tables: Iterable[CreateModel]) -> None:
        self.tables = list(tables)
        super().__init__(self.tables)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return "Create tables " + ", ".join(table.name for table in self.tables)
