"""The forms by which the office answers residents, calls back and reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cases.forms.fields import LongText
from cases.intake.models import CallAttempt, Judgement
from cases.intake.models.judging import LONGEST_WORDS
from cases.intake.models.reports import LONGEST_TEXT
from citymgmt.fields import PlainText
from citymgmt.forms import PortalForm


class AnswerForm(PortalForm):
    """What the office tells a resident."""

    text = LongText(
        max_length=LONGEST_TEXT,
        rows=3,
        label=gettext_lazy("Answer to the resident"),
        help_text=gettext_lazy("The resident reads exactly this, and it stays as it was sent."),
    )


class ReviewForm(PortalForm):
    """Why a case is opened again, or its closing stands."""

    reason = PlainText(
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("If the closing stands, the resident reads it."),
    )


class CallForm(PortalForm):
    """What came of calling somebody back: judged, or in vain."""

    outcome = forms.ChoiceField(
        choices=[("judged", gettext_lazy("reached")), *CallAttempt.Outcome.choices],
        widget=forms.RadioSelect,
        initial="judged",
        label=gettext_lazy("What came of the call?"),
    )
    is_solved = forms.TypedChoiceField(
        choices=[("yes", gettext_lazy("Yes, solved")), ("no", gettext_lazy("No, not solved"))],
        coerce=lambda value: value == "yes",
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        label=gettext_lazy("Is it solved?"),
    )
    score = forms.TypedChoiceField(
        choices=Judgement.Score.choices,
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        label=gettext_lazy("How satisfied?"),
    )
    words = PlainText(
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("In words (optional)"),
    )

    def clean(self) -> dict[str, Any]:
        """Who was reached has judged both."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == "judged":
            for name in ("is_solved", "score"):
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, gettext_lazy("Please fill this in."))
        return given


class PeriodForm(forms.Form):
    """From when to when judgements are shown, both days included."""

    since = forms.DateField(
        required=False, label=gettext_lazy("From day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        required=False, label=gettext_lazy("Until day"), widget=forms.DateInput(attrs={"type": "date"})
    )
