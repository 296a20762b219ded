"""The forms of those who come without a log-in: report, follow, add, judge."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cases.forms.fields import LongText, grouped
from cases.forms.logging import telephone
from cases.forms.photos import ACCEPTED
from cases.intake.actions.reporting import LONGEST_ADDRESS, Told
from cases.intake.fields import FilesInput, answer_fields, answers_given, name_of_answer, topics_shown
from cases.intake.models import Judgement, Topic
from cases.intake.models.judging import LONGEST_WORDS
from cases.intake.models.reports import LONGEST_TEXT
from cases.intake.places import communities_served, community_of, offices_served
from cases.intake.questions import faults_of_answers, questions_of
from cases.intake.secrets import LONGEST_TYPED, as_typed
from cases.similar import Sought
from citymgmt.fields import KnownChoice, PlainText
from citymgmt.people.models import SubDistrict

LONGEST_TOKEN = 4000


def photos_field() -> forms.Field:
    """Several photos, as files; what came is read from the request."""
    return forms.Field(
        required=False,
        widget=FilesInput(attrs={"accept": ACCEPTED}),
        label=gettext_lazy("Photos"),
        help_text=gettext_lazy("Up to six. Place and device are removed before anybody sees them."),
    )


class GuestForm(forms.Form):
    """A form of somebody unknown: with a key of its own, and a field that only programs fill in."""

    token = forms.CharField(max_length=LONGEST_TOKEN, required=False, widget=forms.HiddenInput)
    altcha = forms.CharField(max_length=LONGEST_TOKEN, required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        label=gettext_lazy("Leave this field empty"),
    )

    def clean_website(self) -> str:
        """Nothing. Raises: ValidationError."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("A field that must stay empty was filled in. Empty it and send once more."))
        return ""


