"""Which deliveries a list shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.models import Message


class LedgerFilter(forms.Form):
    """State of the messages; without a choice, those that were given up."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("given up")),
            (Message.State.WAITING.value, _("waiting")),
            (Message.State.DELIVERED.value, _("delivered")),
            (Message.State.READ_FIRST.value, Message.State.READ_FIRST.label),
            (Message.State.UNWANTED.value, Message.State.UNWANTED.label),
        ],
    )
