"""When ordinary matters come up over the half year, and how they come in."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from cases.demo.courses import Course
from cases.demo.fates import draw_fate
from cases.demo.matters import AT_ANY_TIME, AT_DESK, City, is_in_campaign
from cases.demo.people import Street
from cases.models import Case
from citymgmt.worktime import clock
from citymgmt.worktime.clock import Calendar, Unit

SECOND_STREET = 0.1
IN_OFFICE_HOURS = 0.85
REPORTED, SELF_HANDLED, WITHOUT_STANDARD = 0.14, 0.05, 0.03  # shares of the ways a matter comes in at the desk
REST_DAY_WEIGHT, CAMPAIGN_WEIGHT = 0.35, 1.9
FIRST_HOUR, LAST_HOUR = 7.5, 21.5  # of the time outside office hours


def ordinary_courses(
    city: City, streets: list[Street], calendar: Calendar, *, now: datetime, days: int, count: int
) -> Iterator[tuple[datetime, Course]]:
    """So many courses with the moments at which they begin, in the rhythm of working days and office hours."""
    today = timezone.localdate(now)
    dates = [today - timedelta(days=ago) for ago in range(days - 1, -1, -1)]
    weights = [_weight(calendar, on, today) for on in dates]
    begun = 0
    while begun < count:
        on = city.rng.choices(dates, weights)[0]
        at = _moment(city.rng, calendar, on)
        if at < now:
            begun += 1
            street = streets[city.rng.random() < SECOND_STREET]
            yield at, _course(city, street, at, is_campaign=_is_campaign(city.rng, on, today))


def _is_working_day(calendar: Calendar, on: date) -> bool:
    midnight = _at(on, 0)
    return clock.between(calendar, midnight, midnight + timedelta(days=1), Unit.WORKING_HOUR) > timedelta(0)


def _weight(calendar: Calendar, on: date, today: date) -> float:
    weight = 1.0 if _is_working_day(calendar, on) else REST_DAY_WEIGHT
    return weight * (CAMPAIGN_WEIGHT if is_in_campaign(on, today) else 1)


def _is_campaign(rng: Random, on: date, today: date) -> bool:
    return is_in_campaign(on, today) and rng.random() < 0.6


def _at(on: date, hour: float) -> datetime:
    return timezone.make_aware(datetime.combine(on, time())) + timedelta(hours=hour)


def _moment(rng: Random, calendar: Calendar, on: date) -> datetime:
    if not _is_working_day(calendar, on) or rng.random() > IN_OFFICE_HOURS:
        return _at(on, rng.uniform(FIRST_HOUR, LAST_HOUR))
    into = rng.random() * 0.97 * calendar.working_day
    return clock.add(calendar, _at(on, 0), Unit.WORKING_HOUR, into)


def _course(city: City, street: Street, at: datetime, *, is_campaign: bool) -> Course:
    begin, source = _way_in(city, at)
    community = city.community(street)
    affair = city.affair(street, city.topic(), community, source, is_campaign=is_campaign, on=timezone.localdate(at))
    fate = draw_fate(city.rng, affair.standard, is_reported=begin == "report")
    return Course(street, community, affair, fate, begin)


def _way_in(city: City, at: datetime) -> tuple[str, str]:
    """How it begins, and from which source; at night and on rest days reports come in and patrols log."""
    hour, chance = timezone.localtime(at).hour, city.rng.random()
    is_dark = not 8 <= hour < 18
    if chance < REPORTED or (is_dark and chance < 0.6):
        return "report", city.source(AT_ANY_TIME)
    if is_dark:
        return "log", Case.Source.PATROL.value
    if chance < REPORTED + SELF_HANDLED:
        return "self_handle", Case.Source.PATROL.value
    source = city.source(AT_DESK)
    return ("accept" if chance > 1 - WITHOUT_STANDARD and source != Case.Source.PATROL else "log"), source
