"""Named questions about projects, their tasks and photos."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import JSONObject

from citymgmt.found import one_of
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.people.permissions import visible_to
from citymgmt.people.roles import Role
from communities.local_rules import Rule, in_force
from communities.models import (
    Community,
    LocalRule,
    Project,
    ProjectGoal,
    ProjectOpinion,
    ProjectPhoto,
    ProjectPlace,
    ProjectStage,
    ProjectTask,
)
from communities.projects.kinds import MARKING
from communities.projects.lifecycle import DRAFT, RUNNING, TIMED, TO_DO
from communities.querysets import communities_of

COMMUNITY = "community"
STAFF = (Role.CLERK, Role.LEADER, Role.OFFICER)


_PLACES = ArraySubquery(
    ProjectPlace.objects.filter(project=OuterRef("pk"), is_dropped=False)
    .order_by("community__code")
    .values(told=JSONObject(name_zh="community__name_zh", name_en="community__name_en"))
)


# --- projects ------------------------------------------------------------------------------------------------
def running_campaigns(subdistrict: int, on: date, community: int | None = None) -> QuerySet[Project]:
    """The projects with which cases of an office may be marked on a day (of one community: those that are for it), by
    name: one query. A campaign runs from its start until it ends or is suspended, also beyond its last planned day.
    """
    rows = Project.objects.filter(subdistrict=subdistrict, kind__in=MARKING, state=RUNNING, started_on__lte=on)
    return (rows if community is None else rows.filter(for_community(community))).order_by("name", "pk")


def for_community(community: Any) -> Q:
    """Projects that are for a community (or one of these), by name or because they are for the whole sub-district."""
    rows = ProjectPlace.objects.filter(community__in=community if not isinstance(community, int) else [community])
    return Q(is_for_all=True) | Q(Exists(rows.filter(project=OuterRef("pk"), is_dropped=False)))


def for_people_of(user: User, on: date) -> Q:
    """Projects of a person's office that are for a community for which the person answers."""
    return Q(subdistrict_id=user.subdistrict_id) & for_community(communities_of(user, on))


