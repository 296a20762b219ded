"""Fixtures of the tests of the four duties."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from communities.four_duties import actions
from communities.four_duties.actions import AnswerTold, DutyTold
from communities.models import DutyAnswer, DutySheet
from tests.office import District, Street, china

BEGAN = china("2026-03-02 08:00")  # a Monday: the sheet of March
AT = china("2026-03-31 16:00")
DUE = china("2026-04-03 18:00")  # three working days after March


@dataclass
class Sheet:
    """The sheet of the first community of a street, which asks three duties; the third needs a photo."""

    street: Street
    pk: int

    def now(self) -> DutySheet:
        """As it lies in the database."""
        return DutySheet.objects.get(pk=self.pk)

    def answers(self) -> list[DutyAnswer]:
        """Its answers in order."""
        return list(DutyAnswer.objects.filter(sheet=self.pk).order_by("ordinal"))

    def kinds(self) -> list[str]:
        """What happened to it."""
        return list(self.now().events.order_by("seq").values_list("kind", flat=True))

    def fill(self, *marks: str, is_final: bool = True, **given: Any) -> Any:
        """Fill it in with these marks; whatever is not done has a note, the third a photo if `photos` are given."""
        photos = given.pop("photos", ())
        notes = given.pop("notes", ("", "", ""))
        told = [
            AnswerTold(number, mark, note, photos if number == 3 else ())
            for number, (mark, note) in enumerate(zip(marks, notes, strict=False), 1)
        ]
        usual = {"by": self.street.officer, "at": AT, "pk": self.pk, "answers": told, "is_final": is_final}
        return actions.fill_in_sheet(**{**usual, **given})


def listed(street: Street) -> None:
    """Three duties of 5, 10 and 5 points."""
    for number, (area, points, needs_photo) in enumerate(
        (("network", 5, False), ("content", 10, False), ("law", 5, True)), 1
    ):
        told = DutyTold(f"任务{number}", f"Duty {number}", area, points, number, needs_photo=needs_photo)
        actions.save_duty(by=street.leader, at=BEGAN, told=told)


def sheet_of(district: District) -> Sheet:
    """An open sheet."""
    listed(district.street)
    actions.open_sheets(at=BEGAN)
    found = DutySheet.objects.get(community=district.street.communities[0])
    return Sheet(district.street, found.pk)


@pytest.fixture
def sheet(district: District, media: Path) -> Sheet:
    """An open sheet."""
    return sheet_of(district)
