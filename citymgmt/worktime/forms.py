"""Shape of what is asked of the calendar."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citymgmt.forms import DateTimeInput
from citymgmt.worktime.models import UnitChoice

LONGEST = 400  # as the standards allow
YEARS = range(2000, 2101)


class DueForm(forms.Form):
    """A moment and a limit, for which the due moment is asked."""

    start = forms.DateTimeField(label=_("Counted from"), widget=DateTimeInput, input_formats=["%Y-%m-%dT%H:%M"])
    value = forms.IntegerField(label=_("Limit"), min_value=1, max_value=LONGEST, initial=1)
    unit = forms.ChoiceField(label=_("Unit"), choices=UnitChoice.choices, initial=UnitChoice.WORKING_DAY)

    def clean_start(self) -> datetime:
        """The moment, within the years that a calendar can reach."""
        start: datetime = self.cleaned_data["start"]
        if timezone.localtime(start).year not in YEARS:
            raise ValidationError(_("Choose a moment between the years 2000 and 2100."))
        return start
