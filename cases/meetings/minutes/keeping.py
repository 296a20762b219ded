"""Triggers: what is checked keeps its content; once issued, neither minutes nor their files change or go."""

from typing import Any

import pgtrigger

from cases.meetings.keeping import paper_file_triggers
from citymgmt.keeping import not_emptied, of_a_row

_STAYS = """
    IF OLD.state = 'issued' THEN
        RAISE EXCEPTION 'issued minutes do not change';
    END IF;
    IF OLD.state IN ('checked', 'signed') AND NEW.state <> 'draft' AND (
        NEW.content IS DISTINCT FROM OLD.content OR (NEW.title, NEW.issuer, NEW.opening, NEW.reports_to, NEW.sends_to,
        NEW.copies_to) IS DISTINCT FROM (OLD.title, OLD.issuer, OLD.opening, OLD.reports_to, OLD.sends_to,
        OLD.copies_to)
    ) THEN
        RAISE EXCEPTION 'checked minutes keep their text';
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('draft', 'draft'), ('draft', 'checked'), ('checked', 'signed'), ('checked', 'draft'), ('signed', 'draft'),
        ('signed', 'issued'), ('checked', 'checked'), ('signed', 'signed')
    ) THEN
        RAISE EXCEPTION 'minutes go from step to step';
    END IF;
    RETURN NEW;
"""
_DO_NOT_GO = """
    IF OLD.state = 'issued' THEN
        RAISE EXCEPTION 'issued minutes are not deleted';
    END IF;
    RETURN OLD;
"""


def minutes_triggers() -> list[Any]:
    """Of minutes: step by step, issued ones neither change nor go, the table is not emptied."""
    return [
        of_a_row("steps", pgtrigger.Update, _STAYS),
        of_a_row("issued_stay", pgtrigger.Delete, _DO_NOT_GO),
        not_emptied("minutes"),
    ]


def file_triggers() -> list[Any]:
    """Of their files: none changes, those of issued ones do not go, the table is not emptied."""
    return paper_file_triggers("minutes", "meetings_minutes", "minutes_id")
