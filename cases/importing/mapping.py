"""The column mapping of a ledger: a JSON object, checked as a whole before any row is read.

subdistrict       {"code": nine digits, "name": ..., "district": ...}; made when it does not exist yet
time_zone         of the ledger's times, for example "America/New_York"
time_formats      one or more formats of strptime; the first that fits is taken
columns           our name to the heading in the file: external_ref and opened are needed; due, closed, address,
                  community, category, longitude, latitude are optional
description       text with {heading} places, for example "{title}: {reason}"
categories        value in the category column to the code of our category, or null for none
default_category  for all other values: a code, or null for none; without it they are errors
closed            optional {"column": heading, "values": [...]}: what says that a case is closed; without it, a
                  closing time does
"""

import json
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cases.models import Category
from citymgmt.refusals import Invalid

NEEDED = frozenset({"external_ref", "opened"})
COLUMNS = NEEDED | {"due", "closed", "address", "community", "category", "longitude", "latitude"}
KEYS: Mapping[str, type] = {
    "subdistrict": dict, "time_zone": str, "time_formats": list, "columns": dict, "description": str,
}  # fmt: skip
OPTIONAL: Mapping[str, type | tuple[type, ...]] = {
    "categories": dict, "default_category": (str, type(None)), "closed": dict,
}  # fmt: skip


@dataclass(frozen=True)
class Ledger:
    """A checked mapping. `categories` and `default` are ours; `closed_values` None means: a closing time says it."""

    subdistrict_code: str
    subdistrict_name: str
    district_name: str
    zone: ZoneInfo
    time_formats: tuple[str, ...]
    columns: Mapping[str, str]
    description: str
    categories: Mapping[str, Category | None]
    has_default: bool
    default: Category | None
    closed_column: str
    closed_values: frozenset[str] | None

    def headings(self) -> set[str]:
        """The headings that the file must have."""
        return {*self.columns.values(), *_places(self.description), *filter(None, [self.closed_column])}


def read_mapping(text: str) -> Ledger:
    """The mapping in a JSON text. Raises: Invalid with a sentence that names what is wrong."""
    try:
        given = json.loads(text)
    except ValueError as error:
        raise Invalid(_("The mapping is no JSON: %(why)s") % {"why": error}) from error
    _check_shape(given)
    ours = _categories({*given.get("categories", {}).values(), given.get("default_category")} - {None})
    closed = given.get("closed")
    street = given["subdistrict"]
    return Ledger(
        subdistrict_code=street["code"],
        subdistrict_name=street.get("name", ""),
        district_name=street.get("district", ""),
        zone=_zone(given["time_zone"]),
        time_formats=tuple(given["time_formats"]),
        columns=given["columns"],
        description=given["description"],
        categories={value: ours[code] if code else None for value, code in given.get("categories", {}).items()},
        has_default="default_category" in given,
        default=ours[given["default_category"]] if given.get("default_category") else None,
        closed_column=closed["column"] if closed else "",
        closed_values=frozenset(closed["values"]) if closed else None,
    )


def _check_shape(given: Any) -> None:
    if not isinstance(given, dict):
        raise Invalid(_("The mapping must be a JSON object."))
    _complain(_("The mapping does not know “%(name)s”."), set(given) - set(KEYS) - set(OPTIONAL))
    _complain(_("“%(name)s” is missing in the mapping."), set(KEYS) - set(given))
    wrong = {name for name, kind in {**KEYS, **OPTIONAL}.items() if name in given and not isinstance(given[name], kind)}
    wrong |= _wrong_inside(given) if not wrong else set()
    _complain(_("“%(name)s” is not written as it should be in the mapping."), wrong)
    _complain(_("The mapping does not know the column “%(name)s”."), set(given["columns"]) - COLUMNS)
    _complain(_("The column “%(name)s” is missing in the mapping."), NEEDED - set(given["columns"]))
    try:
        _places(given["description"])
    except ValueError as error:
        raise Invalid(
            _("“%(name)s” is not written as it should be in the mapping.") % {"name": "description"}
        ) from error


def _complain(sentence: str, names: Iterable[str]) -> None:
    for name in sorted(names):
        raise Invalid(sentence % {"name": name})


def _wrong_inside(given: Mapping[str, Any]) -> set[str]:
    """The entries whose parts are not texts (or codes) as they should be."""
    street, closed = given["subdistrict"], given.get("closed")
    codes = [code for code in given.get("categories", {}).values() if code is not None]
    checks = {
        "subdistrict": _are_texts(street.values()) and _is_code(street.get("code", "")),
        "time_formats": bool(given["time_formats"]) and _are_texts(given["time_formats"]),
        "columns": _are_texts(given["columns"].values()),
        "categories": _are_texts(codes),
        "closed": closed is None or (isinstance(closed.get("column"), str) and isinstance(closed.get("values"), list)),
        "description": bool(given["description"].strip()),
    }
    return {name for name, holds in checks.items() if not holds}


def _is_code(text: str) -> bool:
    return len(text) == 9 and text.isascii() and text.isdigit()


def _are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _places(template: str) -> set[str]:
    """The headings named in a template. Raises ValueError for broken braces and for anything but plain names."""
    parts = [part for part in string.Formatter().parse(template) if part[1] is not None]
    if any(not name or spec or conversion for _text, name, spec, conversion in parts):
        raise ValueError("a place takes the plain name of a heading")
    return {name for _text, name, _spec, _conversion in parts if name}


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise Invalid(_("The time zone “%(name)s” is not known.") % {"name": name}) from error


def _categories(codes: set[str]) -> dict[str, Category]:
    """Our categories by the codes that people quote. Raises: Invalid for an unknown one."""
    found = {category.code: category for category in Category.objects.order_by("pk") if category.code in codes}
    _complain(_("There is no category with the code “%(name)s”."), codes - set(found))
    return found
