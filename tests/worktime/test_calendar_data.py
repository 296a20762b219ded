"""The shipped holiday table against two packages and against the list in domain.md 5.4."""

from collections import Counter
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from tests.worktime import china, rows

YEARS = (2024, 2025, 2026)
FREE_2026 = (
    ("01-01", "01-03"),
    ("02-15", "02-23"),
    ("04-04", "04-06"),
    ("05-01", "05-05"),
    ("06-19", "06-21"),
    ("09-25", "09-27"),
    ("10-01", "10-07"),
)
MAKE_UP_2026 = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
SOURCES = {
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国务院办公厅关于2026年部分节假日安排的通知",
}


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def year_of(year: int) -> list[date]:
    return days(date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize("year", YEARS)
def test_agrees_with_chinesecalendar_day_by_day(year: int) -> None:
    ours = {day: china().is_working(day) for day in year_of(year)}
    assert ours == {day: chinese_calendar.is_workday(day) for day in year_of(year)}


@pytest.mark.parametrize("year", YEARS)
def test_agrees_with_holidays_day_by_day(year: int) -> None:
    theirs = holidays.country_holidays("CN", years=[year])
    ours = {day: china().is_working(day) for day in year_of(year)}
    assert ours == {day: theirs.is_working_day(day) for day in year_of(year)}


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_number_of_working_days(year: int, count: int) -> None:
    assert sum(china().is_working(day) for day in year_of(year)) == count


def test_2026_is_the_list_of_the_notice() -> None:
    listed = {
        day
        for first, last in FREE_2026
        for day in days(date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}"))
    }
    ours = {kind: [row["date"] for row in rows() if row["kind"] == kind] for kind in ("holiday", "makeup")}
    assert [day for day in ours["holiday"] if day > "2026"] == sorted(day.isoformat() for day in listed)
    assert [day for day in ours["makeup"] if day > "2026"] == [f"2026-{day}" for day in MAKE_UP_2026]


def test_rows_are_in_order_once_each_and_name_their_notice() -> None:
    dates = [row["date"] for row in rows()]
    assert dates == sorted(set(dates))
    assert [row["source"] for row in rows()] == [SOURCES[int(day[:4])] for day in dates]
    assert {row["kind"] for row in rows()} == {"holiday", "makeup"}


def test_make_up_days_are_weekend_days_and_say_so() -> None:
    make_up = [row for row in rows() if row["kind"] == "makeup"]
    assert [date.fromisoformat(row["date"]).weekday() < 5 for row in make_up] == [False] * len(make_up)
    assert [row["name_zh"] for row in make_up if not row["name_zh"].endswith("调休上班")] == []


@pytest.mark.parametrize(
    ("year", "lengths"),
    [
        (2024, {"元旦": 1, "春节": 8, "清明节": 3, "劳动节": 5, "端午节": 1, "中秋节": 3, "国庆节": 7}),
        (2025, {"元旦": 1, "春节": 8, "清明节": 3, "劳动节": 5, "端午节": 3, "中秋节": 1, "国庆节": 7}),
        (2026, {"元旦": 3, "春节": 9, "清明节": 3, "劳动节": 5, "端午节": 3, "中秋节": 3, "国庆节": 7}),
    ],
)
def test_every_day_of_each_holiday_is_listed(year: int, lengths: dict[str, int]) -> None:
    holiday = [row for row in rows() if row["kind"] == "holiday" and row["date"].startswith(str(year))]
    assert Counter(row["name_zh"] for row in holiday) == lengths
