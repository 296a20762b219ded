"""A round is started once, by one person, walked point by point, and finished; each request may come twice."""

import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from cases.actions import process_photos
from citymgmt.people.models import User
from citymgmt.people.roles import Role
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Refusal, Stale, WrongState
from citymgmt.worktime import sweep
from patrols.rounds.actions.excusing import excuse_round
from patrols.rounds.actions.walking import CheckIn, finish_round, see_point, skip_point, start_round
from patrols.rounds.models import PatrolRound, RoundEvent, Visit, VisitPhoto
from patrols.rounds.querysets import visits_of
from patrols.rounds.verification import verify_rounds
from patrols.teams.actions import Position
from tests.office import District, china, user
from tests.patrols.rounds.walks import MINUTE, Walk, near, walk_of
from tests.patrols.teams import NOW, ONE_DAY, TODAY, crew_of
from tests.photos.pictures import photo
from tests.racing import meanwhile, race

pytestmark = pytest.mark.usefixtures("english")

LATER = NOW + 5 * MINUTE
WORD = CheckIn(is_by_word=True, note="摊档搬走了")


def see(walk: Walk, round_: PatrolRound, ordinal: int = 1, **told: Any) -> RoundEvent:
    """The walker checks in, close to the point unless told otherwise."""
    given = {"by": walk.walker, "at": LATER, "told": CheckIn(near(walk.points[ordinal - 1])), **told}
    return see_point(pk=round_.pk, ordinal=ordinal, **given)


def states(round_: PatrolRound) -> list[str]:
    return [visit.state for visit in visits_of(round_)]


# --- start ---------------------------------------------------------------------------------------------------------
def test_from_an_hour_before_the_shift_until_it_is_missed(walk: Walk) -> None:
    found = walk.round()  # the shift begins at 06:00
    with pytest.raises(WrongState):
        start_round(pk=found.pk, by=walk.walker, at=china("2026-03-02 04:59"))
    start_round(pk=found.pk, by=walk.walker, at=china("2026-03-02 05:00"))
    found.refresh_from_db()
    assert (found.state, found.walker, found.started_at) == ("walking", walk.walker, china("2026-03-02 05:00"))


def test_nobody_walks_two_rounds_and_nobody_starts_twice(walk: Walk) -> None:
    one, other = walk.running(), walk.round(TODAY, walk.crew.evening)
    with pytest.raises(WrongState, match="another round"):
        start_round(pk=other.pk, by=walk.walker, at=china("2026-03-02 14:00"))
    with pytest.raises(WrongState):
        start_round(pk=one.pk, by=walk.crew.members[1], at=LATER)
    see(walk, one)
    finish_round(pk=one.pk, by=walk.walker, at=LATER, note="下雨")
    start_round(pk=other.pk, by=walk.walker, at=china("2026-03-02 14:00"))


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("teamleader", None),
        ("clerk", NotPermitted),
        ("leader", NotPermitted),
        ("officer", NotFound),
        ("admin", NotFound),
    ],
)
def test_the_team_walks(walk: Walk, who: str, refused: type[Refusal] | None) -> None:
    found, by = walk.round(), getattr(walk.crew.district.street, who)
    if refused is None:
        start_round(pk=found.pk, by=by, at=NOW)
    else:
        with pytest.raises(refused):
            start_round(pk=found.pk, by=by, at=NOW)


# --- points --------------------------------------------------------------------------------------------------------
def test_by_position_metres_and_accuracy_are_kept_and_the_place_is_not(walk: Walk) -> None:
    found = walk.running()
    event = see(walk, found, told=CheckIn(near(walk.points[0], metres=140, accuracy_m=45)))
    visit = visits_of(found)[0]
    assert (visit.state, visit.at, visit.way, visit.metres, visit.accuracy_m) == ("seen", LATER, "position", 140, 45)
    assert set(event.changes["visit.1"]) == {"state", "at", "way", "note", "metres", "accuracy_m"}


@pytest.mark.parametrize("position", [None, "far", "unsure"])
def test_away_or_without_a_position_only_ones_word_with_a_note_counts(walk: Walk, position: str | None) -> None:
    found, point = walk.running(), walk.points[0]
    where = {None: None, "far": near(point, metres=350), "unsure": near(point, accuracy_m=501)}[position]
    with pytest.raises(Invalid, match="350 m" if position == "far" else "does not know"):
        see(walk, found, told=CheckIn(where))
    with pytest.raises(Invalid):
        see(walk, found, told=CheckIn(where, is_by_word=True, note=" "))
    assert states(found) == ["ahead"] * 3
    see(walk, found, told=CheckIn(where, is_by_word=True, note=WORD.note))
    visit = visits_of(found)[0]
    metres = 350 if position == "far" else None
    assert (visit.state, visit.way, visit.note, visit.metres) == ("seen", "word", WORD.note, metres)


