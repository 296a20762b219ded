"""The text of a draft beside the paper that it makes. Of two who save at once the second loses nothing."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.statistics.bulletins.actions import save_bulletin
from cases.statistics.bulletins.forms import LINES, EditForm, kept_values
from cases.statistics.bulletins.models import Bulletin
from cases.statistics.bulletins.querysets import visible_bulletin
from cases.statistics.views.bulletins.shown import files_shown, paper_shown
from cases.views.lists.pages import PortalRequest
from citymgmt.forms import PortalBoundField, errors_at_the_head, new_request_key
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, Stale, WrongState, mark


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Show the text to be edited, or save it. Raises: NotFound, NotPermitted, WrongState, KeyReused."""
    bulletin = visible_bulletin(request.user, pk, request.on)
    require_role(request.user, "bulletin.write")
    if not bulletin.is_draft:
        raise WrongState(_("This bulletin is issued already. Draft a correction."))
    if request.method != "POST":
        return _page(request, bulletin, EditForm(initial=kept_values(bulletin)))
    form = EditForm(request.POST)
    if not form.is_valid():
        return _page(request, bulletin, form, status=422)
    try:
        _save(request, pk, form)
    except Stale:
        return _conflict(request, pk)
    except Invalid as refused:
        mark(form, refused)
        return _page(request, bulletin, form, status=422)
    return _saved(request, pk, *form.cleaned_data["do"])


def _save(request: PortalRequest, pk: int, form: EditForm) -> None:
    told = form.cleaned_data
    save_bulletin(
        by=request.user,
        at=request.at,
        pk=pk,
        version=told["version"],
        text=form.text,
        request_key=str(told["request_key"]),
    )


def _saved(request: PortalRequest, pk: int, what: str, key: str) -> HttpResponse:
    messages.success(request, _("The text is saved."))
    if what == "anew":
        return HttpResponseRedirect(reverse("statistics:anew-section", args=[pk, key]))
    place = f"#section-{key}" if key else ""
    return HttpResponseRedirect(reverse("statistics:edit-bulletin", args=[pk]) + place)


def _conflict(request: PortalRequest, pk: int) -> HttpResponse:
    """What was typed, each field beside what somebody else has saved, ready to be saved on top of that."""
    bulletin = visible_bulletin(request.user, pk, request.on)
    sent: QueryDict = request.POST.copy()
    sent["version"], sent["request_key"] = str(bulletin.version), new_request_key()
    return _page(request, bulletin, EditForm(sent), status=409, theirs=kept_values(bulletin))


@dataclass(frozen=True)
class Beside:
    """A field, and what somebody else has saved in it when that is something else."""

    field: Any
    theirs: str


def _page(
    request: PortalRequest,
    bulletin: Bulletin,
    form: EditForm,
    status: int = 200,
    theirs: dict[str, Any] | None = None,
) -> HttpResponse:
    parts = list(form.parts())
    context = {
        "bulletin": bulletin,
        "form": form,
        "head_errors": errors_at_the_head(form),
        "lines": [_beside(form[name], name, theirs) for name in LINES],
        "parts": [
            {
                "key": key,
                "name": fields["heading"].value(),
                "left_out": fields["is_left_out"],
                "beside": [_beside(fields[part], f"{key}-{part}", theirs) for part in ("heading", "text")],
                "is_first": place == 0,
                "is_last": place == len(parts) - 1,
            }
            for place, (key, fields) in enumerate(parts)
        ],
        "is_conflict": theirs is not None,
        **paper_shown(bulletin),
        **files_shown(request, bulletin),
    }
    return render(request, "statistics/bulletin_edit.html", context, status=status)


def _beside(field: PortalBoundField | Any, name: str, theirs: dict[str, Any] | None) -> Beside:
    other = "" if theirs is None else str(theirs[name])
    mine = str(field.value() or "").replace("\r\n", "\n").strip()
    return Beside(field, "" if other == mine else other)
