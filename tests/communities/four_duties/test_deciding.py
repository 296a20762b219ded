"""The office confirms a sheet, which gives the score, or gives it back."""

from decimal import Decimal

import pytest

from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from communities.four_duties import actions
from tests.communities.four_duties.conftest import AT, Sheet
from tests.office import District, china


@pytest.fixture
def handed(sheet: Sheet) -> Sheet:
    """A sheet that was handed in: 5 of 5, 5 of 10, the third does not apply."""
    sheet.fill("done", "partly", "na", notes=("", "一半", "没有"))
    return sheet


def test_the_score_follows_from_the_marks(handed: Sheet) -> None:
    actions.confirm_sheet(by=handed.street.leader, at=AT, pk=handed.pk)
    found = handed.now()
    assert (found.state, found.score_tenths, found.score) == ("confirmed", 667, Decimal("66.7"))
    assert [one.mark for one in handed.answers()] == ["done", "partly", "na"]
    assert Message.objects.filter(kind="duty_confirm", recipient=handed.street.officer).exists()


def test_the_office_marks_otherwise_with_a_reason(handed: Sheet, english: None) -> None:
    asked = {"by": handed.street.clerk, "at": AT, "pk": handed.pk, "marks": {1: "not_done"}}
    with pytest.raises(Invalid) as refused:
        actions.confirm_sheet(**asked)
    assert refused.value.fields == {"reason": ["Please fill this in."]}
    actions.confirm_sheet(**asked, reason="现场看未到岗")
    assert (handed.now().score_tenths, handed.answers()[0].own_mark) == (333, "done")


@pytest.mark.parametrize("marks", [{1: ""}, {1: "x"}, {4: "done"}])
def test_marks_that_are_none(handed: Sheet, marks: dict[int, str]) -> None:
    with pytest.raises(Invalid):
        actions.confirm_sheet(by=handed.street.leader, at=AT, pk=handed.pk, marks=marks, reason="x")
    assert handed.now().state == "handed_in"


def test_nothing_that_applies_gives_no_score(sheet: Sheet) -> None:
    sheet.fill("na", "na", "na", notes=("无", "无", "无"))
    actions.confirm_sheet(by=sheet.street.leader, at=AT, pk=sheet.pk)
    assert (sheet.now().state, sheet.now().score) == ("confirmed", None)


def test_nobody_confirms_the_own_sheet(sheet: Sheet) -> None:
    sheet.fill("done", "done", "na", notes=("", "", "没有"), by=sheet.street.clerk)
    with pytest.raises(WrongState):
        actions.confirm_sheet(by=sheet.street.clerk, at=AT, pk=sheet.pk)
    actions.confirm_sheet(by=sheet.street.clerk2, at=AT, pk=sheet.pk)


def test_given_back_it_is_due_again_and_can_be_filled_in(handed: Sheet, english: None) -> None:
    with pytest.raises(Invalid):
        actions.give_back_sheet(by=handed.street.leader, at=AT, pk=handed.pk, reason=" ")
    actions.give_back_sheet(by=handed.street.leader, at=AT, pk=handed.pk, reason="照片不清楚")
    found = handed.now()
    assert (found.state, found.due_at, found.handed_in_by, found.rung) == ("open", china("2026-04-03 16:00"), None, 0)
    assert [one.own_mark for one in handed.answers()] == ["done", "partly", "na"]
    handed.fill("done", "done", "na", notes=("", "", "没有"))
    assert handed.kinds() == ["duty_begin", "duty_hand_in", "duty_give_back", "duty_hand_in"]


@pytest.mark.parametrize("act", [actions.confirm_sheet, actions.give_back_sheet])
@pytest.mark.parametrize(
    ("who", "refusal"), [("officer", NotPermitted), ("officer2", NotFound), ("admin", NotFound), ("auditor", NotFound)]
)
def test_who_does_not_decide(handed: Sheet, act: object, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        act(by=getattr(handed.street, who), at=AT, pk=handed.pk, reason="x")  # type: ignore[operator]


def test_another_office_sees_nothing(handed: Sheet, district: District) -> None:
    with pytest.raises(NotFound):
        actions.confirm_sheet(by=district.other.leader, at=AT, pk=handed.pk)


def test_an_open_one_is_not_decided_upon(sheet: Sheet) -> None:
    for act in (actions.confirm_sheet, actions.give_back_sheet):
        with pytest.raises(WrongState):
            act(by=sheet.street.leader, at=AT, pk=sheet.pk, reason="x")  # type: ignore[operator]


def test_resends_and_stale_pages(handed: Sheet) -> None:
    asked = {"by": handed.street.leader, "at": AT, "pk": handed.pk}
    with pytest.raises(Stale):
        actions.confirm_sheet(**asked, version=1)
    first = actions.confirm_sheet(**asked, request_key="one")
    assert actions.confirm_sheet(**asked, request_key="one") == first
    with pytest.raises(KeyReused):
        actions.confirm_sheet(**asked, marks={1: "na"}, reason="x", request_key="one")
