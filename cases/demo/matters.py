"""What happens in the demo city: a matter drawn by chance, with its words, place, way in and reporter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from cases.actions import Matter
from cases.demo import terrain
from cases.demo.people import Street, cell
from cases.demo.wording import SLOTS, SURNAMES, TOPICS, Topic
from cases.models import Case, CaseStandard
from communities.models import Community, KeyPlace, Project
from communities.projects.kinds import MARKING
from communities.projects.lifecycle import RUNNING

SOURCE = Case.Source
AT_DESK = {SOURCE.CALL: 26, SOURCE.PATROL: 40, SOURCE.HOTLINE: 14, SOURCE.VISIT: 6, SOURCE.PAPER: 3}
AT_DESK |= {SOURCE.VIDEO: 6, SOURCE.INSPECTION: 4, SOURCE.MEDIA: 1}
AT_ANY_TIME = {SOURCE.CITIZEN: 60, SOURCE.HOTLINE: 40}
WITH_REPORTER = frozenset({SOURCE.CALL, SOURCE.HOTLINE, SOURCE.VISIT, SOURCE.CITIZEN, SOURCE.PAPER})
OF_CAMPAIGN = 0.5  # share of the stalls that are found while a campaign against them runs
AT_KEY_PLACE = 0.35  # share of the matters that arise at a key place


@dataclass(frozen=True)
class Affair:
    """A matter with the filing condition that will fit it and the team that could handle it."""

    matter: Matter
    standard: CaseStandard
    team: str


class City:
    """Draws affairs; everything follows from the generator it is given."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        lines = [topic.line for topic in TOPICS]
        found = CaseStandard.objects.filter(line__in=lines, zone=0, validity__upper_inf=True).select_related(
            "category__disorder"
        )
        self.standards = {standard.line: standard for standard in found}
        self.topics = [topic for topic in TOPICS if topic.line in self.standards]
        self.campaigns = {one.subdistrict_id: one for one in Project.objects.filter(kind__in=MARKING, state=RUNNING)}

    def topic(self, fits: Callable[[Topic, CaseStandard], bool] = lambda topic, standard: True) -> Topic:
        """A topic that fits; the common ones come more often."""
        fitting = [topic for topic in self.topics if fits(topic, self.standards[topic.line])]
        return self.rng.choices(fitting, [topic.weight for topic in fitting])[0]

    def community(self, street: Street) -> Community:
        """A community, more often a busy one."""
        return self.rng.choices(street.communities, [known.share for known in street.name.communities])[0]

    def affair(
        self,
        street: Street,
        topic: Topic,
        community: Community,
        source: str,
        *,
        is_campaign: bool = False,
        on: date | None = None,
    ) -> Affair:
        """A matter of this topic in this community; `on` is the day, if it may be work of a campaign."""
        standard, place = self.standards[topic.line], self._key_place(street, community)
        longitude, latitude = self._point(street, community, place)
        name, phone = self._reporter() if source in WITH_REPORTER else ("", "")
        campaign = self._campaign(street, topic, on)
        matter = Matter(
            description=self._told(topic),
            source=source,
            community=community,
            category=standard.category if source != SOURCE.CITIZEN or self.rng.random() < 0.6 else None,
            key_place=place,
            address=f"{place.name_zh}附近" if place else self._address(street, community),
            longitude=longitude,
            latitude=latitude,
            is_campaign=is_campaign,
            campaign=campaign,
            reporter_name=name,
            reporter_phone=phone,
        )
        return Affair(matter, standard, topic.team)

    def _campaign(self, street: Street, topic: Topic, on: date | None) -> Project | None:
        """The campaign against stalls while it runs, for half of what patrols find of its kind."""
        found = self.campaigns.get(street.subdistrict.pk)
        if found is None or on is None or found.started_on is None or on < found.started_on:
            return None
        of_its_kind = self.standards[topic.line].category.disorder.key == "vending"
        return found if of_its_kind and self.rng.random() < OF_CAMPAIGN else None

    def source(self, table: dict[SOURCE, int]) -> str:
        """A way in."""
        return self.rng.choices(list(table), list(table.values()))[0].value

    def _told(self, topic: Topic) -> str:
        return self.rng.choice(topic.told).format(**{slot: self.rng.choice(words) for slot, words in SLOTS.items()})

    def _key_place(self, street: Street, community: Community) -> KeyPlace | None:
        places = street.places[community.pk]
        return self.rng.choice(places) if places and self.rng.random() < AT_KEY_PLACE else None

    def _address(self, street: Street, community: Community) -> str:
        roads = street.name.communities[street.communities.index(community)].roads
        spot = self.rng.choice(("门口", "对面", "楼下", "旁", "后巷"))
        return f"{self.rng.choice(roads)}{self.rng.randint(1, 128)}号{spot}"

    def _point(self, street: Street, community: Community, place: KeyPlace | None) -> tuple[float, float]:
        east_part, north_part = self.rng.uniform(0.05, 0.95), self.rng.uniform(0.05, 0.95)
        if place is None or place.longitude is None or place.latitude is None:
            return terrain.inside(*cell(street.name, street.communities.index(community)), east_part, north_part)
        longitude = float(place.longitude) + (east_part - 0.5) / 2000  # within some 30 m of it
        latitude = float(place.latitude) + (north_part - 0.5) / 2000
        return round(longitude, 6), round(latitude, 6)

    def _reporter(self) -> tuple[str, str]:
        """Nobody: a surname and a number that no telephone has."""
        title = self.rng.choice(("先生", "女士", "阿姨", "伯"))
        return self.rng.choice(SURNAMES) + title, f"1200000{self.rng.randint(0, 9999):04d}"


def is_in_campaign(on: date, today: date) -> bool:
    """Two weeks of the half year were shock campaigns (迎检), so that steadiness can be seen to break."""
    return (today - on).days in (*range(48, 55), *range(118, 125))
