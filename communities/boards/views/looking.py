"""Boards to look at: the list with those to be renewed first, one board with its history, its photos."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from citymgmt.files import private_file
from citymgmt.people.permissions import allows, permits, require_role, visible_to
from citymgmt.photos.shown import Shown
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import NotFound
from communities.boards.lifecycle import EVENTS, RENEW, STATES, Look
from communities.boards.querysets import boards_seen, contents_on, visible_board, visible_board_photo
from communities.models import Board, BoardEvent, Community

PAGE = 50


@dataclass(frozen=True)
class Row:
    """A board as it is listed; `is_late` when it was not renewed in time."""

    board: Board
    badge: Look
    is_late: bool


def row_of(board: Board, at: Any) -> Row:
    """A board as it is listed at a moment."""
    return Row(board, STATES[board.state], board.due_at is not None and board.due_at <= at)


@dataclass(frozen=True)
class Happened:
    """An event with its look and photos."""

    event: BoardEvent
    look: Look
    photos: list[Shown]


@require_safe
def boards(request: Any) -> HttpResponse:
    """The boards within reach; those to be renewed first. Raises: NotPermitted."""
    require_role(request.user, "board.view")
    seen = boards_seen(request.user, request.on)
    page = Paginator(seen, PAGE).get_page(request.GET.get("page"))
    may_place = allows(request.user, "board.place")
    own = visible_to(request.user, Community.objects.filter(is_active=True), on=request.on, action="board.place")
    context = {
        "page": page,
        "rows": [row_of(one, request.at) for one in page],
        "waiting_count": seen.filter(state=RENEW).count(),
        "total": page.paginator.count,
        "communities": list(own.defer("boundary").order_by("code")) if may_place else [],
        "may_confirm": allows(request.user, "board.confirm"),
        "may_keep": allows(request.user, "board.keep"),
    }
    return render(request, "boards/list.html", context)


@require_safe
def board(request: Any, pk: int) -> HttpResponse:
    """One board: what it must show today, and what happened to it. Raises: NotFound."""
    found = visible_board(request.user, pk, request.on)
    events = found.events.select_related("by", "photo").order_by("-seq")
    may_place = found.is_standing and permits(request.user, "board.place", found, on=request.on)
    context = {
        "board": found,
        "row": row_of(found, request.at),
        "content": contents_on([found.community], request.on)[found.community_id],
        "history": [_happened(one) for one in events],
        "may_place": may_place,
        "may_confirm": found.is_standing and permits(request.user, "board.confirm", found, on=request.on),
    }
    return render(request, "boards/board.html", context)


def _happened(event: BoardEvent) -> Happened:
    photo = getattr(event, "photo", None)
    if photo is not None:
        photo.event = event
    return Happened(event, EVENTS[event.kind], [Shown(photo, "boards:photo")] if photo is not None else [])


@require_safe
def photo(request: Any, pk: int, size: str) -> HttpResponseBase:
    """The photo of a board, or its thumbnail. Raises: NotFound, also while there is none."""
    found = visible_board_photo(request.user, pk, request.on)
    digest = found.hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"board-{size}-{found.pk}.jpg", content_type="image/jpeg", etag=digest)
