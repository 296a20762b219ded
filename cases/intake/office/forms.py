"""What the office is asked about publications and programs."""

from django import forms
from django.utils.translation import gettext_lazy

from cases.forms.fields import LongText
from cases.intake.models.publications import LONGEST_RELEASED, LONGEST_WHY
from citymgmt.fields import PlainText
from citymgmt.forms import PortalForm


class WhyForm(PortalForm):
    """Why a case is withheld, or shown again."""

    reason = PlainText(
        max_length=LONGEST_WHY,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stays in the office. Without names."),
    )


class ReleaseForm(PortalForm):
    """The text that everybody may read."""

    text = LongText(
        required=False,
        max_length=LONGEST_RELEASED,
        rows=5,
        label=gettext_lazy("Text for everybody"),
        help_text=gettext_lazy(
            "Take out names, numbers, number plates and what else tells who it is. Empty: no text is shown."
        ),
    )


class ProgramForm(PortalForm):
    """A program that shall report."""

    name = PlainText(max_length=60, label=gettext_lazy("Name of the program"))
    contact = PlainText(
        max_length=120,
        label=gettext_lazy("Who answers for it"),
        help_text=gettext_lazy("Somebody who can be called when it sends nonsense."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
