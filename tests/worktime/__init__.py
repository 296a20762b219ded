"""Tests of the clock and the ladder; `china` is the shipped calendar as the pure cores see it."""

import csv
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from citymgmt.worktime.clock import DEFAULT_SHIFTS, Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
CSV = Path(__file__).parents[2] / "citymgmt/worktime/calendar_data/cn.csv"


@cache
def rows() -> tuple[dict[str, str], ...]:
    with CSV.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def china() -> Calendar:
    exceptions = {date.fromisoformat(row["date"]): row["kind"] == "makeup" for row in rows()}
    return Calendar(DEFAULT_SHIFTS, exceptions, frozenset(day.year for day in exceptions))


def local(text: str) -> datetime:
    """A moment as people in Shanghai write it."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def written(moment: datetime) -> str:
    """The moment as people in Shanghai would write it, to the minute where nothing finer is there."""
    text = moment.astimezone(SHANGHAI).replace(tzinfo=None).isoformat(" ")
    return text.removesuffix(":00") if text.count(":") == 2 else text
