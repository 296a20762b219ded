"""What residents can report, in their own words, and what is asked beside it."""

from collections.abc import Iterator
from typing import Any

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Category
from citymgmt.people.models import Bilingual, in_language, tells_version

MOST_QUESTIONS = 8  # of a topic: more nobody answers on a phone
code_of_a_service = RegexValidator(r"^[a-z][a-z0-9_]{1,29}\Z", _("Small letters, digits and underscores."))
EMERGENCY_NUMBERS = {"110": _("police"), "119": _("fire and rescue"), "120": _("ambulance")}


@pghistory.track()
class Topic(Bilingual):
    """A topic of the public form, and a service of Open311: a category in plain words. One with an emergency number is
    a stop: it says whom to call, and nothing can be reported under it.
    """

    code = models.CharField(_("code"), max_length=30, unique=True, validators=[code_of_a_service])
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    hint_zh = models.CharField(_("what belongs to it"), max_length=200, blank=True)
    hint_en = models.CharField(_("what belongs to it (English)"), max_length=200, blank=True)
    icon = models.CharField(_("icon"), max_length=40, default="chat-left-text")
    emergency_number = models.CharField(
        _("call instead"), max_length=3, choices=EMERGENCY_NUMBERS.items(), blank=True, default=""
    )
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "code"]
        triggers = [tells_version()]
        constraints = [
            models.CheckConstraint(
                condition=Q(emergency_number="") | Q(category=None), name="topic_stop_has_no_category"
            ),
            models.CheckConstraint(
                condition=Q(emergency_number__in=["", *EMERGENCY_NUMBERS]), name="topic_emergency_number_known"
            ),
        ]

    @property
    def hint(self) -> str:
        """What belongs to it, in the reader's language."""
        return in_language(self.hint_zh, self.hint_en)

    @property
    def is_stop(self) -> bool:
        """Whether it is nothing for this form: somebody's life may be in danger."""
        return bool(self.emergency_number)


@pghistory.track()
class Question(Bilingual):
    """Something that is asked beside the description of a topic; an attribute of Open311.

    `choices` of a list are pairs of key and words: [{"key": "…", "zh": "…", "en": "…"}].
    """

    class Datatype(models.TextChoices):
        STRING = "string", _("a line of text")
        NUMBER = "number", _("a number")
        DATETIME = "datetime", _("a day and an hour")
        TEXT = "text", _("text of several lines")
        ONE = "singlevaluelist", _("one of a list")
        MANY = "multivaluelist", _("several of a list")

    LISTS = frozenset({Datatype.ONE.value, Datatype.MANY.value})

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="questions", verbose_name=_("topic"))
    code = models.CharField(_("code"), max_length=30, validators=[code_of_a_service])
    datatype = models.CharField(_("kind of answer"), max_length=16, choices=Datatype.choices)
    is_required = models.BooleanField(_("must be answered"), default=False)
    hint_zh = models.CharField(_("help"), max_length=200, blank=True)
    hint_en = models.CharField(_("help (English)"), max_length=200, blank=True)
    choices: Any = models.JSONField(_("list"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    is_active = models.BooleanField(_("active"), default=True)  # else it is asked no more; answers to it stay readable

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["topic", "position"]
        triggers = [tells_version()]
        constraints = [
            models.UniqueConstraint(fields=["topic", "code"], name="question_code_unique"),
            models.UniqueConstraint(
                fields=["topic", "position"], condition=Q(is_active=True), name="question_position_unique"
            ),
            models.CheckConstraint(condition=Q(position__range=(1, MOST_QUESTIONS)), name="question_position_counts"),
            models.CheckConstraint(
                condition=Q(datatype__in=["singlevaluelist", "multivaluelist"]) & ~Q(choices=[])
                | ~Q(datatype__in=["singlevaluelist", "multivaluelist"]) & Q(choices=[]),
                name="question_list_has_choices",
            ),
        ]

    @property
    def hint(self) -> str:
        """Help, in the reader's language."""
        return in_language(self.hint_zh, self.hint_en)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Key and words of each choice, in the reader's language."""
        for one in self.choices:
            yield one["key"], in_language(one["zh"], one.get("en", ""))
