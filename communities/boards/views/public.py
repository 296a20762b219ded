"""What anybody may read, without a log-in: who answers for which community, and how to reach them.

No log-in name, id or private number is in it, and a picture is served only while it stands on a board.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from citymgmt.files import private_file
from citymgmt.people.models import User
from citymgmt.people.turns import open_to_guests
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import NotFound
from communities.boards.content import Person
from communities.boards.forms import Finder
from communities.boards.querysets import (
    People,
    matching,
    offices_of,
    open_communities,
    open_community,
    people_on,
    person_of,
    report_path,
)
from communities.models import Community, PublicOffice
from communities.places import community_at
from communities.querysets import DEPUTY, OFFICER, Duties, duties_on

MOST = 200  # communities on a page; a district has fewer, and more are found by words


@dataclass(frozen=True)
class Post:
    """Who answers for a community, as the public may know it, and who acts today."""

    community: Community
    people: People
    duties: Duties

    @cached_property
    def officer(self) -> Person | None:
        """The officer, away or not."""
        return self._person(OFFICER)

    @cached_property
    def deputy(self) -> Person | None:
        """The deputy, away or not."""
        return self._person(DEPUTY)

    @property
    def is_away(self) -> bool:
        """Whether the officer is on leave today."""
        holder = self.people.get((self.community.pk, OFFICER))
        return holder is not None and holder.pk in self.duties.away

    @property
    def is_deputy_acting(self) -> bool:
        """Whether the deputy acts today."""
        deputy = self.people.get((self.community.pk, DEPUTY))
        return deputy is not None and self._acting_id == deputy.pk and not self._is_gone(deputy)

    def _is_gone(self, person: User) -> bool:
        return person.pk in self.duties.away

    @property
    def _acting_id(self) -> int | None:
        return self.duties.acting.get(self.community.pk)

    def _person(self, part: str) -> Person | None:
        holder = self.people.get((self.community.pk, part))
        return person_of(holder) if holder else None


@open_to_guests
@require_safe
def communities(request: Any) -> HttpResponse:
    """All communities with their officers; found by name, by address, or by where one stands."""
    form = Finder(request.GET)
    is_valid = form.is_valid()
    point = form.point if is_valid else None
    words = form.cleaned_data.get("q", "") if is_valid else ""
    rows = open_communities()
    here = community_at(None, *point) if point else None
    if point:
        rows = rows.filter(pk=here or 0)
    elif words:
        rows = rows.filter(matching(words))
    found = list(rows[:MOST])
    people, duties = people_on([one.pk for one in found], request.on), duties_on(request.on)
    context = {
        "form": form,
        "posts": [Post(one, people, duties) for one in found],
        "is_located": point is not None,
        "is_filtered": bool(words or point or not is_valid),
    }
    return render(request, "boards/public_list.html", context, status=200 if is_valid else 422)


@open_to_guests
@require_safe
def community(request: Any, code: str) -> HttpResponse:
    """One community's officer: portrait, phone, badge, duties, hours; who acts instead; where to report. Raises:
    NotFound.
    """
    found = open_community(code)
    office: PublicOffice | None = offices_of([found.subdistrict_id]).get(found.subdistrict_id)
    context = {
        "community": found,
        "post": Post(found, people_on([found.pk], request.on), duties_on(request.on)),
        "public_office": office,
        "report_path": report_path(found.code),
    }
    return render(request, "boards/public.html", context)


@open_to_guests
@require_safe
def portrait(request: Any, code: str) -> HttpResponseBase:
    """The portrait of the community's officer. Raises: NotFound, also when there is none."""
    found = open_community(code)
    officer = people_on([found.pk], request.on).get((found.pk, OFFICER))
    digest = person_of(officer).portrait if officer else ""
    if not digest:
        raise NotFound
    name = f"portrait-{found.code}.jpg"
    return private_file(request, photo_store().path(digest), name=name, content_type="image/jpeg", etag=digest)
