"""The shape of what people give about regulations; the rules stand in the actions."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from citymgmt.forms import PortalForm
from communities.forms import DayField, check_readable
from communities.models import Regulation
from communities.models.regulations import (
    LONGEST_ISSUER,
    LONGEST_NUMBER,
    LONGEST_SOURCE,
    LONGEST_TITLE,
    LONGEST_WORDS,
)
from communities.regulations.querysets import holding, in_force
from communities.regulations.told import RegulationTold

ALL = ("", _("all"))
FILE = _("PDF, Word (docx) or plain text, at most 10 MB; it is kept as it came.")


def line(label: Any, most: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, validators=[check_readable])


class RegulationFilter(forms.Form):
    """Which regulations are listed."""

    NOW, COMING, GONE = "now", "coming", "gone"
    q = line(_("words in title, number or text"), 60)
    kind = forms.ChoiceField(label=_("kind"), choices=[ALL, *Regulation.Kind.choices], required=False)
    state = forms.ChoiceField(
        label=_("state"),
        choices=[ALL, (NOW, _("in force")), (COMING, _("not yet in force")), (GONE, _("abolished or replaced"))],
        required=False,
    )
    on = DayField(label=_("in force on the day"), required=False)
    whose = forms.ChoiceField(
        label=_("whose"), choices=[ALL, ("shared", _("shared by all")), ("own", _("the office's own"))], required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def question(self) -> Q:
        """What a valid form asks for."""
        told = self.cleaned_data
        states = {
            self.NOW: in_force(self.today),
            self.COMING: Q(effective_on__gt=self.today),
            self.GONE: Q(abolished_on__lte=self.today),
        }
        asked: Mapping[str, Q] = {
            "q": holding(told["q"]),
            "kind": Q(kind=told["kind"]),
            "state": states.get(told["state"], Q()),
            "on": in_force(told["on"] or self.today),
            "whose": Q(subdistrict__isnull=told["whose"] == "shared"),
        }
        return reduce(and_, (question for name, question in asked.items() if told[name]), Q())

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in self.fields)


class RegulationForm(PortalForm):
    """What is known of a regulation; `is_shared` is offered to whoever may share."""

    title = line(_("title"), LONGEST_TITLE + 2, required=True)
    number = line(_("document number"), LONGEST_NUMBER, hint=_("Brackets around the year become 〔〕 by themselves."))
    kind = forms.ChoiceField(label=_("kind"), choices=Regulation.Kind.choices)
    issuer = line(_("issuer"), LONGEST_ISSUER, required=True)
    issued_on = DayField(label=_("issued on"))
    effective_on = DayField(label=_("in force from"))
    source = line(_("where its text is found"), LONGEST_SOURCE, hint=_("The address of the official page."))
    file = forms.FileField(
        label=_("The file"), required=False, help_text=FILE, widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt"})
    )
    words = forms.CharField(
        label=_("text"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_("For searching. Left empty, it is taken from a Word or text file."),
        validators=[check_readable],
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    is_shared = forms.BooleanField(label=_("shared by all offices"), required=False)

    def __init__(self, *args: Any, may_share: bool = False, may_own: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]
        elif not may_own:
            self.fields["is_shared"].initial = True

    def told(self) -> RegulationTold:
        """What was written, as the action takes it."""
        return RegulationTold(**{name: self.cleaned_data[name] for name in RegulationTold.__dataclass_fields__})

    def file_sent(self) -> bytes | None:
        """The file, if one was sent."""
        sent = self.cleaned_data["file"]
        return sent.read() if sent else None


class ReplaceForm(PortalForm):
    """By which later regulation one is replaced, and from when on."""

    replaced_by = forms.ModelChoiceField(
        label=_("replaced by"), queryset=Regulation.objects.none(), empty_label=_("Choose a later regulation")
    )
    on = DayField(
        label=_("abolished on"), required=False, help_text=_("Left empty: the day on which the other takes effect.")
    )

    def __init__(self, *args: Any, later: QuerySet[Regulation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaced_by"].queryset = later  # type: ignore[attr-defined]


class AbolishForm(PortalForm):
    """From which day on a regulation holds no more."""

    on = DayField(label=_("abolished on"))
