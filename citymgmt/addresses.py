"""Which addresses the portal may lead a person to: its own paths, whoever wrote them into `next` or a message."""

from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_PATH = 2000


def is_own_path(path: str) -> bool:
    """Whether this is a path of this portal, as its own pages and messages carry it."""
    is_path = path.startswith("/") and len(path) <= LONGEST_PATH and path.isprintable()
    return is_path and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
