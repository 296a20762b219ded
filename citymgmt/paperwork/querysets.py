"""Named questions about the files of a paper."""

from typing import Any

from citymgmt.refusals import NotFound


def newest_files(thing: Any) -> dict[str, Any]:
    """The newest file of each kind, without its content."""
    return {file.kind: file for file in thing.files.defer("content").order_by("version")}


def file_to_save(thing: Any, kind: str) -> Any:
    """The newest file of a kind; of an issued paper that of its last text. Raises: NotFound."""
    files = thing.files.filter(kind=kind)
    found = (files.filter(version=thing.version) if thing.is_issued else files).order_by("-version").first()
    if found is None:
        raise NotFound
    return found
