"""What is wrong with what people write, by field: the rules that many forms share."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.refusals import Invalid
from citymgmt.written import faults_of

EARLIEST = date(2000, 1, 1)  # of any day on which something happened
CENT = Decimal("0.01")
LONG_TEXTS = ("note", "services", "follow_up", "answer", "reason", "done", "record")  # texts of several lines


def day_faults(on: date, at: datetime) -> list[str]:
    """What is wrong with a day on which something happened."""
    return [] if EARLIEST <= on <= timezone.localdate(at) else [_("Choose a day that is not in the future.")]


def line_faults(told: Any, most: Mapping[str, int], needed: Sequence[str] = ()) -> dict[str, list[str]]:
    """What is wrong with the lines of this name, each with the most characters that it may have."""
    return {
        name: faults_of(getattr(told, name).strip(), length, is_needed=name in needed) for name, length in most.items()
    }


def choice_faults(chosen: str, among: Sequence[str]) -> list[str]:
    """What is wrong with something chosen."""
    return [] if chosen in among else [_("Choose one of these.")]


def carried_faults(
    carries: Sequence[str], may_carry: Sequence[str], given: Mapping[str, Any], texts: Mapping[str, int]
) -> dict[str, Any]:
    """What is wrong with what a step was given: what it must carry is there, nothing else is, and no text (by its most
    characters) is too long; those of `LONG_TEXTS` may have several lines.
    """
    needed = [name for name in carries if not str(given.get(name, "") if given.get(name) is not None else "").strip()]
    faults: dict[str, Any] = {name: _("Please fill this in.") for name in needed}
    may = {*carries, *may_carry}
    faults.update({name: _("This step does not carry it.") for name in given if given[name] and name not in may})
    for name, most in texts.items():
        if found := faults_of(str(given.get(name) or "").strip(), most, is_one_line=name not in LONG_TEXTS):
            faults[name] = found
    return faults


def number_faults(number: int | None, most: int, fewest: int = 0) -> list[str]:
    """What is wrong with a whole number, where one is given."""
    if number is None or fewest <= number <= most:
        return []
    return [_("Choose a number from %(fewest)s to %(most)s.") % {"fewest": fewest, "most": most}]


def amount_faults(amount: Decimal, most: Decimal, least: Decimal = Decimal(0)) -> str:
    """What is wrong with an amount of at most two decimal places; empty when nothing is."""
    if not amount.is_finite() or not least <= amount <= most:
        return _("From %(least)s to %(most)s.") % {"least": least, "most": most}
    return "" if amount == amount.quantize(CENT) else _("At most two decimal places.")


def wrong_point(longitude: Any, latitude: Any) -> dict[str, str]:
    """What is wrong with a point in WGS-84 degrees, by field; empty for a point on the earth, and for none."""
    if (longitude is None) != (latitude is None):
        return {"longitude": _("Give both coordinates or none.")}
    if longitude is not None and not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        return {"longitude": _("This point is not on the earth.")}
    return {}


def refuse(faults: Mapping[str, Any]) -> None:
    """Raises: Invalid (a field has a sentence, or several)."""
    wrong = {name: sentences for name, sentences in faults.items() if sentences}
    if wrong:
        raise Invalid(fields=wrong)


def stripped(told: Any) -> dict[str, Any]:
    """The values of a dataclass, its texts without blanks around them."""
    return {name: value.strip() if isinstance(value, str) else value for name, value in vars(told).items()}
