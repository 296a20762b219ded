"""Those who come without a log-in: how often, by which form, and whether their machine did some work for it."""

import hashlib
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import altcha
from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from citymgmt.people.log_in import network_of
from citymgmt.people.rates import count_request

HOUR, TEN_MINUTES = 3600, 600
FORM_LIVES = timedelta(hours=24)
SALT = "citymgmt.report-form"
ALGORITHM, COST = "PBKDF2/SHA-256", 2000  # about a second of a phone, two milliseconds of ours


# --- how often ---------------------------------------------------------------------------------------------------
def count_post(request: Any) -> None:
    """Count a form that was sent at all, files included. Raises: TooMany."""
    limit = settings.REPORT_POST_RATE
    count_request(kind="report-post", who=network_of(request), limit=limit, at=request.at, window=TEN_MINUTES)


def count_report(request: Any, *, is_proven: bool) -> None:
    """Count a report that is about to be taken in; without proof of work fewer pass. Raises: TooMany."""
    count = partial(count_request, who=network_of(request), at=request.at, window=HOUR)
    count(kind="report", limit=settings.REPORT_RATE)
    if not is_proven:
        count(kind="report-unproven", limit=settings.REPORT_RATE_UNPROVEN)


def count_try(request: Any) -> None:
    """Count a try to follow a report from an address. Raises: TooMany."""
    limit = settings.FOLLOW_RATE
    count_request(kind="follow", who=network_of(request), limit=limit, at=request.at, window=TEN_MINUTES)


def count_wrong(request: Any, number: str) -> None:
    """Count a wrong secret for a number, from wherever. Only wrong ones: numbers are public, and whoever has the secret
    must not be kept out by others who guess. Raises: TooMany.
    """
    who, limit = hashlib.sha256(number.encode()).hexdigest()[:24], settings.FOLLOW_NUMBER_RATE
    count_request(kind="follow-number", who=who, limit=limit, at=request.at, window=TEN_MINUTES)


# --- the form ----------------------------------------------------------------------------------------------------
class FormKey:
    """The key of one form: drawn by the portal, known to its sender, good for a day and for one report."""

    def __init__(self, key: str, made_at: datetime) -> None:
        self.key, self.made_at = key, made_at

    @cached_property
    def signed(self) -> str:
        """As the form carries it."""
        return signing.dumps({"key": self.key, "at": int(self.made_at.timestamp())}, salt=SALT)

    @classmethod
    def read(cls, text: str, at: datetime) -> "FormKey | None":
        """The key that a form carried; None for a forged, damaged or old one."""
        try:
            told = signing.loads(text[:500], salt=SALT)
            made_at = datetime.fromtimestamp(told["at"], at.tzinfo)
        except (signing.BadSignature, KeyError, TypeError, ValueError):
            return None
        return cls(told["key"], made_at) if made_at <= at < made_at + FORM_LIVES else None

    @property
    def _mark(self) -> str:
        return hashlib.sha256(self.key.encode()).hexdigest()[:32]

    def challenge(self) -> dict[str, Any]:
        """The work for the sender's machine: to be found for this form alone."""
        asked = altcha.create_challenge(ALGORITHM, COST, data={"form": self._mark}, hmac_secret=_proof_secret())
        return asked.to_dict()

    def is_proven(self, payload: str) -> bool:
        """Whether the work was done for this form."""
        if not 0 < len(payload) < 4000:
            return False
        try:
            found = altcha.verify_solution(payload, _proof_secret())
            data = altcha.Payload.from_base64(payload).challenge.parameters.data if found.verified else None
        except Exception:  # whatever a hostile payload makes of the library's parser
            return False
        return bool(data) and data == {"form": self._mark}


def _proof_secret() -> str:
    return salted_hmac("citymgmt.proof-of-work", "key").hexdigest()
