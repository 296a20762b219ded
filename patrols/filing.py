"""How a case that patrols log is filed: at once where its category leaves no choice, else by the desk."""

from datetime import date

from cases.models import CaseStandard, Category


def only_standard(category: Category | None, on: date) -> CaseStandard | None:
    """The one filing condition of a category on a day; None where there are several, or none."""
    found = list(CaseStandard.objects.filter(category=category, validity__contains=on, zone=0)[:2])
    return found[0] if len(found) == 1 else None
