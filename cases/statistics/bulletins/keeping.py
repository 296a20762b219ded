"""Triggers: a bulletin's figures stay as they were drafted; once issued, neither it nor its files change or go."""

from typing import Any

import pgtrigger

from citymgmt.keeping import not_emptied, of_a_row

SAID_LATER = (  # columns that are written after the drafting; all others are what the bulletin rests on
    "title", "issuer", "sections", "reports_to", "sends_to", "copies_to", "version", "saved_at", "saved_by_id",
    "save_key", "issued_at", "issued_by_id", "issue_key", "year", "number", "replaces_id",
)  # fmt: skip
_COMES = """
    IF NOT EXISTS (
        SELECT FROM statistics_evaluation AS whole
        WHERE whole.id = NEW.evaluation_id AND whole.subdistrict_id = NEW.subdistrict_id
        AND whole.starts = NEW.month AND whole.ends = (NEW.month + interval '1 month' - interval '1 day')::date
    ) THEN
        RAISE EXCEPTION 'a bulletin rests on the evaluation of its own office and month';
    END IF;
    RETURN NEW;
"""
_STAYS = f"""
    IF OLD.issued_at IS NOT NULL THEN
        RAISE EXCEPTION 'an issued bulletin does not change';
    END IF;
    IF to_jsonb(NEW) - ARRAY{list(SAID_LATER)} IS DISTINCT FROM to_jsonb(OLD) - ARRAY{list(SAID_LATER)} THEN
        RAISE EXCEPTION 'the figures of a bulletin do not change';
    END IF;
    IF NEW.issued_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM statistics_evaluation AS whole
        WHERE whole.id = NEW.evaluation_id AND whole.published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a bulletin is issued with a published evaluation';
    END IF;
    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM statistics_bulletin AS earlier
        WHERE earlier.id = NEW.replaces_id AND earlier.issued_at IS NOT NULL
        AND (earlier.subdistrict_id, earlier.month) = (NEW.subdistrict_id, NEW.month)
    ) THEN
        RAISE EXCEPTION 'a bulletin replaces an issued one of the same month';
    END IF;
    RETURN NEW;
"""
_DOES_NOT_GO = """
    IF OLD.issued_at IS NOT NULL THEN
        RAISE EXCEPTION 'an issued bulletin is not deleted';
    END IF;
    RETURN OLD;
"""
_OF_ISSUED = """
        SELECT FROM statistics_bulletin AS whole
        WHERE whole.id = {row}.bulletin_id AND whole.issued_at IS NOT NULL AND whole.version {is} {row}.version
"""
_FILE_COMES = f"""
    IF EXISTS ({_OF_ISSUED.format(row="NEW", **{"is": "<>"})}) THEN
        RAISE EXCEPTION 'a file of an issued bulletin holds its last text';
    END IF;
    RETURN NEW;
"""
_FILE_GOES = f"""
    IF EXISTS ({_OF_ISSUED.format(row="OLD", **{"is": "="})}) THEN
        RAISE EXCEPTION 'a file of an issued bulletin is not deleted';
    END IF;
    RETURN OLD;
"""


def bulletin_triggers() -> list[Any]:
    """Of bulletins: figures never change, issued ones neither change nor go, the table is not emptied."""
    return [
        of_a_row("of_its_month", pgtrigger.Insert, _COMES),
        of_a_row("figures_stay", pgtrigger.Update, _STAYS),
        of_a_row("issued_stays", pgtrigger.Delete, _DOES_NOT_GO),
        not_emptied("bulletins"),
    ]


def file_triggers() -> list[Any]:
    """Of their files: none changes, those of an issued one come once and do not go, the table is not emptied."""
    return [
        of_a_row("file_comes", pgtrigger.Insert, _FILE_COMES),
        of_a_row("file_stays", pgtrigger.Update, "RAISE EXCEPTION 'a file of a bulletin does not change';"),
        of_a_row("file_goes", pgtrigger.Delete, _FILE_GOES),
        not_emptied("files of bulletins"),
    ]
