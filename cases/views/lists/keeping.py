"""Saved views and columns of the list of cases."""

from copy import copy

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions.keeping import choose_columns, delete_view, save_view
from cases.list_forms import CaseListFilter, ColumnsForm, SaveViewForm
from cases.models import Case
from cases.named import kept_names, name_all
from cases.querysets import views_kept
from cases.views.lists.browse import columns_shown, kept_query
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
from citymgmt.refusals import Invalid


@needs("view.edit")
def list_views(request: PortalRequest) -> HttpResponse:
    """The saved views, the columns, and the form that keeps the list from which one comes."""
    return _page(request)


@require_POST
@needs("view.edit")
def save_list_view(request: PortalRequest) -> HttpResponse:
    """Keep the filters, the order and the columns under a name."""
    form = SaveViewForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, save_form=form)
    asked = form.cleaned_data
    try:
        _check_filters(request, asked["query"])
        view = save_view(
            by=request.user,
            at=request.at,
            name=asked["name"],
            query=asked["query"],
            columns=[column.key for column in columns_shown(request, views_kept(request.user, request.on))],
            is_shared=asked.get("is_shared", False),
        )
    except Invalid as refusal:
        form.add_error(None, str(refusal))
        return _page(request, save_form=form)
    return HttpResponseRedirect(view.get_absolute_url())


@require_POST
@needs("view.edit")
def choose_list_columns(request: PortalRequest) -> HttpResponse:
    """Keep the columns in which the person looks at the list."""
    form = ColumnsForm(request.POST)
    if not form.is_valid():
        return _page(request, columns_form=form)
    choose_columns(by=request.user, at=request.at, columns=form.cleaned_data["columns"])
    return HttpResponseRedirect(f"{reverse('cases:list')}?{form.cleaned_data['query']}")


@require_POST
def delete_list_view(request: PortalRequest, pk: int) -> HttpResponse:
    """Remove one's own saved view."""
    delete_view(by=request.user, at=request.at, pk=pk)
    return HttpResponseRedirect(reverse("cases:views"))


def _check_filters(request: PortalRequest, query: str) -> None:
    """Raises: Invalid when the list would refuse these filters."""
    if not CaseListFilter(QueryDict(query), Case.objects.none(), request=request).is_valid():
        raise Invalid(_("The filters cannot be read. Load the page again."))


def _page(
    request: PortalRequest, save_form: SaveViewForm | None = None, columns_form: ColumnsForm | None = None
) -> HttpResponse:
    views = views_kept(request.user, request.on)
    query = kept_query(request)
    columns = [column.key for column in columns_shown(request, views)]
    context = {
        "views": name_all([copy(view) for view in views if view.name], kept_names()),
        "save_form": save_form or SaveViewForm(initial={"query": query}, user=request.user),
        "columns_form": columns_form or ColumnsForm(initial={"query": query, "columns": columns}),
        "back_url": f"{reverse('cases:list')}?{query}",
        "save_url": f"{reverse('cases:save-view')}?{urlencode({'columns': ','.join(columns)})}",
    }
    is_refused = save_form is not None or columns_form is not None
    return render(request, "cases/views.html", context, status=422 if is_refused else 200)
