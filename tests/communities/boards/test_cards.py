"""What the public is told of people and offices is kept by the office; portraits need consent."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from citymgmt.people.trail import Wanted, entries
from citymgmt.photos.actions import process_photos
from citymgmt.refusals import Invalid, NotFound, NotPermitted
from communities.boards import actions
from communities.boards.actions import CardTold, PortraitTold
from communities.models import Portrait, PublicCard, PublicOffice
from tests.communities.boards.boards import CARD, NOW, ONE_DAY, TODAY, Square
from tests.photos.pictures import photo


def save(square: Square, **given: Any) -> PublicCard:
    told = {"by": square.street.admin, "at": NOW, "username": square.officer.username, "told": CARD, **given}
    return actions.save_card(**told)


def files(media: Path) -> int:
    return len(list((media / "photos").rglob("*.jpg")))


@pytest.mark.parametrize("who", ["admin", "leader"])
def test_who_keeps_cards(square: Square, who: str) -> None:
    by = getattr(square.street, who)
    told = CardTold(" 020-81112222 转 8 ", "A1", "巡查\r\n宣传", "9:00")
    card = save(square, by=by, told=told)
    assert (card.phone, card.badge_number, card.duties, card.hours) == ("020-81112222 转 8", "A1", "巡查\n宣传", "9:00")
    assert (save(square, by=by, told=told).pk, PublicCard.objects.count()) == (card.pk, 1)
    actions.save_office(by=by, at=NOW, phone="020-12345", hours="9:00")
    kept = PublicOffice.objects.get()
    assert (actions.save_office(by=by, at=NOW, phone="020-12345", hours="9:00").pk, kept.hours) == (kept.pk, "9:00")


@pytest.mark.parametrize("who", ["clerk", "officer", "teamleader", "member", "secadmin", "auditor"])
def test_who_does_not(square: Square, who: str) -> None:
    by = getattr(square.street, who)
    for act in (
        lambda: save(square, by=by),
        lambda: actions.withdraw_portrait(by=by, at=NOW, username=square.officer.username),
        lambda: actions.save_office(by=by, at=NOW, phone="12345"),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_only_officers_of_the_own_office_have_cards(square: Square) -> None:
    for username in (square.street.clerk.username, square.district.other.officer.username, "nobody"):
        with pytest.raises(NotFound):
            save(square, username=username)
    with pytest.raises(NotFound):
        save(square, by=square.district.liaison)


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        (CardTold(""), {"phone": ["Please fill this in."]}),
        (CardTold("电话"), {"phone": ["This is no telephone number."]}),
        *(
            (CardTold(mobile), {"phone": ["This is a mobile number. Give a number of the office."]})
            for mobile in ("13800138000", "138 0013 8000", "+86 13800138000", "86-138-0013-8000")
        ),
        (CardTold("12345", "长" * 31), {"badge_number": ["At most 30 characters."]}),
        (CardTold("12345", duties="长" * 301), {"duties": ["At most 300 characters."]}),
        (CardTold("12345", duties="一\n" * 8 + "九"), {"duties": ["At most 8 lines."]}),
        (CardTold("12345", hours="\u202e"), {"hours": ["This holds characters that no paper can show."]}),
    ],
)
def test_what_is_refused(square: Square, english: None, told: CardTold, fields: dict[str, list[str]]) -> None:
    with pytest.raises(Invalid) as refused:
        save(square, told=told)
    assert refused.value.fields == fields
    with pytest.raises(Invalid):
        actions.save_office(by=square.street.admin, at=NOW, phone="13800138000")


@pytest.mark.parametrize("consent_on", [None, TODAY + ONE_DAY])
def test_no_portrait_without_consent(square: Square, english: None, consent_on: Any) -> None:
    with pytest.raises(Invalid) as refused:
        save(square, portrait=PortraitTold(photo(), consent_on))
    assert list(refused.value.fields) == ["consent_on"]
    with pytest.raises(Invalid) as refused:
        save(square, portrait=PortraitTold(b"x", TODAY))
    assert (list(refused.value.fields), Portrait.objects.count()) == (["photos"], 0)


def test_a_new_portrait_takes_the_place_of_the_old_one(
    square: Square, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        save(square, portrait=PortraitTold(photo(400, 200), TODAY))
        process_photos(now=timezone.now)
    first = Portrait.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        save(square, portrait=PortraitTold(photo(400, 200), TODAY))
    assert (Portrait.objects.get().pk, first.is_ready, files(media)) == (first.pk, True, 2)
    with django_capture_on_commit_callbacks(execute=True):
        save(square, portrait=PortraitTold(photo(90, 60), TODAY))
    assert (Portrait.objects.get().is_ready, files(media)) == (False, 0)
    with django_capture_on_commit_callbacks(execute=True):
        process_photos(now=timezone.now)
        withdrawn = [
            actions.withdraw_portrait(by=square.street.admin, at=NOW, username=square.officer.username)
            for _twice in range(2)
        ]
    assert (withdrawn, Portrait.objects.count(), files(media)) == ([True, False], 0, 0)


def test_the_trail_tells_of_cards_and_consent(square: Square) -> None:
    save(square, portrait=PortraitTold(photo(), TODAY))
    rows, _next = entries(square.street.auditor, TODAY, Wanted())
    told = {row.model.__name__: row for row in reversed(rows)}
    by = square.street.admin.pk
    assert (told["Portrait"].by_id, told["Portrait"].now["consent_on"]) == (by, str(TODAY))
    assert {"PublicCard", "PublicOffice"} <= set(told)
    assert "sha256" not in told["Portrait"].now
