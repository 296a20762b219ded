"""Use cases of people. The administrator makes users, the security administrator grants, each has one's own account.

Nobody changes the own rights; no administrator gets into the account of another of the three (三员分立).
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pghistory
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import ApiToken, Organisation, SubDistrict, User
from citymgmt.people.permissions import require, require_role
from citymgmt.people.querysets import locked_user, organisations_for
from citymgmt.people.roles import DEPARTMENT_ROLES, TEAM_ROLES, Role
from citymgmt.refusals import Invalid, NotPermitted, Stale

mail_choices_changed = Signal()  # arguments: user (locked), at; the outbox listens, which is on a higher floor
THE_THREE = frozenset({Role.ADMIN.value, Role.SECADMIN.value, Role.AUDITOR.value})
TEAMS = (Organisation.Kind.CLEANING_TEAM, Organisation.Kind.ENFORCEMENT_TEAM, Organisation.Kind.PEST_TEAM)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
MAIL_FIELDS = ("email", "mail_choice", "mail_groups", "mail_rhythm", "mail_hour", "quiet_from", "quiet_until")
ACCOUNT_FIELDS = ("language", *MAIL_FIELDS)
DETAIL_FIELDS = ("display_name", "post", "office_phone", "email")


def random_password() -> str:
    """A password of 16 letters in four groups (79 bits), easy to read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(4))


def stamp_of(user: User) -> str:
    """What a page saw of a user's rights, to notice that somebody else changed them."""
    return f"{user.role}.{user.subdistrict_id or 0}.{user.organisation_id or 0}.{int(user.is_active)}"


@transaction.atomic
def create_user(
    *, by: User, at: datetime, username: str, organisation: Organisation | None = None, **details: Any
) -> tuple[User, str]:
    """A user without any right, in the sub-district of `by` or in a body; returns the user and the password.

    The password is stored only as a hash, so it can be shown once. A resend finds the name taken.
    Raises: NotPermitted, Invalid.
    """
    require_role(by, "user.create")
    organisation = _chosen(by, "user.create", organisation, timezone.localdate(at))
    if User.objects.filter(username__iexact=username).exists():
        raise Invalid(fields={"username": _("This log-in name is taken.")})
    subdistrict = by.subdistrict if organisation is None else organisation.subdistrict
    user = User(username=username, organisation=organisation, subdistrict=subdistrict, date_joined=at)
    _set(user, details, DETAIL_FIELDS)
    password = random_password()
    user.set_password(password)
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, action="create_user"):
            user.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid(fields={"username": _("This log-in name is taken.")}) from error
    return user, password


@transaction.atomic
def edit_user(*, by: User, at: datetime, user: User, values: Mapping[str, Any]) -> User:
    """Change name, post, phone or e-mail address of a user. Raises: NotFound, NotPermitted."""
    row = permitted(by, "user.create", user, at)
    _save(row, values, DETAIL_FIELDS, by=by, action="edit_user")
    return row


@transaction.atomic
def reset_password(*, by: User, at: datetime, user: User) -> str:
    """Give a user a new random password, end the user's sessions and tokens, and return the password to show once.

    Raises: NotFound, NotPermitted for oneself and for one of the three administrators (on the server:
    `manage.py changepassword`), so that no administrator becomes another.
    """
    row = permitted(by, "user.create", user, at)
    _not_among_the_three(row)
    password = random_password()
    _store_password(row, password, by=by, action="reset_password")
    end_sessions(row, at=at)
    return password


@transaction.atomic
def set_active(*, by: User, at: datetime, user: User, is_active: bool) -> User:
    """Lock a user out, or let in again; open sessions and tokens end. Raises: NotFound, NotPermitted."""
    row = permitted(by, "user.create", user, at)
    _not_among_the_three(row)
    _save(row, {"is_active": is_active}, ("is_active",), by=by, action="set_active")
    end_sessions(row, at=at)
    return row


@transaction.atomic
def grant_role(
    *, by: User, at: datetime, user: User, role: str, organisation: Organisation | None = None, seen: str = ""
) -> User:
    """Give a user a role and its scope, or take the role away (""); open sessions and tokens end.

    The scope follows the role: a liaison works for a body of the district, a team member for a team of the
    sub-district, everyone else for the sub-district of `by`, perhaps in an office. `seen` is the `stamp_of`
    that the page showed. Raises: NotFound, NotPermitted (also for oneself), Stale, Invalid.
    """
    row = permitted(by, "user.grant", user, at)
    if seen and seen != stamp_of(row):
        raise Stale(_("Somebody else has changed the rights of this user in the meantime."))
    organisation = _chosen(by, "user.grant", organisation, timezone.localdate(at))
    values = {"role": role, **(_scope_of(role, organisation, by.subdistrict) if role else {})}
    _save(row, values, ("role", "subdistrict", "organisation"), by=by, action="grant_role")
    end_sessions(row, at=at)
    return row


