"""Triggers by which the database keeps what must stay as it is."""

from typing import Any

import pgtrigger


def of_a_row(name: str, operation: Any, func: str) -> Any:
    """A trigger before each row that is written."""
    return pgtrigger.Trigger(name=name, level=pgtrigger.Row, when=pgtrigger.Before, operation=operation, func=func)


def not_emptied(what: str) -> Any:
    """A trigger that refuses to empty a table."""
    return pgtrigger.Trigger(
        name="not_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"RAISE EXCEPTION 'the table of {what} is not emptied';",
    )
