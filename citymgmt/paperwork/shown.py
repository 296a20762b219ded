"""A paper and its files on a page, for `papers/_shown.html` and `papers/_files.html`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from citymgmt.forms import PortalForm
from citymgmt.jobs import Job
from citymgmt.papers.paper import Block, Paper, Picture

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WORD_AND_PDF = frozenset({"docx", "pdf"})  # the kinds of a paper without a ledger


@dataclass(frozen=True)
class Shown:
    """A block of the paper, the name of its kind, and the address of its picture."""

    kind: str
    block: Block
    url: str = ""


def paper_shown(paper: Paper, picture_url: Callable[[Picture], str] = lambda picture: "") -> dict[str, Any]:
    """The paper as HTML."""
    blocks = [
        Shown(type(block).__name__.lower(), block, picture_url(block) if isinstance(block, Picture) else "")
        for block in paper.blocks
    ]
    return {"paper": paper, "blocks": blocks, "paper_lang": "en" if paper.language == "en" else "zh-Hans"}


@dataclass(frozen=True)
class File:
    """A file on the page: its kind, where it is when it is there, and whether it holds an earlier text."""

    label: str
    url: str
    is_older: bool


@dataclass(frozen=True)
class Addresses:
    """Where the part of the page is, where files are asked for, and where each kind of file is."""

    files: str
    make: str
    of_kind: Callable[[str], str]


def files_shown(
    thing: Any, kinds: Mapping[str, Any], kept: Mapping[str, Any], addresses: Addresses, *, may_write: bool
) -> dict[str, Any]:
    """The files and how far their making is. `thing` has `version`, `is_draft` and `jobs`; `kept` its newest files."""
    job = thing.jobs.order_by("-version").first()
    present = job if job is not None and job.version == thing.version else None
    is_making = present is not None and present.state == Job.State.WAITING
    is_lacking = present is None or present.state == Job.State.FAILED or bool(present.trouble)
    files = []
    for kind, label in kinds.items():
        is_older = kind in kept and kept[kind].version != thing.version
        is_there = kind in kept and (thing.is_draft or not is_older)
        files.append(File(str(label), addresses.of_kind(kind) if is_there else "", is_older))
    return {
        "files": files,
        "files_at": addresses,
        "job": present,
        "is_making": is_making,
        "make_form": PortalForm(),
        "may_make": is_lacking and not is_making and may_write,
        "step": present.get_step_display() if present is not None and is_making else "",
    }
