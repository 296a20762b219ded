"""Shape of what pages of duties take in; the rules stand in the actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import FilesField, PlainText
from citymgmt.forms import PortalForm, VersionField, errors_at_the_head
from communities.four_duties.actions import AnswerTold, DutyTold
from communities.four_duties.actions.deciding import LONGEST_REASON
from communities.four_duties.actions.listing import LAST_POSITION
from communities.four_duties.lifecycle import AREA_CHOICES
from communities.models import DutyAnswer, DutySheet
from communities.models.four_duties import LONGEST_DUTY, LONGEST_NOTE, MOST_POINTS, Mark, Rhythm


class DutyForm(PortalForm):
    """A duty of the list."""

    name_zh = PlainText(label=_("duty"), max_length=LONGEST_DUTY)
    name_en = PlainText(label=_("in English"), max_length=LONGEST_DUTY, required=False)
    area = forms.ChoiceField(label=_("way into the community"), choices=AREA_CHOICES)
    points = forms.IntegerField(label=_("points"), min_value=1, max_value=MOST_POINTS, initial=5)
    position = forms.IntegerField(label=_("place in the order"), min_value=0, max_value=LAST_POSITION, initial=100)
    rhythm = forms.ChoiceField(label=_("how often"), choices=Rhythm.choices, initial=Rhythm.MONTH)
    needs_photo = forms.BooleanField(label=_("photo as evidence"), required=False)
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def told(self) -> DutyTold:
        """What was written, as the action takes it."""
        return DutyTold(**{name: value for name, value in self.cleaned_data.items() if name != "request_key"})


@dataclass(frozen=True)
class Row:
    """An answer with its fields, for the template."""

    answer: DutyAnswer
    mark: Any
    note: Any = None
    photos: Any = None

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong in it."""
        return any(one.errors for one in (self.mark, self.note, self.photos) if one is not None)


class SheetForm(PortalForm):
    """A whole sheet on one page."""

    version = VersionField()

    def __init__(self, *args: Any, sheet: DutySheet, answers: Sequence[DutyAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        self.fields["version"].initial = sheet.version
        for one in answers:
            for name, field in self._fields_of(one).items():
                self.fields[f"{name}_{one.ordinal}"] = field

    def _fields_of(self, answer: DutyAnswer) -> dict[str, forms.Field]:
        return {
            "mark": forms.ChoiceField(
                label=answer.name,
                choices=Mark.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=answer.own_mark,
            ),
            "note": PlainText(label=_("what was done"), max_length=LONGEST_NOTE, required=False, initial=answer.note),
            "photos": FilesField(_("At most three. They show that it was done.")),
        }

    @property
    def head_errors(self) -> list[str]:
        """What is wrong with the form as a whole."""
        return errors_at_the_head(self)

    def rows(self) -> Iterator[Row]:
        """The answers with their fields."""
        for one in self.answers:
            yield Row(one, **{name: self[f"{name}_{one.ordinal}"] for name in self._fields_of(one)})

    def told(self) -> list[AnswerTold]:
        """What was answered, as the action takes it."""
        given = self.cleaned_data
        return [
            AnswerTold(
                one.ordinal,
                given[f"mark_{one.ordinal}"],
                given[f"note_{one.ordinal}"],
                tuple(photo.read() for photo in given[f"photos_{one.ordinal}"] or ()),
            )
            for one in self.answers
        ]


class ConfirmForm(SheetForm):
    """The marks as the office finds them."""

    reason = PlainText(
        label=_("reason"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Needed where you mark something otherwise than the community did."),
    )

    def _fields_of(self, answer: DutyAnswer) -> dict[str, forms.Field]:
        return {
            "mark": forms.ChoiceField(
                label=answer.name, choices=Mark.choices, widget=forms.RadioSelect, initial=answer.own_mark
            )
        }

    def marks(self) -> dict[int, str]:
        """The marks by ordinal."""
        return {one.ordinal: self.cleaned_data[f"mark_{one.ordinal}"] for one in self.answers}


class ReasonForm(PortalForm):
    """Why a sheet is given back."""

    version = VersionField()
    reason = PlainText(label=_("reason"), max_length=LONGEST_REASON, help_text=_("What is missing, or wrong."))
