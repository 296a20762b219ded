"""Named questions about guard posts, their watches, and key places."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from cases.models import Disorder
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.people.roles import Role
from patrols.guards import condition
from patrols.guards.lifecycle import DONE, PRESENT, WAITING, WITHDRAWN
from patrols.guards.models import (
    ConditionLook,
    Deduction,
    GuardedPlace,
    GuardHours,
    GuardPost,
    GuardWatch,
    LookMark,
    WatchPhoto,
)
from patrols.guards.presence import Presence, Span, presence
from patrols.teams.models import Team
from patrols.teams.querysets import members_of

AROUND = ("post__community", "post__key_place", "hours", "team", "user", "turn_of")
SHOWN = timedelta(hours=14)  # before and after the present, of one's own watches


def visible_post(user: User, pk: int, on: date) -> GuardPost:
    """Raises: NotFound."""
    rows = GuardPost.objects.select_related("community__subdistrict", "team", "key_place")
    return one_of(visible_to(user, rows.defer("community__boundary"), on=on), pk)


def posts_seen(user: User, on: date) -> QuerySet[GuardPost]:
    """The posts that a person sees, by community and name, with their hours in use."""
    hours = Prefetch("hours", GuardHours.objects.filter(is_active=True).order_by("starts", "id"), to_attr="in_use")
    rows = visible_to(user, GuardPost.objects.all(), on=on).select_related("community", "team", "key_place")
    return rows.defer("community__boundary").prefetch_related(hours).order_by("community__code", "name_zh", "id")


def visible_hours(user: User, pk: int, on: date) -> GuardHours:
    """Raises: NotFound."""
    return one_of(visible_to(user, GuardHours.objects.select_related("post__team", "post__community"), on=on), pk)


def with_names(rows: QuerySet[GuardWatch]) -> QuerySet[GuardWatch]:
    """Watches in order, with what pages name of them."""
    found = rows.select_related(*AROUND).defer("post__community__boundary")
    return found.order_by("period", "post__name_zh", "place", "id")


def visible_watch(user: User, pk: int, on: date) -> GuardWatch:
    """Raises: NotFound."""
    rows = GuardWatch.objects.select_related(*AROUND, "relieves__user").defer("post__community__boundary")
    return one_of(visible_to(user, rows, on=on), pk)


def visible_watch_photo(user: User, pk: int, on: date) -> WatchPhoto:
    """The photo of this id, if the person may see its watch. Raises: NotFound."""
    return one_of(visible_to(user, WatchPhoto.objects.select_related("watch__post"), on=on), pk)


def locked_post(pk: int) -> GuardPost:
    """A post, locked: whoever changes what stands of its watches waits here. Raises: NotFound."""
    return one_of(GuardPost.objects.select_for_update(of=("self",), no_key=True), pk)


def locked_watch(pk: int) -> GuardWatch:
    """A watch, locked after its post. Raises: NotFound."""
    post = locked_post(one_of(GuardWatch.objects.only("post_id"), pk).post_id)
    found = one_of(GuardWatch.objects.select_for_update(of=("self",), no_key=True), pk)
    found.post = post
    return found


def standing_at(post: int, *, but: int = 0) -> QuerySet[GuardWatch]:
    """The watches of those who are on guard at a post, but one; who has stood longest first."""
    rows = GuardWatch.objects.filter(post=post, state=PRESENT).exclude(pk=but)
    return rows.select_related("user", "hours").order_by("arrived_at", "id")


def watches_near(user: User, at: datetime) -> list[GuardWatch]:
    """One's own watches and the open ones of one's team that run, are near, or on which one stands; the next first."""
    is_own = Q(user=user) | Q(user=None, team=user.organisation_id or 0, state__in=WAITING)
    is_near = Q(period__startswith__lte=at + SHOWN, period__endswith__gt=at - SHOWN) | Q(state=PRESENT)
    return list(with_names(GuardWatch.objects.filter(is_own & is_near).exclude(state=WITHDRAWN)))


def watches_ahead(user: User, at: datetime) -> list[GuardWatch]:
    """One's own watches of the two weeks to come, after those that are near."""
    later = {"period__startswith__gt": at + SHOWN, "period__startswith__lte": at + timedelta(days=14)}
    return list(with_names(GuardWatch.objects.filter(user=user, state__in=WAITING, **later)))


