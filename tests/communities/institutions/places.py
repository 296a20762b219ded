"""A school in the first street's first community, for tests: Wednesday morning."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from citymgmt.people.models import User
from communities.institutions import actions
from communities.institutions.actions import AgreementTold, InstitutionTold, PledgeTold, VisitTold
from communities.institutions.credit_code import check_character
from communities.models import Community, Institution, InstitutionVisit, Pledge
from tests.office import District, Street, china
from tests.photos.pictures import photo

NOW = china("2026-03-04 09:00")  # a Wednesday
TODAY = date(2026, 3, 4)
ONE_DAY = timedelta(days=1)
BODY = "12440106MB2C00001"
CODE = BODY + check_character(BODY)
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
TOLD = InstitutionTold(
    "第一小学", "school", CODE, "龙口西路 1 号", area_text="校门至路沿", frontage_m=60, contact_name="李老师",
    office_phone="020-87551234",
)  # fmt: skip
SWEPT = PledgeTold("校门口每天清扫两次", by_day=date(2026, 3, 10))


@dataclass
class Place:
    """The school and what belongs to it."""

    district: District
    school: Institution

    @property
    def street(self) -> Street:
        return self.district.street

    @property
    def community(self) -> Community:
        return self.street.communities[0]

    @property
    def officer(self) -> User:
        return self.street.officer

    def visit(self, *pledges: PledgeTold, on: date = TODAY, at: Any = NOW, **given: Any) -> InstitutionVisit:
        """The officer was there."""
        told = {"by": self.officer, "at": at, "institution": self.school.pk, "told": VisitTold(on, "门前三包", 5)}
        return actions.record_visit(**{**told, "pledges": pledges, **given})

    def promised(self, told: PledgeTold = SWEPT) -> Pledge:
        """What the school promised at a visit."""
        return self.visit(told).pledges.get()

    def sign(self, signed_on: date = TODAY, days: int = 365, **given: Any) -> Any:
        """The clerk enters the agreement that was signed."""
        told = AgreementTold(signed_on, signed_on + days * ONE_DAY)
        asked = {"by": self.street.clerk, "at": NOW, "institution": self.school.pk, "told": told, "paper": PDF}
        return actions.sign_agreement(**{**asked, **given})

    def another(self, name: str, community: int = 0, **given: Any) -> Institution:
        """One more institution of the street, without a code."""
        told = replace(TOLD, **{"name": name, "credit_code": "", **given})
        place = self.street.communities[community]
        return actions.enter_institution(by=self.street.clerk, at=NOW, community=place.pk, told=told)


def place_of(district: District) -> Place:
    """The school is entered by the clerk."""
    street = district.street
    given = {"by": street.clerk, "at": NOW, "community": street.communities[0].pk}
    return Place(district, actions.enter_institution(**given, told=TOLD))


def shot() -> bytes:
    """A photo."""
    return photo(120, 90)
