"""What a program sends to report something: read into what an action takes, or all that is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.fields import LongText
from cases.forms.logging import telephone
from cases.intake.actions.clients import LONGEST_REFERENCE
from cases.intake.actions.reporting import LONGEST_ADDRESS, Told
from cases.intake.models import ApiClient, Question, Topic
from cases.intake.models.reports import CLAIMS, LONGEST_TEXT
from cases.intake.open311.asking import moment_of
from cases.intake.open311.faults import NOT_FOUND, Fault, Faulty
from cases.intake.open311.querysets import services
from cases.intake.places import communities_served, community_of
from cases.intake.questions import faults_of_answers, questions_of
from citymgmt.fields import PlainText

LONGEST_DESCRIPTION = 4000  # the standard's
ATTRIBUTE = re.compile(r"attribute\[(?P<code>[^\[\]]{1,60})\](?P<many>\[\])?", re.ASCII)
CLOCKS_DIFFER = timedelta(minutes=5)  # of a program's clock and ours
DEGREES = Decimal("0.0000001")
REFERENCE = re.compile(rf"^[\x21-\x7e]{{1,{LONGEST_REFERENCE}}}\Z")


def no_address_of_media(form: forms.Form) -> str:
    """Nothing: the portal fetches nothing from anywhere. Raises: ValidationError."""
    if form.cleaned_data["media_url"]:
        raise forms.ValidationError(
            _("Addresses of pictures are not opened here. Send the picture itself as the file field “media”.")
        )
    return ""


class RequestForm(forms.Form):
    """The arguments of POST requests that the standard names, but for the service and its attributes.

    `device_id` and `account_id` are not read: nobody here needs them (PIPL art. 6).
    """

    lat = forms.DecimalField(required=False, min_value=-90, max_value=90)
    long = forms.DecimalField(required=False, min_value=-180, max_value=180)
    address_string = PlainText(required=False, max_length=LONGEST_ADDRESS)
    address_id = PlainText(required=False, max_length=12)
    email = forms.EmailField(required=False, max_length=100)
    first_name = PlainText(required=False, max_length=30)
    last_name = PlainText(required=False, max_length=30)
    phone = PlainText(required=False, max_length=30, validators=[telephone])
    description = LongText(required=False, max_length=LONGEST_DESCRIPTION)
    media_url = forms.CharField(required=False)
    client_reference = forms.RegexField(REFERENCE, required=False)

    def __init__(self, sent: Mapping[str, str], client: ApiClient) -> None:
        super().__init__(sent)
        self.client = client

    def clean_lat(self) -> Decimal | None:
        """To the precision that is kept: a centimetre."""
        return _precise(self.cleaned_data["lat"])

    def clean_long(self) -> Decimal | None:
        """The same."""
        return _precise(self.cleaned_data["long"])

    clean_media_url = no_address_of_media

    def clean(self) -> dict[str, Any]:
        """The place as a community, which belongs to the office that gave the key. Raises: ValidationError."""
        given: dict[str, Any] = super().clean() or {}
        if not {"lat", "long", "address_id"} & self.errors.keys():
            given["community"] = self._place(given)
        return given

    def _place(self, given: Mapping[str, Any]) -> Any:
        if (given["lat"] is None) != (given["long"] is None):
            raise forms.ValidationError(_("Give lat and long together."), code="half_location")
        if given["lat"] is None and not given.get("address_string") and not given["address_id"]:
            raise forms.ValidationError(
                _("Say where: by lat and long, by address_string or by address_id."), code="missing_location"
            )
        return self._community(given)

    def _community(self, given: Mapping[str, Any]) -> Any:
        found = community_of(given["long"], given["lat"]) if given["lat"] is not None else None
        if given["address_id"]:
            found = next((one for one in communities_served() if one.code == given["address_id"]), None)
            if found is None:
                self.add_error("address_id", _("No community has this code."))
        if found is not None and found.subdistrict_id != self.client.subdistrict_id:
            raise forms.ValidationError(
                _("This place belongs to %(office)s (%(code)s), for which your key is not."),
                code="other_jurisdiction",
                params={"office": found.subdistrict, "code": found.subdistrict.code},
            )
        return found


def _precise(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(DEGREES)


class UpdateForm(forms.Form):
    """The arguments of an update that a program sends of a request; `media_url` as with requests."""

    service_request_id = PlainText(max_length=30)
    update_id = forms.RegexField(REFERENCE)
    status = forms.ChoiceField(choices=[(code, code) for code in CLAIMS])
    updated_datetime = forms.CharField()
    description = LongText(required=False, max_length=LONGEST_TEXT)
    media_url = forms.CharField(required=False)

    clean_media_url = no_address_of_media

    def __init__(self, sent: Mapping[str, str], now: datetime) -> None:
        super().__init__(sent)
        self.now = now

    def clean_updated_datetime(self) -> datetime:
        """The moment, which is not to come. Raises: ValidationError."""
        try:
            moment, _written = moment_of(self.cleaned_data["updated_datetime"], timezone.get_current_timezone())
        except ValueError as error:
            raise forms.ValidationError(_("This is no moment as in 2026-11-29T18:00:00+08:00.")) from error
        if moment > self.now + CLOCKS_DIFFER:
            raise forms.ValidationError(_("This moment is still to come."))
        return moment


def read_update(sent: QueryDict, now: datetime, *, reference: str = "") -> Mapping[str, Any]:
    """What a program tells of a request: `number`, `text`, `claim`, `reference`. Raises: Faulty, with all faults."""
    plain = {name: sent.get(name, "").strip() for name in UpdateForm.base_fields}
    form = UpdateForm({**plain, "update_id": plain["update_id"] or reference}, now)
    if not form.is_valid():
        raise Faulty(_form_faults(form))
    given = form.cleaned_data
    return {
        "number": given["service_request_id"],
        "text": given["description"],
        "claim": given["status"],
        "reference": given["update_id"],
    }


def read_report(sent: QueryDict, client: ApiClient, *, language: str, reference: str = "") -> tuple[Told, str]:
    """What is told, and the program's own reference, by which a replay is known. Raises: Faulty, with all faults."""
    plain = {name: sent.get(name, "").strip() for name in RequestForm.base_fields}
    form = RequestForm({**plain, "client_reference": plain["client_reference"] or reference}, client)
    topic, faults = _service(sent)
    answers = dict(_answers(sent, topic)) if topic else {}
    faults += _form_faults(form)
    faults += _answer_faults(topic, answers) if topic else []
    if faults or topic is None:
        raise Faulty(faults)
    given = form.cleaned_data
    told = Told(
        topic=topic,
        description=given["description"] or topic.name_zh,
        community=given["community"],
        address=given["address_string"],
        longitude=given["long"],
        latitude=given["lat"],
        answers=answers,
        name=_name(given["first_name"], given["last_name"]),
        phone=given["phone"],
        email=given["email"],
        language=language,
    )
    return told, given["client_reference"]


