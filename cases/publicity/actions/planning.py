"""Publicity is planned: in one form for several communities, one item each; and what was planned is changed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.publicity.actions.frame import FARTHEST, ITEMS, perform
from cases.publicity.journal import due_of_item
from cases.publicity.kinds import KINDS
from cases.publicity.lifecycle import ITEM, KEEP, PLANNED
from cases.publicity.models import ItemEvent, PublicityItem
from cases.publicity.models.items import LONGEST_MAKER, LONGEST_THEME, LONGEST_UNIT, MOST_QUANTITY
from cases.publicity.querysets import acts_for_the_office, people_of
from cases.publicity.told import ItemTold
from citymgmt.faults import EARLIEST, choice_faults, line_faults, number_faults, refuse, stripped, wrong_point
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role, visible_to
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import current_rules
from communities.models import Institution, Regulation
from communities.models.places import LONGEST_ADDRESS
from communities.placed import communities_for

WHOLE = None  # the whole sub-district, among communities
MOST_AT_ONCE = 60  # communities of a form
LINES = {"theme": LONGEST_THEME, "unit": LONGEST_UNIT, "maker": LONGEST_MAKER, "address": LONGEST_ADDRESS}


def plan_items(
    *,
    by: User,
    at: datetime,
    told: ItemTold,
    communities: Sequence[int | None],
    request_key: str | None = None,
) -> ItemEvent:
    """Plan an item for each of these communities, None being the whole sub-district; returns the first one's event. A
    resend acts once.

    Raises: NotPermitted, KeyReused, Invalid (also: a community in which the person plans none).
    """
    require_role(by, KEEP)
    asked = {**vars(told), "communities": [pk or 0 for pk in communities]}
    request = Request(ItemEvent, by, request_key, digest_of(ITEM.kind("plan"), "", asked))

    def act() -> ItemEvent:
        if (earlier := request.answer()) is not None:
            return earlier
        _check_communities(communities, told, by, at)
        columns = checked_columns(told, by, at)
        places = list(dict.fromkeys(communities))
        items = [ITEMS.new(at, subdistrict=by.subdistrict, community_id=pk) for pk in places]
        journal = ITEMS.kind.journal(items, current_rules())
        due = due_of_item(PLANNED, told.planned_on, told.until_on, at, journal.rules)
        for number, one in enumerate(items):
            keys = request.keys if number == 0 else {}
            changes = {**columns, "community_id": one.community_id, **due}
            journal.record(one, ITEM.kind("plan"), at=at, by=by, changes=changes, **keys)
        first: ItemEvent = journal.events[0]
        journal.write()
        return first

    return request.once(act)


def _check_communities(communities: Sequence[int | None], told: ItemTold, by: User, at: datetime) -> None:
    """Raises: Invalid."""
    refuse({"communities": community_faults(communities, by, timezone.localdate(at))})
    if len(set(communities)) > 1 and told.longitude is not None:
        refuse({"longitude": _("A point lies in one community: choose one alone, or leave the point out.")})


def community_faults(communities: Sequence[int | None], by: User, on: date) -> list[str]:
    """What is wrong with the communities of an item, among those in which the person plans."""
    wanted = {pk for pk in communities if pk is not WHOLE}
    known = set(communities_for(by, KEEP, on).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    is_whole_allowed = WHOLE not in communities or acts_for_the_office(by, KEEP)
    if not 0 < len(communities) <= MOST_AT_ONCE or wanted != known or not is_whole_allowed:
        return [_("Choose at least one of these.")]
    return []


def checked_columns(told: ItemTold, by: User, at: datetime) -> dict[str, Any]:
    """The columns of an item that are facts of its plan, but for its community. Raises: Invalid."""
    today, kind = timezone.localdate(at), KINDS.get(told.kind)
    found, faults = _found(told, by, today)
    faults |= plain_faults(told, today)
    refuse(faults)
    assert kind is not None  # it was checked
    plain = {name: value for name, value in stripped(told).items() if name not in found}
    if "institution" in found and found["institution"] is not None:
        plain["maker"] = found["institution"].name[:LONGEST_MAKER]
    place = {} if kind.has_place else {"address": "", "longitude": None, "latitude": None}
    ids = {f"{name}_id": one.pk if one else None for name, one in found.items()}
    return {**plain, **ids, "unit": plain["unit"] or kind.unit, **place}


def _found(told: ItemTold, by: User, on: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the ids of an item stand for, and what is wrong, by field."""
    rows: Mapping[str, Any] = {
        "regulation": visible_to(by, Regulation.objects.all(), on=on),
        "institution": visible_to(by, Institution.objects.filter(is_active=True), on=on),
        "responsible": people_of(by.subdistrict_id),
    }
    found: dict[str, Any] = {}
    for name, among in rows.items():
        pk = getattr(told, name)
        found[name] = among.filter(pk=pk).first() if pk is not None and 0 < pk < 2**31 else None
    found["responsible"] = found["responsible"] if told.responsible is not None else by
    missing = {name for name in rows if found[name] is None and getattr(told, name) is not None}
    return found, {name: _("Choose one of these.") for name in missing}


def plain_faults(told: ItemTold, today: date) -> dict[str, Any]:
    """What is wrong with the facts of an item by themselves, by field."""
    faults: dict[str, Any] = {
        "kind": choice_faults(told.kind, list(KINDS)),
        **line_faults(told, LINES, ("theme",)),
        "quantity": number_faults(told.quantity, MOST_QUANTITY, 1),
        **wrong_point(told.longitude, told.latitude),
    }
    if not EARLIEST <= told.planned_on <= today + FARTHEST:
        faults["planned_on"] = _("Choose a day at most two years ahead.")
    kind = KINDS.get(told.kind)
    if kind is not None:
        faults["until_on"] = until_faults(kind.ends, told.until_on, told.planned_on)
    return faults


def until_faults(ends: bool, until_on: date | None, since: date) -> str:
    """What is wrong with the day by which an item is taken down."""
    if not ends:
        return _("This kind is not taken down: leave the day out.") if until_on else ""
    if until_on is None:
        return _("Say by which day it is taken down.")
    return "" if since <= until_on <= since + FARTHEST else _("A day from %(first)s on.") % {"first": since}


def revise_item(
    *,
    pk: int,
    by: User,
    at: datetime,
    told: ItemTold,
    community: int | None,
    version: int | None = None,
    request_key: str | None = None,
) -> ItemEvent:
    """Change what was planned; with another day its ladder begins anew.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """

    def body(journal: Any, item: PublicityItem, moment: datetime) -> dict[str, Any]:
        refuse({"community": community_faults([community], by, timezone.localdate(at))})
        columns = {**checked_columns(told, by, at), "community_id": community}
        if told.planned_on != item.planned_on:
            columns |= due_of_item(PLANNED, told.planned_on, told.until_on, moment, journal.rules)
        return {"changes": columns}

    given = {**vars(told), "community": community or 0}
    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": given}
    return perform(ITEMS, ITEM.steps["revise"], pk=pk, by=by, at=at, body=body, **asked)
