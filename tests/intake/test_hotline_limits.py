"""By when the hotline's orders are to be accepted and finished: around office end, weekend, holidays."""

from itertools import product

import pytest

from cases.intake.hotline.limits import TABLE, Kind, Urgency, end_of, soon_until
from citymgmt.worktime.clock import DEFAULT_SHIFTS, Calendar
from citymgmt.worktime.rules import current_rules
from tests.office import china

WEEK = Calendar(DEFAULT_SHIFTS, {}, frozenset({2026}))
C, H, B, S = Kind.CONSULTATION, Kind.HELP, Kind.COMPLAINT, Kind.SUGGESTION
N, U, X = Urgency.NORMAL, Urgency.URGENT, Urgency.CRITICAL


def test_every_kind_and_urgency_has_its_limits() -> None:
    assert set(TABLE) == set(product(Kind, Urgency))


@pytest.mark.parametrize(
    ("start", "accept"),
    [
        ("2026-03-04 09:00", "2026-03-04 18:00"),
        ("2026-03-04 07:00", "2026-03-04 18:00"),
        ("2026-03-04 18:00", "2026-03-04 18:00"),  # a limit at the office's end holds
        ("2026-03-04 18:01", "2026-03-05 18:00"),
        ("2026-03-06 20:00", "2026-03-09 18:00"),  # a Friday evening
        ("2026-03-07 09:00", "2026-03-09 18:00"),
        ("2026-12-31 18:30", "2027-01-01 18:00"),  # the plain week knows no holidays
    ],
)
def test_all_are_accepted_the_same_working_day(start: str, accept: str) -> None:
    for terms in TABLE.values():
        assert end_of(WEEK, china(start), terms.accept) == china(accept)


@pytest.mark.parametrize(
    ("kind", "urgency", "start", "finish"),
    [
        (C, N, "2026-03-04 09:00", "2026-03-09 09:00"),  # three working days by office time
        (H, N, "2026-03-06 17:00", "2026-03-11 17:00"),
        (H, N, "2026-03-07 12:00", "2026-03-11 18:00"),
        (B, N, "2026-03-04 09:00", "2026-03-23 18:00"),  # thirteen whole ones from the next day on
        (B, N, "2026-03-04 23:00", "2026-03-23 18:00"),
        (B, N, "2026-03-06 09:00", "2026-03-25 18:00"),
        (B, N, "2026-03-07 09:00", "2026-03-25 18:00"),
        (S, N, "2026-03-04 09:00", "2026-03-23 18:00"),
        (C, U, "2026-03-04 09:00", "2026-03-04 18:00"),
        (B, U, "2026-03-04 19:00", "2026-03-05 18:00"),
        (B, X, "2026-03-07 09:00", "2026-03-09 18:00"),
        (S, X, "2026-03-04 09:00", "2026-03-04 18:00"),
    ],
)
def test_finished_within(kind: Kind, urgency: Urgency, start: str, finish: str) -> None:
    assert end_of(WEEK, china(start), TABLE[kind, urgency].finish) == china(finish)


@pytest.mark.django_db
def test_holidays_and_make_up_days_count_as_the_calendar_says() -> None:
    """The Spring Festival of 2026: Saturday 14 February is worked, 15 to 23 February are free."""
    calendar, call = current_rules().calendar, china("2026-02-13 19:00")
    assert end_of(calendar, call, TABLE[H, U].finish) == china("2026-02-14 18:00")
    assert end_of(calendar, call, TABLE[H, N].finish) == china("2026-02-25 18:00")
    assert end_of(calendar, call, TABLE[B, N].finish) == china("2026-03-10 18:00")


def test_what_is_due_within_a_working_day_is_due_soon() -> None:
    assert soon_until(WEEK, china("2026-03-06 16:00")) == china("2026-03-09 16:00")
