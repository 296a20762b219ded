"""The community fills in its sheet, keeps it, hands it in."""

import pytest
from django.utils import timezone

from citymgmt.photos.actions import process_photos
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from communities.four_duties import actions
from communities.four_duties.actions import AnswerTold
from communities.models import DutyPhoto
from tests.communities.four_duties.conftest import AT, Sheet, sheet_of
from tests.office import District
from tests.photos.pictures import photo
from tests.racing import race

SHOT = photo()


def test_kept_in_parts_and_handed_in_whole(sheet: Sheet) -> None:
    sheet.fill("done", is_final=False)
    assert [one.own_mark for one in sheet.answers()] == ["done", "", ""]
    sheet.fill("done", "partly", "done", notes=("", "只做了一半", ""), photos=(SHOT,))
    found = sheet.now()
    assert (found.state, found.handed_in_by, found.handed_in_at, found.due_at, found.next_check_at) == (
        "handed_in", sheet.street.officer, AT, None, None,
    )  # fmt: skip
    assert [(one.own_mark, one.note, one.photo_count, one.mark) for one in sheet.answers()] == [
        ("done", "", 0, ""), ("partly", "只做了一半", 0, ""), ("done", "", 1, ""),
    ]  # fmt: skip
    process_photos(now=timezone.now)
    shot = DutyPhoto.objects.get()
    assert (shot.answer.ordinal, shot.by, shot.is_ready, shot.answer.name in shot.label) == (
        3,
        sheet.street.officer,
        True,
        True,
    )
    assert sheet.kinds() == ["duty_begin", "duty_fill", "duty_hand_in"]


@pytest.mark.parametrize(
    ("marks", "given", "fields"),
    [
        (("done", "done"), {}, {"mark_3": ["Choose one of these."]}),
        (("done", "done", "done"), {}, {"photos_3": ["A photo shows that it was done."]}),
        (("done", "not_done", "na"), {"notes": ("", "", "没有")},
         {"note_2": ["Say why it was not done, or not in full."]}),
        (("x", "done", "na"), {"notes": ("说明", "", "没有")}, {"mark_1": ["Choose one of these."]}),
        (("done", "done", "na"), {"notes": ("", "长" * 301, "没有")}, {"note_2": ["At most 300 characters."]}),
        (("done", "done", "done"), {"photos": (b"x",)},
         {"photos_3": ["This is no photo: JPEG, PNG, WebP and HEIC can be read."]}),
        (("done", "done", "done"), {"photos": (SHOT,) * 4}, {"photos_3": ["At most 3 photos at once."]}),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_and_nothing_is_kept(
    sheet: Sheet, english: None, marks: tuple[str, ...], given: dict, fields: dict
) -> None:
    with pytest.raises(Invalid) as refused:
        sheet.fill(*marks, **given)
    assert refused.value.fields == fields
    assert (sheet.now().version, DutyPhoto.objects.count()) == (1, 0)


def test_other_duties_than_those_of_the_sheet(sheet: Sheet) -> None:
    for told in ([AnswerTold(4, "done")], [AnswerTold(1, "done"), AnswerTold(1, "na")], [AnswerTold(-1, "done")]):
        with pytest.raises(Invalid):
            actions.fill_in_sheet(by=sheet.street.officer, at=AT, pk=sheet.pk, answers=told, is_final=False)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("leader", NotPermitted), ("officer2", NotFound), ("teamleader", NotFound), ("admin", NotFound),
     ("auditor", NotFound)],
)  # fmt: skip
def test_who_does_not_fill_in(sheet: Sheet, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        sheet.fill("done", is_final=False, by=getattr(sheet.street, who))
    assert sheet.kinds() == ["duty_begin"]


def test_a_clerk_fills_in_where_nobody_is(sheet: Sheet, district: District) -> None:
    sheet.fill("done", is_final=False, by=sheet.street.clerk)
    assert sheet.answers()[0].own_mark == "done"
    with pytest.raises(NotFound):
        sheet.fill("done", is_final=False, by=district.other.clerk)


def test_handed_in_is_handed_in(sheet: Sheet) -> None:
    sheet.fill("done", "done", "done", photos=(SHOT,))
    with pytest.raises(WrongState):
        sheet.fill("na", is_final=False)


def test_a_resend_acts_once_and_another_content_is_refused(sheet: Sheet) -> None:
    first = sheet.fill("done", is_final=False, request_key="one")
    assert sheet.fill("done", is_final=False, request_key="one") == first
    with pytest.raises(KeyReused):
        sheet.fill("na", is_final=False, request_key="one")


def test_who_read_an_older_sheet_loses_nobody_elses_words(sheet: Sheet) -> None:
    sheet.fill("done", is_final=False, version=1)
    with pytest.raises(Stale):
        sheet.fill("na", is_final=False, version=1, by=sheet.street.clerk)
    assert sheet.answers()[0].own_mark == "done"


def test_two_at_once_hand_in_once(committed: District, media: object) -> None:
    sheet = sheet_of(committed)
    given = {"notes": ("", "", "没有")}
    done = race([lambda: sheet.fill("done", "done", "na", **given)] * 2)
    assert [isinstance(one, WrongState) for one in done].count(True) == 1
    assert sheet.kinds() == ["duty_begin", "duty_hand_in"]
