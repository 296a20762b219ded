"""THE table of what differs between campaigns, mass activities and practical matters. Pure.

Nothing else in the room asks of which kind a project is. Source: domain.md 1, rows 4, 12, 13 and 22; the stages, with
the share of the time that each takes, are proposals.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from citymgmt.wording import gettext_noop


@dataclass(frozen=True)
class Proposed:
    """A stage that a new project is proposed: `percent` of its days."""

    label: str
    percent: int


@dataclass(frozen=True)
class ProjectKind:
    """A kind of project: `marks_cases` lets cases be marked with it, `asks_acceptance` completes it by the public
    acceptance alone, `is_published` has it published unless somebody says otherwise, `tells_source` and `tells_cost`
    have the forms ask where it came from and what it costs.
    """

    key: str
    label: str
    plural: str
    icon: str
    stages: tuple[Proposed, ...]
    marks_cases: bool = False
    asks_acceptance: bool = False
    is_published: bool = False
    tells_source: bool = False
    tells_cost: bool = False


CAMPAIGN, ACTIVITY, PRACTICAL_MATTER = "campaign", "activity", "practical"
_ALL = (
    ProjectKind(
        CAMPAIGN,
        gettext_noop("special campaign"),
        gettext_noop("Campaigns"),
        "bullseye",
        (
            Proposed(gettext_noop("Launch and survey"), 15),
            Proposed(gettext_noop("Concentrated effort"), 60),
            Proposed(gettext_noop("Check and make it last"), 25),
        ),
        marks_cases=True,
    ),
    ProjectKind(
        ACTIVITY,
        gettext_noop("mass activity"),
        gettext_noop("Mass activities"),
        "people",
        (
            Proposed(gettext_noop("Prepare and invite"), 40),
            Proposed(gettext_noop("Carry out"), 40),
            Proposed(gettext_noop("Sum up"), 20),
        ),
        is_published=True,
    ),
    ProjectKind(
        PRACTICAL_MATTER,
        gettext_noop("practical matter"),
        gettext_noop("Practical matters"),
        "house-heart",
        (
            Proposed(gettext_noop("Plan and ask residents"), 20),
            Proposed(gettext_noop("Carry out"), 60),
            Proposed(gettext_noop("Public acceptance"), 20),
        ),
        asks_acceptance=True,
        is_published=True,
        tells_source=True,
        tells_cost=True,
    ),
)
KINDS: Mapping[str, ProjectKind] = {one.key: one for one in _ALL}
KIND_CHOICES = [(one.key, one.label) for one in _ALL]
MARKING = tuple(one.key for one in _ALL if one.marks_cases)
