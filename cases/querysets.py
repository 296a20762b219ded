"""Named questions about cases."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import JSONField, Q, QuerySet
from django.db.models.expressions import RawSQL

from cases import workflow
from cases.models import Case, CaseEvent, Escalation, ExportJob, Photo, SavedView, TimeRequest
from cases.named import named
from citymgmt.people.kept import Kept
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE, Scope, allows, permits, visible_to
from citymgmt.people.roles import TEAM_ROLES, Role
from citymgmt.prepared import Prepared
from citymgmt.refusals import NotFound
from communities.querysets import assignments_on


def seen_by(user: User, on: date) -> QuerySet[Case]:
    """The cases a person may see."""
    return visible_to(user, Case.objects.all(), on=on)


def readers_of(case: Case, on: date, departments: Iterable[int] = ()) -> QuerySet[User]:
    """The active people who may see a case as it stands in memory: the scopes of `case.view` the other way round.

    `departments` are bodies that have the case though no row says so yet.
    """
    who: dict[Scope, Q] = {
        Scope.SUBDISTRICT: Q(subdistrict_id=case.subdistrict_id),
        Scope.COMMUNITY: Q(subdistrict_id=case.subdistrict_id)
        & (
            Q(pk=case.officer_id)
            | Q(pk__in=assignments_on(on).filter(community_id=case.community_id or 0).values("user_id"))
        ),
        Scope.TEAM: Q(organisation_id=case.team_id or 0),
        Scope.DEPARTMENT: Q(organisation_id__in=Escalation.objects.filter(case=case).values("department_id"))
        | Q(organisation_id__in=list(departments)),
    }
    logged_it = Q(pk=case.logged_by_id, subdistrict_id=case.subdistrict_id)
    reach = Q(pk__in=[])
    for role, scope in TABLE["case.view"].items():
        reach |= Q(role=role) & (who[scope] | logged_it)
    return User.objects.filter(reach, is_active=True).order_by("username")


MENTIONED = RawSQL(
    "(SELECT jsonb_object_agg(person.id, jsonb_build_object('username', person.username, 'name',"
    " coalesce(nullif(person.display_name, ''), person.username), 'role', person.role))"
    " FROM jsonb_array_elements(cases_caseevent.changes #> '{note,mentions}') AS mention"
    " JOIN people_user AS person ON person.id = (mention ->> 0)::bigint)",
    (),
    output_field=JSONField(),
)


def history_of(case: int) -> QuerySet[CaseEvent]:
    """The events of the case with this id in order, each with `mentioned`: the people of its mentions by id (as text),
    with username, name and role; None where nobody is mentioned.
    """
    return CaseEvent.objects.filter(case_id=case).annotate(mentioned=MENTIONED).order_by("seq")


def open_cases(queryset: QuerySet[Case]) -> QuerySet[Case]:
    """Those that have not ended."""
    return queryset.filter(closed_at=None)


def overdue(queryset: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    """Cases that passed their deadline while their clock ran."""
    return queryset.filter(late_at(now))


def late_at(now: datetime) -> Q:
    """What it means to be overdue; an ended case has no clock that runs."""
    return Q(state__in=workflow.RUNNING, due_at__lt=now)


def tasks_of(user: User, acting_for: Iterable[int]) -> QuerySet[Case]:
    """The open cases that are a person's own to do: of what the person sees (`cases.scopes`), a part.

    Sent to the officer, or to the colleague for whose communities the officer acts today; of a team, all, for a
    member all but those of others. Said without the scope's other ways in, so that an index of just these can answer.
    """
    opened = open_cases(Case.objects.all())
    if user.role == Role.TEAM_LEADER:
        return opened.filter(team_id=user.organisation_id)
    if user.role in TEAM_ROLES:
        return opened.filter(Q(handler=user) | Q(handler=None), team_id=user.organisation_id)
    theirs = Q(officer=user) | Q(community_id__in=list(acting_for), officer__isnull=False)
    return opened.filter(theirs, subdistrict=user.subdistrict)


def due_first(queryset: QuerySet[Case]) -> QuerySet[Case]:
    """In the order in which they must be done."""
    return queryset.order_by("due_at", "id")


def visible_case(user: User, number: str, on: date) -> Case:
    """The case of this number, if the person may see it. Raises: NotFound."""
    found = _by_number.first(number)
    if found is None or not permits(user, "case.view", found, on=on, is_fresh=True):
        raise NotFound
    return found


_by_number = Prepared(lambda number: named(Case.objects.filter(number=number)), str)


def visible_photo(user: User, pk: int, on: date) -> Photo:
    """The photo of this id, if the person sees its case, or uploaded it and it has none yet. Raises: NotFound."""
    seen = visible_to(user, Photo.objects.filter(pk=pk), on=on)
    found = seen.select_related("case", "uploaded_by").first()
    if found is None:
        raise NotFound
    return found


def locked_cases(number: str, *others: str) -> dict[str, Case]:
    """The row of this number and of others, locked by ascending id until the transaction ends. Raises: NotFound."""
    found = {row.number: row for row in (_locked_by_number(number) if not others else _locked([number, *others]))}
    if number not in found:
        raise NotFound
    return found


def _locked(numbers: Iterable[str]) -> QuerySet[Case]:
    return Case.objects.filter(number__in=numbers).order_by("id").select_for_update(of=("self",), no_key=True)


_locked_by_number = Prepared(
    lambda number: Case.objects.filter(number=number).select_for_update(of=("self",), no_key=True), str
)
moment_of_event = Prepared(  # of a case, by its number in the case's history
    lambda case, seq: CaseEvent.objects.filter(case_id=case, seq=seq).order_by().values_list("at", flat=True), int, int
)


def open_escalations_of(cases: Iterable[Case]) -> dict[int, Escalation]:
    """The open escalation of each escalated case, by case id, in one query."""
    ids = [case.pk for case in cases if case.state in workflow.WITH_DISTRICT]
    if not ids:
        return {}
    found = Escalation.objects.filter(case_id__in=ids, state__in=Escalation.OPEN)
    return {escalation.case_id: escalation for escalation in found}


def suspended_since(cases: Iterable[Case]) -> dict[int, datetime]:
    """When each suspended case was suspended, by case id, in one query; a case is suspended once at most."""
    ids = [case.pk for case in cases if workflow.STATES[case.state].clock is workflow.Clock.PAUSED]
    found = TimeRequest.objects.filter(
        case_id__in=ids, kind=TimeRequest.Kind.SUSPENSION, state=TimeRequest.State.APPROVED
    )
    return {pk: at for pk, at in found.values_list("case_id", "decided_at") if at is not None}


def pending_request(case: Case) -> TimeRequest | None:
    """The request for time on which a decision is due."""
    return TimeRequest.objects.filter(case=case, state__in=TimeRequest.PENDING).first()


def views_kept(user: User, on: date) -> list[SavedView]:
    """A person's saved views and those that the office shares, by name; first the one without a name, if any."""
    return _kept_views(user, on) if allows(user, "view.use") else []


def _read_views(user: User, on: date) -> list[SavedView]:
    return list(visible_to(user, SavedView.objects.order_by("name", "id"), on=on))


_kept_views = Kept(_read_views, SavedView, User)


def exports_of(user: User, on: date) -> list[ExportJob]:
    """A person's twenty latest exports, newest first."""
    return list(visible_to(user, ExportJob.objects.order_by("-id"), on=on)[:20])


def ready_export(user: User, pk: int, on: date) -> ExportJob:
    """A person's export that has been written. Raises: NotFound."""
    ready = ExportJob.objects.filter(pk=pk, state=ExportJob.State.READY)
    found = visible_to(user, ready, on=on).first() if 0 < pk < 2**63 else None
    if found is None:
        raise NotFound
    return found
