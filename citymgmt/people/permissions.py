"""THE permission table: which role may do what, how far, and the questions that read it.

`require()` for one thing, `among()` for some, `visible_to()` for lists; all read the same rows. Deny by default.
Outside the scope a thing does not exist (404); inside it, what the role lacks is forbidden (403). Each app says
once, with `register`, how a scope becomes a query on its models.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from citymgmt.people.models import User
from citymgmt.people.reach import holds
from citymgmt.people.roles import Role
from citymgmt.refusals import NotFound, NotPermitted


class Scope(StrEnum):
    """How far a permission reaches."""

    OWN = "own"
    COMMUNITY = "community"
    TEAM = "team"
    DEPARTMENT = "department"
    SUBDISTRICT = "subdistrict"
    ALL = "all"


Grants = Mapping[str, Scope]
C, O, TL, TM, L, D = Role.CLERK, Role.OFFICER, Role.TEAM_LEADER, Role.TEAM_MEMBER, Role.LEADER, Role.LIAISON  # noqa: E741
A, S, X = Role.ADMIN, Role.SECADMIN, Role.AUDITOR


def office(*roles: Role) -> dict[str, Scope]:
    """These roles, within their sub-district."""
    return dict.fromkeys(roles, Scope.SUBDISTRICT)


FIELD: Grants = {O: Scope.COMMUNITY, TL: Scope.TEAM, TM: Scope.TEAM}
LIAISON: Grants = {D: Scope.DEPARTMENT}
EVERYONE: Grants = dict.fromkeys(Role, Scope.ALL)

TABLE: Mapping[str, Grants] = {
    # cases: reading
    "case.view": {**office(C, L, X), **FIELD, **LIAISON},
    # who reported: masked, in full with a reason that is kept, erased when the person asks for it
    "reporter.view": office(C, L),
    "reporter.reveal": office(C, L),
    "reporter.erase": office(C, L),
    "reporter.looks": office(X),
    # cases: the desk
    "case.log": {**office(C, L, TL, TM), O: Scope.COMMUNITY},
    "case.accept": office(C, L),
    "case.verify": office(C, L),
    "case.confirm": {**office(C, L), **FIELD},
    "case.file": office(C, L),
    "case.dispatch": office(C, L),
    "case.inspect": office(C, L),
    "case.merge": office(C, L),
    "case.reopen": office(C, L),
    "case.correct": {**office(C, L), O: Scope.COMMUNITY},
    "case.urge": office(C, L),
    "case.escalate": office(C, L),
    "case.resume": office(C, L),
    "case.void": office(L),
    "case.close_special": office(L),
    "case.supervise": office(L),
    # cases: in the field
    "case.receive": FIELD,
    "case.return": FIELD,
    "case.assign": {TL: Scope.TEAM},
    "case.report_back": FIELD,
    "case.self_handle": {**office(C), **FIELD},
    "case.answer_supervision": {**office(C), **FIELD},
    "case.appeal": {O: Scope.COMMUNITY, TL: Scope.TEAM},
    "appeal.decide": office(L),
    "case.note": {**office(C, L), **FIELD, **LIAISON},
    "case.measure": {**office(C, L), **FIELD},
    # residents: answered by the office, called back, their judgements reviewed; programs that may report
    "resident.reply": office(C, L),
    "judgement.view": office(C, L, X),
    "judgement.record": office(C, L),
    "judgement.review": office(C, L),
    "client.keep": office(A),
    # what of a resident's case everybody may read: withheld, shown again, its text released
    "publication.edit": office(C, L),
    # orders of the hotline 12345: taken in by the clerks, answered and sent back by the office
    "hotline.view": office(C, L, X),
    "hotline.import": office(C),
    "hotline.reply": office(C, L),
    # photos: one's own drafts, and covering what nobody should see
    "photo.upload": dict.fromkeys((C, O, TL, TM, L, D), Scope.OWN),
    "photo.redact": {**office(C, L), O: Scope.COMMUNITY},
    # extensions and suspensions: asked, reviewed, approved
    "request.create": {**office(C), O: Scope.COMMUNITY, TL: Scope.TEAM},
    "request.review": office(C),
    "request.approve": office(L),
    # escalations
    "escalation.view": {**office(C, L, X), **FIELD, **LIAISON},
    "escalation.reply": LIAISON,
    # communities and their officers
    "community.view": {**office(C, O, TL, TM, L, A, S, X)},
    "community.edit": office(A),
    "assignment.edit": office(A, L),
    # the officers' public board: what it tells is kept by the office, boards are entered and confirmed by the field
    "board.view": {**office(C, L, A), O: Scope.COMMUNITY},
    "board.keep": office(A, L),
    "board.place": {**office(C, L), O: Scope.COMMUNITY},
    "board.confirm": {**office(C, L), O: Scope.COMMUNITY},
    # the four duties: asked by the office, filled in by the community, confirmed by somebody else of the office
    "duties.view": {**office(C, L), O: Scope.COMMUNITY},
    "duties.fill": {**office(C), O: Scope.COMMUNITY},
    "duties.confirm": office(C, L),
    "duties.keep": office(C, L),
    # residential areas: kept and led on by clerks and the officer, pilots and contracts decided by a leader
    "area.view": {**office(C, L), O: Scope.COMMUNITY},
    "area.keep": {**office(C), O: Scope.COMMUNITY},
    "area.import": office(C),
    "area.step": {**office(C), O: Scope.COMMUNITY},
    "area.decide": office(L),
    "area.review": {**office(C, L), O: Scope.COMMUNITY},
    "area.rules": office(C),
    # owners' committees: led through the law by clerks and the officer, answered and filed by a leader
    "committee.view": {**office(C, L), O: Scope.COMMUNITY},
    "committee.step": {**office(C), O: Scope.COMMUNITY},
    "committee.vote": {**office(C), O: Scope.COMMUNITY},
    "committee.decide": office(L),
    # institutions of the area: kept and visited by the office and the officer of the community; what they promised is
    # judged by the office
    "institution.view": {**office(C, L, A), O: Scope.COMMUNITY},
    "institution.keep": {**office(C, L), O: Scope.COMMUNITY},
    "institution.visit": {**office(C, L), O: Scope.COMMUNITY},
    "institution.plan": office(C, L),
    "institution.decide": office(C, L),
    "institution.import": office(C),
    # projects (campaigns, mass activities, practical matters): planned by the office, decided by a leader; officers do
    # the tasks of their communities and report; public acceptances are entered by the office
    "project.view": office(C, L, O, TL, TM, X),
    "project.keep": office(C, L),
    "project.decide": office(L),
    "project.report": {**office(C, L), O: Scope.COMMUNITY},
    "project.do": {**office(C, L), O: Scope.COMMUNITY},
    "project.accept": office(C, L),
    # publicity, forums and suggestions: kept by the office and the officer of the community; who made a suggestion is
    # masked, shown with a reason, erased when the person asks for it
    "publicity.view": {**office(C, L), O: Scope.COMMUNITY},
    "publicity.keep": {**office(C, L), O: Scope.COMMUNITY},
    "publicity.import": office(C),
    "forum.view": {**office(C, L), O: Scope.COMMUNITY},
    "forum.keep": {**office(C, L), O: Scope.COMMUNITY},
    "suggestion.view": {**office(C, L), O: Scope.COMMUNITY},
    "suggestion.enter": {**office(C, L), O: Scope.COMMUNITY},
    "suggestion.answer": {**office(C, L), O: Scope.COMMUNITY},
    "suggestion.reveal": office(C, L),
    "suggestion.erase": office(C, L),
    # regulations: read by everybody; an office keeps its own, the administrator those that all share
    "regulation.view": dict.fromkeys(Role, Scope.SUBDISTRICT),
    "regulation.keep": office(C, L, A),
    "regulation.share": {A: Scope.ALL},
    # standards, calendar, ladder
    "standard.view": EVERYONE,
    "standard.edit": {A: Scope.ALL},
    "calendar.view": EVERYONE,
    "calendar.edit": {A: Scope.ALL},
    # people
    "organisation.edit": office(A),
    "user.view": office(A, S, X),
    "user.create": office(A),
    "user.grant": office(S),
    "audit.view": office(X),
    # what leaves
    "outbox.view": office(A, X),
    "outbox.retry": office(A),
    # whether the installation works; figures of all offices on it, no names
    "operations.view": {A: Scope.ALL, X: Scope.ALL},
    "ledger.import": office(A),
    # figures and the cases behind them; a liaison sees what was escalated to the own department
    "statistics.view": {**office(C, L, X), **LIAISON},
    # evaluations that are frozen, and published for good
    "evaluation.view": office(C, L, X),
    "evaluation.freeze": office(L),
    "evaluation.publish": office(L),
    # the monthly bulletin: written by the office, issued by a leader
    "bulletin.view": office(C, L, X),
    "bulletin.write": office(C, L),
    "bulletin.issue": office(L),
    "chain.view": office(C, L, A, X),
    "chain.edit": office(A, L),
    # joint meetings: planned and recorded by the office, seen by the units that sit in them
    "meeting.view": {**office(C, L, X), TL: Scope.TEAM, O: Scope.COMMUNITY, **LIAISON},
    "meeting.plan": office(C, L),
    "meeting.answer": {**office(C, L), TL: Scope.TEAM, O: Scope.COMMUNITY, **LIAISON},
    "meeting.register": office(C, L, A),
    "unit.link": office(C, L),
    # minutes: written and checked by the office, signed by a leader, received by the units
    "minutes.view": {**office(C, L, X), TL: Scope.TEAM, O: Scope.COMMUNITY, **LIAISON},
    "minutes.write": office(C, L),
    "minutes.sign": office(L),
    "minutes.receive": {**office(C, L), TL: Scope.TEAM, O: Scope.COMMUNITY, **LIAISON},
    # circulars: written by the office, issued by a leader who did not write them, received by the units
    "circular.view": {**office(C, L, X), TL: Scope.TEAM, O: Scope.COMMUNITY, **LIAISON},
    "circular.write": office(C, L),
    "circular.issue": office(L),
    "circular.receive": {**office(C, L), TL: Scope.TEAM, O: Scope.COMMUNITY, **LIAISON},
    # resolutions: written by the office, put into force and accepted by a leader, carried out by the units
    "resolution.view": {**office(C, L, X), TL: Scope.TEAM, O: Scope.COMMUNITY, **LIAISON},
    "resolution.write": office(C, L),
    "resolution.enact": office(L),
    "resolution.report": {**office(C, L), TL: Scope.TEAM, O: Scope.COMMUNITY, **LIAISON},
    "resolution.accept": office(L),
    "resolution.urge": office(C, L),
    # teams: planned by their leader and the clerks, seen by their members; numbers of certificates by fewer
    "team.view": {**office(C, L), TL: Scope.TEAM, TM: Scope.TEAM},
    "team.plan": {**office(C), TL: Scope.TEAM},
    "team.check_in": {TL: Scope.OWN, TM: Scope.OWN},
    "certificate.view": {**office(C, L), TL: Scope.TEAM, TM: Scope.OWN},
    "certificate.keep": {**office(C), TL: Scope.TEAM},
    # stations: registered by the clerks, checked each day by their team, or by the officer of the community
    "station.view": {**office(C, L), **FIELD},
    "station.keep": office(C),
    "station.check": {**office(C), **FIELD},
    "station.excuse": {**office(C), TL: Scope.TEAM},
    # construction sites: kept by the office and the enforcement team, inspected by officers too
    "site.view": {**office(C, L), **FIELD},
    "site.keep": {**office(C), TL: Scope.TEAM},
    "site.inspect": {**office(C), **FIELD},
    # illegal buildings: entered by the field, led through the law by clerks and the team leader, decided by leaders
    "building.view": {**office(C, L), **FIELD},
    "building.record": {**office(C), **FIELD},
    "building.step": {**office(C), TL: Scope.TEAM},
    "building.decide": office(L),
    "building.owner": {**office(C, L), TL: Scope.TEAM},
    "building.paper": {**office(C, L), TL: Scope.TEAM},
    # patrol rounds: planned and excused by the team's leader and the clerks, walked by the team
    "round.view": {**office(C, L), TL: Scope.TEAM, TM: Scope.TEAM},
    "round.plan": {**office(C), TL: Scope.TEAM},
    "round.classes": office(C),
    "round.walk": {TL: Scope.TEAM, TM: Scope.TEAM},
    "round.excuse": {**office(C), TL: Scope.TEAM},
    # findings: noted by the team that found them; what was handled may become a case by whoever logs cases there
    "finding.view": {**office(C, L), **FIELD},
    "finding.note": {TL: Scope.TEAM, TM: Scope.TEAM},
    "finding.make_case": {**office(C), **FIELD},
    # cleanliness: streets and samples kept by the clerks, looked at by officers and two teams
    "cleanliness.view": {**office(C, L), **FIELD},
    "cleanliness.keep": office(C),
    "cleanliness.look": {**office(C), **FIELD},
    # pests: records kept by the pest team and the clerks, operations checked by who answers for them
    "pest.view": {**office(C, L), TL: Scope.TEAM, TM: Scope.TEAM, O: Scope.COMMUNITY},
    "pest.keep": {**office(C), TL: Scope.TEAM, TM: Scope.TEAM},
    "pest.check": {**office(C, L), TL: Scope.TEAM},
    "pest.limits": office(C),
    # guard posts: planned by the team's leader and the clerks, stood by the team; key places are looked at by the field
    "guard.view": {**office(C, L), **FIELD},
    "guard.plan": {**office(C), TL: Scope.TEAM},
    "guard.stand": {TL: Scope.TEAM, TM: Scope.TEAM},
    "guard.excuse": {**office(C), TL: Scope.TEAM, TM: Scope.OWN},
    "place.view": {**office(C, L), **FIELD},
    "place.look": {**office(C), **FIELD},
    "place.deductions": office(C),
    # saved views of the list of cases: one's own and those that the office shares
    "view.use": {**office(C, L, X, O, TL, TM), D: Scope.OWN},
    "view.edit": dict.fromkeys((C, L, X, O, TL, TM, D), Scope.OWN),
    "view.share": office(C, L),
    "export.view": dict.fromkeys((C, L, X, O, TL, TM, D), Scope.OWN),
    # oneself
    "inbox.view": dict.fromkeys(Role, Scope.OWN),
    "account.edit": dict.fromkeys(Role, Scope.OWN),
}

OWN_TOO = frozenset({"case.view"})  # rows that reach, beside their scope, what the person began: who logged it sees it

ScopeQuery = Callable[[User, date], Q]
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Reach:
    """How the scopes become queries on one model, and which action lets a person see it at all."""

    view: str
    queries: Mapping[Scope, ScopeQuery]


_reach: dict[type[Model], Reach] = {}


def register(model: type[Model], *, view: str, queries: Mapping[Scope, ScopeQuery]) -> None:
    """Say once how scopes become queries on `model`."""
    _reach[model] = Reach(view, queries)


def registered() -> Mapping[type[Model], Reach]:
    """The models that have a scope, for the tests that walk the table."""
    return dict(_reach)


def allows(user: Any, action: str) -> bool:
    """Whether the role of `user` includes `action` somewhere."""
    return bool(user.is_authenticated and user.is_active) and user.role in TABLE[action]


def scope_query(user: User, action: str, model: type[Model], on: date) -> Q | None:
    """The part of `model` on which `user` may do `action` on that day; None when there is none."""
    scope = TABLE[action].get(user.role) if user.is_active else None
    if scope is None:
        return None
    if scope is Scope.ALL:
        return Q()
    queries = _reach[model].queries
    scopes = (scope, Scope.OWN) if _is_wider(action, scope) else (scope,)
    found = [queries[one](user, on) for one in scopes if one in queries]
    return reduce(or_, found) if scope in queries else None


def _is_wider(action: str, scope: Scope) -> bool:
    """Whether the row reaches more than its scope, which in an office holds what is one's own already."""
    return action in OWN_TOO and scope not in (Scope.ALL, Scope.SUBDISTRICT)


