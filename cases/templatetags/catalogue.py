"""How the standards catalogue looks: departments and handling units by name, days of validity. No queries.

`{{ standard|department_in:departments }}`, `{{ standard|handlers_text }}`, `{{ standard|validity_text }}`,
`{{ versions|of_line:standard.line }}`
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from django import template
from django.utils.translation import gettext as _

from cases.actions.standards import seed_rows
from cases.models import CaseStandard
from citymgmt.people.models import in_language

register = template.Library()


@register.filter
def department_in(standard: CaseStandard, departments: Mapping[str, str]) -> str:
    """The department to which the condition escalates (its own, else the category's); the key when it has no name."""
    key = standard.department_key or standard.category.department_key
    return departments.get(key, key)


@register.filter
def of_line(versions: Mapping[int, int], line: int) -> int:
    """How many versions a line has."""
    return versions.get(line, 1)


@register.filter
def cited_of(cited: Mapping[int, Sequence[Any]], standard: CaseStandard) -> Sequence[Any]:
    """The regulations that a version cites, of those of all versions (`cases.citing.cited_by`)."""
    return cited.get(standard.pk, ())


@cache
def handlers() -> Mapping[str, tuple[str, str]]:
    """The handling units of the shipped catalogue by letter: Chinese and English name."""
    return {row["letter"]: (row["name_zh"], row["name_en"]) for row in seed_rows("handlers.csv")}


@register.filter
def handlers_text(standard: CaseStandard) -> str:
    """The handling units in words; what is not a letter of the shipped catalogue stays as an office wrote it."""
    letters, units = handlers(), [unit for unit in standard.handled_by.split(";") if unit]
    return in_language("、", ", ").join(in_language(*letters[unit]) if unit in letters else unit for unit in units)


@register.filter
def validity_text(standard: CaseStandard) -> str:
    """From which day to which a version holds, the last day included."""
    since, end = standard.validity.lower, standard.validity.upper
    if end is None:
        return _("since %(day)s") % {"day": since}
    return _("%(since)s to %(until)s") % {"since": since, "until": end - timedelta(days=1)}
