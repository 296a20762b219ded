"""What a circular is composed of: names of units, cases and what it corrects are read until it is issued, then kept."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases import workflow
from cases.meetings.circulars.models import Circular
from cases.meetings.circulars.querysets import in_order
from cases.meetings.circulars.wording import Concerned, Content, Frame, paper_of, say
from cases.meetings.models import MemberUnit
from cases.models import Case
from citymgmt.papers.paper import Paper


def content_of(circular: Circular) -> Content:
    """What the paper reads from elsewhere: kept, or as it stands now."""
    return read_content(circular.content) if circular.content is not None else gathered(circular)


def gathered(circular: Circular) -> Content:
    """Units, cases and what is corrected as they stand now, in the paper's language."""
    with translation.override(circular.language):
        units = in_order(MemberUnit.objects.filter(pk__in=circular.recipients))
        rows = Case.objects.filter(pk__in=circular.cases).select_related("community").order_by("number")
        cases = [Concerned(one.number, _place_of(one), _(workflow.STATES[one.state].label)) for one in rows]
        named = circular.corrects
        corrects = (named.year or 0, named.number or 0, named.title) if named is not None else None
        return Content([unit.name for unit in units], cases, corrects)


def _place_of(case: Case) -> str:
    return case.address or (case.community.name if case.community is not None else "")


def kept_content(content: Content) -> dict[str, Any]:
    """As the row keeps it."""
    return asdict(content)


def read_content(kept: dict[str, Any]) -> Content:
    """As it was kept."""
    corrects = kept["corrects"]
    cases = [Concerned(**one) for one in kept["cases"]]
    return Content(kept["units"], cases, (corrects[0], corrects[1], corrects[2]) if corrects else None)


def frame_of(circular: Circular) -> Frame:
    """What people wrote; number and day once it is issued."""
    written = ("kind", "language", "title", "issuer", "body", "number", "confirm_by")
    return Frame(
        **{name: getattr(circular, name) for name in written},
        year=circular.year or timezone.localdate(circular.drafted_at).year,
        issued_on=timezone.localdate(circular.issued_at) if circular.issued_at else None,
    )


def circular_paper(circular: Circular) -> Paper:
    """The paper as it stands now."""
    return paper_of(frame_of(circular), content_of(circular))


def file_name(circular: Circular, kind: str) -> str:
    """The name under which people save a file."""
    mark = say(circular.language, circular.kind)
    if circular.number is None:
        return f"{say(circular.language, 'file_of_draft', mark=mark, title=circular.title)}.{kind}"
    return f"{say(circular.language, 'file', mark=mark, year=circular.year, number=circular.number)}.{kind}"
