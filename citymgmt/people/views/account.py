"""One's own account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from citymgmt.addresses import is_own_path
from citymgmt.people.actions import ACCOUNT_FIELDS, change_account, change_password
from citymgmt.people.forms import AccountForm, OwnPasswordForm
from citymgmt.people.mail_words import choices_in_words
from citymgmt.people.models import User
from citymgmt.people.querysets import log_ins_of

LAST_LOG_INS = 8


def _page(request: Any, *, form: Any = None, password_form: Any = None) -> HttpResponse:
    person = User.objects.select_related("subdistrict", "organisation").get(pk=request.user.pk)
    is_wrong = form is not None or password_form is not None
    context = {
        "person": person,
        "form": form or AccountForm(instance=person),
        "password_form": password_form or OwnPasswordForm(person),
        "sentences": choices_in_words(person),
        "log_ins": list(log_ins_of(person)[:LAST_LOG_INS]),
    }
    return render(request, "people/account.html", context, status=422 if is_wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Any) -> HttpResponse:
    """Language, messages by e-mail, quiet hours, password, last log-ins."""
    if request.method != "POST":
        return _page(request)
    form = AccountForm(request.POST, instance=User.objects.get(pk=request.user.pk))
    if not form.is_valid():
        return _page(request, form=form)
    values = {name: form.cleaned_data[name] for name in ACCOUNT_FIELDS}
    person = change_account(by=request.user, at=request.at, values=values)
    with translation.override(person.language):
        messages.success(request, _("Your account was saved."))
    return redirect("people:account")


@require_POST
def preview(request: Any) -> HttpResponse:
    """What the choices in the form would come to, before they are saved."""
    person = User.objects.get(pk=request.user.pk)
    form = AccountForm(request.POST, instance=person)
    sentences = choices_in_words(person) if form.is_valid() else []
    status = 200 if sentences else 422
    return render(request, "people/_mail_words.html", {"sentences": sentences}, status=status)


@sensitive_post_parameters()
@require_POST
def password(request: Any) -> HttpResponse:
    """A new password; the person stays logged in here and nowhere else."""
    form = OwnPasswordForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, password_form=form)
    person = change_password(
        by=request.user,
        at=request.at,
        password=form.cleaned_data["new_password1"],
        keep_session=request.session.session_key or "",
    )
    update_session_auth_hash(request, person)
    messages.success(request, _("Your password was changed. All other sessions have ended."))
    return redirect("people:account")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The other language, from the switch at the top of every page; returns to that page."""
    chosen = request.POST.get("language", "")
    if chosen in dict(User._meta.get_field("language").flatchoices):
        change_account(by=request.user, at=request.at, values={"language": chosen})  # type: ignore[arg-type, attr-defined]
    back = request.POST.get("next", "")
    return HttpResponseRedirect(back if is_own_path(back) else reverse("home"))
