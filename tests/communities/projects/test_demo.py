"""The demo office has begun and promised something of each kind."""

from pathlib import Path

from cases.demo import prepare
from communities.demo import DISTRICT_CODE
from communities.models import Project, ProjectAcceptance, ProjectPhoto
from communities.projects.demo import make_projects
from tests.communities.projects.conftest import assert_true
from tests.office import china


def test_the_demo_projects_are_of_each_kind_and_state(db: None, media: Path) -> None:
    now = china("2026-11-24 10:30")
    prepare(passwords={}, now=now)
    assert make_projects(now, DISTRICT_CODE) == 6
    found = Project.objects.order_by("pk").values_list("kind", "state", "ladder_code")
    assert list(found) == [
        ("campaign", "running", ""), ("activity", "running", ""), ("practical", "completed", "Z0"),
        ("practical", "acceptance", ""), ("practical", "running", "Z1"), ("campaign", "draft", ""),
    ]  # fmt: skip
    assert list(ProjectAcceptance.objects.order_by("ordinal").values_list("is_accepted", flat=True)) == [False, True]
    assert not ProjectPhoto.objects.exclude(state="ready").exists()
    assert_true()
    assert make_projects(now, DISTRICT_CODE) == 0


def test_without_the_demo_office_there_are_none(db: None) -> None:
    assert make_projects(china("2026-11-24 10:30"), DISTRICT_CODE) == 0