def test_who_is_near_needs_no_word(walk: Walk) -> None:
    found = walk.running()
    see(walk, found, told=CheckIn(near(walk.points[0]), is_by_word=True))
    assert visits_of(found)[0].way == "position"


def test_by_the_code_on_the_sign_of_this_point_alone(walk: Walk) -> None:
    found = walk.running()
    with pytest.raises(Invalid):
        see(walk, found, told=CheckIn(code=walk.points[1].code))
    see(walk, found, told=CheckIn(code=walk.points[0].code))
    visit = visits_of(found)[0]
    assert (visit.way, visit.metres) == ("code", None)


@pytest.mark.parametrize(
    "told",
    [CheckIn(Position(181, 0, 1)), CheckIn(Position(float("nan"), 0, 1)), CheckIn(Position(0, 0, -1)),
     CheckIn(is_by_word=True, note="x" * 1001), CheckIn(is_by_word=True, note="\x00")],
    ids=["east", "nan", "accuracy", "long", "nul"],
)  # fmt: skip
def test_what_nobody_can_tell_is_refused(walk: Walk, told: CheckIn) -> None:
    with pytest.raises(Invalid):
        see(walk, walk.running(), told=told)


def test_each_point_once_by_the_walker_alone(walk: Walk) -> None:
    found = walk.running()
    with pytest.raises(WrongState, match=str(walk.walker)):
        see(walk, found, by=walk.crew.members[1])
    for ordinal in (0, 4, 2**15, 2**40):
        with pytest.raises(NotFound):
            skip_point(pk=found.pk, ordinal=ordinal, by=walk.walker, at=LATER, note="施工")
    see(walk, found, 2)
    with pytest.raises(WrongState, match="already seen"):
        see(walk, found, 2)
    with pytest.raises(Invalid):
        skip_point(pk=found.pk, ordinal=1, by=walk.walker, at=LATER, note="")
    skip_point(pk=found.pk, ordinal=1, by=walk.walker, at=LATER, note="施工围蔽")
    with pytest.raises(WrongState, match="already skipped"):
        see(walk, found, 1)
    assert [(one.state, one.note) for one in visits_of(found)] == [("skipped", "施工围蔽"), ("seen", ""), ("ahead", "")]


# --- photos --------------------------------------------------------------------------------------------------------
def test_up_to_three_photos_come_with_a_check_in(walk: Walk, media: Path) -> None:
    found, shots = walk.running(), [photo(64 + n, 32) for n in range(4)]
    for wrong in (shots, [shots[0], b"no photo"]):
        with pytest.raises(Invalid) as refused:
            see(walk, found, photos=wrong)
        assert set(refused.value.fields) == {"photos"}
    assert (states(found), [one for one in media.rglob("*") if one.is_file()]) == (["ahead"] * 3, [])
    key = str(uuid.uuid4())
    see(walk, found, photos=shots[:3], request_key=key)
    see(walk, found, photos=shots[:3], request_key=key)
    with pytest.raises(KeyReused):
        see(walk, found, photos=shots[:2], request_key=key)
    process_photos(now=lambda: LATER)
    rows = [(one.visit.ordinal, one.by, one.state) for one in VisitPhoto.objects.select_related("visit", "by")]
    assert rows == [(1, walk.walker, "ready")] * 3


# --- finish --------------------------------------------------------------------------------------------------------
def test_what_is_still_ahead_is_left_out_with_a_reason(walk: Walk) -> None:
    found = walk.running()
    with pytest.raises(WrongState, match="No point was seen"):
        finish_round(pk=found.pk, by=walk.walker, at=LATER, note="下雨")
    see(walk, found, 2)
    with pytest.raises(Invalid, match="2 points"):
        finish_round(pk=found.pk, by=walk.walker, at=LATER)
    with pytest.raises(WrongState):
        finish_round(pk=found.pk, by=walk.crew.leader, at=LATER, note="下雨")
    finish_round(pk=found.pk, by=walk.walker, at=LATER, note="下雨")
    found.refresh_from_db()
    assert (found.state, found.ended_at, found.is_late, found.next_check_at) == ("walked", LATER, False, None)
    assert [(one.state, one.note) for one in visits_of(found)] == [
        ("skipped", "下雨"),
        ("seen", ""),
        ("skipped", "下雨"),
    ]


def test_walked_after_its_shift_it_is_late(walk: Walk) -> None:
    assert walk.walked(at=china("2026-03-02 13:55")).is_late
    assert not walk.walked(on=TODAY + ONE_DAY, at=china("2026-03-03 13:45")).is_late


