"""What an item of a checklist asks, and what an answer to it comes to. Pure.

Source: domain.md 9.2 (daily check item set: pass / fail / not applicable, photo on fail).
"""

from dataclasses import dataclass

YES_NO, VALUE = "yes_no", "value"
OK, FAILED, NOT_APPLICABLE = "ok", "failed", "na"
RESULTS = (OK, FAILED, NOT_APPLICABLE)
FARTHEST = 1_000_000.0  # a measured value lies between this and its negative, whatever its unit


@dataclass(frozen=True)
class Asked:
    """An item: answered with yes, no or not applicable, or with a value that lies from `lowest` to `highest` (None: no
    limit on that side).
    """

    kind: str
    lowest: float | None = None
    highest: float | None = None
    needs_photo: bool = False


@dataclass(frozen=True)
class Said:
    """An answer as somebody gave it: a result, or a measured value."""

    result: str = ""
    value: float | None = None
    note: str = ""
    has_photo: bool = False


def result_of(asked: Asked, said: Said) -> str:
    """What the answer comes to; empty where it is none. A value outside its range has failed, whatever else is said."""
    if asked.kind == YES_NO:
        return said.result if said.result in RESULTS else ""
    if said.value is None:
        return NOT_APPLICABLE if said.result == NOT_APPLICABLE else ""
    return OK if is_within(asked, said.value) else FAILED


def is_within(asked: Asked, value: float) -> bool:
    """Whether a value lies in its range, the limits included."""
    return (asked.lowest is None or value >= asked.lowest) and (asked.highest is None or value <= asked.highest)


def missing_in(asked: Asked, said: Said) -> list[str]:
    """What keeps an answer from being taken: result, value, both, size, note, photo; empty when nothing does."""
    if asked.kind == VALUE and said.value is not None:
        if not -FARTHEST <= said.value <= FARTHEST:  # also what is no number
            return ["size"]
        if said.result == NOT_APPLICABLE:
            return ["both"]
    result = result_of(asked, said)
    if not result:
        return ["value" if asked.kind == VALUE else "result"]
    return _missing_in_failed(asked, said) if result == FAILED else []


def _missing_in_failed(asked: Asked, said: Said) -> list[str]:
    has_note, has_photo = bool(said.note.strip()), said.has_photo or not asked.needs_photo
    return [name for name, is_there in (("note", has_note), ("photo", has_photo)) if not is_there]


def number_text(value: float) -> str:
    """A measured value or a limit without needless zeros."""
    return f"{value:.10g}"


def range_text(lowest: float | None, highest: float | None) -> str:
    """The values that are allowed, such as 400–700, ≥ 400 or ≤ 700."""
    if lowest is not None and highest is not None:
        return f"{number_text(lowest)}–{number_text(highest)}"
    if lowest is not None:
        return f"≥ {number_text(lowest)}"
    return "" if highest is None else f"≤ {number_text(highest)}"
