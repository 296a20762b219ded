"""Use cases of people: accounts and what they may do (`users`), tokens of the API (`tokens`)."""

from citymgmt.people.actions.tokens import (
    create_token,
    end_token,
    issue_token,
    note_use,
    remove_ended_tokens,
    revoke_token,
    revoke_tokens,
)
from citymgmt.people.actions.users import (
    ACCOUNT_FIELDS,
    THE_THREE,
    change_account,
    change_password,
    create_user,
    edit_user,
    grant_role,
    mail_choices_changed,
    reset_password,
    save_place,
    set_active,
    stamp_of,
)

__all__ = [
    "ACCOUNT_FIELDS",
    "THE_THREE",
    "change_account",
    "change_password",
    "create_token",
    "create_user",
    "edit_user",
    "end_token",
    "grant_role",
    "issue_token",
    "mail_choices_changed",
    "note_use",
    "remove_ended_tokens",
    "reset_password",
    "revoke_token",
    "revoke_tokens",
    "save_place",
    "set_active",
    "stamp_of",
]