# --- excuse --------------------------------------------------------------------------------------------------------
def test_leader_or_clerk_excuse_with_a_reason_what_nobody_has_finished(walk: Walk) -> None:
    street, found = walk.crew.district.street, walk.round()
    with pytest.raises(Invalid):
        excuse_round(pk=found.pk, by=walk.crew.leader, at=NOW, note="")
    for who in (walk.walker, street.leader):
        with pytest.raises(NotPermitted):
            excuse_round(pk=found.pk, by=who, at=NOW, note="台风")
    start_round(pk=found.pk, by=walk.walker, at=NOW)
    with pytest.raises(Stale):
        excuse_round(pk=found.pk, by=walk.crew.leader, at=NOW, note="台风", version=1)
    excuse_round(pk=found.pk, by=street.clerk, at=LATER, note="台风", version=2)
    found.refresh_from_db()
    assert (found.state, found.ended_at, found.next_check_at) == ("excused", LATER, None)
    with pytest.raises(WrongState):
        see(walk, found)
    with pytest.raises(WrongState):
        excuse_round(pk=walk.walked(TODAY, NOW + 10 * MINUTE).pk, by=street.clerk, at=LATER, note="台风")


# --- again, and at once --------------------------------------------------------------------------------------------
def test_a_resend_is_answered_even_from_elsewhere_and_after_the_end(walk: Walk) -> None:
    found, key = walk.running(), str(uuid.uuid4())
    event = see(walk, found, request_key=key)
    finish_round(pk=found.pk, by=walk.walker, at=LATER, note="下雨")
    again = see(walk, found, told=CheckIn(near(walk.points[0], metres=30)), request_key=key, at=LATER + MINUTE)
    assert (again.pk, found.events.count()) == (event.pk, 4)
    with pytest.raises(KeyReused):
        see(walk, found, 2, request_key=key)


def test_a_clock_that_lags_behind_does_not_turn_the_history_around(walk: Walk) -> None:
    found = walk.running()
    assert see(walk, found, at=NOW - 5 * MINUTE).at == NOW


@pytest.fixture
def committed_walk(committed: District) -> Walk:
    return walk_of(crew_of(committed))


def test_two_telephones_at_once_check_in_once(committed_walk: Walk) -> None:
    found = committed_walk.running()
    outcomes = race([partial(see, committed_walk, found)] * 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["RoundEvent", "WrongState"]
    key = str(uuid.uuid4())
    one, other = race([partial(see, committed_walk, found, 2, request_key=key)] * 2)
    assert (one.pk, found.events.count()) == (other.pk, 4)
    assert dict(verify_rounds()) == {f"round {found.pk}": []}


def test_of_two_rounds_at_once_one_is_started(committed_walk: Walk) -> None:
    rounds = [committed_walk.round(), committed_walk.round(TODAY + ONE_DAY)]
    at = china("2026-03-03 09:00")
    starts = [partial(start_round, pk=one.pk, by=committed_walk.walker, at=at) for one in rounds]
    assert sorted(type(one).__name__ for one in race(starts)) == ["RoundEvent", "WrongState"]
    assert PatrolRound.objects.filter(state="walking").count() == 1


def test_another_round_started_meanwhile_is_named(committed_walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (committed_walk.round(on) for on in (TODAY, TODAY + ONE_DAY))
    start = partial(start_round, by=committed_walk.walker, at=china("2026-03-03 09:00"))
    meanwhile(monkeypatch, "patrols.rounds.actions.walking.walked_by", partial(start, pk=other.pk))
    with pytest.raises(WrongState, match=f"You are walking another round: finish {other} first"):
        start(pk=one.pk)
    assert list(PatrolRound.objects.filter(state="walking")) == [other]


def test_a_walker_who_is_gone_meanwhile_walks_no_other_round(
    committed_walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    team, found = committed_walk.crew.team, committed_walk.round()
    guest = user("guest", Role.TEAM_MEMBER, subdistrict=team.subdistrict, organisation_id=team.pk)
    meanwhile(
        monkeypatch, "patrols.rounds.actions.walking.walked_by", lambda: User.objects.filter(pk=guest.pk).delete()
    )
    with pytest.raises(IntegrityError, match="people_user"):
        start_round(pk=found.pk, by=guest, at=NOW)
    found.refresh_from_db()
    assert (found.state, found.events.count()) == ("appointed", 1)


def test_the_sweep_and_a_late_check_in_at_once_leave_one_history(committed_walk: Walk) -> None:
    found, late = committed_walk.running(), china("2026-03-02 14:30")
    race([partial(sweep.run, late), partial(see, committed_walk, found, at=late)])
    kinds = list(RoundEvent.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["round_appoint", "round_start", "round_urge", "round_see"]
    assert Visit.objects.filter(state="seen").count() == 1
    assert timedelta() <= found.events.get(kind="round_see").at - late
