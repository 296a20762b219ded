"""The list of bulletins, and a bulletin as it reads."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.statistics.bulletins.forms import DraftForm
from cases.statistics.bulletins.models import Bulletin
from cases.statistics.bulletins.querysets import bulletins_of, visible_bulletin
from cases.statistics.views.bulletins.shown import files_shown, paper_shown, state_of
from cases.views.lists.pages import PortalRequest
from citymgmt.forms import errors_at_the_head
from citymgmt.pages import needs, page_of
from citymgmt.people.permissions import allows


@require_safe
@needs("bulletin.view")
def bulletin_list(request: PortalRequest) -> HttpResponse:
    """The bulletins of the office, the latest month first, and the form that drafts one."""
    return list_page(request, DraftForm(on=request.on))


def list_page(request: PortalRequest, form: DraftForm) -> HttpResponse:
    """The list with this form, which may say what is wrong with it."""
    page = page_of(request, bulletins_of(request.user, request.on))
    context = {
        "rows": [(bulletin, *state_of(bulletin, bulletin.is_replaced)) for bulletin in page],
        "page": page,
        "head_errors": errors_at_the_head(form),
        "draft_form": form if allows(request.user, "bulletin.write") else None,
    }
    return render(request, "statistics/bulletin_list.html", context, status=422 if form.errors else 200)


@require_safe
def bulletin(request: PortalRequest, pk: int) -> HttpResponse:
    """A bulletin as it reads, with its files and what can be done. Raises: NotFound."""
    found = visible_bulletin(request.user, pk, request.on)
    replaced_by = getattr(found, "replaced_by", None)
    label, tone = state_of(found, replaced_by is not None)
    context = {
        "bulletin": found,
        "state": {"label": label, "tone": tone},
        "replaced_by": replaced_by,
        **paper_shown(found),
        **files_shown(request, found),
        **_buttons(request, found),
    }
    return render(request, "statistics/bulletin.html", context)


def _buttons(request: PortalRequest, found: Bulletin) -> dict[str, Any]:
    may_write = found.is_draft and allows(request.user, "bulletin.write")
    return {
        "may_write": may_write,
        "may_issue": found.is_draft and allows(request.user, "bulletin.issue"),
    }