@transaction.atomic
def change_account(*, by: User, at: datetime, values: Mapping[str, Any]) -> User:
    """Change one's own language, e-mail address and choices, or quiet hours; no role is needed.

    Sends `mail_choices_changed` within the transaction, so that what waits follows the new choice.
    """
    row = locked_user(by.pk)  # one's own by construction, and everyone's: who has no role yet has a password too
    _save(row, values, ACCOUNT_FIELDS, by=by, action="change_account")
    if not set(MAIL_FIELDS).isdisjoint(values):
        mail_choices_changed.send(User, user=row, at=at)
    return row


@transaction.atomic
def change_password(*, by: User, at: datetime, password: str, keep_session: str = "") -> User:
    """Set one's own password; all sessions but `keep_session` and all tokens end. No role is needed."""
    row = locked_user(by.pk)  # one's own by construction, and everyone's: who has no role yet has a password too
    _store_password(row, password, by=by, action="change_password")
    end_sessions(row, at=at, keep=keep_session)
    return row


def end_sessions(user: User, *, at: datetime, keep: str = "") -> None:
    """Log a user out everywhere: sessions (but `keep`) and API tokens."""
    ApiToken.objects.filter(user=user).delete()
    live = Session.objects.filter(expire_date__gt=at).exclude(session_key=keep)
    own = [row.session_key for row in live.iterator() if row.get_decoded().get("_auth_user_id") == str(user.pk)]
    Session.objects.filter(session_key__in=own).delete()


def permitted(by: User, action: str, user: User, at: datetime) -> User:
    """The locked row of somebody else on whom `by` may do `action`."""
    row = locked_user(user.pk)
    require(by, action, row, on=timezone.localdate(at))
    if row.pk == by.pk:
        raise NotPermitted(_("Nobody changes the own rights. Your account has a page of its own."))
    return row


def _not_among_the_three(user: User) -> None:
    if user.role in THE_THREE:
        raise NotPermitted(
            _("The three administrators stay apart: the security administrator takes the role away first.")
        )


def _chosen(by: User, action: str, organisation: Organisation | None, on: date) -> Organisation | None:
    """The body, if it lies within reach of `by`. Raises: Invalid."""
    if organisation is None:
        return None
    found = organisations_for(by, action, on).filter(pk=organisation.pk).select_related("subdistrict").first()
    if found is None:
        raise Invalid(fields={"organisation": _("Choose one of the listed bodies.")})
    return found


def _scope_of(role: str, organisation: Organisation | None, subdistrict: SubDistrict | None) -> dict[str, Any]:
    """Sub-district and organisation that belong to a role. Raises: Invalid."""
    kind = organisation.kind if organisation else ""
    if role in DEPARTMENT_ROLES:
        if kind not in Organisation.OF_DISTRICT:
            raise Invalid(fields={"organisation": _("A liaison works for a department or body of the district.")})
        return {"organisation": organisation, "subdistrict": None}
    if role in TEAM_ROLES and kind not in TEAMS:
        raise Invalid(fields={"organisation": _("A team leader or member works for a team of the sub-district.")})
    if role not in TEAM_ROLES and kind not in ("", Organisation.Kind.OFFICE):
        raise Invalid(fields={"organisation": _("This role works for the sub-district: leave it empty.")})
    return {"organisation": organisation, "subdistrict": subdistrict}


def _store_password(user: User, password: str, *, by: User, action: str) -> None:
    user.set_password(password)
    with pghistory.context(user=by.pk, action=action):
        user.save(update_fields=["password"])
        pghistory.create_event(user, label="password")


def _save(user: User, values: Mapping[str, Any], allowed: tuple[str, ...], *, by: User, action: str) -> None:
    changed = _set(user, values, allowed)
    with pghistory.context(user=by.pk, action=action):
        user.save(update_fields=changed)


def _set(user: User, values: Mapping[str, Any], allowed: tuple[str, ...]) -> list[str]:
    given = [name for name in allowed if name in values]
    for name in given:
        setattr(user, name, values[name])
    return given


@transaction.atomic
def save_place(*, by: User, at: datetime, place: Organisation | SubDistrict) -> None:
    """Keep what an administrator entered of a sub-district or a body. Raises: NotFound, NotPermitted."""
    require_role(by, "organisation.edit")
    on = timezone.localdate(at)
    if place.pk:
        require(by, "organisation.edit", type(place)._default_manager.get(pk=place.pk), on=on)
    with pghistory.context(user=by.pk, action="save_place"):
        place.save()
    require(by, "organisation.edit", place, on=on)
