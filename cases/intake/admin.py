"""Set-up of what residents can report, and what is asked beside it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.intake.models import Question, Topic
from cases.intake.models.topics import code_of_a_service
from citymgmt.people.admin_site import TableModelAdmin
from citymgmt.written import faults_of

MOST_CHOICES, LONGEST_CHOICE, BETWEEN = 20, 60, "|"


class ChoicesField(forms.CharField):
    """A list to choose from, a line each: key | Chinese | English. Its value is what `Question.choices` holds."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        """The list as lines; what was typed stays as it was typed."""
        if not isinstance(value, list):
            return value
        return "\n".join(f" {BETWEEN} ".join(filter(None, (one["key"], one["zh"], one.get("en")))) for one in value)

    def clean(self, value: Any) -> Any:
        """The list. Raises: ValidationError."""
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_CHOICES:
            raise ValidationError(_("At most %(most)d lines."), params={"most": MOST_CHOICES})
        choices = [_choice(line) for line in lines]
        if len({one["key"] for one in choices}) < len(choices):
            raise ValidationError(_("A key stands there twice."))
        return choices


def _choice(line: str) -> dict[str, str]:
    key, *words = (part.strip() for part in line.split(BETWEEN))
    if len(words) not in (1, 2) or not words[0] or any(faults_of(word, LONGEST_CHOICE) for word in words):
        raise ValidationError(
            _("Each line is: key | Chinese | English, at most %(most)d characters each."),
            params={"most": LONGEST_CHOICE},
        )
    code_of_a_service(key)
    return {"key": key, "zh": words[0], "en": words[1] if len(words) > 1 else ""}


class QuestionForm(forms.ModelForm):
    """A question; only lists have something to choose from, which the database checks as well."""

    choices = ChoicesField(
        required=False,
        label=gettext_lazy("List"),
        help_text=gettext_lazy("Of questions with a list, a line each: key | Chinese | English."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a list where none is asked, and none where one is."""
        given = super().clean() or self.cleaned_data
        datatype = given.get("datatype") or self.instance.datatype
        if "choices" in given and datatype and (datatype in Question.LISTS) != bool(given["choices"]):
            self.add_error("choices", _("Questions with a list need lines here, others need none."))
        return given


@admin.register(Topic)
class TopicAdmin(TableModelAdmin):
    """What residents choose among, in their own words; one with an emergency number only says whom to call."""

    edit_action = "standard.edit"
    list_display = ("name_zh", "code", "category", "emergency_number", "position", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name_zh", "name_en", "code")
    list_select_related = ("category",)

    def get_readonly_fields(self, request: object, obj: object = None) -> tuple[str, ...]:
        """The code stays: programs of others name it."""
        return ("code",) if obj else ()


@admin.register(Question)
class QuestionAdmin(TableModelAdmin):
    """What is asked beside a topic's description."""

    edit_action = "standard.edit"
    form = QuestionForm
    list_display = ("name_zh", "topic", "code", "datatype", "is_required", "position", "is_active")
    list_filter = ("topic", "is_active")
    search_fields = ("name_zh", "name_en", "code")
    list_select_related = ("topic",)

    def get_readonly_fields(self, request: object, obj: object = None) -> tuple[str, ...]:
        """What answers that were given depend on stays."""
        return ("topic", "code", "datatype") if obj else ()
