"""Triggers: a submitted circular keeps its text; once issued, neither it nor its files change or go."""

from typing import Any

import pgtrigger

from cases.meetings.keeping import paper_file_triggers
from citymgmt.keeping import not_emptied, of_a_row

_COMES = """
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM meetings_circular AS earlier
        WHERE earlier.id = NEW.corrects_id AND earlier.state = 'issued' AND earlier.subdistrict_id = NEW.subdistrict_id
    ) THEN
        RAISE EXCEPTION 'a circular corrects an issued one of its office';
    END IF;
    RETURN NEW;
"""
_BEGINS = """
    IF NEW.state <> 'draft' THEN
        RAISE EXCEPTION 'circulars begin as drafts';
    END IF;
    RETURN NEW;
"""
_STAYS = """
    IF OLD.state = 'issued' THEN
        RAISE EXCEPTION 'issued circulars do not change';
    END IF;
    IF OLD.state = 'submitted' AND NEW.state <> 'draft' AND (
        NEW.subdistrict_id, NEW.kind, NEW.language, NEW.title, NEW.issuer, NEW.body, NEW.recipients, NEW.cases,
        NEW.confirm_by, NEW.corrects_id, NEW.drafted_by_id, NEW.submitted_by_id
    ) IS DISTINCT FROM (
        OLD.subdistrict_id, OLD.kind, OLD.language, OLD.title, OLD.issuer, OLD.body, OLD.recipients, OLD.cases,
        OLD.confirm_by, OLD.corrects_id, OLD.drafted_by_id, OLD.submitted_by_id
    ) THEN
        RAISE EXCEPTION 'submitted circulars keep their text';
    END IF;
    IF NEW.drafted_by_id <> OLD.drafted_by_id THEN
        RAISE EXCEPTION 'who drafted a circular stays';
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('draft', 'draft'), ('draft', 'submitted'), ('submitted', 'submitted'), ('submitted', 'draft'),
        ('submitted', 'issued')
    ) THEN
        RAISE EXCEPTION 'circulars go from step to step';
    END IF;
    RETURN NEW;
"""
_DOES_NOT_GO = """
    IF OLD.state <> 'draft' THEN
        RAISE EXCEPTION 'only drafts of circulars are deleted';
    END IF;
    RETURN OLD;
"""


def circular_triggers() -> list[Any]:
    """Of circulars: step by step, those that correct name an issued one, issued ones neither change nor go."""
    return [
        of_a_row("corrects_issued", pgtrigger.Insert | pgtrigger.Update, _COMES),
        of_a_row("begins", pgtrigger.Insert, _BEGINS),
        of_a_row("steps", pgtrigger.Update, _STAYS),
        of_a_row("issued_stay", pgtrigger.Delete, _DOES_NOT_GO),
        not_emptied("circulars"),
    ]


def file_triggers() -> list[Any]:
    """Of their files: none changes, those of issued ones do not go, the table is not emptied."""
    return paper_file_triggers("circulars", "meetings_circular", "circular_id")
