"""Triggers that the papers of meetings have in common: their files never change, those of an issued one do not go."""

from typing import Any

import pgtrigger

from citymgmt.keeping import not_emptied, of_a_row


def paper_file_triggers(what: str, table: str, column: str) -> list[Any]:
    """Of the files of a kind of paper: none changes, those of issued ones do not go, the table is not emptied.

    `what` names the papers in the refusal, `table` is theirs, `column` that of the files which names one.
    """
    goes = f"""
    IF EXISTS (
        SELECT FROM {table} AS whole
        WHERE whole.id = OLD.{column} AND whole.state = 'issued' AND whole.version = OLD.version
    ) THEN
        RAISE EXCEPTION 'a file of issued {what} is not deleted';
    END IF;
    RETURN OLD;
"""
    return [
        of_a_row("file_stays", pgtrigger.Update, f"RAISE EXCEPTION 'a file of {what} does not change';"),
        of_a_row("file_goes", pgtrigger.Delete, goes),
        not_emptied(f"files of {what}"),
    ]
