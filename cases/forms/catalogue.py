"""The catalogue as the log form offers it: filing conditions of a day, and categories without one."""

from datetime import date
from typing import Any

from django.utils.translation import get_language

from cases.forms.acting import standards_on
from cases.forms.fields import grouped
from cases.models import CaseStandard, Category, Disorder
from cases.templatetags.cases import limit_text
from citymgmt.forms import KeptChoices
from citymgmt.people.kept import Kept


class Catalogue:
    """The filing conditions of a day, and the categories that have none, as the choices of one select."""

    def __init__(self, on: date) -> None:
        self.standards = {f"s{row.pk}": row for row in standards_on(on).select_related("category__disorder")}
        covered = {row.category_id for row in self.standards.values()}
        rows = Category.objects.filter(is_active=True).exclude(pk__in=covered).select_related("disorder")
        self.categories = {f"c{row.pk}": row for row in rows}
        self._entries: dict[str, list[dict[str, Any]]] = {}
        self._choices: dict[str, KeptChoices] = {}

    def choices(self) -> KeptChoices:
        """The choices under the disorders' names, in the reader's language."""
        language = get_language() or ""
        if language not in self._choices:
            found = grouped((entry["disorder"], (entry["value"], entry["label"])) for entry in self.entries())
            self._choices[language] = KeptChoices([("", "—"), *found])
        return self._choices[language]

    def entries(self) -> list[dict[str, Any]]:
        """Each choice with what the type-ahead searches and shows, in the reader's language."""
        language = get_language() or ""
        if language not in self._entries:
            told = [_of_standard(*pair) for pair in self.standards.items()]
            self._entries[language] = told + [_of_bare(*pair) for pair in self.categories.items()]
        return self._entries[language]

    def split(self, value: str) -> tuple[CaseStandard | None, Category]:
        """The filing condition, if the choice has one, and its category."""
        standard = self.standards.get(value)
        return standard, standard.category if standard else self.categories[value]


catalogue_on = Kept(Catalogue, CaseStandard, Category, Disorder)


def _of_standard(value: str, standard: CaseStandard) -> dict[str, Any]:
    return {
        **_of_category(value, standard.category),
        "label": f"{standard.category.code} {standard.category}: {standard.condition}",
        "condition": standard.condition,
        "limit": limit_text(standard.limit),
        "closing": standard.closing,
    }


def _of_bare(value: str, category: Category) -> dict[str, Any]:
    own = {"label": f"{category.code} {category}", "condition": "", "limit": "", "closing": ""}
    return {**_of_category(value, category), **own}


def _of_category(value: str, category: Category) -> dict[str, Any]:
    words = [category.code_2026, category.code_2013, category.pinyin, category.aliases_zh]
    return {
        "value": value,
        "disorder": str(category.disorder),
        "words": " ".join([*words, category.name_zh, category.name_en]).lower(),
        "help": category.help,
    }
