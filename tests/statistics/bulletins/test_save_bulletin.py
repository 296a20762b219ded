"""A draft is edited; whoever saves on top of a text not seen is told so, and nothing that cannot be printed is kept."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.apps import apps

from cases.statistics.bulletins.actions import Section, redraw_section, save_bulletin
from cases.statistics.bulletins.wording import SECTIONS
from cases.statistics.models import Bulletin
from citymgmt.people import trail
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from tests.office import District
from tests.racing import race
from tests.statistics.bulletins.drafting import AFTER, LATER, a_month, drafted, fresh_key, issued, saved, text_of
from tests.statistics.bulletins.test_draft_bulletin import ROLES
from tests.statistics.freezing import ON


def sections(bulletin: Bulletin, key: str, **changed: Any) -> list[Section]:
    """The sections of a bulletin, one of them changed."""
    told = [Section(**section) for section in bulletin.sections]
    return [replace(one, **changed) if one.key == key else one for one in told]


def test_all_that_was_written_is_kept(district: District) -> None:
    bulletin = drafted(district)
    written = list(reversed(sections(bulletin, "next", heading=" 打算 ", text="一\r\n二\r三\n", is_left_out=True)))
    lines = {"title": "三月", "issuer": "甲街", "reports_to": "区", "sends_to": "局", "copies_to": "社区"}
    saved(district, bulletin, by=district.street.leader, sections=written, **lines)
    found = Bulletin.objects.get()
    assert {name: getattr(found, name) for name in lines} == lines
    assert [section["key"] for section in found.sections] == list(reversed(SECTIONS))
    assert found.sections[0] == {"key": "next", "heading": "打算", "text": "一\n二\n三", "is_left_out": True}
    assert (found.version, found.saved_at, found.saved_by) == (2, LATER, district.street.leader)


def test_of_two_texts_the_second_is_told_and_changes_nothing(district: District) -> None:
    bulletin = drafted(district)
    saved(district, Bulletin.objects.get(), title="第一")
    with pytest.raises(Stale):
        saved(district, bulletin, by=district.street.leader, title="第二")
    assert Bulletin.objects.get().title == "第一"


def test_sent_twice_it_is_saved_once(district: District) -> None:
    bulletin, key = drafted(district), fresh_key()
    text = text_of(bulletin, title="三月")
    for _time in range(2):
        save_bulletin(by=district.street.clerk, at=LATER, pk=bulletin.pk, version=1, text=text, request_key=key)
    assert Bulletin.objects.get().version == 2
    february = drafted(district, month=AFTER.date().replace(month=2, day=1))
    with pytest.raises(KeyReused):
        save_bulletin(by=district.street.clerk, at=LATER, pk=february.pk, version=1, text=text, request_key=key)


@pytest.mark.parametrize("role", ROLES)
def test_who_saves(district: District, role: str) -> None:
    bulletin, by = drafted(district), getattr(district.street, role)
    if role in ("clerk", "leader"):
        assert saved(district, bulletin, by=by, title="x").title == "x"
        return
    with pytest.raises(NotPermitted if role == "auditor" else NotFound):
        saved(district, bulletin, by=by, title="x")
    assert Bulletin.objects.get().version == 1


@pytest.mark.parametrize("pk", [0, -1, 2**63, 10**30])
def test_nothing_there(district: District, pk: int) -> None:
    text = text_of(drafted(district))
    with pytest.raises(NotFound):
        save_bulletin(by=district.street.clerk, at=LATER, pk=pk, version=1, text=text)


def test_another_office_finds_nothing(district: District) -> None:
    bulletin = drafted(district)
    for by in (district.other.clerk, district.other.leader, district.liaison):
        with pytest.raises(NotFound):
            saved(district, bulletin, by=by)


def test_an_issued_one_is_not_saved(district: District) -> None:
    bulletin = issued(district)
    with pytest.raises(WrongState):
        saved(district, bulletin)


HOSTILE = ["\x00", "a\x0bb", "\x1b[31m", "\ud800", "\uffff", "\ufffe", "\u202e", "\u2066", "\x85"]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", ["title", "reports_to", "heading", "text"])
def test_what_no_paper_can_show_is_refused(district: District, name: str, hostile: str) -> None:
    bulletin, text = drafted(district), f"前{hostile}后"
    is_part = name in ("heading", "text")
    changed = {"sections": sections(bulletin, "overview", **{name: text})} if is_part else {name: text}
    with pytest.raises(Invalid) as refused:
        saved(district, bulletin, **changed)
    assert list(refused.value.fields) == [f"overview-{name}" if is_part else name]
    assert Bulletin.objects.get().version == 1


def test_how_long_texts_may_be(district: District) -> None:
    bulletin = drafted(district)
    long = {"title": "字" * 100, "issuer": "字" * 60, "copies_to": "字" * 300}
    parts = sections(bulletin, "overview", heading="字" * 40, text="字" * 5000)
    bulletin = saved(district, bulletin, sections=parts, **long)
    wrong = {"sections": sections(bulletin, "overview", heading="字" * 41, text="字" * 5001)}
    with pytest.raises(Invalid) as refused:
        saved(district, bulletin, **{name: f"{text}字" for name, text in long.items()}, **wrong)
    assert set(refused.value.fields) == {*long, "overview-heading", "overview-text"}


@pytest.mark.parametrize("empty", ["title", "issuer"])
def test_title_and_issuer_are_needed(district: District, empty: str) -> None:
    with pytest.raises(Invalid) as refused:
        saved(district, drafted(district), **{empty: " \t "})
    assert list(refused.value.fields) == [empty]


def test_headings_are_of_one_line_and_needed(district: District) -> None:
    bulletin = drafted(district)
    for heading in ("", "一\n二"):
        with pytest.raises(Invalid):
            saved(district, bulletin, sections=sections(bulletin, "overview", heading=heading))


@pytest.mark.parametrize("change", [lambda told: told[1:], lambda told: [*told, told[0]], lambda told: [],
                                    lambda told: [replace(told[0], key="x"), *told[1:]]])  # fmt: skip
def test_every_section_stands_once(district: District, change: Any) -> None:
    bulletin = drafted(district)
    with pytest.raises(Invalid):
        saved(district, bulletin, sections=change(sections(bulletin, "x")))


def test_one_section_stays_in(district: District) -> None:
    bulletin = drafted(district)
    with pytest.raises(Invalid):
        saved(district, bulletin, sections=[replace(one, is_left_out=True) for one in sections(bulletin, "x")])


def test_every_text_is_kept_for_the_audit(district: District) -> None:
    bulletin = drafted(district)
    saved(district, bulletin, sections=sections(bulletin, "next", text="改写"))
    rows, _more = trail.entries(district.street.auditor, ON, trail.Wanted(kind="statistics.bulletin"))
    assert [(row.label, row.by_id) for row in rows] == [("update", district.street.clerk.pk),
                                                        ("insert", district.street.clerk.pk)]  # fmt: skip
    kept = apps.get_model("statistics", "BulletinEvent").objects.filter(pgh_obj_id=bulletin.pk).order_by("pgh_id")
    assert [event.sections[-1]["text"] for event in kept] == [bulletin.sections[-1]["text"], "改写"]


def test_two_who_save_at_once(committed: District) -> None:
    bulletin, street = drafted(committed), committed.street
    made = race([partial(saved, committed, bulletin, by=by, title=by.username) for by in (street.clerk, street.leader)])
    (kept,) = [one for one in made if isinstance(one, Bulletin)]
    assert sorted(type(one).__name__ for one in made) == ["Bulletin", "Stale"]
    assert (Bulletin.objects.get().title, Bulletin.objects.get().version) == (kept.title, 2)


def test_a_section_is_drawn_up_anew(district: District) -> None:
    a_month(district)
    bulletin = drafted(district)
    fresh = bulletin.sections[0]
    written = saved(district, bulletin, sections=sections(bulletin, "overview", heading="改", text="改写"))
    by = {"by": district.street.clerk, "at": LATER, "pk": bulletin.pk}
    with pytest.raises(Stale):
        redraw_section(**by, version=1, key="overview")
    for _time in range(2):  # a resend does nothing more
        redraw_section(**by, version=written.version, key="overview")
    assert (Bulletin.objects.get().sections[0], Bulletin.objects.get().version) == (fresh, 3)
    with pytest.raises(NotFound):
        redraw_section(**by, version=3, key="x")
    with pytest.raises(NotPermitted):
        redraw_section(**{**by, "by": district.street.auditor}, version=3, key="overview")
    with pytest.raises(NotFound):
        redraw_section(**{**by, "by": district.other.clerk}, version=3, key="overview")
    issued(district, Bulletin.objects.get())
    with pytest.raises(WrongState):
        redraw_section(**by, version=4, key="overview")
