"""Files of projects: photos and who may see them, the list as a table; words of residents that are taken away."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from citymgmt.files import private_file, table_file
from citymgmt.found import one_of
from citymgmt.pages import needs
from citymgmt.people.permissions import require
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import Invalid, NotFound
from citymgmt.sheets import KINDS, table
from communities.models import ProjectOpinion, ProjectPhoto
from communities.projects import actions
from communities.projects.columns import COLUMNS
from communities.projects.lifecycle import ACCEPT, KEEP
from communities.projects.querysets import visible_photo, visible_project, with_parts
from communities.projects.views.looking import VIEW, asked_projects, shown_projects


@require_safe
def photo_file(request: Any, pk: int, size: str) -> HttpResponseBase:
    """The picture or its thumbnail; that of an acceptance sheet for whoever enters them. Raises: NotFound, also while
    there is none; NotPermitted.
    """
    found = visible_photo(request.user, pk, request.on)
    if found.shows == ProjectPhoto.Shows.SHEET:
        require(request.user, ACCEPT, found, on=request.on)
    return picture(request, found, size)


def picture(request: Any, photo: ProjectPhoto, size: str) -> HttpResponseBase:
    """A file of a photo. Raises: NotFound."""
    digest = photo.hash_of(size)
    if not digest:
        raise NotFound
    path = photo_store().path(digest)
    return private_file(request, path, name=f"project-{size}-{photo.pk}.jpg", content_type="image/jpeg", etag=digest)


@require_POST
def show(request: Any, pk: int, is_public: str) -> HttpResponseRedirect:
    """Show a photo to everybody ("show"), or no longer ("hide"). Raises: NotFound, NotPermitted, WrongState."""
    if is_public not in ("show", "hide"):
        raise NotFound
    found = visible_photo(request.user, pk, request.on)
    require(request.user, KEEP, found, on=request.on)
    actions.show_photo(pk=pk, by=request.user, at=request.at, is_public=is_public == "show")
    shown = is_public == "show"
    messages.success(request, _("Everybody sees the photo now.") if shown else _("The photo is shown no longer."))
    return redirect("projects:photos", found.project_id)


@require_POST
def erase(request: Any, pk: int) -> HttpResponseRedirect:
    """Take the words of an opinion away. Raises: NotFound, NotPermitted."""
    found = one_of(ProjectOpinion.objects.all(), pk)
    project = visible_project(request.user, found.project_id, request.on)
    actions.erase_words(pk=pk, by=request.user, at=request.at)
    messages.success(request, _("The words are taken away."))
    return redirect(project)


@require_safe
@needs(VIEW)
def list_file(request: Any, kind: str) -> HttpResponseBase:
    """The list as it is filtered, as Excel or CSV. Raises: NotFound for another kind, Invalid for wrong filters."""
    if kind not in KINDS:
        raise NotFound
    form, rows = asked_projects(request)
    if not form.is_valid():
        raise Invalid(_("The filters cannot be read. Load the page again."))
    shown = shown_projects(request, list(with_parts(rows)))
    return table_file(table(COLUMNS, shown), f"projects-{timezone.localtime(request.at):%Y%m%d-%H%M}.{kind}")
