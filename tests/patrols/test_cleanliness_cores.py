"""A sample that anybody can draw again, and rates against figures worked out by hand. No database."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrols.cleanliness.rates import clean_running, is_watched, rate
from patrols.cleanliness.sampling import Segment, drawn, lengths, lot, shared

STREETS = [Segment("A", 1, 600), Segment("B", 1, 400), Segment("C", 2, 1500), Segment("D", 3, 500)]


def test_points_are_shared_out_by_length() -> None:
    # 3,000 m, 10 points: one each, 7 by length: 7 × 1000 / 3000 = 2.33, 7 × 1500 / 3000 = 3.5, 7 × 500 / 3000 = 1.17;
    # whole parts 2 + 3 + 1 = 6, the seventh to the largest remainder (class 2)
    assert lengths(STREETS) == {1: 1000, 2: 1500, 3: 500}
    assert shared(10, lengths(STREETS)) == {1: 3, 2: 5, 3: 2}
    with pytest.raises(ValueError, match="fewer"):
        shared(2, lengths(STREETS))
    with pytest.raises(ValueError, match="more points than metres"):
        drawn([Segment("A", 1, 2)], 3, "1")


def test_a_lot_can_be_drawn_again_with_sha256_alone() -> None:
    digest = sha256(b"2026-11/1/1").hexdigest()
    assert lot("2026-11", 1, 1, 1000) == int(digest, 16) * 1000 // 2**256


segments = st.lists(
    st.builds(Segment, st.text("ABCDEF", min_size=1, max_size=4), st.integers(1, 4), st.integers(1000, 5000)),
    min_size=1, max_size=12, unique_by=lambda one: one.code,
)  # fmt: skip


@given(segments, st.integers(4, 60), st.text(max_size=9), st.randoms())
def test_a_sample_is_the_same_however_streets_are_given_and_lies_on_them(rows, count, seed, order) -> None:  # type: ignore[no-untyped-def]
    points = drawn(rows, count, seed)
    mixed = rows[:]
    order.shuffle(mixed)
    assert drawn(mixed, count, seed) == points
    by_code = {one.code: one for one in rows}
    assert all(0 <= one.metre < by_code[one.code].length_m for one in points)
    assert all(by_code[one.code].road_class == one.road_class for one in points)
    assert len(points) == len({(one.code, one.metre) for one in points}) == count
    number = {road_class: sum(one.road_class == road_class for one in points) for road_class in lengths(rows)}
    whole, others = sum(lengths(rows).values()), count - len(number)
    assert all(abs(number[key] - 1 - others * metres / whole) < 1 for key, metres in lengths(rows).items())


# worked with pencil: 19 of 20, z = 1.96: z² = 3.8416, p = 0.95; centre (0.95 + 0.09604) / 1.19208 = 0.87749;
# half 1.96 × √(0.0475 / 20 + 3.8416 / 1600) / 1.19208 = 1.96 × 0.069107 / 1.19208 = 0.113624
def test_a_rate_with_its_interval() -> None:
    found = rate(19, 20, 1.96)
    assert found is not None
    assert (found.share, round(found.low, 4), round(found.high, 4)) == (0.95, 0.7639, 0.9911)
    assert rate(0, 0) is None
    with pytest.raises(ValueError, match="more clean"):
        rate(3, 2)


@given(st.integers(0, 400), st.integers(0, 400))
def test_an_interval_holds_the_rate_and_mirrors(clean: int, dirty: int) -> None:
    found, mirrored = rate(clean, clean + dirty), rate(dirty, clean + dirty)
    if found is None or mirrored is None:
        assert clean + dirty == 0
        return
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert (found.low, found.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low))


@pytest.mark.parametrize(("looks", "count"), [("", 0), ("ccd", 0), ("dcc", 2), ("cccdcc", 2), ("dccc", 3)])
def test_a_blind_spot_is_watched_until_clean_three_times_running(looks: str, count: int) -> None:
    seen = [one == "c" for one in looks]
    assert (clean_running(seen), is_watched(seen)) == (count, count < 3)
