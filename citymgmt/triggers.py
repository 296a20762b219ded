"""Triggers that a migration's new tables come with, made at once."""

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class InstallTriggers(Operation):
    """Make the triggers that stand in the options of the app's models.

    pgtrigger's own AddTrigger, one for each, has Django draw up all models anew each time: three quarters of the time
    of a first `migrate`. For a trigger that comes later AddTrigger is what `makemigrations` writes.
    """

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: the options say it already."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: ProjectState) -> None:
        """Make them."""
        for (app, _name), model in sorted(to_state.models.items()):
            for trigger in model.options.get("triggers", ()) if app == app_label else ():
                schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing: they go with their tables."""

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return "Install the triggers of the app's tables"
