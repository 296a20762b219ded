"""Fields of the public forms: topics as tiles, places of all offices, the answers to a topic's questions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cases.forms.fields import LongText
from cases.intake.actions.reporting import MOST_PHOTOS
from cases.intake.models import Question, Topic
from cases.intake.questions import KIND, LONGEST_ANSWER, LONGEST_LINE, questions_of
from citymgmt.fields import PlainText
from citymgmt.people.kept import Kept
from citymgmt.photos.actions import Upload, fault_of, receive

SALT = "citymgmt.kept-uploads"
KEPT_SECONDS = 3600  # well within what the store keeps of uploads that no row names


def _read_topics() -> tuple[Topic, ...]:
    return tuple(Topic.objects.filter(is_active=True).select_related("category").order_by("position", "code"))


topics_shown: Kept[tuple[Topic, ...]] = Kept(_read_topics, Topic)


def name_of_answer(topic: Topic, code: str) -> str:
    """The name of the field that answers a question of a topic."""
    return f"answer_{topic.code}_{code}"


def answer_fields(topics: Iterable[Topic]) -> Iterator[tuple[str, forms.Field]]:
    """A field for each question of each topic; whether it must be answered depends on the topic that is chosen."""
    for topic in topics:
        for question in questions_of(topic):
            yield name_of_answer(topic, question.code), _field(question)


def _field(question: Question) -> forms.Field:
    told: dict[str, Any] = {"required": False, "label": question.name, "help_text": question.hint}
    choices = list(question.pairs())
    if question.datatype == KIND.ONE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)
    if question.datatype == KIND.MANY:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
    if question.datatype == KIND.TEXT:
        return LongText(rows=2, max_length=LONGEST_ANSWER, **told)
    kinds: Mapping[str, str] = {KIND.NUMBER: "number", KIND.DATETIME: "datetime-local"}
    widget = forms.TextInput(attrs={"type": kinds.get(question.datatype, "text")})
    return PlainText(max_length=LONGEST_LINE, widget=widget, **told)


def answers_given(topic: Topic, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to the questions of a topic by their codes, as `Told` takes them."""
    found = {one.code: _as_told(one, given.get(name_of_answer(topic, one.code))) for one in questions_of(topic)}
    return {code: answer for code, answer in found.items() if answer}


def _as_told(question: Question, answer: Any) -> Any:
    if question.datatype != KIND.DATETIME or not answer:
        return answer
    try:
        moment = parse_datetime(answer)
    except ValueError:
        return answer
    if moment is None:
        return answer
    return (moment if moment.tzinfo else timezone.make_aware(moment)).isoformat()


class FilesInput(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


# --- photos that came with a form which was refused --------------------------------------------------------------
def kept_uploads(text: str) -> list[Upload]:
    """The uploads that an earlier try of this form left in the store, as its hidden field says; none when it is old."""
    try:
        pairs = signing.loads(text[:2000], salt=SALT, max_age=KEPT_SECONDS) if text else []
    except signing.BadSignature:
        return []
    return [Upload(name, digest) for name, digest in pairs]


def told_uploads(uploads: Sequence[Upload]) -> str:
    """The hidden field that says which uploads are there already."""
    return signing.dumps([[one.name, one.digest] for one in uploads], salt=SALT) if uploads else ""


def received_files(files: Sequence[Any], kept: Sequence[Upload]) -> tuple[list[Upload], list[str]]:
    """All uploads of a form, those kept before and those that came now; and why files were refused."""
    uploads = list(kept)
    refused: list[str] = []
    for number, file in enumerate(files, 1):
        if len(uploads) >= MOST_PHOTOS:
            return uploads, [*refused, _("At most %(most)d photos at once.") % {"most": MOST_PHOTOS}]
        content = file.read()
        if fault := fault_of(content):
            refused.append(_("Photo %(number)d: %(why)s") % {"number": number, "why": fault})
        else:
            uploads.append(receive(content))
    return uploads, refused
