"""What the office tells the public of its officers and of itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from citymgmt.files import private_file
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import NotFound
from communities.boards import actions
from communities.boards.forms import CardForm, OfficeForm
from communities.boards.querysets import card_of, officer_named, officers_with_cards, offices_of, portrait_of
from communities.views.pages import ASKING, form_page, sent, sent_files


@require_safe
def cards(request: Any) -> HttpResponse:
    """The officers of the office with what the public is told of them. Raises: NotPermitted."""
    require_role(request.user, "board.keep")
    own = request.user.subdistrict_id
    context = {
        "rows": [(one, card_of(one), portrait_of(one)) for one in officers_with_cards(own)],
        "public_office": offices_of([own]).get(own),
    }
    return render(request, "boards/cards.html", context)


def _kept_person(request: Any, username: str) -> User:
    """The officer of the own office of this log-in name, for whoever keeps cards. Raises: NotFound, NotPermitted."""
    found = officer_named(request.user.subdistrict_id, username)
    require(request.user, "board.keep", request.user.subdistrict, on=request.on)
    return found


@require_http_methods(ASKING)
def card(request: Any, username: str) -> HttpResponse:
    """What the public is told of one officer. Raises: NotFound, NotPermitted."""
    person = _kept_person(request, username)
    kept = card_of(person)
    names = ("phone", "badge_number", "duties", "hours")
    initial = {name: getattr(kept, name) for name in names} if kept else {}
    form = CardForm(sent(request), sent_files(request), initial=initial)

    def act(told: dict[str, Any]) -> str:
        given: dict[str, Any] = {"username": username, "told": form.told(), "portrait": form.portrait()}
        actions.save_card(by=request.user, at=request.at, **given)
        return reverse("boards:card", args=[username])

    return form_page(
        request,
        form,
        act,
        template="boards/card.html",
        person=person,
        portrait=portrait_of(person),
        done=_("The card is saved. Boards that show something else by now are on the list."),
    )


@require_safe
def portrait(request: Any, username: str) -> HttpResponseBase:
    """The portrait of an officer, for whoever keeps it. Raises: NotFound, NotPermitted."""
    kept = portrait_of(_kept_person(request, username))
    if kept is None or not kept.sha256:
        raise NotFound
    path = photo_store().path(kept.sha256)
    return private_file(request, path, name="portrait.jpg", content_type="image/jpeg", etag=kept.sha256)


@require_POST
def withdraw(request: Any, username: str) -> HttpResponseRedirect:
    """Remove a portrait whose consent was taken back. Raises: NotFound, NotPermitted."""
    _kept_person(request, username)
    actions.withdraw_portrait(by=request.user, at=request.at, username=username)
    messages.success(request, _("The portrait is removed. Boards that show it are on the list."))
    return redirect("boards:card", username)


@require_http_methods(ASKING)
def office(request: Any) -> HttpResponse:
    """Where the public complains about officers of the office. Raises: NotPermitted."""
    require_role(request.user, "board.keep")
    own = request.user.subdistrict_id
    kept = offices_of([own]).get(own)
    initial = {"phone": kept.phone, "hours": kept.hours} if kept else {}

    def act(told: dict[str, Any]) -> str:
        actions.save_office(by=request.user, at=request.at, phone=told["phone"], hours=told["hours"])
        return reverse("boards:cards")

    return form_page(
        request,
        OfficeForm(sent(request), initial=initial),
        act,
        template="boards/form.html",
        title=_("Supervision phone"),
        lead=request.user.subdistrict.name,
        button=_("Save"),
        done=_("Saved. Boards that show something else by now are on the list."),
        back_url=reverse("boards:cards"),
        back_label=_("Public cards"),
    )
