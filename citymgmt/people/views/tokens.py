"""API tokens: one's own to list, create and revoke; all of another person's for the security administrator to end."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from citymgmt.people.actions.tokens import create_token, revoke_token, revoke_tokens
from citymgmt.people.forms import TokenForm
from citymgmt.people.querysets import tokens_of, visible_user
from citymgmt.refusals import Invalid, mark


@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: Any) -> HttpResponse:
    """One's own tokens; a new one is shown in the answer, once and nowhere else."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "days")}
        try:
            secret, token = create_token(by=request.user, **given)
            return render(request, "people/tokens/created.html", {"token": token, "secret": secret})
        except Invalid as error:
            mark(form, error)
    context = {"tokens": list(tokens_of(request.user, request.at)), "form": form, "days": settings.TOKEN_DAYS}
    return render(request, "people/tokens/list.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def revoke(request: Any, token: UUID) -> HttpResponse:
    """End one of one's own tokens."""
    ended = revoke_token(by=request.user, number=token)
    messages.success(request, _("The token was revoked: %(name)s") % {"name": ended})
    return redirect("people:tokens")


@require_POST
def revoke_all(request: Any, username: str) -> HttpResponse:
    """End all tokens of somebody else."""
    person = visible_user(request.user, username, request.on)
    count = revoke_tokens(by=request.user, at=request.at, user=person)
    told = ngettext("%(count)s token of %(who)s was revoked.", "%(count)s tokens of %(who)s were revoked.", count)
    messages.success(request, told % {"count": count, "who": person})
    return redirect("people:user", username=username)
