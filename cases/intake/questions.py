"""The questions of topics: what an answer must be, and how it reads."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cases.intake.models import Question, Topic
from citymgmt.people.kept import Kept
from citymgmt.people.models import in_language
from citymgmt.written import faults_of

LONGEST_LINE, LONGEST_ANSWER = 100, 500
KIND = Question.Datatype


def _read() -> dict[int, list[Question]]:
    found: dict[int, list[Question]] = {}
    for question in Question.objects.order_by("topic", "position"):
        found.setdefault(question.topic_id, []).append(question)
    return found


_kept: Kept[dict[int, list[Question]]] = Kept(_read, Question)


def questions_of(topic: Topic) -> list[Question]:
    """The questions that are asked of a topic, in order."""
    return [question for question in _kept().get(topic.pk, []) if question.is_active]


def faults_of_answers(topic: Topic, answers: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with answers to a topic's questions, by code; a list where several can be chosen, else a text."""
    asked = {question.code: question for question in questions_of(topic)}
    unknown = {code: _("This is not asked here.") for code in answers if code not in asked}
    found = {code: fault_of_answer(question, answers.get(code)) for code, question in asked.items()}
    return unknown | {code: fault for code, fault in found.items() if fault}


def fault_of_answer(question: Question, answer: Any) -> str:
    """What is wrong with one answer; empty when nothing is."""
    if answer in (None, "", []):
        return _("Please fill this in.") if question.is_required else ""
    if question.datatype == KIND.MANY:
        is_list = isinstance(answer, list) and all(isinstance(one, str) for one in answer)
        return "" if is_list and set(answer) <= _keys(question) else _("Choose from the list.")
    if not isinstance(answer, str):
        return _("Please fill this in.")
    if question.datatype == KIND.ONE:
        return "" if answer in _keys(question) else _("Choose from the list.")
    return _fault_of_text(question, answer)


def _fault_of_text(question: Question, answer: str) -> str:
    if question.datatype == KIND.NUMBER:
        return "" if _is_number(answer) else _("A number is needed.")
    if question.datatype == KIND.DATETIME:
        return "" if moment_of(answer) else _("A day and an hour are needed, for example 2026-11-29T18:00:00+08:00.")
    is_line = question.datatype == KIND.STRING
    return " ".join(faults_of(answer, LONGEST_LINE if is_line else LONGEST_ANSWER, is_one_line=is_line))


def _keys(question: Question) -> set[str]:
    return {one["key"] for one in question.choices}


def _is_number(answer: str) -> bool:
    plain = answer.strip().removeprefix("-").replace(".", "", 1)
    return plain.isascii() and plain.isdigit() and len(plain) <= 12


def moment_of(answer: str) -> datetime | None:
    """The moment of an answer, or None; one without zone is none."""
    try:
        found = parse_datetime(answer.strip())
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None and 2000 <= found.year <= 2100 else None


def answers_in_words(topic: Topic, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Question and answer as somebody reads them, in the reader's language; what was not answered is left out."""
    for question in _kept().get(topic.pk, []):
        if answer := answers.get(question.code):
            words = {one["key"]: in_language(one["zh"], one.get("en", "")) for one in question.choices}
            given = answer if isinstance(answer, list) else [answer]
            yield question.name, "、".join(str(words.get(one, one)) for one in given)
