"""What an answer to an item of a checklist comes to, and what keeps it from being taken. Pure."""

import pytest

from patrols.stations.checklist import Asked, Said, missing_in, range_text, result_of

PLAIN, SHOWN = Asked("yes_no"), Asked("yes_no", needs_photo=True)
RANGE, FLOOR, CEILING = Asked("value", 400, 700), Asked("value", 400), Asked("value", highest=700)


@pytest.mark.parametrize(
    ("asked", "said", "result"),
    [
        (PLAIN, Said("ok"), "ok"),
        (PLAIN, Said("failed"), "failed"),
        (PLAIN, Said("na"), "na"),
        (PLAIN, Said("x"), ""),
        (PLAIN, Said(value=500), ""),
        (RANGE, Said(value=400), "ok"),
        (RANGE, Said(value=700), "ok"),
        (RANGE, Said(value=399.9), "failed"),
        (RANGE, Said(value=700.1), "failed"),
        (RANGE, Said("ok", value=1), "failed"),  # whatever is said beside it
        (RANGE, Said("na"), "na"),
        (RANGE, Said("ok"), ""),
        (FLOOR, Said(value=9999), "ok"),
        (FLOOR, Said(value=0), "failed"),
        (CEILING, Said(value=-5), "ok"),
    ],
)
def test_what_an_answer_comes_to(asked: Asked, said: Said, result: str) -> None:
    assert result_of(asked, said) == result


@pytest.mark.parametrize(
    ("asked", "said", "missing"),
    [
        (PLAIN, Said("ok"), []),
        (PLAIN, Said("na"), []),
        (PLAIN, Said(), ["result"]),
        (RANGE, Said(), ["value"]),
        (RANGE, Said("na", value=500), ["both"]),
        (RANGE, Said(value=float("nan")), ["size"]),
        (RANGE, Said(value=1e7), ["size"]),
        (PLAIN, Said("failed"), ["note"]),
        (PLAIN, Said("failed", note=" "), ["note"]),
        (PLAIN, Said("failed", note="积水"), []),
        (SHOWN, Said("failed"), ["note", "photo"]),
        (SHOWN, Said("failed", note="积水", has_photo=True), []),
        (SHOWN, Said("ok"), []),
        (RANGE, Said(value=1), ["note"]),
    ],
)
def test_what_keeps_an_answer_from_being_taken(asked: Asked, said: Said, missing: list[str]) -> None:
    assert missing_in(asked, said) == missing


def test_a_range_in_words() -> None:
    ranges = ((400.0, 700.0), (0.5, None), (None, 60.0), (None, None))
    assert [range_text(*one) for one in ranges] == ["400–700", "≥ 0.5", "≤ 60", ""]
