"""Who may scrape: METRICS_TOKEN as a bearer token, or an address of METRICS_ALLOW that comes straight.

A request that came through a proxy has the proxy's address, often the loopback: such a request needs the token.
"""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED",
             "HTTP_X_REAL_IP", "HTTP_VIA")  # fmt: skip


def may_scrape(request: HttpRequest) -> bool:
    """Whether the metrics may be shown."""
    return _has_token(request) or _comes_from_near(request)


def _has_token(request: HttpRequest) -> bool:
    kind, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return bool(settings.METRICS_TOKEN) and kind == "Bearer" and constant_time_compare(token, settings.METRICS_TOKEN)


def _comes_from_near(request: HttpRequest) -> bool:
    if settings.BEHIND_PROXY or any(request.META.get(name) for name in PASSED_ON):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a Unix socket: a proxy on this machine
        return False
    return any(address in ip_network(allowed, strict=False) for allowed in settings.METRICS_ALLOW)
