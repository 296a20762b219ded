"""Regulations are kept: entered, corrected, replaced, abolished."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.people.permissions import allows, require
from citymgmt.refusals import NotPermitted
from communities.models import Regulation
from communities.regulations import actions
from communities.regulations.forms import AbolishForm, RegulationForm, ReplaceForm
from communities.regulations.querysets import KEEP, SHARE, keeps, later_ones, visible_regulation
from communities.views.pages import ASKING, form_page, sent, sent_files

FORM = "regulations/form.html"
SAME = ("title", "number", "kind", "issuer", "issued_on", "effective_on", "source", "words")


def _opened(request: Any, pk: int) -> Regulation:
    found = visible_regulation(request.user, pk, request.on)
    require(request.user, keeps(found), found, on=request.on)
    return found


def _around(found: Regulation) -> dict[str, Any]:
    back = {"back_url": found.get_absolute_url(), "back_label": found.title}
    return {"template": FORM, "lead": found.title, **back}


@require_http_methods(ASKING)
def new(request: Any) -> HttpResponse:
    """Enter a regulation. Raises: NotPermitted, KeyReused."""
    may_share, may_own = (allows(request.user, action) for action in (SHARE, KEEP))
    if not (may_share or may_own):
        raise NotPermitted
    form = RegulationForm(sent(request), sent_files(request), may_share=may_share, may_own=may_own)

    def act(told: dict[str, Any]) -> str:
        given: dict[str, Any] = {"is_shared": told.get("is_shared", False), "request_key": str(told["request_key"])}
        made = actions.publish_regulation(
            by=request.user, at=request.at, told=form.told(), file=form.file_sent(), **given
        )
        return made.get_absolute_url()

    return form_page(
        request,
        form,
        act,
        template=FORM,
        title=_("Enter a regulation"),
        lead=_("With its days, its file, and its text for searching."),
        button=_("Enter"),
        done=_("The regulation is entered."),
        back_url=reverse("regulations:list"),
        back_label=_("Regulations"),
    )


@require_http_methods(ASKING)
def change(request: Any, pk: int) -> HttpResponse:
    """Correct a regulation, or add a newer file. Raises: NotFound, NotPermitted."""
    found = _opened(request, pk)
    initial = {name: getattr(found, name) for name in SAME}
    form = RegulationForm(sent(request), sent_files(request), initial=initial)

    def act(told: dict[str, Any]) -> str:
        actions.change_regulation(by=request.user, at=request.at, pk=pk, told=form.told(), file=form.file_sent())
        return found.get_absolute_url()

    texts = {"title": _("Correct the regulation"), "button": _("Save"), "done": _("The regulation is corrected.")}
    return form_page(request, form, act, **texts, **_around(found))


@require_http_methods(ASKING)
def replace(request: Any, pk: int) -> HttpResponse:
    """Say by which later regulation one is replaced. Raises: NotFound, NotPermitted."""
    found = _opened(request, pk)
    form = ReplaceForm(sent(request), later=later_ones(request.user, found, request.on))

    def act(told: dict[str, Any]) -> str:
        given = {"pk": pk, "by_pk": told["replaced_by"].pk, "on": told["on"]}
        actions.replace_regulation(by=request.user, at=request.at, **given)
        return found.get_absolute_url()

    texts = {"title": _("It is replaced"), "button": _("It is replaced"), "done": _("The replacement is entered.")}
    return form_page(request, form, act, **texts, **_around(found))


@require_http_methods(ASKING)
def abolish(request: Any, pk: int) -> HttpResponse:
    """Say from when on a regulation holds no more. Raises: NotFound, NotPermitted."""
    found = _opened(request, pk)

    def act(told: dict[str, Any]) -> str:
        actions.abolish_regulation(by=request.user, at=request.at, pk=pk, on=told["on"])
        return found.get_absolute_url()

    form = AbolishForm(sent(request), initial={"on": request.on})
    texts = {"title": _("It is abolished"), "button": _("It is abolished"), "done": _("The abolition is entered.")}
    return form_page(request, form, act, **texts, **_around(found))
