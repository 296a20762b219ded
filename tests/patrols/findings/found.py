"""What tests of findings begin with."""

from typing import Any

from cases.models import Category
from communities.placed import PlaceTold
from patrols.findings.actions import FindingTold, note_finding
from patrols.findings.models import Finding
from tests.patrols.teams import NOW, Crew


def category(code: str = "09006") -> Category:
    """Trading on the public way."""
    return Category.objects.get(code_2026=code)


def told_of(crew: Crew, way: str = "handled", community: int = 0, **changed: Any) -> FindingTold:
    """A finding of the crew's street, without a round, as a person tells it."""
    place = PlaceTold(crew.district.street.communities[community].pk, "文昌路 3 号")
    return FindingTold(**{"way": way, "category": category().pk, "note": "已劝离", "place": place, **changed})


def finding_of(crew: Crew, way: str = "handled", photos: Any = (), at: Any = NOW, **changed: Any) -> Finding:
    """The same, noted by a member."""
    return note_finding(by=crew.members[0], at=at, told=told_of(crew, way, **changed), photos=photos)
