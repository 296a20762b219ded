"""Making demo data: repeatable, safe to repeat, never half done, and nobody else's people are touched."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation

from cases.demo import is_played, kept_passwords, play, prepare, scenes
from cases.demo.names import DEMO_LOGINS
from cases.models import Case, CaseEvent
from citymgmt.people.models import SubDistrict, User
from tests import office

NOW = office.china("2026-11-24 10:30")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences as written in the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def without_scenes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a few ordinary cases, and nothing of the other rooms, so that the tests are quick."""
    for room in ("cases.meetings", "cases.statistics", "communities", "patrols"):
        monkeypatch.setattr(f"{room}.demo.seed", lambda **_told: None)
    monkeypatch.setattr(scenes, "SCENES", ())
    monkeypatch.setattr(scenes, "PAST", scenes.PAST[:4])


def user(name: str) -> User:
    return User.objects.get(username=name)


def told(now: Any, seed: int) -> list[tuple[Any, ...]]:
    """Play a small half year, keep its histories and undo it."""
    with transaction.atomic():
        play(prepare(passwords={}, now=now), now=now, cases=16, seed=seed)
        events = CaseEvent.objects.order_by("case__number", "seq")
        rows = list(events.values_list("case__number", "kind", "at", "by__username", "note", "case__description"))
        transaction.set_rollback(True)
    return rows


def test_same_seed_same_histories_other_seed_others(db: None, without_scenes: None) -> None:
    first, second, other = told(NOW, 5), told(NOW, 5), told(NOW, 6)
    assert (first == second, first == other) == (True, False)


@pytest.mark.parametrize("moment", ["2027-01-01 12:00"])
def test_nothing_is_refused_at_any_moment(db: None, caplog: Any, moment: str) -> None:
    assert told(office.china(moment), 3) != []
    assert [record.message for record in caplog.records if "the demo left" in record.message] == []


def test_command_writes_the_log_ins_for_the_owner_alone(
    db: None, without_scenes: None, settings: Any, tmp_path: Path, capsys: Any
) -> None:
    settings.VAR_DIR = tmp_path
    call_command("seed_demo", "--cases", "16")
    file = tmp_path / "demo-logins.json"
    passwords = json.loads(file.read_text())
    assert (sorted(passwords), stat.S_IMODE(file.stat().st_mode)) == (sorted(DEMO_LOGINS), 0o600)
    assert user("clerk").check_password(passwords["clerk"])
    count = Case.objects.count()
    call_command("seed_demo", "--cases", "16")
    assert (Case.objects.count(), json.loads(file.read_text())) == (count, passwords)
    assert "nothing was changed" in capsys.readouterr().out


def test_run_that_was_cut_short_keeps_its_passwords_and_is_finished(
    db: None, without_scenes: None, tmp_path: Path
) -> None:
    passwords = kept_passwords(tmp_path / "logins.json")
    prepare(passwords=passwords, now=NOW)
    people = User.objects.count()
    assert not is_played()
    assert kept_passwords(tmp_path / "logins.json") == passwords
    play(prepare(passwords=passwords, now=NOW), now=NOW, cases=1, seed=1)
    assert (is_played(), User.objects.count()) == (True, people)


def test_people_of_another_district_are_left_alone(
    db: None, without_scenes: None, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    elsewhere = SubDistrict.objects.create(
        code="440106009", name_zh="丙街", district_code="440106", district_name="天河区"
    )
    office.user("clerk", "clerk", subdistrict=elsewhere)
    with pytest.raises(CommandError, match="another district"):
        call_command("seed_demo", "--cases", "16")
    assert user("clerk").check_password("clerk-secret")


@pytest.mark.parametrize("count", ["0", "-1", "x", "20001", "²"])
def test_senseless_numbers_of_cases_are_refused(db: None, without_scenes: None, count: str) -> None:
    with pytest.raises(CommandError):
        call_command("seed_demo", "--cases", count)
