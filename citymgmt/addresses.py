"""Paths of the portal: those of pages, and where a person may be led, whoever wrote it into `next` or a message."""

from functools import cache

from django.urls import get_script_prefix, reverse
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_PATH = 2000


def is_own_path(path: str) -> bool:
    """Whether this is a path of this portal, as its own pages and messages carry it."""
    is_path = path.startswith("/") and len(path) <= LONGEST_PATH and path.isprintable()
    return is_path and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


def path_of(name: str) -> str:
    """The path of a page that needs no arguments. As `reverse`, but looked for once, for what links to it often."""
    return _reversed(name, get_script_prefix())


@cache
def _reversed(name: str, _prefix: str) -> str:
    return reverse(name)