def watches_on(posts: Iterable[GuardPost], on: date) -> Mapping[int, list[GuardWatch]]:
    """The watches of a day by the id of their post."""
    rows = GuardWatch.objects.filter(post__in=[one.pk for one in posts], on=on).exclude(state=WITHDRAWN)
    found: dict[int, list[GuardWatch]] = {}
    for one in with_names(rows):
        found.setdefault(one.post_id, []).append(one)
    return found


def watches_of_team(team: Team, first: date, last: date) -> list[GuardWatch]:
    """The watches of a team from the first to the last day."""
    rows = GuardWatch.objects.filter(team=team, on__range=(first, last)).exclude(state=WITHDRAWN)
    return list(with_names(rows))


def guards_of(team: Team) -> list[User]:
    """Who stands guard for a team: its members; its leader where there is nobody else."""
    people = members_of(team)
    return [one for one in people if one.role == Role.TEAM_MEMBER] or people


def stood(watch: GuardWatch, at: datetime) -> Span | None:
    """From when until when somebody was there, as far as it is known at a moment; None where nobody came."""
    if watch.arrived_at is None:
        return None
    until = watch.left_at if watch.state == DONE else at
    assert until is not None  # a constraint: what is done has its end
    return watch.arrived_at, until


def presence_at(watches: Iterable[GuardWatch], at: datetime) -> Presence:
    """The presence in these watches, each post by itself; those that are not over by `at` count not yet."""
    planned: dict[int, list[Span]] = {}
    there: dict[int, dict[int, list[Span]]] = {}
    for one in watches:
        if one.ends_at > at or one.state == WITHDRAWN:
            continue
        planned.setdefault(one.post_id, []).append((one.starts_at, one.ends_at))
        span = stood(one, at)
        if span is not None and one.user_id is not None:
            there.setdefault(one.post_id, {}).setdefault(one.user_id, []).append(span)
    found = (presence(spans, there.get(post, {})) for post, spans in planned.items())
    return sum(found, Presence())


def watches_for_figures(user: User, first: date, last: date, on: date) -> list[GuardWatch]:
    """The watches of these days that a person sees, with what the figures are grouped by."""
    rows = visible_to(user, GuardWatch.objects.filter(on__range=(first, last)), on=on).exclude(state=WITHDRAWN)
    return list(rows.select_related("post", "team", "user").order_by("period", "id"))


def visible_place(user: User, pk: int, on: date) -> GuardedPlace:
    """Raises: NotFound."""
    rows = GuardedPlace.objects.select_related("community__subdistrict").defer("community__boundary")
    return one_of(visible_to(user, rows, on=on), pk)


def places_seen(user: User, on: date) -> QuerySet[GuardedPlace]:
    """The key places in use that a person sees, by community and name."""
    rows = visible_to(user, GuardedPlace.objects.filter(is_active=True), on=on).select_related("community")
    return rows.defer("community__boundary").order_by("community__code", "name_zh", "id")


def disorders() -> list[Disorder]:
    """The six disorders, in their order."""
    return list(Disorder.objects.filter(is_six_disorder=True).order_by("sort_order", "key"))


def deductions_of(subdistrict_id: int | None, among: Sequence[Disorder]) -> Mapping[int, Mapping[str, int]]:
    """What each disorder takes away at each severity, by its id: as the office has set it, else as usual."""
    rows = {one.disorder_id: one for one in Deduction.objects.filter(subdistrict=subdistrict_id)}
    return {
        one.pk: {condition.SLIGHT: rows[one.pk].slight, condition.SERIOUS: rows[one.pk].serious}
        if one.pk in rows
        else condition.USUAL
        for one in among
    }


def looks_since(place: GuardedPlace, since: datetime) -> list[ConditionLook]:
    """The looks at a place since a moment, the latest first, with what was seen."""
    marks = Prefetch("marks", LookMark.objects.select_related("disorder").order_by("disorder__sort_order", "id"))
    rows = ConditionLook.objects.filter(place=place, at__gte=since).select_related("by")
    return list(rows.prefetch_related(marks).order_by("-at", "-id"))


def watch_stood_at(user: User, place: GuardedPlace) -> GuardWatch | None:
    """The watch on which somebody stands now at a post of a key place."""
    return GuardWatch.objects.filter(user=user, state=PRESENT, post__key_place=place).order_by("pk").first()
