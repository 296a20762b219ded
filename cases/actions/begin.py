"""How a case begins: reported, logged at the desk, or brought in from an old ledger."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import workflow
from cases.actions.attaching import attach
from cases.actions.dispatching import filing_changes, who_handles
from cases.actions.frame import ACTIONS, Desk, earlier_answer, once
from cases.history import Journal, Values
from cases.models import Case, CaseEvent, CaseNumber, CaseStandard, Category, Photo, Reporter
from cases.querysets import locked_cases
from citymgmt.bulk import next_id
from citymgmt.faults import wrong_point
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import TABLE, Scope, permits, require, require_role
from citymgmt.refusals import Invalid, NotFound, Refusal
from citymgmt.worktime.repeats import digest_of, scoped_key
from citymgmt.worktime.rules import current_rules
from communities.models import Community, KeyPlace, Project
from communities.places import community_at
from communities.projects.querysets import running_campaigns


@dataclass(frozen=True)
class Matter:
    """What is reported: the matter itself, where, by which way, whether it is work of a campaign (of one that is named,
    it is), and who told us (kept apart).
    """

    description: str
    source: str
    community: Community | None = None
    category: Category | None = None
    key_place: KeyPlace | None = None
    address: str = ""
    longitude: Any = None
    latitude: Any = None
    is_campaign: bool = False
    campaign: Project | None = None
    reporter_name: str = ""
    reporter_phone: str = ""
    reporter_email: str = ""


def report_case(
    *,
    subdistrict: SubDistrict,
    matter: Matter,
    by: User | None,
    at: datetime,
    request_key: str | None = None,
    asked: tuple[Any, ...] = (),
) -> CaseEvent:
    """Take in a report that waits to be accepted (a citizen's, a hotline's). Returns its event.

    `asked` is what came beside the matter: by it and the matter a resend is told from another request.
    Raises: NotPermitted, NotFound (community outside the scope), Invalid, KeyReused.
    """
    return _begin(subdistrict, matter, by, at, request_key, ("report", *asked), lambda desk: None)


def log_case(
    *,
    subdistrict: SubDistrict,
    matter: Matter,
    by: User | None,
    at: datetime,
    standard: CaseStandard | None = None,
    limit_value: int | None = None,
    limit_unit: str = "",
    is_self_handled: bool = False,
    photos: Sequence[Photo] = (),
    request_key: str | None = None,
) -> CaseEvent:
    """Log a matter at the desk or in the field and carry it as far as it goes by itself.

    With a filing condition (or a limit by hand) it is accepted, filed and dispatched to the community's acting
    officer at once; without, it is accepted only; handled on the spot, it is closed. Returns the first event.
    Raises: as `report_case`.
    """

    if is_self_handled and by is not None:
        require_role(by, "case.self_handle")

    def go_on(desk: Desk) -> None:
        if is_self_handled:
            _close_self_handled(desk)
            return
        _step(desk, "accept")
        if standard is not None or limit_value:
            _step(desk, "file", filing_changes(desk, standard, limit_value, limit_unit))
            handlers = who_handles(desk, None, None)
            if handlers["officer_id"]:
                _step(desk, "dispatch", handlers)

    asked = ("log", standard, limit_value, limit_unit, is_self_handled, *photos)
    return _begin(subdistrict, matter, by, at, request_key, asked, go_on, photos)


def log_into(
    *,
    target: Case,
    subdistrict: SubDistrict,
    matter: Matter,
    by: User | None,
    at: datetime,
    photos: Sequence[Photo] = (),
    request_key: str | None = None,
) -> CaseEvent:
    """Log a matter and add it at once to the open case that it repeats: one case more, merged, in one transaction.

    The report keeps its number, its reporter and its history. Returns its first event. Raises: as `report_case`;
    NotPermitted and NotFound for a target that one may not merge into; Invalid when the target has ended.
    """
    require(by, "case.merge", target, on=timezone.localdate(at))

    def go_on(desk: Desk) -> None:
        into = locked_cases(target.number)[target.number]
        ACTIONS["merge"](replace(desk, transition=workflow.TRANSITIONS["merge"], request_key=None), target=into)

    return _begin(subdistrict, matter, by, at, request_key, ("into", target, *photos), go_on, photos)


def _close_self_handled(desk: Desk) -> None:
    kind = Case.CloseKind.SELF_HANDLED
    _step(desk, "self_handle", {"closed_at": desk.at, "handled_at": desk.at, "close_kind": kind})


def _step(desk: Desk, action: str, changes: Values | None = None) -> None:
    desk.record(kind=action, to=workflow.TRANSITIONS[action].target, changes=changes)


def _begin(
    subdistrict: SubDistrict,
    matter: Matter,
    by: User | None,
    at: datetime,
    request_key: str | None,
    asked: tuple[Any, ...],
    go_on: Callable[[Desk], None],
    photos: Sequence[Photo] = (),
) -> CaseEvent:
    digest = digest_of("report", subdistrict.code, {"matter": _plain(matter), "asked": _plain_all(asked)})
    matter = _located(subdistrict, matter, by, at)
    _check_matter(subdistrict, matter, by, at)
    earlier = earlier_answer(by, request_key, digest)
    if earlier is not None:
        return earlier

    def begin(number: str = "") -> CaseEvent:
        desk = _new_desk(subdistrict, matter, by, at)
        desk.request_key, desk.request_digest = scoped_key(by, request_key), digest
        event = desk.record(kind="report", to="reported", changes=_places(matter))
        go_on(desk)
        desk.case.number = number or next_number(subdistrict, at)  # last: until the commit others wait for theirs
        desk.journal.write()
        _keep_reporter(desk.case, matter)
        attach(event, photos, by)
        return event

    if connection.in_atomic_block:
        return once(begin, by, request_key, digest)
    return _numbered(subdistrict, at, lambda number: once(partial(begin, number), by, request_key, digest))


def _located(subdistrict: SubDistrict, matter: Matter, by: User | None, at: datetime) -> Matter:
    """The matter with the community that follows from its key place or its point, when none is told.

    A point in a community in which the person may not log tells nothing.
    """
    if matter.community is not None:
        return matter
    if matter.key_place is not None:
        return replace(matter, community=matter.key_place.community)
    if matter.longitude is None or wrong_point(matter.longitude, matter.latitude):
        return matter
    pk = community_at(subdistrict.pk, matter.longitude, matter.latitude)
    found = Community.objects.filter(pk=pk or 0).first()
    if found is None or (by is not None and not permits(by, "case.log", found, on=timezone.localdate(at))):
        return matter
    return replace(matter, community=found)


def _plain(matter: Matter) -> dict[str, Any]:
    values = {name: getattr(matter, name) for name in matter.__dataclass_fields__}
    return {name: getattr(value, "pk", value) for name, value in values.items()}


def _plain_all(values: tuple[Any, ...]) -> list[Any]:
    return [getattr(value, "pk", value) for value in values]


def _places(matter: Matter) -> Values:
    return {
        "community_id": matter.community.pk if matter.community else None,
        "key_place_id": matter.key_place.pk if matter.key_place else None,
        "category_id": matter.category.pk if matter.category else None,
    }


def _check_matter(subdistrict: SubDistrict, matter: Matter, by: User | None, at: datetime) -> None:
    fields: dict[str, str] = {}
    if not matter.description.strip():
        fields["description"] = _("Please describe the matter.")
    if matter.community is not None and matter.community.subdistrict_id != subdistrict.pk:
        fields["community"] = _("This community belongs to another sub-district.")
    if (
        matter.key_place is not None
        and matter.community is not None
        and matter.key_place.community_id != matter.community.pk
    ):
        fields["key_place"] = _("This place lies in another community.")
    fields.update(wrong_point(matter.longitude, matter.latitude))
    fields.update(_wrong_campaign(subdistrict, matter, at))
    if fields:
        raise Invalid(fields=fields)
    if by is not None:
        require_role(by, "case.log")
        _check_reach(subdistrict, matter, by, at)


def _wrong_campaign(subdistrict: SubDistrict, matter: Matter, at: datetime) -> dict[str, str]:
    if matter.campaign is None:
        return {}
    community = matter.community.pk if matter.community else None
    running = running_campaigns(subdistrict.pk, timezone.localdate(at), community)
    if running.filter(pk=matter.campaign.pk).exists():
        return {}
    return {"campaign": _("This campaign does not run here on that day.")}


def _check_reach(subdistrict: SubDistrict, matter: Matter, by: User, at: datetime) -> None:
    if by.subdistrict_id != subdistrict.pk:
        raise NotFound
    if matter.community is None and TABLE["case.log"][by.role] is Scope.COMMUNITY:
        raise Invalid(fields={"community": _("Choose one of your communities.")})
    if matter.community is not None:
        require(by, "case.log", matter.community, on=timezone.localdate(at), is_fresh=True)


def _new_desk(subdistrict: SubDistrict, matter: Matter, by: User | None, at: datetime) -> Desk:
    case = Case(
        id=next_id(Case),
        subdistrict=subdistrict,
        description=matter.description.strip(),
        address=matter.address.strip(),
        longitude=matter.longitude,
        latitude=matter.latitude,
        source=matter.source,
        is_campaign=matter.is_campaign or matter.campaign is not None,
        campaign=matter.campaign,
        created_at=at,
        logged_by=by,
        state="reported",
    )
    return Desk(case, workflow.TRANSITIONS["accept"], by, at, Journal([case], current_rules()))


def _keep_reporter(case: Case, matter: Matter) -> None:
    """Who told us, apart from the case."""
    told = {name: getattr(matter, f"reporter_{name}").strip() for name in ("name", "phone", "email")}
    if any(told.values()):
        Reporter.objects.create(case=case, **told)


def _numbered(subdistrict: SubDistrict, at: datetime, begin: Callable[[str], CaseEvent]) -> CaseEvent:
    """Begin a case with a new number that is committed at once: nobody waits for another's whole case.

    It is given back when it was not used, unless a later one has gone out: a number may be missing, but is never used
    twice. Its commit need not reach the disk: that of the case, which comes after it, takes it along.
    """
    number = next_number(subdistrict, at, may_be_lost=True)
    try:
        event = begin(number)
    except Refusal:
        _give_back(subdistrict, number)
        raise
    if event.case.number != number:  # the same request was answered elsewhere meanwhile
        _give_back(subdistrict, number)
    return event


def next_number(subdistrict: SubDistrict, at: datetime, count: int = 1, *, may_be_lost: bool = False) -> str:
    """The first of `count` new numbers: {9-digit sub-district}-{yyyymmdd}-{serial of the day}; never used twice.

    `may_be_lost`: outside a transaction; a crash before the next commit forgets that it was given out.
    Source: domain 3.5.
    """
    on = timezone.localdate(at)
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO cases_casenumber (subdistrict_id, "on", last) VALUES (%s, %s, %s)'
            ' ON CONFLICT (subdistrict_id, "on")'
            " DO UPDATE SET last = cases_casenumber.last + excluded.last RETURNING last"
            + ", set_config('synchronous_commit', 'off', true)"
            * may_be_lost,
            [subdistrict.pk, on, count],
        )
        last = cursor.fetchone()[0]
    return f"{subdistrict.code}-{on:%Y%m%d}-{last - count + 1:04d}"


def _give_back(subdistrict: SubDistrict, number: str) -> None:
    """Have the last number of its day given out once more."""
    _code, day, serial = number.rsplit("-", 2)
    given = CaseNumber.objects.filter(subdistrict=subdistrict, on=date.fromisoformat(day), last=int(serial))
    given.update(last=F("last") - 1)
