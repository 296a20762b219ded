"""The demo offices tell the public who answers; some boards are out of date."""

import re
from pathlib import Path

from cases.demo import names, prepare
from communities.areas.lifecycle import STAGES
from communities.areas.verification import verify_areas
from communities.boards.demo import make_boards
from communities.boards.verification import verify_boards
from communities.demo import DISTRICT_CODE, seed
from communities.models import Board, BoardPhoto, Portrait, PublicCard, PublicOffice, ResidentialArea
from tests.office import china


def test_the_demo_boards_stand_and_some_wait(db: None, media: Path) -> None:
    now, told = china("2026-11-24 10:30"), []
    prepare(passwords={}, now=now)
    assert names.DISTRICT_CODE == DISTRICT_CODE
    seed(now=now, tell=told.append)
    count = Board.objects.count()
    assert (count >= 12, len(told)) == (True, 4)  # boards, duties, areas, institutions
    waiting = Board.objects.filter(state="renew")
    assert waiting.filter(due_at__lt=now, ladder_code="B2").exists()
    assert waiting.filter(due_at__gt=now).exists()
    assert 0 < waiting.count() < count / 2
    assert BoardPhoto.objects.exclude(state="ready").exists() is False
    assert 0 < Portrait.objects.filter(state="ready").count() < PublicCard.objects.count()
    assert PublicOffice.objects.count() == 2
    assert {one for one in Board.objects.values_list("place", flat=True) if re.search("[A-Za-z]", one)} == set()
    assert [found for _name, found in verify_boards() if found] == []
    assert set(ResidentialArea.objects.values_list("state", flat=True)) == {*STAGES} - {"struck"}
    assert [found for _name, found in verify_areas() if found] == []
    seed(now=now, tell=told.append)
    assert (Board.objects.count(), len(told)) == (count, 4)


def test_without_the_demo_office_there_are_none(db: None) -> None:
    assert make_boards(china("2026-11-24 10:30"), DISTRICT_CODE) == 0
