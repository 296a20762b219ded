"""What a test committed is gone after it, however it is removed."""

import pytest

from cases.models import Citation
from citymgmt.people.kept import Kept
from citymgmt.people.models import Organisation
from communities.models import Regulation
from tests import fixtures
from tests.cases.stories import case_in
from tests.office import District

FOUND = fixtures.filled_tables


def only_people() -> dict[str, int]:
    """What is found when everything else is written a moment later."""
    return {name: count for name, count in FOUND().items() if name.startswith("people_")}


@pytest.mark.parametrize(
    ("name", "instead", "is_deleted"),
    [("ROOTS", fixtures.ROOTS, True), ("MANY_ROWS", 1, False), ("filled_tables", only_people, False)],
    ids=["row by row", "many", "written meanwhile"],
)
def test_what_was_committed_is_removed(
    committed: District, monkeypatch: pytest.MonkeyPatch, name: str, instead: object, is_deleted: bool
) -> None:
    case_in(committed, "escalated")
    kept = [Kept(lambda of=of: set(of.objects.values_list("pk", flat=True)), of) for of in (Regulation, Organisation)]
    assert all(one() for one in kept)
    monkeypatch.setattr(fixtures, name, instead)
    answers = []
    delete = fixtures.delete_committed
    monkeypatch.setattr(fixtures, "delete_committed", lambda: answers.append(delete()) or answers[-1])
    assert {"cases_case", "cases_caseevent", "people_user"} <= set(FOUND())
    fixtures.remove_committed()
    assert (answers, set(FOUND())) == ([is_deleted], set(fixtures.OWN))  # what all offices share stays, or comes again
    assert (Regulation.objects.count(), Citation.objects.exists()) == (12, True)
    assert [one() for one in kept] == [set(Regulation.objects.values_list("pk", flat=True)), set()]  # nobody keeps more
