"""Private files: given out only by a view that has checked who asks, and looked up anew each time."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from citymgmt.refusals import NotFound


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
