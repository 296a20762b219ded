"""Triggers: a frozen evaluation may be published once or thrown away; a published one stays as it is for everybody."""

from typing import Any

import pgtrigger

from citymgmt.keeping import not_emptied, of_a_row

SAID_LATER = ("published_at", "published_by_id", "publish_key", "replaces_id")  # columns that publishing fills
_FIGURES_STAY = f"""
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published evaluation does not change';
    END IF;
    IF to_jsonb(NEW) - ARRAY{list(SAID_LATER)} IS DISTINCT FROM to_jsonb(OLD) - ARRAY{list(SAID_LATER)} THEN
        RAISE EXCEPTION 'the figures of a frozen evaluation do not change';
    END IF;
    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM statistics_evaluation AS earlier
        WHERE earlier.id = NEW.replaces_id AND earlier.published_at IS NOT NULL
        AND (earlier.subdistrict_id, earlier.starts, earlier.ends) = (NEW.subdistrict_id, NEW.starts, NEW.ends)
    ) THEN
        RAISE EXCEPTION 'an evaluation replaces a published one of the same period';
    END IF;
    RETURN NEW;
"""
_PUBLISHED_STAYS = """
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published evaluation is not deleted';
    END IF;
    RETURN OLD;
"""
_FACTS_STAY = """
    IF EXISTS (
        SELECT FROM statistics_evaluation AS whole JOIN changed ON changed.evaluation_id = whole.id
        WHERE whole.published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the facts of a published evaluation do not change';
    END IF;
    RETURN NULL;
"""


def evaluation_triggers() -> list[Any]:
    """Of evaluations: figures never change, published ones neither change nor go, the table is not emptied."""
    return [
        of_a_row("figures_stay", pgtrigger.Update, _FIGURES_STAY),
        of_a_row("published_stays", pgtrigger.Delete, _PUBLISHED_STAYS),
        not_emptied("evaluations"),
    ]


def fact_triggers() -> list[Any]:
    """Of their facts: none changes, those of a published one neither come nor go, the table is not emptied."""
    return [
        of_a_row("facts_stay", pgtrigger.Update, "RAISE EXCEPTION 'the facts of an evaluation do not change';"),
        _statement("facts_do_not_come", pgtrigger.Insert, {"new": "changed"}),
        _statement("facts_do_not_go", pgtrigger.Delete, {"old": "changed"}),
        not_emptied("facts of evaluations"),
    ]


def _statement(name: str, operation: Any, rows: dict[str, str]) -> Any:
    referencing = pgtrigger.Referencing(**rows)  # type: ignore[no-untyped-call]
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing,
        func=_FACTS_STAY,
    )
