"""What people are told of their own account: that a token was given in their name, so that a stranger's is noticed."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citymgmt.outbox import wording
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.people.actions import tokens
from citymgmt.people.models import ApiToken

TOKEN = "token_issued"


def register() -> None:
    """Word the notice, and have it put in with each token."""
    wording.register(TOKEN, _("A token of the API was created for you: %(name)s"))
    tokens.after_issue.append(tell_of_token)


def tell_of_token(token: ApiToken) -> None:
    """Put the notice of a new token into its person's inbox."""
    letter = Letter(
        dedupe=f"{TOKEN}.{token.number}",
        kind=TOKEN,
        recipient=token.user,
        at=token.created,
        params={"name": str(token)},
        link=reverse("people:tokens"),
    )
    enqueue_letters([letter])
