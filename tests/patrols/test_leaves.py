"""Leave of a member: duties go to the substitute or become gaps, and the leader is told."""

from datetime import date, timedelta
from typing import Any

import pytest

from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, NotFound, NotPermitted
from patrols.teams.actions import Granted, LeaveTold, end_member_leave, grant_member_leave
from patrols.teams.models import Duty, MemberLeave
from tests.office import District
from tests.patrols.teams import NOW, ONE_DAY, TODAY, Crew, crew_of
from tests.racing import race

TEN, TWELVE = date(2026, 3, 10), date(2026, 3, 12)


def grant(crew: Crew, by: Any = None, at: Any = NOW, **changed: Any) -> Granted:
    told = {"user": crew.members[0].pk, "from_on": TEN, "until_on": TWELVE, "substitute": crew.members[1].pk}
    return grant_member_leave(by=by or crew.clerk, at=at, team=crew.team.pk, told=LeaveTold(**{**told, **changed}))


def messages(kind: str) -> list[tuple[str, dict[str, Any]]]:
    rows = Message.objects.filter(kind=kind).order_by("recipient__username")
    return [(one.recipient.username, one.params) for one in rows]


def test_duties_go_to_the_substitute_where_free_and_become_gaps_elsewhere(crew: Crew) -> None:
    away, stands_in = crew.members[:2]
    for on in (9, 10, 11, 12, 13):
        crew.put(away, date(2026, 3, on))
    crew.put(stands_in, date(2026, 3, 11))
    done = grant(crew)
    assert (done.handed, done.gaps) == (2, 1)
    assert [(row[0].day, row[2]) for row in crew.rows()] == [
        (9, "member1"), (10, "m2"), (11, "m2"), (12, "m2"), (13, "member1"),
    ]  # fmt: skip
    told = {"who": "member1", "from": "2026-03-10", "until": "2026-03-12", "handed": 2, "gaps": 1}
    assert messages("team_away") == [("teamleader1", told)]
    assert messages("team_stand_in") == [("m2", told)]


def test_without_a_substitute_they_are_gaps_and_nobody_stands_in(crew: Crew) -> None:
    crew.put(crew.members[0], TEN)
    done = grant(crew, substitute=None)
    assert (done.handed, done.gaps, crew.rows()) == (0, 1, [])
    assert messages("team_stand_in") == []


def test_who_is_away_too_stands_in_for_nobody(crew: Crew) -> None:
    crew.put(crew.members[0], TEN)
    grant(crew, user=crew.members[1].pk, substitute=None)
    assert grant(crew).gaps == 1


def test_what_has_begun_stays(crew: Crew) -> None:
    duty = crew.put(crew.members[0], TODAY, crew.evening)
    begun = duty.period.lower + timedelta(hours=1)
    assert grant(crew, at=begun, from_on=TODAY).handed == 0
    assert Duty.objects.get(pk=duty.pk).user == crew.members[0]


def test_asking_again_changes_nothing_and_other_days_that_overlap_are_refused(crew: Crew) -> None:
    leave = grant(crew).leave
    assert grant(crew) == Granted(leave)
    assert len(messages("team_away")) == 1
    for changed in ({"until_on": TEN}, {"from_on": TWELVE, "until_on": date(2026, 3, 20)}, {"reason": "病假"}):
        with pytest.raises(Invalid) as refused:
            grant(crew, **changed)
        assert set(refused.value.fields) == {"from_on"}
    grant(crew, from_on=TWELVE + ONE_DAY, until_on=TWELVE + ONE_DAY)
    assert MemberLeave.objects.count() == 2


WRONG = [
    ({"until_on": date(2026, 3, 9)}, "until_on"), ({"until_on": date(2027, 3, 11)}, "until_on"),
    ({"from_on": date(2026, 2, 1), "until_on": date(2026, 3, 1)}, "until_on"), ({"from_on": date(1, 1, 1)}, "from_on"),
    ({"reason": "x" * 101}, "reason"), ({"reason": "\x00"}, "reason"), ({"user": 0}, "user"),
    ({"substitute": 2**63}, "substitute"), ({"user": 10**30}, "user"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "field"), WRONG, ids=repr)
def test_refused(crew: Crew, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        grant(crew, **changed)
    assert set(refused.value.fields) == {field}
    assert not MemberLeave.objects.exists()


def test_nobody_stands_in_for_oneself_or_from_another_team(crew: Crew) -> None:
    for person in (crew.members[0], crew.district.other.member, crew.clerk):
        with pytest.raises(Invalid) as refused:
            grant(crew, substitute=person.pk)
        assert set(refused.value.fields) == {"substitute"}


@pytest.mark.parametrize("role", ["member", "leader", "officer", "auditor", "admin"])
def test_who_may_not(crew: Crew, role: str) -> None:
    with pytest.raises(NotPermitted if role in ("member", "leader") else NotFound):
        grant(crew, by=getattr(crew.district.street, role))


def test_a_leave_ends_early_or_is_withdrawn(crew: Crew) -> None:
    leave = grant(crew).leave
    told = {"by": crew.leader, "team": crew.team.pk, "pk": leave.pk}
    with pytest.raises(Invalid):
        end_member_leave(**told, at=NOW, last_on=date(2026, 3, 13))
    shorter = end_member_leave(**told, at=NOW, last_on=TEN)
    assert end_member_leave(**told, at=NOW, last_on=TEN) == shorter
    assert shorter is not None
    assert (shorter.from_on, shorter.until_on) == (TEN, TEN)
    assert end_member_leave(**told, at=NOW, last_on=TEN - ONE_DAY) is None
    assert not MemberLeave.objects.exists()
    with pytest.raises(NotFound):
        end_member_leave(**told, at=NOW, last_on=TEN)


def test_two_at_once_make_one_leave(committed: District) -> None:
    crew = crew_of(committed)
    race([lambda: grant(crew), lambda: grant(crew, by=crew.leader)])
    assert MemberLeave.objects.count() == 1
    assert len(messages("team_away")) == 1
