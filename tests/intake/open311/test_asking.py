"""The parameters of Open311: moments, spans, boxes, lists; whatever comes, it is read or named."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cases.intake.open311.asking import MOST_ROWS, Asked, Box, Span, moment_of, read_requests, read_updates
from cases.intake.open311.faults import Fault, Faulty

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 4, 1, tzinfo=UTC)
NAMES = ("service_request_id", "service_code", "start_date", "end_date", "status", "page", "page_size", "bbox",
         "updated_after", "updated_before", "extensions")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-04T09:00:00+08:00", "2026-03-04T09:00:00+08:00"),
        ("2026-03-04T09:00:00 08:00", "2026-03-04T09:00:00+08:00"),
        ("2026-03-04T09:00:00 0800", "2026-03-04T09:00:00+08:00"),
        ("2026-03-04T09:00:00.5-05:30", "2026-03-04T09:00:00.500000-05:30"),
        ("2026-03-04T09:00Z", "2026-03-04T09:00:00+00:00"),
        ("2026-03-04T09:00", "2026-03-04T09:00:00+08:00"),
        ("2026-03-04", "2026-03-04T00:00:00+08:00"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    meant, written = moment_of(text, SHANGHAI)
    assert meant == written == datetime.fromisoformat(moment)


def test_a_day_at_the_end_is_meant_whole() -> None:
    meant, written = moment_of("2026-03-04", SHANGHAI, is_end=True)
    assert (meant, written) == (
        datetime(2026, 3, 4, 23, 59, 59, 999999, SHANGHAI),
        datetime(2026, 3, 4, tzinfo=SHANGHAI),
    )


@pytest.mark.parametrize(
    "text",
    ["", "x", "2026", "2026-03", "20260304", "2026-W10-3", "2026-02-30", "2026-03-04Z", "2026-03-04 09:00",
     "2026-03-04T24:01", "1999-12-31", "2101-01-01", "2026-03-04T09:00:00+99:00", "２０２６-03-04", "2026-03-04\n"],
)  # fmt: skip
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        moment_of(text, SHANGHAI)


def test_nothing_asked_is_the_last_90_days() -> None:
    assert read_requests({}, NOW, SHANGHAI) == Asked(requested=Span(NOW - timedelta(days=90)))
    assert read_updates({}, NOW, SHANGHAI) == Asked(updated=Span(NOW - timedelta(days=90)))


def test_all_that_can_be_asked() -> None:
    given = {
        "service_code": "a,b ,a", "status": "open", "start_date": "2026-01-01", "end_date": "2026-01-31",
        "updated_after": "2026-02-01T00:00:00Z", "bbox": "113.3, 23.1, 113.4, 23.2", "page": "3", "page_size": "50",
        "extensions": "TRUE",
    }  # fmt: skip
    start = datetime(2026, 2, 1, tzinfo=UTC)
    assert read_requests(given, NOW, SHANGHAI) == Asked(
        codes=("a", "b"),
        statuses=("open",),
        requested=Span(datetime(2026, 1, 1, tzinfo=SHANGHAI), datetime(2026, 1, 31, 23, 59, 59, 999999, SHANGHAI)),
        updated=Span(start, start + timedelta(days=90)),
        box=Box(113.3, 23.1, 113.4, 23.2),
        page=3,
        page_size=50,
        is_extended=True,
    )


def test_90_whole_days_are_not_too_many() -> None:
    read_requests({"start_date": "2026-01-01", "end_date": "2026-04-01"}, NOW, SHANGHAI)
    with pytest.raises(Faulty) as refused:
        read_requests({"start_date": "2026-01-01", "end_date": "2026-04-02"}, NOW, SHANGHAI)
    told = {"name": "end_date", "most": MOST_ROWS}
    assert refused.value.faults == [Fault("invalid_end_date", "At most 90 days can be asked for at once.", 400, told)]


def test_the_page_counts_from_one() -> None:
    assert [Asked(page=page, page_size=20).first for page in (1, 2, 7)] == [0, 20, 120]


@given(some.dictionaries(some.sampled_from(NAMES), some.text(max_size=30), max_size=11))
def test_whatever_comes_is_read_or_named(asked: dict[str, str]) -> None:
    for read in (read_requests, read_updates):
        for fault in faults_of(read, asked):
            assert fault.status == 400
            assert fault.code.removeprefix("invalid_") in NAMES
            assert fault.sentence % fault.told


def faults_of(read: Any, asked: dict[str, str]) -> Sequence[Fault]:
    """All that is wrong with what is asked."""
    try:
        read(asked, NOW, SHANGHAI)
    except Faulty as faulty:
        return faulty.faults
    return ()


def test_the_status_of_several_faults() -> None:
    gone, wrong = Fault("a", "a", 404), Fault("b", "b")
    assert [Faulty(faults).status for faults in ([gone], [gone, gone], [gone, wrong], [wrong])] == [404, 404, 400, 400]
