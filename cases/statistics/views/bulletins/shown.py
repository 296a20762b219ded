"""What pages of bulletins share: the paper as HTML, its files with their progress, its state in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.statistics.bulletins.composing import paper_of
from cases.statistics.bulletins.models import Bulletin, BulletinFile
from cases.statistics.bulletins.phrases import CHINESE
from cases.statistics.bulletins.querysets import files_of, job_of
from cases.statistics.bulletins.snapshots import month_of
from cases.statistics.bulletins.tables import charts_of
from cases.views.lists.pages import PortalRequest
from citymgmt.forms import PortalForm
from citymgmt.jobs import Job
from citymgmt.papers.paper import Block, Paper, Picture
from citymgmt.people.permissions import allows


@dataclass(frozen=True)
class Shown:
    """A block of the paper, the name of its kind, and the address of its picture."""

    kind: str
    block: Block
    url: str = ""


def paper_shown(bulletin: Bulletin) -> dict[str, Any]:
    """The paper for `statistics/_paper.html`."""
    paper = paper_of(bulletin)
    lang = "zh-Hans" if bulletin.language == CHINESE else "en"
    return {"paper": paper, "blocks": list(_blocks(bulletin, paper)), "paper_lang": lang}


def _blocks(bulletin: Bulletin, paper: Paper) -> Iterator[Shown]:
    names = {chart: name for name, chart in charts_of(month_of(bulletin)).items()}
    for block in paper.blocks:
        url = ""
        if isinstance(block, Picture):
            url = reverse("statistics:bulletin-chart", args=[bulletin.pk, names[block.chart]])
        yield Shown(type(block).__name__.lower(), block, url)


@dataclass(frozen=True)
class File:
    """A file on the page: its kind, where it is when it is there, and whether it holds an earlier text."""

    label: str
    url: str
    is_older: bool


def files_shown(request: PortalRequest, bulletin: Bulletin) -> dict[str, Any]:
    """The files and how far their making is, for `statistics/_bulletin_files.html`."""
    job, kept = job_of(bulletin), files_of(bulletin)
    present = job if job is not None and job.version == bulletin.version else None
    is_making = present is not None and present.state == Job.State.WAITING
    is_lacking = present is None or present.state == Job.State.FAILED or bool(present.trouble)
    return {
        "files": [_file(bulletin, kind, label, kept.get(kind)) for kind, label in BulletinFile.Kind.choices],
        "job": present,
        "is_making": is_making,
        "make_form": PortalForm(),
        "may_make": is_lacking and not is_making and allows(request.user, "bulletin.write"),
        "step": present.get_step_display() if present is not None and is_making else "",
    }


def _file(bulletin: Bulletin, kind: str, label: Any, kept: BulletinFile | None) -> File:
    is_older = kept is not None and kept.version != bulletin.version
    is_there = kept is not None and (bulletin.is_draft or not is_older)
    url = reverse("statistics:bulletin-file", args=[bulletin.pk, kind]) if is_there else ""
    return File(str(label), url, is_older)


def state_of(bulletin: Bulletin, is_replaced: bool) -> tuple[str, str]:
    """The state in words, and its tone."""
    if bulletin.is_draft:
        return _("draft"), "waiting"
    return (_("replaced"), "stopped") if is_replaced else (_("issued"), "done")
