"""What tests of pest control begin with: a pest team of two, and records as people write them."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from citymgmt.people.models import Organisation, User
from citymgmt.people.roles import Role
from patrols.pests import actions
from patrols.pests.models import BreedingSite, DensitySurvey, PestOperation
from patrols.teams.models import Team
from tests.office import DISTRICT, District, user
from tests.patrols.teams import NOW, TODAY


@dataclass
class Squad:
    """A pest team with its leader and a member."""

    district: District
    team: Team
    leader: User
    member: User

    @property
    def clerk(self) -> User:
        """Of the team's office."""
        return self.district.street.clerk

    @property
    def place(self) -> int:
        """The community of the street's officer."""
        return self.district.street.communities[0].pk

    def operation(self, **changed: Any) -> actions.OperationTold:
        """Spraying by the member on a public green."""
        told = actions.OperationTold(
            community=self.place, place="榕树公园", place_kind="green", on=TODAY, pest="mosquito", method="spray",
            product="高效氯氰菊酯悬浮剂", quantity=Decimal("2.5"), unit="l", weather="sunny", people=(self.member.pk,),
            ingredient="高效氯氰菊酯", batch="20260101", registration="WP20100001", ratio="1:100", area_m2=3000,
            before="成蚊较多", after="未见成蚊", is_notice_posted=True,
        )  # fmt: skip
        return replace(told, **changed)

    def operate(self, by: User | None = None, pk: int | None = None, **changed: Any) -> PestOperation:
        """Save it."""
        told = self.operation(**changed)
        return actions.save_operation(by=by or self.member, at=NOW, team=self.team.pk, told=told, pk=pk)

    def survey(self, method: str = "rodent_rooms", by: User | None = None, **changed: Any) -> DensitySurvey:
        """Two of a hundred rooms with traces, or other numbers."""
        pk = changed.pop("pk", None)
        numbers = {"place": "一号院", "on": TODAY, "sampled": 100, "positive": 2, "community": self.place, **changed}
        told = actions.SurveyTold(method=method, **numbers)
        return actions.save_survey(by=by or self.member, at=NOW, team=self.team.pk, told=told, pk=pk)

    def find(self, by: User | None = None, **changed: Any) -> BreedingSite:
        """A heap of tyres with water in them."""
        told = {"community": self.place, "place": "旧轮胎堆", "kind": "container", "pest": "mosquito", "on": TODAY}
        given = {"by": by or self.member, "at": NOW, "team": self.team.pk}
        return actions.find_site(**given, told=actions.SiteTold(**{**told, **changed}))


def squad_of(district: District) -> Squad:
    """The pest team of the first street."""
    place = district.street.subdistrict
    kind = Organisation.Kind.PEST_TEAM
    Organisation.objects.create(
        key="pest", kind=kind, name_zh="甲街消杀队", district_code=DISTRICT, subdistrict=place
    )  # fmt: skip
    team = Team.objects.get(key="pest")
    own = {"subdistrict": place, "organisation": team}
    return Squad(district, team, user("pestleader", Role.TEAM_LEADER, **own), user("pester", Role.TEAM_MEMBER, **own))