def reaches_as_far(user: User, action: str, seeing: str) -> bool:
    """Whether `user` may do `action` on whatever the person sees by `seeing`, as their one scope says."""
    scope = TABLE[seeing].get(user.role) if user.is_active else None
    return scope is not None and scope == TABLE[action].get(user.role) and not _is_wider(seeing, scope)


def visible_to(user: User, queryset: QuerySet[M], *, on: date, action: str = "") -> QuerySet[M]:
    """The rows of `queryset` on which `user` may do `action` (by default: which the user may see)."""
    query = scope_query(user, action or _reach[queryset.model].view, queryset.model, on)
    return queryset.none() if query is None else queryset.filter(query)


def permits(user: User, action: str, thing: Model, *, on: date, is_fresh: bool = False) -> bool:
    """Whether `user` may do `action` on this thing on that day.

    `is_fresh` says that the row was just read (in an action: locked) and nobody changed it in memory since: the
    database is then asked only where the row's own columns do not tell.
    """
    query = scope_query(user, action, type(thing), on)
    if query is None:
        return False
    told = holds(query, thing) if is_fresh else None
    return type(thing)._default_manager.filter(pk=thing.pk).filter(query).exists() if told is None else told


def among(user: User, action: str, things: Sequence[M], *, on: date) -> list[M]:
    """Those of these things, of one model, on which `user` may do `action`; all are fresh as in `permits`."""
    query = scope_query(user, action, type(things[0]), on) if things else None
    if query is None:
        return []
    told = {thing.pk: holds(query, thing) for thing in things}
    unsure = [pk for pk, is_held in told.items() if is_held is None]
    asked = type(things[0])._default_manager.filter(query, pk__in=unsure).values_list("pk", flat=True)
    held = {pk for pk, is_held in told.items() if is_held} | set(asked if unsure else ())
    return [thing for thing in things if thing.pk in held]


def require(user: User | None, action: str, thing: Model, *, on: date, is_fresh: bool = False) -> None:
    """Let pass, or refuse; `user` None is the portal itself. `is_fresh` as in `permits`.

    Raises: NotFound when the thing lies outside what the user sees, NotPermitted when the role lacks the action.
    """
    if user is None or permits(user, action, thing, on=on, is_fresh=is_fresh):
        return
    if permits(user, _reach[type(thing)].view, thing, on=on, is_fresh=is_fresh):
        raise NotPermitted
    raise NotFound


def require_role(user: Any, action: str) -> None:
    """Refuse whoever has no such action at all. Raises: NotPermitted."""
    if not allows(user, action):
        raise NotPermitted
