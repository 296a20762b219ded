"""What the office decides about a publication: withheld, shown again, a text released; who may, audited."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from cases.intake.actions.publishing import release_text, show_again, withhold
from cases.intake.models import Disclosure, Publication
from citymgmt.refusals import Invalid, NotFound, NotPermitted
from tests.intake.reported import MORNING, joined, reported, resident_case, shown
from tests.office import District
from tests.racing import race

LATER = MORNING + timedelta(hours=1)
ACTS: list[tuple[Any, dict[str, str]]] = [
    (withhold, {"reason": "能认出是谁家"}),
    (show_again, {"reason": "可以公开"}),
    (release_text, {"text": "路口垃圾堆积"}),
]


@pytest.mark.parametrize(("act", "given"), ACTS)
@pytest.mark.parametrize("who", ["clerk", "clerk2", "leader"])
def test_the_office_decides(district: District, act: Any, given: dict[str, str], who: str) -> None:
    case, by = resident_case(district), getattr(district.street, who)
    found = act(number=case.number, by=by, at=LATER, **given)
    assert (found.case, found.by, found.at) == (case, by, LATER)
    assert {name: getattr(found, name) for name in given} == given


@pytest.mark.parametrize(("act", "given"), ACTS)
@pytest.mark.parametrize("who", ["officer", "auditor"])
def test_who_only_sees_the_case_does_not(district: District, act: Any, given: dict[str, str], who: str) -> None:
    case = resident_case(district, "handling")
    with pytest.raises(NotPermitted):
        act(number=case.number, by=getattr(district.street, who), at=LATER, **given)
    assert Disclosure.objects.count() == 0


@pytest.mark.parametrize(("act", "given"), ACTS)
def test_another_office_finds_nothing(district: District, act: Any, given: dict[str, str]) -> None:
    case = resident_case(district)
    for by in (district.other.clerk, district.other.leader):
        with pytest.raises(NotFound):
            act(number=case.number, by=by, at=LATER, **given)


@pytest.mark.parametrize(("act", "given"), ACTS)
def test_what_no_resident_reported_is_not_published(
    district: District, log: Any, act: Any, given: dict[str, str], english: None
) -> None:
    too = joined(district, resident_case(district, "handling")).report.case
    for case in (log(MORNING), too):
        with pytest.raises(NotFound, match="no resident's report"):
            act(number=case.number, by=district.street.clerk, at=LATER, **given)
    with pytest.raises(NotFound):
        act(number="440106001-20260304-9999", by=district.street.clerk, at=LATER, **given)


def test_withheld_nobody_reads_it_until_it_is_shown_again(district: District) -> None:
    case, clerk = resident_case(district, "handling"), district.street.clerk
    withhold(number=case.number, by=clerk, at=LATER, reason="涉及隐私")
    assert shown(case) is None
    withhold(number=case.number, by=clerk, at=LATER, reason="涉及个人隐私")  # once more
    assert Disclosure.objects.get().reason == "涉及个人隐私"
    again = LATER + timedelta(hours=1)
    show_again(number=case.number, by=clerk, at=again, reason="核实后可公开")
    found = shown(case)
    assert found is not None
    assert found.updated_at == again
    assert found.updates.count() == 3


def test_a_text_is_released_edited_and_taken_back(district: District) -> None:
    case, clerk = resident_case(district), district.street.clerk
    for text in ("路口垃圾堆积\r\n三天", "路口垃圾堆积", ""):
        release_text(number=case.number, by=clerk, at=LATER, text=text)
        assert Publication.objects.get().text == text.replace("\r\n", "\n")
    assert Disclosure.objects.get().is_withheld is False


def test_a_decision_before_acceptance_holds_afterwards(district: District) -> None:
    case = reported(district)
    release_text(number=case.number, by=district.street.clerk, at=MORNING, text="垃圾堆积")
    assert Publication.every.count() == 0
    resident = resident_case(district)
    assert shown(resident) is not None


@pytest.mark.parametrize("act", [withhold, show_again])
@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Please fill this in."),
        (" \n", "Please fill this in."),
        ("x" * 301, "At most 300 characters."),
        ("a\x00", "This holds characters that no paper can show."),
        ("a\nb", "This holds characters that no paper can show."),
    ],
)
def test_a_reason_is_a_line(district: District, act: Any, reason: str, sentence: str, english: None) -> None:
    case = resident_case(district)
    with pytest.raises(Invalid) as refused:
        act(number=case.number, by=district.street.clerk, at=LATER, reason=reason)
    assert refused.value.fields == {"reason": [sentence]}


def test_a_text_is_not_longer_than_a_description(district: District, english: None) -> None:
    case = resident_case(district)
    with pytest.raises(Invalid) as refused:
        release_text(number=case.number, by=district.street.clerk, at=LATER, text="字" * 2001)
    assert refused.value.fields == {"text": ["At most 2000 characters."]}


def test_the_audit_knows_who_and_why_but_no_text(district: District) -> None:
    case, street = resident_case(district), district.street
    release_text(number=case.number, by=street.clerk, at=MORNING, text="垃圾堆积")
    decided = withhold(number=case.number, by=street.leader, at=LATER, reason="涉及隐私")
    kept = apps.get_model("intake", "DisclosureEvent").objects.filter(pgh_obj_id=decided.pk).order_by("pgh_id")
    assert list(kept.values_list("by_id", "is_withheld", "reason", "at")) == [
        (street.clerk.pk, False, "", MORNING),
        (street.leader.pk, True, "涉及隐私", LATER),
    ]
    assert "text" not in {field.name for field in kept.model._meta.get_fields()}


def test_two_who_decide_at_once_do_it_one_after_the_other(committed: District) -> None:
    case, street = resident_case(committed), committed.street
    found = race(
        [
            lambda: withhold(number=case.number, by=street.clerk, at=LATER, reason="涉及隐私"),
            lambda: release_text(number=case.number, by=street.leader, at=LATER, text="垃圾堆积"),
        ]
    )
    assert {type(one) for one in found} == {Disclosure}
    kept = Disclosure.objects.get()
    assert (kept.is_withheld, kept.text) == (True, "垃圾堆积")
    assert shown(case) is None
