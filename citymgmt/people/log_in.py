"""Log-in at all doors: the page, the administration site and the API; what django-axes keeps of one that failed."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from citymgmt.people.models import User

LONGEST_KEPT = 255  # characters of axes' column


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The log-in name that was tried, cut to what axes can keep; None when there was none (AXES_USERNAME_CALLABLE)."""
    name = (credentials or request.POST).get("username")
    return name[:LONGEST_KEPT] if isinstance(name, str) else None


class PortalBackend(ModelBackend):
    """Django's own log-in by name and password; each request reads the person with office and organisation at once."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session; None when there is none, or none who may log in."""
        people = User.objects.select_related("subdistrict", "organisation")
        user = people.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
