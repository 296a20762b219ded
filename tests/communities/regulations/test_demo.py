"""The demo offices have rules of their own, one of them replaced."""

from cases.demo import prepare
from communities.demo import DISTRICT_CODE
from communities.models import Regulation
from communities.regulations.demo import make_rules
from tests.office import china

NOW = china("2026-11-24 10:30")


def test_the_demo_offices_have_rules(db: None) -> None:
    assert make_rules(NOW, DISTRICT_CODE) == 0
    prepare(passwords={}, now=NOW)
    count = make_rules(NOW, DISTRICT_CODE)
    own = Regulation.objects.exclude(subdistrict=None)
    assert (count, own.exclude(replaced_by=None).count(), own.filter(folded__contains="三包").exists()) == (8, 2, True)
    assert make_rules(NOW, DISTRICT_CODE) == 0