class ReportForm(GuestForm):
    """What, where, and who, if they like."""

    topic = forms.ChoiceField(
        widget=forms.RadioSelect,
        label=gettext_lazy("What is it about?"),
        error_messages={
            "required": gettext_lazy("Choose what it is about."),
            "invalid_choice": gettext_lazy("Choose what it is about."),
        },
    )
    description = LongText(
        max_length=LONGEST_TEXT,
        rows=3,
        label=gettext_lazy("What did you see?"),
        help_text=gettext_lazy("No names or number plates of others, please, unless they are needed."),
    )
    address = PlainText(
        required=False,
        max_length=LONGEST_ADDRESS,
        label=gettext_lazy("Address or landmark"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    community = KnownChoice(label=gettext_lazy("Community"), required=False)
    longitude = forms.DecimalField(
        required=False, min_value=-180, max_value=180, max_digits=10, decimal_places=7, widget=forms.HiddenInput
    )
    latitude = forms.DecimalField(
        required=False, min_value=-90, max_value=90, max_digits=9, decimal_places=7, widget=forms.HiddenInput
    )
    photos = photos_field()
    kept = forms.CharField(max_length=LONGEST_TOKEN, required=False, widget=forms.HiddenInput)
    name = PlainText(
        required=False,
        max_length=60,
        label=gettext_lazy("Name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PlainText(
        required=False,
        max_length=30,
        validators=[telephone],
        label=gettext_lazy("Telephone"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        required=False,
        max_length=100,
        label=gettext_lazy("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("We write when something happens with your report."),
    )
    is_private = forms.BooleanField(required=False, label=gettext_lazy("Do not show my report in the public list"))

    def __init__(self, data: Any = None, *, topic: str = "", community: str = "") -> None:
        super().__init__(data, auto_id="report_%s")
        self.topics = topics_shown()
        self.communities, self.offices = communities_served(), offices_served()
        self.fields["topic"].choices = [(one.code, one.name) for one in self.topics]  # type: ignore[attr-defined]
        self.fields.update(answer_fields(self.topics))
        self._offer_communities()
        if any(one.code == topic for one in self.topics):
            self.initial["topic"] = topic
        self.initial["community"] = next((one.pk for one in self.communities if one.code == community), "")

    def _offer_communities(self) -> None:
        known: Any = self.fields["community"]
        pairs = grouped((str(one.subdistrict), (one.pk, str(one))) for one in self.communities)
        choices = pairs if len(self.offices) > 1 else [pair for _heading, own in pairs for pair in own]
        known.know(self.communities, [("", _("I do not know")), *choices])

    def tiles(self) -> Iterator[tuple[Any, Topic, list[Any]]]:
        """The tile of each topic: its radio button, the topic, and the fields of its questions."""
        for radio, topic in zip(self["topic"], self.topics, strict=True):
            yield radio, topic, [self[name_of_answer(topic, one.code)] for one in questions_of(topic)]

    def clean_topic(self) -> Topic:
        """The topic. Raises: ValidationError for a stop."""
        topic = next(one for one in self.topics if one.code == self.cleaned_data["topic"])
        if topic.is_stop:
            raise ValidationError(_("Please call %(number)s now.") % {"number": topic.emergency_number})
        return topic

    def clean(self) -> dict[str, Any]:
        """A point tells its community; some place is needed, and with several offices one that tells whose it is."""
        given: dict[str, Any] = super().clean() or {}
        if (given.get("longitude") is None) != (given.get("latitude") is None):
            given["longitude"] = given["latitude"] = None
        if given.get("community") is None and given.get("longitude") is not None:
            given["community"] = community_of(given["longitude"], given["latitude"])
        self._check_place(given)
        topic = given.get("topic")
        if isinstance(topic, Topic):
            given["answers"] = answers_given(topic, given)
            for code, fault in faults_of_answers(topic, given["answers"]).items():
                name = name_of_answer(topic, code)
                if name not in self.errors:
                    self.add_error(name, fault)
        return given

    def _check_place(self, given: dict[str, Any]) -> None:
        if given.get("community") is not None:
            return
        if len(self.offices) > 1:
            self.add_error("community", _("Choose the community, or locate the place: then the right office gets it."))
        elif given.get("longitude") is None and not given.get("address"):
            self.add_error("address", _("Say where it is: by locating, on the map, by address or community."))

    @property
    def office(self) -> SubDistrict:
        """Whose office takes the report. Call it on a valid form."""
        community = self.cleaned_data["community"]
        return community.subdistrict if community is not None else self.offices[0]

    @property
    def sought(self) -> Sought | None:
        """What is known so far, to find reports of the same. Call it after validation."""
        given = self.cleaned_data
        topic = given.get("topic")
        if not isinstance(topic, Topic) or topic.category is None:
            return None
        where = {name: given.get(name) for name in ("community", "longitude", "latitude")}
        return Sought(topic.category, address=given.get("address", ""), **where)

    def told(self) -> Told:
        """What is told. Call it on a valid form."""
        given = self.cleaned_data
        plain = {name: given[name] for name in Told.__dataclass_fields__ if name in given}
        return Told(**plain, language="en" if (get_language() or "").startswith("en") else "zh-hans")


class FollowForm(forms.Form):
    """Number and secret of a report."""

    number = PlainText(
        max_length=40,
        label=gettext_lazy("Number"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    secret = forms.CharField(
        max_length=LONGEST_TYPED,
        label=gettext_lazy("Secret"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=gettext_lazy("The eight groups of letters that were shown after sending."),
    )

    def clean_number(self) -> str:
        """The number without blanks."""
        return "".join(self.cleaned_data["number"].split())

    def clean_secret(self) -> str:
        """The secret as it was given."""
        return as_typed(self.cleaned_data["secret"])


class AddForm(GuestForm):
    """What a resident adds."""

    text = LongText(required=False, max_length=LONGEST_TEXT, rows=3, label=gettext_lazy("What else should we know?"))
    photos = photos_field()


class JudgeForm(GuestForm):
    """What a resident thinks of the result."""

    is_solved = forms.TypedChoiceField(
        choices=[("yes", gettext_lazy("Yes, solved")), ("no", gettext_lazy("No, not solved"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        label=gettext_lazy("Is it solved?"),
    )
    score = forms.TypedChoiceField(
        choices=Judgement.Score.choices,
        coerce=int,
        widget=forms.RadioSelect,
        label=gettext_lazy("How satisfied are you with how it was handled?"),
    )
    words = PlainText(
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("In words (optional)"),
    )
