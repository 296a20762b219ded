"""What is done with boards: entered, moved, confirmed with a photo, taken down."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.people.permissions import require
from communities.boards import actions
from communities.boards.content import Content
from communities.boards.forms import BoardForm, ConfirmForm, TakeDownForm
from communities.boards.querysets import contents_on, visible_board
from communities.models import Board
from communities.querysets import visible_community
from communities.views.pages import ASKING, form_page, sent, sent_files

FORM = "boards/form.html"


def _opened(request: Any, pk: int, permission: str) -> Board:
    """The board, if the person may do this with it. Raises: NotFound, NotPermitted."""
    found = visible_board(request.user, pk, request.on)
    require(request.user, permission, found, on=request.on)
    return found


@require_http_methods(ASKING)
def new_board(request: Any, code: str) -> HttpResponse:
    """Enter a board of a community. Raises: NotFound, NotPermitted, KeyReused."""
    community = visible_community(request.user, code, request.on)
    require(request.user, "board.place", community, on=request.on)
    form = BoardForm(sent(request))

    def act(told: dict[str, Any]) -> str:
        given: dict[str, Any] = {
            "community": community.pk,
            "told": form.told(),
            "request_key": str(told["request_key"]),
        }
        return actions.put_up_board(by=request.user, at=request.at, **given).board.get_absolute_url()

    return form_page(
        request,
        form,
        act,
        template=FORM,
        title=_("New notice board"),
        lead=community.name,
        button=_("Enter"),
        done=_("The board is entered. Confirm it with a photo once the sheet hangs there."),
        back_url=reverse("boards:list"),
        back_label=_("Notice boards"),
    )


@require_http_methods(ASKING)
def change(request: Any, pk: int) -> HttpResponse:
    """Say anew where a board stands. Raises: NotFound, NotPermitted, KeyReused."""
    found = _opened(request, pk, "board.place")
    initial = {"place": found.place, "longitude": found.longitude, "latitude": found.latitude}
    form = BoardForm(sent(request), initial=initial)

    def act(told: dict[str, Any]) -> str:
        given: dict[str, Any] = {"pk": found.pk, "told": form.told(), "request_key": str(told["request_key"])}
        actions.change_board(by=request.user, at=request.at, **given)
        return found.get_absolute_url()

    return form_page(
        request,
        form,
        act,
        title=_("Change where it stands"),
        button=_("Save"),
        done=_("The place is changed."),
        **_around(found),
    )


@require_http_methods(ASKING)
def take_down(request: Any, pk: int) -> HttpResponse:
    """Note that a board stands no longer. Raises: NotFound, NotPermitted, KeyReused."""
    found = _opened(request, pk, "board.place")

    def act(told: dict[str, Any]) -> str:
        given = {"pk": found.pk, "reason": told["reason"], "request_key": str(told["request_key"])}
        actions.take_down_board(by=request.user, at=request.at, **given)
        return reverse("boards:list")

    return form_page(
        request,
        TakeDownForm(sent(request)),
        act,
        title=_("Take the board down"),
        button=_("It stands no longer"),
        done=_("The board is taken off the list."),
        **_around(found),
    )


@require_http_methods(ASKING)
def confirm(request: Any, pk: int) -> HttpResponse:
    """Confirm with a photo that a board shows what it must. Raises: NotFound, NotPermitted, KeyReused."""
    found = _opened(request, pk, "board.confirm")
    content: Content = contents_on([found.community], request.on)[found.community_id]
    form = ConfirmForm(sent(request), sent_files(request), initial={"seen": content.digest})

    def act(told: dict[str, Any]) -> str:
        given = {"seen": told["seen"], "note": told["note"], "request_key": str(told["request_key"])}
        photo = told["photos"].read()
        actions.confirm_board(by=request.user, at=request.at, pk=found.pk, photo=photo, **given)
        return found.get_absolute_url()

    return form_page(
        request,
        form,
        act,
        title=_("Confirm the board"),
        button=_("It shows this"),
        done=_("The board is confirmed."),
        **{**_around(found), "template": "boards/confirm.html", "content": content},
    )


def _around(board: Board) -> dict[str, Any]:
    return {
        "template": FORM,
        "board": board,
        "lead": f"{board.community.name} · {board.place}",
        "back_url": board.get_absolute_url(),
        "back_label": _("Notice board"),
    }
