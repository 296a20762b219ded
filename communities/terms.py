"""Local rules as deadlines: by when the next step is due that follows a step of a day."""

from datetime import date, datetime
from typing import Any

from citymgmt.worktime.rules import Rules
from citymgmt.worktime.terms import due_after, due_on, end_of
from communities.local_rules import WORKING_DAY, Rule, last_day


def due_by(rule: Rule, on: date, at: datetime, rules: Rules) -> dict[str, Any]:
    """The columns of the deadline that a rule gives, counted from the end of the office's day of the step, but never
    from later than now; natural days, months and years end on a plain day.
    """
    if rule.unit == WORKING_DAY:
        return due_after(rule.value, rule.unit, min(at, end_of(on, rules)), rules)
    return due_on(last_day(rule, on), rules)
