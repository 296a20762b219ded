"""Use cases of API tokens: one is issued to who proves who one is, and ended by who holds it."""

from datetime import datetime
from typing import Any

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from citymgmt.people.models import User
from citymgmt.refusals import Refusal


class WrongPassword(Refusal):
    """Name and password do not belong together, or the account is closed: the two must look the same."""

    status = 401
    code = "wrong_credentials"
    sentence: Any = _("Log-in name and password do not belong together.")


class LockedOut(Refusal):
    """Too many wrong passwords for this name from this address."""

    status = 429
    code = "locked_out"
    sentence: Any = _("Too many wrong passwords. Wait a quarter of an hour.")


def issue_token(*, request: HttpRequest, username: str, password: str) -> tuple[str, datetime]:
    """A new token and when it ends (after TOKEN_DAYS); only its hash is kept. Wrong passwords count for the lock-out.

    Raises: WrongPassword, LockedOut.
    """
    user = authenticate(request, username=username, password=password)
    if getattr(request, "axes_locked_out", False):
        request.axes_locked_out = False  # type: ignore[attr-defined]  # else a page replaces our answer
        raise LockedOut
    if not isinstance(user, User):
        raise WrongPassword
    with transaction.atomic():
        kept, token = AuthToken.objects.create(user)
    return token, kept.expiry


def end_token(*, token: AuthToken) -> None:
    """End this token at once."""
    AuthToken.objects.filter(pk=token.pk).delete()
