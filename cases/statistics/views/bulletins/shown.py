"""What pages of bulletins share: the paper as HTML, its files with their progress, its state in words."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.statistics.bulletins.composing import paper_of
from cases.statistics.bulletins.models import Bulletin, BulletinFile
from cases.statistics.bulletins.querysets import files_of
from cases.statistics.bulletins.snapshots import month_of
from cases.statistics.bulletins.tables import charts_of
from cases.views.lists.pages import PortalRequest
from citymgmt.papers.paper import Picture
from citymgmt.paperwork import shown
from citymgmt.people.permissions import allows


def paper_shown(bulletin: Bulletin) -> dict[str, Any]:
    """The paper for `papers/_shown.html`."""
    names = {chart: name for name, chart in charts_of(month_of(bulletin)).items()}

    def url_of(picture: Picture) -> str:
        return reverse("statistics:bulletin-chart", args=[bulletin.pk, names[picture.chart]])

    return shown.paper_shown(paper_of(bulletin), url_of)


def files_shown(request: PortalRequest, bulletin: Bulletin) -> dict[str, Any]:
    """The files and how far their making is, for `papers/_files.html`."""
    addresses = shown.Addresses(
        files=reverse("statistics:bulletin-files", args=[bulletin.pk]),
        make=reverse("statistics:make-bulletin", args=[bulletin.pk]),
        of_kind=lambda kind: reverse("statistics:bulletin-file", args=[bulletin.pk, kind]),
    )
    may_write = allows(request.user, "bulletin.write")
    kinds = dict(BulletinFile.Kind.choices)
    return shown.files_shown(bulletin, kinds, files_of(bulletin), addresses, may_write=may_write)


def state_of(bulletin: Bulletin, is_replaced: bool) -> tuple[str, str]:
    """The state in words, and its tone."""
    if bulletin.is_draft:
        return _("draft"), "waiting"
    return (_("replaced"), "stopped") if is_replaced else (_("issued"), "done")