def with_parts(rows: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with what progress is counted of, `goals_now`, `stages_now` and `tasks_now`, in three more queries."""
    return rows.prefetch_related(
        Prefetch("goals", ProjectGoal.objects.filter(is_dropped=False).order_by("ordinal"), "goals_now"),
        Prefetch("stages", ProjectStage.objects.filter(is_dropped=False).order_by("from_on", "ordinal"), "stages_now"),
        Prefetch(
            "tasks",
            ProjectTask.objects.select_related("owner", COMMUNITY)
            .defer("community__boundary")
            .order_by("due_on", "pk"),
            "tasks_now",
        ),
    )


def visible_project(user: User, pk: int, on: date) -> Project:
    """The project of this id with the `place_names` of its communities, if the person may see it. Raises: NotFound."""
    rows = Project.objects.select_related("subdistrict", "responsible", "lead_unit").annotate(place_names=_PLACES)
    return one_of(visible_to(user, rows, on=on), pk)


def named_places(project: Project) -> list[ProjectPlace]:
    """The communities of a project from `visible_project`, by code, of which nothing but the names is known."""
    names: list[dict[str, str]] = getattr(project, "place_names", [])
    return [ProjectPlace(project=project, community=Community(**told)) for told in names]


def locked_project(pk: int) -> Project:
    """The project of this id, locked until the transaction ends. Raises: NotFound."""
    rows = Project.objects.select_related("subdistrict")
    return one_of(rows.select_for_update(of=("self",), no_key=True), pk)


def is_late(at: datetime) -> Q:
    """Projects under way whose last planned day has passed, or of which a task is late."""
    tasks = ProjectTask.objects.filter(task_is_late(at), project=OuterRef("pk"))
    return Q(state__in=TIMED, due_at__lt=at) | Q(Exists(tasks))


def by_number(rows: QuerySet[Project]) -> QuerySet[Project]:
    """The newest year first, in each by number."""
    return rows.order_by("-year", "number", "pk")


def places_of(projects: Iterable[Project]) -> Mapping[int, list[ProjectPlace]]:
    """The communities of each project, by code: one query."""
    found: dict[int, list[ProjectPlace]] = {}
    rows = ProjectPlace.objects.filter(project__in=list(projects), is_dropped=False).select_related(COMMUNITY)
    for row in rows.defer("community__boundary").order_by("community__code"):
        found.setdefault(row.project_id, []).append(row)
    return found


def rules_of(subdistrict_id: int, on: date) -> Mapping[str, Rule]:
    """The local rules of an office that are in force on a day."""
    rows = LocalRule.objects.filter(subdistrict=subdistrict_id, from_on__lte=on).order_by("name", "from_on")
    return in_force([one.entered for one in rows], on)


# --- what everybody may read ---------------------------------------------------------------------------------
def public_projects() -> QuerySet[Project]:
    """What was promised to residents: published, and no longer a draft."""
    return Project.objects.filter(is_published=True).exclude(state=DRAFT)


def public_project(pk: int) -> Project:
    """Raises: NotFound."""
    return one_of(with_parts(public_projects().select_related("subdistrict", "lead_unit")), pk)


def public_photos(project: Project) -> QuerySet[ProjectPhoto]:
    """The photos of a project that somebody chose to show to everybody."""
    return ProjectPhoto.objects.filter(project=project, is_public=True, state="ready").order_by("pk")


def public_photo(project: int, pk: int) -> ProjectPhoto:
    """A photo that everybody may see. Raises: NotFound."""
    return one_of(public_photos(public_project(project)), pk)


# --- tasks and photos ----------------------------------------------------------------------------------------
def tasks_seen(user: User, on: date) -> QuerySet[ProjectTask]:
    """The tasks within a person's reach, with what a list shows of them; what is due first first."""
    rows = ProjectTask.objects.select_related("project__subdistrict", "owner", COMMUNITY, "stage")
    return visible_to(user, rows, on=on).defer("community__boundary").order_by("due_on", "pk")


def visible_task(user: User, pk: int, on: date) -> ProjectTask:
    """Raises: NotFound."""
    return one_of(tasks_seen(user, on), pk)


def task_for(user: User, acts_in: Iterable[int]) -> Q:
    """Tasks that a person is to do: named as the owner, or nobody is and the person acts for their community."""
    return Q(owner=user) | Q(owner=None, community__in=list(acts_in))


def to_do_now(rows: QuerySet[ProjectTask]) -> QuerySet[ProjectTask]:
    """Tasks that are to be done while their project is under way."""
    return rows.filter(state=TO_DO, project__state=RUNNING)


def task_is_late(at: datetime) -> Q:
    """Tasks that should have been done by now."""
    return Q(state=TO_DO, due_at__lt=at)


def locked_task(pk: int) -> ProjectTask:
    """A task, locked after its project. Raises: NotFound."""
    found = one_of(ProjectTask.objects.all(), pk)
    project = locked_project(found.project_id)
    task = ProjectTask.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    task.project = project
    return task


def visible_photo(user: User, pk: int, on: date) -> ProjectPhoto:
    """Raises: NotFound."""
    return one_of(visible_to(user, ProjectPhoto.objects.all(), on=on), pk)


# --- who and what can be chosen ------------------------------------------------------------------------------
def staff_of(subdistrict_id: int | None) -> QuerySet[User]:
    """The people of an office who can answer for a project or do a task."""
    rows = User.objects.filter(subdistrict_id=subdistrict_id or 0, is_active=True, role__in=STAFF)
    return rows.order_by("display_name", "username")


def bodies_for(office: SubDistrict) -> QuerySet[Organisation]:
    """The bodies that can lead a project of an office: its own, and those of its district."""
    own = Q(subdistrict=office) | Q(subdistrict=None, district_code=office.district_code)
    return Organisation.objects.filter(own, is_active=True).order_by("subdistrict", "key", "pk")


def office_project(subdistrict_id: int, pk: int) -> Project:
    """The project of this id, of this office. Raises: NotFound."""
    return one_of(Project.objects.filter(subdistrict=subdistrict_id), pk)


# --- what residents say --------------------------------------------------------------------------------------
def opinions_of(project: Project) -> QuerySet[ProjectOpinion]:
    """What residents said of a project, the newest first."""
    return ProjectOpinion.objects.filter(project=project).order_by("-at", "-pk")
