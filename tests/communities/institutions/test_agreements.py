"""Agreements of the three responsibilities are signed, renewed and ended."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState
from communities.institutions import actions
from communities.institutions.querysets import expiring, under_agreement
from communities.models import Agreement, AgreementPaper, Institution, InstitutionPhoto
from tests.communities.institutions.places import NOW, ONE_DAY, PDF, TODAY, Place, shot


def end(place: Place, agreement: Agreement, **given: Any) -> Agreement:
    told = {"by": place.street.clerk, "at": NOW, "pk": agreement.pk, "on": TODAY, "reason": "终止"}
    return actions.end_agreement(**{**told, **given})


def stands(place: Place, question: Any) -> bool:
    return Institution.objects.filter(question, pk=place.school.pk).exists()


@pytest.mark.parametrize("who", ["clerk", "leader", "officer"])
def test_it_is_kept_with_its_paper(place: Place, who: str) -> None:
    by = getattr(place.street, who)
    made = place.sign(by=by, photos=[shot()])
    paper, kept = AgreementPaper.objects.get(), InstitutionPhoto.objects.get()
    assert (bytes(paper.content), paper.size, kept.agreement, kept.by, made.by) == (PDF, len(PDF), made, by, by)
    with pytest.raises(DatabaseError), transaction.atomic():
        AgreementPaper.objects.update(size=1)
    assert end(place, made, by=by).end_reason == "终止"


@pytest.mark.parametrize("who", ["admin", "officer2"])
def test_who_does_not(place: Place, who: str) -> None:
    by, made = getattr(place.street, who), place.sign()
    refusal = NotPermitted if who == "admin" else NotFound
    with pytest.raises(refusal):
        place.sign(by=by)
    with pytest.raises(refusal):
        end(place, made, by=by)
    with pytest.raises(NotFound):
        end(place, made, pk=0)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"signed_on": TODAY + ONE_DAY}, "signed_on", "Choose a day that is not in the future."),
        ({"days": 0}, "valid_until", "A day after it was signed, at most five years later."),
        ({"days": 1831}, "valid_until", "A day after it was signed, at most five years later."),
        ({"paper": None}, "paper", "Add the signed paper: its PDF, or photos of it."),
        ({"paper": b"x"}, "paper", "This is no PDF."),
        ({"photos": [b"x"]}, "photos", "Photo 1: This is no photo: JPEG, PNG, WebP and HEIC can be read."),
    ],
)
def test_what_is_refused(place: Place, english: None, given: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        place.sign(**given)
    assert (refused.value.fields, Agreement.objects.count()) == ({field: [sentence]}, 0)


def test_a_resend_keeps_one_and_a_second_of_the_day_is_refused(place: Place, english: None) -> None:
    assert place.sign(request_key="a").pk == place.sign(request_key="a").pk
    with pytest.raises(KeyReused):
        place.sign(request_key="a", days=10)
    with pytest.raises(Invalid) as refused:
        place.sign()
    assert refused.value.fields == {"signed_on": ["An agreement of this day is entered already."]}


def test_when_it_is_in_force_and_when_it_soon_ends(place: Place) -> None:
    place.sign(days=31)
    days = [TODAY - ONE_DAY, TODAY, TODAY + ONE_DAY, TODAY + 2 * ONE_DAY, TODAY + 31 * ONE_DAY, TODAY + 32 * ONE_DAY]
    assert [stands(place, under_agreement(day)) for day in days] == [False, True, True, True, True, False]
    assert [stands(place, expiring(day)) for day in days] == [False, False, False, True, True, False]
    place.sign(signed_on=TODAY - ONE_DAY, days=400)
    assert not stands(place, expiring(TODAY + 2 * ONE_DAY))


def test_an_ended_one_is_in_force_no_more(place: Place, english: None) -> None:
    made = place.sign(signed_on=TODAY - 10 * ONE_DAY)
    for given, field in (
        ({"reason": " "}, "reason"),
        ({"on": TODAY + ONE_DAY}, "on"),
        ({"on": NOW.date() - 20 * ONE_DAY}, "on"),
    ):
        with pytest.raises(Invalid) as refused:
            end(place, made, **given)
        assert set(refused.value.fields) == {field}
    end(place, made)
    assert [stands(place, under_agreement(TODAY - number * ONE_DAY)) for number in (0, 1)] == [False, True]
    with pytest.raises(WrongState):
        end(place, made)


def test_nothing_is_signed_with_one_that_is_gone(place: Place) -> None:
    Institution.objects.update(is_active=False)
    with pytest.raises(WrongState):
        place.sign()
