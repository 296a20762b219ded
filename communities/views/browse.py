"""Pages to look at: the list of communities, one community, a handover sheet."""

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citymgmt.people.permissions import allows, require_role, visible_to
from citymgmt.refusals import NotFound
from communities import maps
from communities.areas import beside as areas_beside
from communities.beside import Looker, figures_of, with_counts
from communities.boards.querysets import boards_of
from communities.boards.views.looking import row_of
from communities.forms import CommunityFilter, DayForm
from communities.institutions.coverage import panel_of
from communities.models import Community, Handover, KeyPlace, OfficerAssignment
from communities.projects.beside import with_projects
from communities.querysets import (
    answered_for,
    assignments_of,
    away,
    present_leaves,
    vacant,
    visible_community,
    with_people,
)

PAGE, HISTORY = 50, 100


@dataclass(frozen=True)
class Post:
    """A community with who holds its posts on a day; `is_away` tells of each whether the person is on leave."""

    community: Community
    officer: OfficerAssignment | None
    deputy: OfficerAssignment | None

    @property
    def is_vacant(self) -> bool:
        """Whether an active community has no officer."""
        return self.officer is None and self.community.is_active

    @property
    def is_deputy_acting(self) -> bool:
        """Whether the deputy acts: the officer is away or missing, and the deputy is there."""
        absent = self.officer is None or self.officer.is_away  # type: ignore[attr-defined]
        return bool(absent and self.deputy and not self.deputy.is_away)  # type: ignore[attr-defined]

    @property
    def is_nobody_there(self) -> bool:
        """Whether the officer is away and nobody acts."""
        return bool(self.officer and self.officer.is_away and not self.is_deputy_acting)  # type: ignore[attr-defined]


def post_of(community: Community, people: list[OfficerAssignment]) -> Post:
    """The post of a community from the assignments in force."""
    by_part = {person.part: person for person in people}
    return Post(community, by_part.get("officer"), by_part.get("deputy"))


@require_safe
def communities(request: Any) -> HttpResponse:
    """The communities of the sub-district with their officers today; vacancies first to be seen."""
    require_role(request.user, "community.view")
    seen = visible_to(request.user, Community.objects.all(), on=request.on)
    form = CommunityFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    found = with_people(_matching(seen, given, request.on), request.on)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    posts = [post_of(one, one.people_today) for one in page]  # type: ignore[attr-defined]
    context = {
        "form": form,
        "page": page,
        "posts": posts,
        "drawing": _drawing(posts),
        "total": seen.filter(is_active=True).count(),
        "vacant_count": vacant(seen, request.on).count(),
        "away_count": away(seen, request.on).count(),
        "is_filtered": any(given.values()) or not form.is_valid(),
        "may_import": allows(request.user, "community.edit"),
    }
    return render(request, "communities/list.html", context, status=200 if form.is_valid() else 422)


def _drawing(posts: list[Post]) -> maps.Drawn | None:
    """The communities of the page on a map, those without an officer in another colour."""
    areas = maps.areas(post.community for post in posts)
    vacancies = {str(post.community.pk) for post in posts if post.is_vacant}
    drawn = [{**area, "tone": "alert" if area["id"] in vacancies else ""} for area in areas]
    return maps.drawing(areas=drawn) if drawn else None


def _matching(queryset: QuerySet[Community], given: dict[str, Any], on: Any) -> QuerySet[Community]:
    words = given.get("q", "")
    if words:
        queryset = queryset.filter(Q(name_zh__icontains=words) | Q(name_en__icontains=words) | Q(code__contains=words))
    if given.get("post") == CommunityFilter.VACANT:
        return vacant(queryset, on)
    return away(queryset, on) if given.get("post") == CommunityFilter.AWAY else queryset


@require_safe
def community(request: Any, code: str) -> HttpResponse:
    """One community at a look: figures, who answers today, its places, boards, residential areas, institutions."""
    rows = areas_beside.with_areas(with_projects(Community.objects.all(), request.at), request.user, request.on)
    found: Any = visible_community(request.user, code, request.on, with_counts(rows, request.on, request.at))
    today = list(assignments_of(found, request.on).filter(period__contains=request.on))
    key_places = list(found.key_places.filter(is_active=True))
    looker = Looker(request.user, request.on, request.at, any(one.user_id == request.user.pk for one in today))
    sees_boards = looker.sees("board.view")
    context = {
        "community": found,
        "figures": figures_of(found, looker),
        "drawing": _own_drawing(found, key_places),
        "post": post_of(found, today),
        "key_places": key_places,
        "boards": [row_of(one, request.at) for one in boards_of(found)] if sees_boards else [],
        "sees_boards": sees_boards,
        "sees_areas": allows(request.user, "area.view"),
        "areas": areas_beside.panel(found.areas_beside or []),
        "institutions": panel_of(found, request.on, request.at) if looker.sees("institution.view") else None,
        "may_arrange": allows(request.user, "assignment.edit") and found.is_active,
        "may_edit": allows(request.user, "community.edit"),
        "sees_cases": allows(request.user, "case.view"),
    }
    return render(request, "communities/detail.html", context)


@require_safe
def people(request: Any, code: str) -> HttpResponse:
    """Who answers for a community: today, on any day (`?on=`), leave, all assignments, grids, handovers."""
    found = visible_community(request.user, code, request.on)
    form = DayForm(request.GET if "on" in request.GET else None)
    is_wrong = form.is_bound and not form.is_valid()
    day = form.cleaned_data["on"] if form.is_valid() else None
    history = list(assignments_of(found, request.on, day)[:HISTORY])
    today = [one for one in history if request.on in one.period]
    context = {
        "community": found,
        "post": post_of(found, today),
        "leaves": present_leaves([one.user_id for one in today], request.on),
        "history": history,
        "grids": found.grids.all(),
        "handovers": found.handovers.select_related("from_user", "to_user")[:HISTORY],
        "day_form": form,
        "day": day,
        "answered": _answered(found, history, day) if day else None,
        "on": request.on,
        "may_arrange": allows(request.user, "assignment.edit") and found.is_active,
    }
    return render(request, "communities/people.html", context, status=422 if is_wrong else 200)


def _answered(community: Community, history: list[OfficerAssignment], day: date) -> Post:
    """Who answered for a community on a day, of its assignments, which were asked for that day as well."""
    if len(history) == HISTORY:  # not all of them were read
        return post_of(community, list(answered_for(community, day)))
    people = [copy(one) for one in history if day in one.period]
    for one in people:
        one.is_away = one.was_away  # type: ignore[attr-defined]
    return post_of(community, people)


def _own_drawing(community: Community, places: list[KeyPlace]) -> maps.Drawn | None:
    """The community with its key places; None while neither has a place on the map."""
    own = [maps.area(community, tone="own")] if community.boundary else []
    spots = maps.spots(places)
    return maps.drawing(areas=own, spots=spots) if own or spots else None


@require_safe
def handover_sheet(request: Any, pk: int) -> HttpResponse:
    """A handover sheet to print and sign."""
    seen = visible_to(request.user, Handover.objects.filter(pk=pk), on=request.on)
    sheet = seen.select_related("community__subdistrict", "from_user", "to_user", "by").first()
    if sheet is None:
        raise NotFound
    context = {
        "sheet": sheet,
        "key_places": sheet.community.key_places.filter(is_active=True),
        "signers": [_("Handing over"), _("Taking over"), _("Witness")],
        "sees_cases": allows(request.user, "case.view"),
    }
    return render(request, "communities/handover.html", context)
