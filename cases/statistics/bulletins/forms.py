"""Shape of what pages of bulletins take in; the rules stand in the actions."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from cases.statistics.bulletins.actions.editing import LONGEST_HEADING, Section, Text
from cases.statistics.bulletins.models import LONGEST_COPIES, LONGEST_ISSUER, LONGEST_TITLE, Bulletin
from cases.statistics.bulletins.wording import SECTIONS
from cases.statistics.periods import last_month
from citymgmt.forms import DAMAGED, PortalForm, VersionForm

OFFERED = 24  # months
LINES = ("title", "issuer", "reports_to", "sends_to", "copies_to")
PARTS = ("heading", "text", "is_left_out")


class MonthField(forms.DateField):
    """A month by its first day."""

    def to_python(self, value: Any) -> date | None:
        """The first day of the month of a day. Raises: ValidationError."""
        found = super().to_python(value)
        return None if found is None else found.replace(day=1)


class DraftForm(PortalForm):
    """The month of which a bulletin is drafted, and the language of the paper."""

    month = MonthField(label=_("month"), widget=forms.Select, input_formats=["%Y-%m-%d"])
    language = forms.ChoiceField(
        label=_("language of the paper"), choices=Bulletin.Language.choices, initial=Bulletin.Language.CHINESE
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period = last_month(on)
        months = []
        for _number in range(OFFERED):
            months.append((period.first.isoformat(), f"{period.first:%Y-%m}"))
            period = period.before()
        self.fields["month"].widget.choices = months


class IssueForm(VersionForm):
    """A bulletin to be issued, and which issued one its reader saw that it replaces."""

    replaces = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)


class EditForm(VersionForm):
    """All that people write of a bulletin. The sections are fields `overview-heading` …; `order` says their order.

    `do` is the button that was pressed: save, or with the key of a section up, down or anew.
    """

    order = forms.CharField(widget=forms.HiddenInput, error_messages={"required": DAMAGED})
    do = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("title"), max_length=LONGEST_TITLE)
    issuer = forms.CharField(label=_("issued by"), max_length=LONGEST_ISSUER)
    reports_to = forms.CharField(label=_("reported to"), max_length=LONGEST_COPIES, required=False)
    sends_to = forms.CharField(label=_("sent to"), max_length=LONGEST_COPIES, required=False)
    copies_to = forms.CharField(label=_("distributed to"), max_length=LONGEST_COPIES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in SECTIONS:
            self.fields[f"{key}-heading"] = forms.CharField(label=_("heading"), max_length=LONGEST_HEADING)
            area = forms.Textarea(attrs={"rows": 6})
            self.fields[f"{key}-text"] = forms.CharField(label=_("text"), required=False, widget=area)
            self.fields[f"{key}-is_left_out"] = forms.BooleanField(label=_("leave this section out"), required=False)

    def clean_order(self) -> list[str]:
        """The keys of the sections. Raises: ValidationError unless each is there once."""
        keys: list[str] = self.cleaned_data["order"].split(",")
        if sorted(keys) != sorted(SECTIONS):
            raise forms.ValidationError(DAMAGED)
        return keys

    def clean_do(self) -> tuple[str, str]:
        """What was pressed and for which section. Raises: ValidationError."""
        what, _colon, key = self.cleaned_data["do"].partition(":")
        if what in ("", "save") and not key:
            return "save", ""
        if what not in ("up", "down", "anew") or key not in SECTIONS:
            raise forms.ValidationError(DAMAGED)
        return what, key

    @property
    def text(self) -> Text:
        """What was written, with the section moved for whose move a button was pressed."""
        told = self.cleaned_data
        order = moved(told["order"], *told["do"])
        sections = [Section(key, **{part: told[f"{key}-{part}"] for part in PARTS}) for key in order]
        return Text(sections=sections, **{name: told[name] for name in LINES})

    @property
    def shown_order(self) -> list[str]:
        """The order in which the sections stand; the usual one when what was sent names none."""
        keys = str(self["order"].value() or "").split(",")
        return keys if sorted(keys) == sorted(SECTIONS) else list(SECTIONS)

    def parts(self) -> Iterator[tuple[str, Mapping[str, BoundField]]]:
        """The sections in their order: key and fields."""
        for key in self.shown_order:
            yield key, {part: self[f"{key}-{part}"] for part in PARTS}


def moved(keys: list[str], what: str, key: str) -> list[str]:
    """The keys with one moved up or down; at the end nothing moves."""
    found = list(keys)
    step = {"up": -1, "down": 1}.get(what, 0)
    if step:
        here = found.index(key)
        there = min(max(here + step, 0), len(found) - 1)
        found.insert(there, found.pop(here))
    return found


def kept_values(bulletin: Bulletin) -> dict[str, Any]:
    """The text of a bulletin as initial values of the form."""
    told: dict[str, Any] = {name: getattr(bulletin, name) for name in (*LINES, "version")}
    told["order"] = ",".join(section["key"] for section in bulletin.sections)
    for section in bulletin.sections:
        told |= {f"{section['key']}-{part}": section[part] for part in PARTS}
    return told
