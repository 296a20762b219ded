"""Shape of what pages of minutes take in; the rules stand in the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.meetings.minutes.actions import Lines
from cases.meetings.minutes.actions.drafting import LONGEST_REASON
from cases.meetings.minutes.models import LONGEST_COPIES, LONGEST_ISSUER, LONGEST_OPENING, LONGEST_TITLE, Minutes
from citymgmt.forms import PortalForm, VersionForm

LINES = ("title", "issuer", "opening", "reports_to", "sends_to", "copies_to")


class DraftForm(PortalForm):
    """In which language minutes are drafted; of a correction why."""

    language = forms.ChoiceField(
        label=_("language of the paper"), choices=Minutes.Language.choices, initial=Minutes.Language.CHINESE
    )
    reason = forms.CharField(label=_("reason of the correction"), max_length=LONGEST_REASON, required=False)


class LinesForm(VersionForm):
    """The lines around the content of minutes."""

    title = forms.CharField(label=_("title"), max_length=LONGEST_TITLE)
    issuer = forms.CharField(label=_("issued by"), max_length=LONGEST_ISSUER)
    opening = forms.CharField(
        label=_("opening"), max_length=LONGEST_OPENING, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    reports_to = forms.CharField(label=_("reported to"), max_length=LONGEST_COPIES, required=False)
    sends_to = forms.CharField(label=_("sent to"), max_length=LONGEST_COPIES, required=False)
    copies_to = forms.CharField(label=_("distributed to"), max_length=LONGEST_COPIES, required=False)

    @property
    def lines(self) -> Lines:
        """What was written; once the form is valid."""
        return Lines(**{name: self.cleaned_data[name] for name in LINES})


def kept_values(minutes: Minutes) -> dict[str, Any]:
    """What the form begins with."""
    return {"version": minutes.version, **{name: getattr(minutes, name) for name in LINES}}
