"""Checks that refuse to start the portal unsafe."""

import os
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core import checks

from citymgmt.logs import FORMATS
from citymgmt.sealed import sealer

MOST_TOKEN_DAYS = 3650
MOST_MONTHS = 120
MOST_A_MINUTE = 1_000_000
MOST_LAG_SECONDS = 3600
SHORTEST_METRICS_TOKEN = 16  # characters


@checks.register(deploy=True)
def public_address_is_safe(app_configs: Any, **kwargs: Any) -> list[Any]:
    """Production runs behind HTTPS, without DEBUG."""
    found: list[Any] = []
    if settings.DEBUG:
        found.append(checks.Error("DEBUG must be off in production.", id="citymgmt.E001"))
    if not settings.PUBLIC_BASE_URL.startswith("https://"):
        found.append(checks.Warning("PUBLIC_BASE_URL should be an https address.", id="citymgmt.W001"))
    return found


@checks.register()
def tokens_end(app_configs: Any, **kwargs: Any) -> list[Any]:
    """A token of the API lives between a day and ten years."""
    if 1 <= settings.TOKEN_DAYS <= MOST_TOKEN_DAYS:
        return []
    return [checks.Error(f"TOKEN_DAYS must lie between 1 and {MOST_TOKEN_DAYS}.", id="citymgmt.E002")]


@checks.register()
def personal_data_can_be_sealed(app_configs: Any, **kwargs: Any) -> list[Any]:
    """Each key of PERSONAL_DATA_KEYS is one, and what is kept is erased some day."""
    found: list[Any] = []
    try:
        sealer()
    except ValueError:
        found.append(checks.Error("PERSONAL_DATA_KEYS must be Fernet keys.", id="citymgmt.E012"))
    if not 1 <= settings.PERSONAL_DATA_MONTHS <= MOST_MONTHS:
        found.append(checks.Error(f"PERSONAL_DATA_MONTHS must lie between 1 and {MOST_MONTHS}.", id="citymgmt.E013"))
    return found


@checks.register()
def rates_are_limits(app_configs: Any, **kwargs: Any) -> list[Any]:
    """How often one may ask is a number of requests in their window, or 0 for no limit."""
    names = ("API_RATE", "API_WRITE_RATE", "LOGIN_RATE", "REPORT_RATE", "REPORT_RATE_UNPROVEN", "REPORT_POST_RATE",
             "FOLLOW_RATE", "FOLLOW_NUMBER_RATE", "OPEN311_RATE", "OPEN311_WRITE_RATE", "PUBLIC_FILE_RATE")  # fmt: skip
    wrong = [name for name in names if not 0 <= getattr(settings, name) <= MOST_A_MINUTE]
    return [checks.Error(f"{name} must lie between 0 and {MOST_A_MINUTE}.", id="citymgmt.E006") for name in wrong]


@checks.register()
def calendar_covers_what_comes(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[Any]:
    """Warn from December on when next year's holidays are not entered (only when the database is asked)."""
    if not databases:
        return []
    from django.utils import timezone

    from citymgmt.worktime.models import CalendarYear

    year = timezone.localdate().year + (timezone.localdate().month == 12)
    if CalendarYear.objects.filter(year=year).exists():
        return []
    return [checks.Warning(f"No calendar for {year}: deadlines fall back to the plain week.", id="citymgmt.W002")]


@checks.register()
def map_is_set_up(app_configs: Any, **kwargs: Any) -> list[Any]:
    """The map's coordinates are of a known kind, its tiles come from an https address, similar cases are near."""
    found: list[Any] = []
    if settings.MAP_COORDINATES not in ("wgs84", "gcj02"):
        found.append(checks.Error("MAP_COORDINATES is wgs84 or gcj02.", id="citymgmt.E003"))
    if settings.MAP_TILE_URL and not settings.MAP_TILE_URL.startswith(("https://", "http://")):
        found.append(checks.Error("MAP_TILE_URL is an http(s) address.", id="citymgmt.E004"))
    if not (1 <= settings.SIMILAR_WITHIN_M <= 1000 and 1 <= settings.SIMILAR_WITHIN_DAYS <= 90):
        sentence = "SIMILAR_WITHIN_M must lie between 1 and 1000, SIMILAR_WITHIN_DAYS between 1 and 90."
        found.append(checks.Error(sentence, id="citymgmt.E005"))
    return found


@checks.register()
def watching_is_set_up(app_configs: Any, **kwargs: Any) -> list[Any]:
    """Who may scrape is said in addresses, a token is long enough, and the log has a known format."""
    found: list[Any] = []
    if any(not _is_network(text) for text in settings.METRICS_ALLOW):
        found.append(checks.Error("METRICS_ALLOW holds addresses or networks (10.0.0.0/8).", id="citymgmt.E010"))
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < SHORTEST_METRICS_TOKEN:
        sentence = f"METRICS_TOKEN needs at least {SHORTEST_METRICS_TOKEN} characters."
        found.append(checks.Error(sentence, id="citymgmt.E011"))
    if os.environ.get("LOG_FORMAT", "json").strip().lower() not in ("", *FORMATS):
        found.append(checks.Error("LOG_FORMAT is json or text.", id="citymgmt.E012"))
    return found


@checks.register()
def replica_may_be_behind_for_a_while(app_configs: Any, **kwargs: Any) -> list[Any]:
    """How far a replica may be behind is a number of seconds within an hour."""
    if 1 <= settings.REPLICA_MOST_LAG_SECONDS <= MOST_LAG_SECONDS:
        return []
    sentence = f"REPLICA_MOST_LAG_SECONDS must lie between 1 and {MOST_LAG_SECONDS}."
    return [checks.Error(sentence, id="citymgmt.E013")]


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True
