"""The administrator sets up what residents can report, and what is asked beside it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.intake.models import Question, Topic
from cases.intake.questions import answers_in_words, questions_of
from tests.hostile.probing import browser
from tests.office import District

ADD = reverse("admin:intake_question_add")


def told(topic: Topic, **other: Any) -> dict[str, Any]:
    """A question as the form takes it in."""
    return {"topic": topic.pk, "code": "size", "name_zh": "多大", "name_en": "How large", "datatype": "singlevaluelist",
            "hint_zh": "", "hint_en": "", "position": 5, "is_active": "on",
            "choices": "small | 小 | Small\nlarge|大", **other}  # fmt: skip


@pytest.fixture
def topic(district: District) -> Topic:
    """A topic that asks something already."""
    return Topic.objects.get(code="vending")


@pytest.fixture
def admin(district: District) -> Client:
    """The administrator's browser."""
    return browser(district.street.admin)


def test_a_new_question_is_asked_on_the_form(admin: Client, topic: Topic) -> None:
    assert admin.post(ADD, told(topic)).status_code == 302
    added = Question.objects.get(topic=topic, code="size")
    assert added.choices == [{"key": "small", "zh": "小", "en": "Small"}, {"key": "large", "zh": "大", "en": ""}]
    assert "多大" in Client().get("/report/?topic=vending").content.decode()
    shown = admin.get(reverse("admin:intake_question_change", args=[added.pk])).content.decode()
    assert "small | 小 | Small\nlarge | 大" in shown


@pytest.mark.parametrize(
    "other",
    [
        {"choices": ""},
        {"choices": "small"}, {"choices": "Small | 小"}, {"choices": "a | | A"}, {"choices": "小 | 小"},
        {"choices": "small | 小\nsmall | 大"}, {"choices": f"a | {'长' * 61}"}, {"choices": "a | b | c | d"},
        {"choices": "\n".join(f"k{number} | {number}" for number in range(21))}, {"datatype": "string"},
        {"code": "Größe"}, {"position": 9}, {"position": 0}, {"datatype": "x"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(admin: Client, topic: Topic, other: dict[str, Any]) -> None:
    answer = admin.post(ADD, told(topic, **other))
    assert (answer.status_code, "errornote" in answer.content.decode()) == (200, True)
    assert not Question.objects.filter(topic=topic, code="size").exists()


def test_a_question_that_ends_is_asked_no_more_and_its_answers_stay_readable(admin: Client, topic: Topic) -> None:
    asked = questions_of(topic)[0]
    page = reverse("admin:intake_question_change", args=[asked.pk])
    kept = {"name_zh": asked.name_zh, "name_en": "", "hint_zh": "", "hint_en": "", "position": asked.position}
    assert admin.post(page, {**kept, "choices": "no | 不影响"}).status_code == 302
    assert asked.code not in {one.code for one in questions_of(topic)}
    assert list(answers_in_words(topic, {asked.code: "no"})) == [(asked.name_zh, "不影响")]
    assert admin.post(ADD, told(topic, position=asked.position)).status_code == 302  # its place is free


def test_a_topic_is_named_and_taken_out(admin: Client, topic: Topic) -> None:
    page = reverse("admin:intake_topic_change", args=[topic.pk])
    given = {"name_zh": "路边摆摊", "name_en": "", "hint_zh": "", "hint_en": "", "icon": topic.icon, "position": 3,
             "category": topic.category_id, "emergency_number": ""}  # fmt: skip
    assert admin.post(page, {**given, "is_active": "on", "code": "another"}).status_code == 302
    assert "路边摆摊" in Client().get("/report/").content.decode()
    assert admin.post(page, given).status_code == 302
    assert "路边摆摊" not in Client().get("/report/").content.decode()
    topic.refresh_from_db()
    assert topic.code == "vending"
    stop = admin.post(page, {**given, "emergency_number": "110"})
    assert "errornote" in stop.content.decode()  # one that says whom to call is no category


@pytest.mark.parametrize("role", ["clerk", "leader", "secadmin", "auditor", "officer"])
def test_nobody_else_sets_it_up(district: District, role: str) -> None:
    assert browser(getattr(district.street, role)).get(ADD).status_code in (302, 403)
