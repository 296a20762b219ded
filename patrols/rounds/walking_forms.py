"""Shape of what pages of walking take in; the rules stand in the actions."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import DayField, FilesField, PlainText
from citymgmt.forms import DateInput, PortalForm, VersionForm
from patrols.rounds import lifecycle
from patrols.rounds.actions.walking import CheckIn
from patrols.rounds.models import LONGEST_NOTE, PatrolRound
from patrols.rounds.querysets import through
from patrols.teams.actions import Position
from patrols.teams.forms import PositionForm
from patrols.teams.models import Team

LATE, STILL_TO_WALK = "late", "unfinished"
USUAL_REASONS = (
    _("closed"),
    _("building site: no way through"),
    _("heavy rain or typhoon"),
    _("called away to something urgent"),
)


class NoteField(PlainText):
    """A note of a few lines."""

    def __init__(self, **options: Any) -> None:
        area = forms.Textarea(attrs={"rows": 2})
        super().__init__(**{"max_length": LONGEST_NOTE, "widget": area, "required": False, **options})


class SeeForm(PortalForm):
    """A check-in at a point; the fields of the position are filled by static/js/checkin.js and read by `position`."""

    longitude = forms.CharField(required=False, widget=forms.HiddenInput)
    latitude = forms.CharField(required=False, widget=forms.HiddenInput)
    accuracy_m = forms.CharField(required=False, widget=forms.HiddenInput)
    note = NoteField(label=_("note"))
    photos = FilesField(_("JPEG, PNG, WebP or HEIC, at most three, 20 MB each. Place and device are removed."))
    is_by_word = forms.BooleanField(
        label=_("I am at the point, my position cannot show it"),
        help_text=_("Write in the note why."),
        required=False,
    )

    def position(self) -> Position | None:
        """Where the device says that it is; None where it says nothing. Raises: Invalid."""
        return PositionForm(self.data).position()

    def told(self) -> CheckIn:
        """What was told. Call it on a valid form. Raises: Invalid."""
        given = self.cleaned_data
        return CheckIn(self.position(), is_by_word=given["is_by_word"], note=given["note"])

    @property
    def contents(self) -> Iterator[bytes]:
        """The files, read one after the other."""
        return (file.read() for file in self.cleaned_data["photos"])


class ReasonForm(PortalForm):
    """Why a point, or the rest of the points, is left out: a usual reason, one's own words, or both."""

    usual = forms.ChoiceField(label=_("reason"), required=False)
    note = NoteField(label=_("in other words"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [(str(number), reason) for number, reason in enumerate(USUAL_REASONS)]
        self.fields["usual"].choices = [("", "—"), *reasons]  # type: ignore[attr-defined]

    def reason(self) -> str:
        """The reason in words, empty when none is given. Call it on a valid form."""
        usual = self.cleaned_data["usual"]
        words = [str(USUAL_REASONS[int(usual)])] if usual else []
        return "\n".join(filter(None, [*words, self.cleaned_data["note"]]))


class ExcuseForm(VersionForm):
    """Why a round is excused."""

    note = NoteField(label=_("reason"), required=True, help_text=_("For example: typhoon, all are called together."))


class RoundFilter(forms.Form):
    """Which rounds are listed: those of a day, of a team, in a state, through a community."""

    on = DayField(label=_("day"), required=False, widget=DateInput)
    team = forms.TypedChoiceField(label=_("team"), coerce=int, empty_value=None, required=False)
    state = forms.ChoiceField(label=_("state"), required=False)
    community = PlainText(required=False, max_length=12, widget=forms.HiddenInput)  # its code

    def __init__(self, *args: Any, teams: Sequence[Team], today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        offered["team"].choices = [("", _("all")), *((one.pk, one.name) for one in teams)]
        states = [(key, lazy(gettext, str)(label)) for key, label in lifecycle.STATE_CHOICES]
        own = [("", _("all")), (STILL_TO_WALK, _("not walked yet")), (LATE, _("late"))]
        offered["state"].choices = [*own, *states]
        if len(teams) < 2:
            del self.fields["team"]

    @property
    def day(self) -> date:
        """The day asked for; today when none is, or none that can be understood."""
        told = self.cleaned_data.get("on") if self.is_bound else None
        return told or self.today

    def question(self, at: datetime) -> Q:
        """What a valid form asks for beside the day, at a moment."""
        given = self.cleaned_data
        asked = Q(team=given["team"]) if given.get("team") else Q()
        if given.get("community"):
            asked &= Q(through(given["community"]))
        state = given.get("state")
        if state == LATE:
            return asked & PatrolRound.late_at(at)
        if state == STILL_TO_WALK:
            return asked & Q(state__in=lifecycle.UNFINISHED)
        return asked & Q(state=state) if state else asked

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self.data.get(name) for name in ("on", "team", "state", "community"))
