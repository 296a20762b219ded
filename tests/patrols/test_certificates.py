"""Certificates: entered once; holder and leader are told thirty days before, and on the day, each once."""

from datetime import date, timedelta
from typing import Any

import pytest

from citymgmt.outbox.models import Message
from citymgmt.people.roles import Role
from citymgmt.refusals import Invalid, NotFound, NotPermitted
from patrols.tasks import tell_of_expiring_certificates
from patrols.teams.actions import CertificateTold, save_certificate, tell_of_certificates
from patrols.teams.models import Certificate, Team
from patrols.teams.notices import leaders_of
from tests.office import user
from tests.patrols.teams import NOW, ONE_DAY, TODAY, Crew


def save(crew: Crew, by: Any = None, pk: int | None = None, **changed: Any) -> Certificate:
    told = {
        "user": crew.members[0].pk,
        "kind": "driving",
        "number": "粤A-001",
        "issued_on": date(2024, 1, 1),
        "expires_on": date(2026, 6, 1),
    }
    by, told = by or crew.leader, {**told, **changed}
    return save_certificate(by=by, at=NOW, team=crew.team.pk, told=CertificateTold(**told), pk=pk)


def told_of(kind: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(kind=kind).order_by("id")
    return sorted((one.recipient.username, one.params["on"]) for one in rows)


def test_saving_the_same_again_changes_nothing_and_a_number_is_entered_once(crew: Crew) -> None:
    one = save(crew)
    assert save(crew) == one
    with pytest.raises(Invalid) as refused:
        save(crew, expires_on=date(2027, 6, 1))
    assert set(refused.value.fields) == {"number"}
    renewed = save(crew, pk=one.pk, expires_on=date(2030, 6, 1))
    assert (renewed.pk, Certificate.objects.get().expires_on) == (one.pk, date(2030, 6, 1))


WRONG = [
    ({"number": " "}, "number"), ({"number": "1" * 41}, "number"), ({"number": "\x00"}, "number"),
    ({"kind": "x"}, "kind"), ({"expires_on": date(2023, 12, 31)}, "expires_on"), ({"user": 0}, "user"),
    ({"issued_on": date(1999, 1, 1)}, "issued_on"), ({"expires_on": date(2101, 1, 1)}, "expires_on"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "field"), WRONG, ids=repr)
def test_refused(crew: Crew, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        save(crew, **changed)
    assert set(refused.value.fields) == {field}
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("role", ["clerk", "leader", "teamleader", "member", "officer", "admin", "secadmin", "auditor"])
def test_who_may(crew: Crew, role: str) -> None:
    by = getattr(crew.district.street, role)
    if role in ("clerk", "teamleader"):
        save(crew, by=by)
        return
    with pytest.raises(NotPermitted if role in ("leader", "member") else NotFound):
        save(crew, by=by)


@pytest.mark.parametrize(
    ("days", "soon", "over"), [(31, 0, 0), (30, 1, 0), (1, 1, 0), (0, 0, 1), (-29, 0, 1), (-30, 0, 0)]
)
def test_told_thirty_days_before_and_on_the_day(crew: Crew, days: int, soon: int, over: int) -> None:
    day = TODAY + timedelta(days=days)
    save(crew, expires_on=day)
    for _time in range(2):
        tell_of_certificates(at=NOW)
    both = [("member1", str(day)), ("teamleader1", str(day))]
    assert told_of("certificate_expiring") == both * soon
    assert told_of("certificate_expired") == both * over


def test_each_day_of_expiry_is_told_once_however_often_the_worker_looks(crew: Crew) -> None:
    one = save(crew, expires_on=TODAY + 10 * ONE_DAY)
    for hours in range(0, 240, 7):
        tell_of_certificates(at=NOW + timedelta(hours=hours))
    assert len(told_of("certificate_expiring")) == 2
    save(crew, pk=one.pk, expires_on=TODAY + 25 * ONE_DAY)
    tell_of_certificates(at=NOW)
    assert len(told_of("certificate_expiring")) == 4


def test_the_leader_who_holds_one_is_told_once_and_who_left_is_not_told(crew: Crew) -> None:
    save(crew, user=crew.leader.pk, expires_on=TODAY + 5 * ONE_DAY)
    save(crew, expires_on=TODAY + 5 * ONE_DAY)
    crew.members[0].is_active = False
    crew.members[0].save()
    tell_of_certificates(at=NOW)
    assert [who for who, _on in told_of("certificate_expiring")] == ["teamleader1"]


def test_the_worker_rings(crew: Crew) -> None:
    save(crew, expires_on=date(2100, 1, 1))
    tell_of_expiring_certificates()
    assert told_of("certificate_expiring") == told_of("certificate_expired") == []


def test_the_leaders_of_a_team_are_those_of_this_team_though_a_person_has_its_number(crew: Crew) -> None:
    numbered = Team.objects.create(
        pk=crew.district.other.teamleader.pk + 10**6, key="z", kind="pest_team", name_zh="消杀队",
        district_code=crew.team.district_code, subdistrict=crew.district.street.subdistrict,
    )  # fmt: skip
    same = user("same", Role.TEAM_LEADER, pk=numbered.pk, subdistrict=numbered.subdistrict, organisation=crew.team)
    assert leaders_of([numbered.pk, crew.team.pk]) == {crew.team.pk: [same, crew.leader]}
