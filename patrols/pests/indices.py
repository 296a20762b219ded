"""THE table of density indices (密度指数): how each is surveyed and divided; exact, and pure.

Source: GB/T 27770 to 27773-2011; that small water is counted per 1,000 m is a reading of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from citymgmt.wording import gettext_noop

PESTS: Mapping[str, str] = {
    "rodent": gettext_noop("rodents"),
    "mosquito": gettext_noop("mosquitoes"),
    "fly": gettext_noop("flies"),
    "cockroach": gettext_noop("cockroaches"),
}


@dataclass(frozen=True)
class Method:
    """A way to survey a pest, and what is written down of it; an empty wording: that number is not asked for.

    `sampled` is what was looked at (rooms, metres, ladles, persons), `positive` those of it that had the pest or its
    traces, `counted` the animals. With `minutes` the effort is the product of persons and minutes. Where `is_share`,
    no more can be positive than were sampled.
    """

    code: str
    pest: str
    label: str
    sampled: str
    positive: str = ""
    counted: str = ""
    minutes: str = ""
    is_share: bool = True


ROOMS = gettext_noop("rooms inspected")
METRES = gettext_noop("metres walked")
METHODS: Mapping[str, Method] = {
    one.code: one
    for one in (
        Method("rodent_rooms", "rodent", gettext_noop("Rodent traces indoors"), ROOMS,
               positive=gettext_noop("rooms with traces")),
        Method("rodent_path", "rodent", gettext_noop("Rodent traces along a path outdoors"), METRES,
               positive=gettext_noop("places with traces"), is_share=False),
        Method("mosquito_path", "mosquito", gettext_noop("Small water along a path"), METRES,
               positive=gettext_noop("small waters with larvae"), is_share=False),
        Method("mosquito_ladle", "mosquito", gettext_noop("Large water by the ladle"),
               gettext_noop("ladles taken"), positive=gettext_noop("ladles with larvae or pupae"),
               counted=gettext_noop("larvae and pupae")),
        Method("mosquito_landing", "mosquito", gettext_noop("Mosquitoes landing on a person"),
               gettext_noop("persons observed"), counted=gettext_noop("mosquitoes landed"),
               minutes=gettext_noop("minutes each")),
        Method("fly_rooms", "fly", gettext_noop("Flies indoors"), ROOMS, positive=gettext_noop("rooms with flies"),
               counted=gettext_noop("flies counted")),
        Method("fly_food", "fly", gettext_noop("Flies where ready-to-eat food is sold"),
               gettext_noop("places inspected"), positive=gettext_noop("places with flies")),
        Method("fly_breeding", "fly", gettext_noop("Breeding places of flies"),
               gettext_noop("breeding places inspected"), positive=gettext_noop("places with larvae or pupae")),
        Method("cockroach_rooms", "cockroach", gettext_noop("Cockroaches indoors"), ROOMS,
               positive=gettext_noop("rooms with cockroaches")),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """What surveys of one method found, added up; `effort` in the unit of the method (rooms, metres, ladles,
    person-minutes).
    """

    effort: int = 0
    positive: int = 0
    counted: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.effort + other.effort, self.positive + other.positive, self.counted + other.counted)


NOTHING = Counts()


def counts_of(method: str, sampled: int, minutes: int | None, positive: int, counted: int) -> Counts:
    """What one survey found, its effort in the unit of the method."""
    effort = sampled * (minutes or 0) if METHODS[method].minutes else sampled
    return Counts(effort, positive, counted)


@dataclass(frozen=True)
class Index:
    """An index: `scale` times one of the counts of its method, divided by another; `unit` is that of the value."""

    code: str
    method: str
    label: str
    unit: str
    numerator: str
    denominator: str
    scale: int

    @property
    def pest(self) -> str:
        """The pest that it measures."""
        return METHODS[self.method].pest


PER_CENT = "%"
INDICES: Mapping[str, Index] = {
    one.code: one
    for one in (
        Index("rodent_rooms", "rodent_rooms", gettext_noop("Rooms with rodent traces"), PER_CENT,
              "positive", "effort", 100),
        Index("rodent_path", "rodent_path", gettext_noop("Outdoor path index of rodents"),
              gettext_noop("places per 2,000 m"), "positive", "effort", 2000),
        Index("mosquito_path", "mosquito_path", gettext_noop("Path index of small water"),
              gettext_noop("waters per 1,000 m"), "positive", "effort", 1000),
        Index("mosquito_ladle", "mosquito_ladle", gettext_noop("Ladle index"), PER_CENT, "positive", "effort", 100),
        Index("mosquito_larvae", "mosquito_ladle", gettext_noop("Larvae and pupae per positive ladle"),
              gettext_noop("per positive ladle"), "counted", "positive", 1),
        Index("mosquito_landing", "mosquito_landing", gettext_noop("Landing index"),
              gettext_noop("per person and 30 min"), "counted", "effort", 30),
        Index("fly_rooms", "fly_rooms", gettext_noop("Rooms with flies"), PER_CENT, "positive", "effort", 100),
        Index("fly_density", "fly_rooms", gettext_noop("Flies per positive room"),
              gettext_noop("per positive room"), "counted", "positive", 1),
        Index("fly_food", "fly_food", gettext_noop("Ready-to-eat food places with flies"), PER_CENT,
              "positive", "effort", 100),
        Index("fly_breeding", "fly_breeding", gettext_noop("Positive breeding places of flies"), PER_CENT,
              "positive", "effort", 100),
        Index("cockroach_rooms", "cockroach_rooms", gettext_noop("Rooms with cockroaches"), PER_CENT,
              "positive", "effort", 100),
    )
}  # fmt: skip


def value(index: Index, counts: Counts) -> Fraction | None:
    """The index of surveys of its method, in its unit; None where it divides by nothing."""
    below: int = getattr(counts, index.denominator)
    above: int = getattr(counts, index.numerator)
    return Fraction(index.scale * above, below) if below else None


def indices_of(pest: str) -> list[Index]:
    """The indices of a pest, in the order of the table."""
    return [one for one in INDICES.values() if one.pest == pest]
