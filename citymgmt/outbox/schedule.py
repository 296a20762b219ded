"""Whether and when a mail leaves, by the choices of its recipient: groups, rhythm, quiet hours."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import cache

from django.utils import timezone

from citymgmt.outbox.wording import group_of
from citymgmt.people.models import User
from citymgmt.worktime.clock import Calendar
from citymgmt.worktime.rules import current_rules

Ask = Callable[[], Calendar]
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
RHYTHM = User.MailRhythm
MOST_FREE_DAYS = 60  # no calendar rests for longer; then the day counts as it is


def wants_mail(user: User, kind: str, is_urgent: bool) -> bool:
    """Whether the person chose to get messages of this kind by e-mail."""
    if not user.email or user.mail_choice == User.MailChoice.NONE or group_of(kind) not in user.mail_groups:
        return False
    return is_urgent or user.mail_choice == User.MailChoice.ALL


def is_gathering(user: User) -> bool:
    """Whether the person gets what is not urgent as one mail from time to time."""
    return user.mail_rhythm != RHYTHM.AT_ONCE


def asked_once() -> Ask:
    """The calendar in force, asked for when it is first needed and not again."""
    return cache(lambda: current_rules().calendar)


def mail_at(user: User, at: datetime, *, is_urgent: bool, calendar: Ask) -> datetime:
    """When a mail about something of the moment `at` may leave: urgent ones at once, the others in the person's rhythm.

    A daily mail leaves on working days by the office's calendar. Whatever leaves waits for the end of the quiet hours.
    """
    if is_urgent:
        return at
    if user.mail_rhythm == RHYTHM.HOURLY:
        at = _next_hour(at)
    elif user.mail_rhythm == RHYTHM.DAILY:
        at = _next_working_day(user.mail_hour, at, calendar())
    return not_quiet(user, at)


def _next_hour(at: datetime) -> datetime:
    full = at.replace(minute=0, second=0, microsecond=0)
    return full if full == at else full + AN_HOUR


def _next_working_day(hour: int, at: datetime, calendar: Calendar) -> datetime:
    """The hour of the first working day on which it has not passed at `at`."""
    local = timezone.localtime(at)
    moment = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    days = 0 if moment >= local else 1
    while days < MOST_FREE_DAYS and not calendar.is_working((moment + days * A_DAY).date()):
        days += 1
    return moment + days * A_DAY


def not_quiet(user: User, at: datetime) -> datetime:
    """The first moment from `at` on outside the person's quiet hours."""
    if user.quiet_from is None or user.quiet_until is None:
        return at
    local = timezone.localtime(at)
    if not _within(local.time(), user.quiet_from, user.quiet_until):
        return at
    until = local.replace(hour=user.quiet_until.hour, minute=user.quiet_until.minute, second=0, microsecond=0)
    return until if until > local else until + A_DAY


def _within(clock: time, start: time, end: time) -> bool:
    return start <= clock < end if start <= end else clock >= start or clock < end
