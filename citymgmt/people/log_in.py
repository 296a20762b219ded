"""What django-axes keeps of a log-in that failed, for all doors: the page, the administration site and the API."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

LONGEST_KEPT = 255  # characters of axes' column


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The log-in name that was tried, cut to what axes can keep; None when there was none (AXES_USERNAME_CALLABLE)."""
    name = (credentials or request.POST).get("username")
    return name[:LONGEST_KEPT] if isinstance(name, str) else None