def _service(sent: QueryDict) -> tuple[Topic | None, list[Fault]]:
    code = sent.get("service_code", "").strip()
    if not code:
        return None, [Fault("missing_service_code", gettext_lazy("service_code is missing."))]
    topic = services().get(code)
    if topic is None:
        return None, [Fault("unknown_service_code", gettext_lazy("There is no service of this code."), NOT_FOUND)]
    return topic, []


def _answers(sent: QueryDict, topic: Topic) -> Iterator[tuple[str, Any]]:
    """What is sent as attribute[CODE] or attribute[CODE][]; what is sent empty is not."""
    many = {question.code for question in questions_of(topic) if question.datatype == Question.Datatype.MANY}
    given: dict[str, list[str]] = {}
    for name, values in sent.lists():
        if found := ATTRIBUTE.fullmatch(name):
            given.setdefault(found["code"], []).extend(str(value) for value in values if value)
    for code, answers in given.items():
        if answers:
            yield code, answers if code in many or len(answers) > 1 else answers[0]


def _answer_faults(topic: Topic, answers: Mapping[str, Any]) -> list[Fault]:
    return [
        Fault(
            "invalid_attribute" if code in answers else "missing_attribute",
            "attribute[%(code)s]: %(why)s",
            told={"code": code, "why": why},
        )
        for code, why in faults_of_answers(topic, answers).items()
    ]


def _form_faults(form: forms.Form) -> list[Fault]:
    return [_fault(name, errors) for name, errors in form.errors.as_data().items()]


def _fault(name: str, errors: Sequence[Any]) -> Fault:
    why = " ".join(str(sentence) for error in errors for sentence in error.messages)
    if name == NON_FIELD_ERRORS:
        return Fault(errors[0].code, "%(why)s", told={"why": why})
    return Fault(f"invalid_{name}", "%(name)s: %(why)s", told={"name": name, "why": why})


def _name(first: str, last: str) -> str:
    """A Chinese name in its order, another one in its own."""
    return f"{first} {last}".strip() if f"{first}{last}".isascii() else f"{last}{first}"
