"""The steps of a publicity item: put out with evidence, taken down, prolonged, counted, called off."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.publicity.actions.frame import ITEMS, perform
from cases.publicity.actions.planning import until_faults
from cases.publicity.journal import NOTHING_DUE, due_of_item
from cases.publicity.kinds import PHOTO, WEB
from cases.publicity.lifecycle import DOWN, ITEM, OUT
from cases.publicity.models import ItemEvent, PublicityItem
from cases.publicity.models.items import LONGEST_NOTE, LONGEST_WEB, MOST_QUANTITY, MOST_REACHED
from citymgmt.faults import EARLIEST, carried_faults, day_faults, number_faults, refuse
from citymgmt.people.models import User
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime.rules import Rules
from communities.models.places import LONGEST_ADDRESS

TEXTS = {"note": LONGEST_NOTE, "web": LONGEST_WEB, "address": LONGEST_ADDRESS}
Given = Mapping[str, Any]
Doing = Callable[[PublicityItem, Given, datetime, Rules], dict[str, Any]]


def act_on_item(
    name: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None = None,
    request_key: str | None = None,
    photos: Iterable[bytes] = (),
    **given: Any,
) -> ItemEvent:
    """Take the step `name` of the table and return its event; a resend acts once. `given` is what the table says that
    the step carries. Changing the plan is an action of its own.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid (also: no evidence that it was put out).
    """
    step = ITEM.steps.get(name)
    if step is None or name not in DOINGS:
        raise NotFound

    def body(journal: Any, item: PublicityItem, moment: datetime) -> dict[str, Any]:
        refuse(carried_faults(step.carries, step.may_carry, given, TEXTS))
        if "on" in step.carries:
            refuse({"on": day_faults(given["on"], at)})
        return {"changes": DOINGS[name](item, given, moment, journal.rules)}

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": given, "photos": photos}
    return perform(
        ITEMS, step, pk=pk, by=by, at=at, body=body, needs_photo=lambda item: _needs_photo(name, item), **asked
    )


def _needs_photo(name: str, item: PublicityItem) -> bool:
    return name == "put_out" and item.told_kind.evidence == PHOTO


def _put_out(item: PublicityItem, given: Given, at: datetime, rules: Rules) -> dict[str, Any]:
    on: date = given["on"]
    web, address = str(given.get("web") or "").strip(), str(given.get("address") or "").strip() or item.address
    faults: dict[str, Any] = {**_count_faults(given), "web": web_faults(web, is_needed=item.told_kind.evidence == WEB)}
    if item.told_kind.has_place and not address:
        faults["address"] = _("Say where it is.")
    if item.until_on is not None and item.until_on < on:
        faults["on"] = _("It is to be taken down by %(day)s: change the plan first.") % {"day": item.until_on}
    refuse(faults)
    counts = {"quantity": given["quantity"], "reached": given.get("reached")}
    place = {"address": address} if item.told_kind.has_place else {}
    return {"put_on": on, "web": web, **counts, **place, **due_of_item(OUT, on, item.until_on, at, rules)}


def web_faults(web: str, *, is_needed: bool) -> str:
    """What is wrong with the address of a page."""
    if not web:
        return _("Give the address of the page: it shows that it was put out.") if is_needed else ""
    try:
        parts = urlsplit(web)
    except ValueError:
        return _("An address that begins with http:// or https://.")
    is_address = parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in web
    return "" if is_address else _("An address that begins with http:// or https://.")


def _count_faults(given: Given) -> dict[str, Any]:
    return {
        "quantity": number_faults(given["quantity"], MOST_QUANTITY, 1),
        "reached": number_faults(given.get("reached"), MOST_REACHED),
    }


def _take_down(item: PublicityItem, given: Given, at: datetime, rules: Rules) -> dict[str, Any]:
    if item.until_on is None:
        raise WrongState(_("This kind of publicity is not taken down."))
    assert item.put_on is not None  # it is out
    if given["on"] < item.put_on:
        refuse({"on": _("A day from %(first)s on.") % {"first": item.put_on}})
    return {"down_on": given["on"], **NOTHING_DUE}


def _prolong(item: PublicityItem, given: Given, at: datetime, rules: Rules) -> dict[str, Any]:
    until_on: date = given["until_on"]
    if item.until_on is None:
        raise WrongState(_("This kind of publicity is not taken down."))
    refuse({"until_on": until_faults(True, until_on, max(item.until_on, timezone.localdate(at)))})
    return {"until_on": until_on, **due_of_item(OUT, item.planned_on, until_on, at, rules)}


def _count(item: PublicityItem, given: Given, at: datetime, rules: Rules) -> dict[str, Any]:
    refuse(_count_faults(given))
    return {"quantity": given["quantity"], "reached": given["reached"]}


def _call_off(item: PublicityItem, given: Given, at: datetime, rules: Rules) -> dict[str, Any]:
    return dict(NOTHING_DUE)


DOINGS: Mapping[str, Doing] = {
    "put_out": _put_out,
    "take_down": _take_down,
    "prolong": _prolong,
    "count": _count,
    "call_off": _call_off,
}


def imported_columns(
    put_on: date, down_on: date | None, until_on: date | None, today: date
) -> tuple[str, dict[str, Any], str]:
    """In which state an item of an old list comes in, with its columns; and what is wrong with its days."""
    if not EARLIEST <= put_on <= today or (down_on is not None and not put_on <= down_on <= today):
        return OUT, {}, _("Choose a day that is not in the future.")
    if down_on is not None:
        return DOWN, {"put_on": put_on, "down_on": down_on, "until_on": until_on or down_on}, ""
    if until_on is not None and until_on < today:
        return OUT, {}, _("It should be down by now: say on which day it was taken down.")
    return OUT, {"put_on": put_on}, ""
