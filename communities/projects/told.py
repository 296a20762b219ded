"""Projects, tasks and acceptance sheets as somebody of the office writes them."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class GoalTold:
    """A goal as a person writes it in a line of a form; `ordinal` names one that is there already."""

    line: int
    measure: str
    unit: str
    target: Decimal
    ordinal: int = 0

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the goal."""
        return {"measure": self.measure.strip(), "unit": self.unit.strip(), "target": self.target}


@dataclass(frozen=True)
class StageTold:
    """A stage as a person writes it in a line of a form; `ordinal` names one that is there already."""

    line: int
    name: str
    from_on: date
    until_on: date
    ordinal: int = 0

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the stage."""
        return {"name": self.name.strip(), "from_on": self.from_on, "until_on": self.until_on}


@dataclass(frozen=True)
class ProjectTold:
    """A project as a person writes it; people, units and communities by their ids, no community: the whole office."""

    name: str
    aim: str
    responsible: int
    first_on: date
    last_on: date
    theme: str = ""
    source: str = ""
    reason: str = ""
    lead_unit: int | None = None
    lead_text: str = ""
    partners: str = ""
    participants: str = ""
    cost_planned: Decimal | None = None
    cost_spent: Decimal | None = None
    funds: str = ""
    communities: tuple[int, ...] = ()
    goals: tuple[GoalTold, ...] = ()
    stages: tuple[StageTold, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the row."""
        texts = ("name", "aim", "theme", "source", "reason", "lead_text", "partners", "participants", "funds")
        plain = ("first_on", "last_on", "cost_planned", "cost_spent")
        return {
            **{name: getattr(self, name).strip() for name in texts},
            **{name: getattr(self, name) for name in plain},
            "responsible_id": self.responsible,
            "lead_unit_id": self.lead_unit,
            "is_for_all": not self.communities,
        }

    @property
    def asked(self) -> dict[str, Any]:
        """All that was written, to tell a resend from another request."""
        lines = {"goals": [list(asdict(one).values()) for one in self.goals]}
        return {**self.columns, **lines, "communities": list(self.communities),
                "stages": [list(asdict(one).values()) for one in self.stages]}  # fmt: skip


@dataclass(frozen=True)
class TaskTold:
    """A task as a person writes it: for a person, for whoever acts for a community, or for a unit; by their ids, and
    the ordinal of its stage.
    """

    text: str
    due_on: date
    owner: int | None = None
    community: int | None = None
    unit: str = ""
    stage: int | None = None


@dataclass(frozen=True)
class VoiceTold:
    """What a residents' representative said, in a line of a form."""

    line: int
    name: str
    represents: str
    verdict: str
    words: str = ""


@dataclass(frozen=True)
class AcceptanceTold:
    """An acceptance sheet as somebody of the office enters it."""

    on: date
    place: str
    voices: tuple[VoiceTold, ...]
    note: str = ""

    @property
    def asked(self) -> dict[str, Any]:
        """All that was written, to tell a resend from another request."""
        voices = [list(asdict(one).values()) for one in self.voices]
        return {"on": self.on, "place": self.place, "note": self.note, "voices": voices}
