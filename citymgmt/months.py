"""Months as their first days. Pure."""

from calendar import monthrange
from datetime import date


def months_until(month: date, count: int) -> list[date]:
    """The first days of so many months, the last of which is this one."""
    first = month.year * 12 + month.month - count
    return [date(n // 12, n % 12 + 1, 1) for n in range(first, first + count)]


def months_later(day: date, count: int) -> date:
    """The same day so many months later (earlier where negative), or the last day of a month that has no such day."""
    number = day.year * 12 + day.month - 1 + count
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])
