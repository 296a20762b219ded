"""Log-in at all doors: from which address, how often, and what django-axes keeps of one that failed."""

from collections.abc import Mapping
from copy import copy
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from citymgmt.people.kept import Kept
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.people.rates import Rate, count_request

IPV6_HOUSEHOLD = 64  # bits: what one customer of a provider has
LONGEST_KEPT = 255  # characters of axes' column


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The log-in name that was tried, cut to what axes can keep; None when there was none (AXES_USERNAME_CALLABLE)."""
    name = (credentials or request.POST).get("username")
    return name[:LONGEST_KEPT] if isinstance(name, str) else None


class PortalBackend(ModelBackend):
    """Django's own log-in by name and password; the person of a session is kept, with office and organisation."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session as the database has them now; None when there is none, or none who may log in."""
        user = _kept_people(user_id)
        return copy(user) if user is not None and self.user_can_authenticate(user) else None


def _read_person(user_id: Any) -> User | None:
    return User.objects.select_related("subdistrict", "organisation").filter(pk=user_id).first()


_kept_people = Kept(_read_person, User, Organisation, SubDistrict)  # all that is told but the moment of the last log-in


def address_of(request: HttpRequest) -> str:
    """The address that asks (AXES_CLIENT_IP_CALLABLE); behind a proxy the one that the proxy added last."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    try:
        return str(ip_address(forwarded.rpartition(",")[2].strip()))
    except ValueError:
        return request.META.get("REMOTE_ADDR", "")


def network_of(request: HttpRequest) -> str:
    """A keyed hash of the address that asks, or of its network for IPv6: nobody's address is kept."""
    try:
        address = ip_address(address_of(request))
    except ValueError:
        text = "unknown"
    else:
        text = str(address if address.version == 4 else ip_network(f"{address}/{IPV6_HOUSEHOLD}", strict=False))
    return salted_hmac("citymgmt.network", text).hexdigest()[:24]


def count_log_in(request: Any) -> Rate | None:
    """Count one more try to log in from the address of a request. Raises: TooMany."""
    return count_request(kind="log-in", who=address_of(request), limit=settings.LOGIN_RATE, at=request.at)


class PortalLogInView(LoginView):
    """The log-in page; tries are counted by address. Raises: TooMany."""

    template_name = "people/login.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Try a name and a password."""
        count_log_in(request)
        return super().post(request, *args, **kwargs)
