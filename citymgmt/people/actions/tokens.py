"""Use cases of API tokens: given to who proves who one is, listed and ended by whom they belong to.

Only the hash of a secret is kept; the secret itself is returned once, to be shown once.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pghistory
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citymgmt.people.actions.users import permitted
from citymgmt.people.models import ApiToken, User
from citymgmt.refusals import Invalid, NotFound, Refusal

LOCKED_SECONDS = int(settings.AXES_COOLOFF_TIME * 3600)
MOST_TOKENS = 50  # of one person
after_issue: list[Callable[[ApiToken], object]] = []  # what upper floors do when a token was given, in its transaction


class WrongPassword(Refusal):
    """Name and password do not belong together, or the account is closed: the two must look the same."""

    status = 401
    code = "wrong_credentials"
    sentence: Any = gettext_lazy("Log-in name and password do not belong together.")


class LockedOut(Refusal):
    """Too many wrong passwords for this name from this address."""

    status = 429
    code = "locked_out"
    sentence: Any = gettext_lazy("Too many wrong passwords. Wait a quarter of an hour.")


def issue_token(*, request: HttpRequest, username: str, password: str, name: str = "") -> tuple[str, ApiToken]:
    """A new token against a password, which ends after TOKEN_DAYS. Wrong passwords count for the lock-out.

    Returns the secret and the row. Raises: WrongPassword, LockedOut, Invalid.
    """
    user = authenticate(request, username=username, password=password)
    if getattr(request, "axes_locked_out", False):
        request.axes_locked_out = False  # type: ignore[attr-defined]  # else a page replaces our answer
        raise LockedOut(retry_after=LOCKED_SECONDS)
    if not isinstance(user, User):
        raise WrongPassword
    return create_token(by=user, name=name, days=settings.TOKEN_DAYS)


@transaction.atomic
def create_token(*, by: User, name: str, days: int) -> tuple[str, ApiToken]:
    """A new token of one's own that ends after so many days; returns the secret, to be shown once, and the row.

    No role is needed: a token can do what its person can. A resend finds the name taken, so that one press makes
    one token. Raises: Invalid.
    """
    if not 1 <= days <= settings.TOKEN_DAYS:
        raise Invalid(fields={"days": _("A token lives 1 to %(days)s days.") % {"days": settings.TOKEN_DAYS}})
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    if ApiToken.objects.filter(user=by).count() >= MOST_TOKENS:
        raise Invalid(_("You have %(count)s tokens. Revoke some first.") % {"count": MOST_TOKENS})
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, action="create_token"):
            token, secret = ApiToken.objects.create(by, expiry=timedelta(days=days), name=name)
    except IntegrityError as error:
        raise Invalid(fields={"name": _("You have a token of this name already.")}) from error
    for tell in after_issue:
        tell(token)
    return secret, token


@transaction.atomic
def revoke_token(*, by: User, number: UUID) -> ApiToken:
    """End one of one's own tokens at once. Raises: NotFound for those of others as well."""
    token = ApiToken.objects.filter(user=by, number=number).select_for_update(of=("self",)).first()
    if token is None:
        raise NotFound
    with pghistory.context(user=by.pk, action="revoke_token"):
        ApiToken.objects.filter(pk=token.pk).delete()
    return token


@transaction.atomic
def revoke_tokens(*, by: User, at: datetime, user: User) -> int:
    """End all tokens of somebody else at once; returns how many. Raises: NotFound, NotPermitted."""
    row = permitted(by, "user.grant", user, at)
    with pghistory.context(user=by.pk, action="revoke_tokens"):
        return ApiToken.objects.filter(user=row).delete()[0]


def end_token(*, token: ApiToken) -> None:
    """End this token at once, by whoever holds it."""
    with pghistory.context(user=token.user_id, action="end_token"):
        ApiToken.objects.filter(pk=token.pk).delete()


def note_use(*, token: ApiToken, on: date) -> None:
    """Note the day on which a token was used, once a day."""
    if token.last_used_on != on:
        ApiToken.objects.filter(Q(last_used_on=None) | Q(last_used_on__lt=on), pk=token.pk).update(last_used_on=on)


def remove_ended_tokens(*, at: datetime) -> int:
    """Remove the rows of tokens that have ended; returns how many."""
    return ApiToken.objects.filter(expiry__lte=at).delete()[0]
