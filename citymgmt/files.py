"""Private files: given out only by a view that has checked who asks, and looked up anew each time."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from citymgmt.refusals import NotFound
from citymgmt.sheets import csv_lines, write_excel

PART = 64 * 1024  # bytes
CSV = "text/csv"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def private_file(request: HttpRequest, path: Path, *, name: str, content_type: str, etag: str) -> HttpResponseBase:
    """A small file, or 304 when the browser has it under this ETag; the browser keeps it but asks each time.

    `name` is one of ours, of plain letters. Raises: NotFound when the file is missing.
    """
    tag = f'"{etag}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if response is None:
        response = _opened(path, name, content_type)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _opened(path: Path, name: str, content_type: str) -> HttpResponse:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound from error
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def attached(parts: Iterable[str | bytes], name: str) -> StreamingHttpResponse:
    """A table to be saved, sent as it comes; an Excel sheet when `name` ends so, else CSV."""
    kind = EXCEL if name.endswith(".xlsx") else f"{CSV}; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(parts, content_type=kind, headers=headers)


def table_file(lines: Iterable[Sequence[str]], name: str) -> StreamingHttpResponse:
    """A table of lines to be saved: an Excel sheet when `name` ends so, else CSV."""
    written = list(lines)
    if not name.endswith(".xlsx"):
        return attached(csv_lines(written), name)
    file = BytesIO()
    write_excel(written, file)
    return attached([file.getvalue()], name)


def saved_file(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """A whole file to be saved under a name in any script (RFC 6266: `filename*` beside a plain `filename`)."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or "attachment", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def parts_of(path: Path) -> Iterator[bytes]:
    """The content of a file, which is open only while it is read."""
    with path.open("rb") as file:
        while part := file.read(PART):
            yield part
