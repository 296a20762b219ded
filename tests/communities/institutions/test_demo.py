"""The demo offices know their institutions: most are visited, some promises wait, some are late."""

from pathlib import Path

from cases.demo import prepare
from communities.demo import DISTRICT_CODE
from communities.institutions.credit_code import is_right
from communities.institutions.demo import make_institutions
from communities.institutions.verification import verify_pledges
from communities.models import Institution, InstitutionPhoto, InstitutionVisit, Pledge
from tests.office import china


def test_the_demo_institutions_are_visited(db: None, media: Path) -> None:
    now = china("2026-11-24 10:30")
    prepare(passwords={}, now=now)
    count = make_institutions(now, DISTRICT_CODE)
    assert (count >= 12, Institution.objects.count()) == (True, count)
    assert all(is_right(code) for code in Institution.objects.values_list("credit_code", flat=True))
    assert set(InstitutionVisit.objects.values_list("state", flat=True)) == {"made", "planned"}
    assert set(Pledge.objects.values_list("state", flat=True)) == {"open", "kept"}
    assert Pledge.objects.filter(state="open", ladder_code="N2").exists()
    assert Pledge.objects.filter(state="open", due_at__gt=now).exists()
    assert not InstitutionPhoto.objects.exclude(state="ready").exists()
    assert [found for _name, found in verify_pledges() if found] == []
    assert make_institutions(now, DISTRICT_CODE) == 0


def test_without_the_demo_office_there_are_none(db: None) -> None:
    assert make_institutions(china("2026-11-24 10:30"), DISTRICT_CODE) == 0
