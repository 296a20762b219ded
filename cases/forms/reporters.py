"""What is asked before somebody sees who reported a case, and before that is erased."""

from django import forms
from django.utils.translation import gettext_lazy

from cases.models import ReporterLook
from cases.models.reporter import LONGEST_REASON
from citymgmt.fields import PlainText
from citymgmt.forms import PortalForm


class LookForm(forms.Form):
    """For what a reporter's data are needed."""

    purpose = forms.ChoiceField(choices=ReporterLook.Purpose.choices, label=gettext_lazy("What do you need it for?"))
    reason = PlainText(
        required=False,
        max_length=LONGEST_REASON,
        label=gettext_lazy("In words"),
        help_text=gettext_lazy("Needed for “something else”. The auditor reads it."),
    )


class EraseForm(PortalForm):
    """Why a reporter's data are erased."""

    note = PlainText(
        max_length=LONGEST_REASON,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "For example: asked for it by telephone on 3 March. Without names: it stays in the history."
        ),
    )
