"""Users: the administrator makes them, the security administrator grants, both see their own sub-district."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from citymgmt.people import actions
from citymgmt.people.forms import GrantForm, NewUserForm, PersonFields, UserFilter
from citymgmt.people.models import User
from citymgmt.people.permissions import allows, require, require_role
from citymgmt.people.querysets import matching, tokens_of, users_seen_by, visible_user
from citymgmt.refusals import Invalid, mark

PAGE = 30


@require_safe
def users(request: Any) -> HttpResponse:
    """The users within reach, with filters."""
    require_role(request.user, "user.view")
    form = UserFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    found = matching(
        users_seen_by(request.user, request.on),
        words=given.get("q", ""),
        role=given.get("role", ""),
        state=given.get("state", ""),
    )
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "is_filtered": any(given.values()) or not form.is_valid(),
        "may_create": allows(request.user, "user.create"),
    }
    template = "people/users/_list.html" if request.htmx else "people/users/list.html"
    return render(request, template, context, status=200 if form.is_valid() else 422)


def _page(request: Any, person: User, *, status: int = 200, **forms: Form) -> HttpResponse:
    """The page of a user with the forms that the viewer's role opens."""
    is_self = person.pk == request.user.pk
    edits = allows(request.user, "user.create") and not is_self
    grants = allows(request.user, "user.grant") and not is_self
    rights = {"role": person.role, "organisation": person.organisation_id, "seen": actions.stamp_of(person)}
    context = {
        "person": person,
        "is_self": is_self,
        "is_of_the_three": person.role in actions.THE_THREE,
        "edit_form": forms.get("edit_form") or PersonFields(instance=person) if edits else None,
        "grant_form": forms.get("grant_form") or GrantForm(initial=rights, by=request.user, on=request.on)
        if grants
        else None,
        "tokens": list(tokens_of(person, request.at)) if grants else [],
    }
    return render(request, "people/users/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def user(request: Any, username: str) -> HttpResponse:
    """A user: who, where, which role; the administrator corrects name, post, phone and address."""
    person = visible_user(request.user, username, request.on)
    if request.method != "POST":
        return _page(request, person)
    require(request.user, "user.create", person, on=request.on)
    form = PersonFields(request.POST, instance=visible_user(request.user, username, request.on))
    if not form.is_valid():
        return _page(request, person, status=422, edit_form=form)
    actions.edit_user(by=request.user, at=request.at, user=person, values=form.cleaned_data)
    messages.success(request, _("%(who)s was saved.") % {"who": form.cleaned_data["display_name"]})
    return redirect("people:user", username=username)


@require_http_methods(["GET", "HEAD", "POST"])
def create_user(request: Any) -> HttpResponse:
    """A new user without any right; the answer shows the password, once."""
    require_role(request.user, "user.create")
    form = NewUserForm(request.POST or None, by=request.user, on=request.on)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "request_key"}
        try:
            person, password = actions.create_user(by=request.user, at=request.at, **given)
            return _show_password(request, person, password, is_new=True)
        except Invalid as error:
            mark(form, error)
    return render(request, "people/users/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_POST
def reset_password(request: Any, username: str) -> HttpResponse:
    """A new random password; the answer shows it, once."""
    person = visible_user(request.user, username, request.on)
    password = actions.reset_password(by=request.user, at=request.at, user=person)
    return _show_password(request, person, password, is_new=False)


@require_POST
def set_active(request: Any, username: str) -> HttpResponse:
    """Lock out (`is_active` 0) or let in again (1)."""
    person = visible_user(request.user, username, request.on)
    require(request.user, "user.create", person, on=request.on)
    is_active = request.POST.get("is_active")
    if is_active not in ("0", "1"):
        raise Invalid
    actions.set_active(by=request.user, at=request.at, user=person, is_active=is_active == "1")
    told = _("%(who)s may log in again.") if is_active == "1" else _("%(who)s is locked out.")
    messages.success(request, told % {"who": person})
    return redirect("people:user", username=username)


@require_POST
def grant(request: Any, username: str) -> HttpResponse:
    """Give a role with its scope, or take it away."""
    person = visible_user(request.user, username, request.on)
    require(request.user, "user.grant", person, on=request.on)
    form = GrantForm(request.POST, by=request.user, on=request.on)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("role", "organisation", "seen")}
        try:
            actions.grant_role(by=request.user, at=request.at, user=person, **given)
        except Invalid as error:
            mark(form, error)
        else:
            messages.success(request, _("The rights of %(who)s were changed.") % {"who": person})
            return redirect("people:user", username=username)
    return _page(request, person, status=422, grant_form=form)


def _show_password(request: HttpRequest, person: User, password: str, *, is_new: bool) -> HttpResponse:
    context = {"person": person, "password": password, "is_new": is_new}
    return render(request, "people/users/password.html", context)
