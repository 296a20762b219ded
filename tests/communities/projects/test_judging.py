"""Residents' representatives judge: as many as needed, exactly the share; what is not accepted becomes tasks."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from communities.actions.rules import RuleTold, save_local_rule
from communities.models import AcceptanceVoice, LocalRule, Project
from communities.projects.actions import AcceptanceTold, VoiceTold
from tests.communities.projects.conftest import assert_true
from tests.communities.projects.works import NOW, TODAY, Work, kinds, now_of, voices, work_of
from tests.office import District, china
from tests.racing import race


def result(project: Project) -> tuple[Any, ...]:
    one = project.acceptances.latest("ordinal")
    return (one.satisfied, one.fairly, one.dissatisfied, one.needed_voices, one.needed_percent, one.is_accepted)


@pytest.mark.parametrize(
    ("letters", "state", "found"),
    [
        ("sssssss", "completed", (7, 0, 0, 7, 80, True)),
        ("ssssssfn", "completed", (6, 1, 1, 7, 80, True)),
        ("ssssssssnn", "completed", (8, 0, 2, 7, 80, True)),  # exactly four fifths
        ("sssssnn", "running", (5, 0, 2, 7, 80, False)),  # five of seven
    ],
)
def test_the_result_is_counted_exactly(work: Work, letters: str, state: str, found: tuple[Any, ...]) -> None:
    project = work.asked()
    work.judge(project, letters)
    project = now_of(project)
    assert (project.state, result(project), project.ended_on) == (state, found, TODAY if state == "completed" else None)


def test_accepted_it_is_completed_and_names_stay_out_of_the_history(work: Work) -> None:
    project = work.asked()
    event = work.judge(project, "ssssssf")
    assert (now_of(project).due_at, kinds(project)[-1], "代表1" in str(event.changes)) == (None, "project_judge", False)
    voice = AcceptanceVoice.objects.order_by("pk").first()
    assert voice is not None
    assert (voice.name, voice.represents, AcceptanceVoice.objects.count()) == ("代表1", "第1居民小组", 7)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM communities_acceptancevoice")
        assert not any("代表" in name for (name,) in cursor.fetchall())
    assert Message.objects.filter(kind="project_judge", recipient=work.street.leader).exists()


def test_not_accepted_what_was_said_becomes_tasks_until_a_day(work: Work) -> None:
    project = work.asked()
    told = AcceptanceTold(TODAY, "居委会", (*voices("sssssn"), VoiceTold(7, "甲", "楼栋长", "not", "长" * 300)))
    work.judge(project, "", told=told)
    tasks = list(project.tasks.order_by("pk"))
    assert [(one.text, one.owner, one.due_on, one.due_at) for one in tasks] == [
        ("灯不亮6", work.street.clerk, date(2026, 3, 19), china("2026-03-19 18:00")),
        ("长" * 199 + "…", work.street.clerk, date(2026, 3, 19), china("2026-03-19 18:00")),
    ]
    assert (kinds(project)[-1], now_of(project).due_at) == ("project_send_back", china("2026-04-22 18:00"))
    with pytest.raises(WrongState):
        work.judge(project, "sssssss")


def test_sent_back_after_its_last_day_it_has_until_the_day_of_its_tasks(work: Work) -> None:
    project = work.asked(last_on=TODAY, stages=())
    work.judge(project, "nnnnnnn")
    assert now_of(project).due_at == china("2026-03-19 18:00")


def test_too_few_representatives_judge_nothing(work: Work) -> None:
    project = work.asked()
    with pytest.raises(Invalid) as error:
        work.judge(project, "ssssss")
    assert (set(error.value.fields), now_of(project).state, project.acceptances.count()) == (
        {"voices"}, "acceptance", 0,
    )  # fmt: skip
    with pytest.raises(Invalid):
        work.judge(project, "s" * 100)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": ""}, "name_1"),
        ({"name": "x" * 61}, "name_1"),
        ({"represents": ""}, "represents_1"),
        ({"verdict": "x"}, "verdict_1"),
        ({"verdict": "not", "words": " "}, "words_1"),
        ({"words": "x" * 501}, "words_1"),
    ],
)
def test_each_line_is_checked(work: Work, told: dict[str, str], field: str) -> None:
    first = VoiceTold(1, **{"name": "甲", "represents": "楼", "verdict": "satisfied", "words": "", **told})
    with pytest.raises(Invalid) as error:
        work.judge(work.asked(), "", told=AcceptanceTold(TODAY, "居委会", (first, *voices("ssssssss")[1:])))
    assert set(error.value.fields) == {field}


@pytest.mark.parametrize(
    ("given", "field"),
    [({"place": ""}, "place"), ({"note": "x" * 1001}, "note"), ({"on": date(2026, 3, 3)}, "on"),
     ({"on": date(2026, 3, 5)}, "on")],
)  # fmt: skip
def test_the_sheet_is_checked(work: Work, given: dict[str, Any], field: str) -> None:
    told = {"on": TODAY, "place": "居委会", "note": "", **given}
    with pytest.raises(Invalid) as error:
        work.judge(work.asked(), "", told=AcceptanceTold(voices=voices("sssssss"), **told))
    assert set(error.value.fields) == {field}


def test_an_office_sets_its_own_number_and_share(work: Work) -> None:
    for name, value, unit in (("project_voices", 3, "pe"), ("project_share", 100, "pc"), ("project_rework", 5, "nd")):
        told = RuleTold(name, TODAY, value, unit, "街道办通知")
        same = [save_local_rule(by=work.street.clerk, at=NOW, told=told) for _again in range(2)]
        assert same[0] == same[1]
    assert LocalRule.objects.count() == 3
    one, two = work.asked(), work.asked()
    work.judge(one, "ssf")
    work.judge(two, "sssn")
    assert (now_of(one).state, now_of(two).state, two.tasks.get().due_on) == (
        "completed", "running", date(2026, 3, 9),
    )  # fmt: skip
    assert result(two) == (3, 0, 1, 3, 100, False)


def test_who_enters_a_sheet(work: Work) -> None:
    project = work.asked()
    for who, error in (
        (work.street.officer, NotPermitted),
        (work.street.auditor, NotPermitted),
        (work.district.other.clerk, NotFound),
    ):
        with pytest.raises(error):
            work.judge(project, "sssssss", by=who)
    with pytest.raises(WrongState):
        work.judge(work.running(), "sssssss")
    with pytest.raises(Stale):
        work.judge(project, "sssssss", version=2)
    once = {"request_key": "a", "version": 3}
    assert work.judge(project, "sssssss", **once) == work.judge(project, "sssssss", **once)
    assert AcceptanceVoice.objects.count() == 7
    with pytest.raises(KeyReused):
        work.judge(project, "ssssssf", **once)


def test_of_two_sheets_at_once_one_counts(committed: District, media: Any) -> None:
    work = work_of(committed)
    project = work.asked()
    found = race([lambda: work.judge(project, "sssssss"), lambda: work.judge(project, "sssssnn")])
    assert sorted(type(one).__name__ for one in found) == ["ProjectEvent", "WrongState"]
    assert (project.acceptances.count(), AcceptanceVoice.objects.count()) == (1, 7)
    assert_true()
