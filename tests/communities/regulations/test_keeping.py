"""Regulations are published, corrected, replaced and abolished."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from citymgmt.documents import fault_of, form_of, words_of
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, WrongState
from communities.models import Regulation, RegulationFile
from communities.regulations import actions
from communities.regulations.actions import RegulationTold
from communities.regulations.numbers import normal
from communities.regulations.querysets import holding, in_force
from tests.communities.boards.boards import NOW
from tests.office import District, china
from tests.racing import race

DAY = timedelta(days=1)
TOLD = RegulationTold(
    "《街道巡查制度》", "office", "甲街街道办事处", date(2025, 1, 2), date(2025, 2, 1), "甲街办[2025]3 号"
)
PDF = b"%PDF-1.7\n%%EOF\n"


def word(*paragraphs: str, **parts: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>" for text in paragraphs)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {"[Content_Types].xml": "", "word/document.xml": body, **parts}.items():
            archive.writestr(name, content)
    return file.getvalue()


def publish(district: District, **given: Any) -> Regulation:
    return actions.publish_regulation(**{"by": district.street.leader, "at": NOW, "told": TOLD, **given})


def law(district: District, since: date = date(2020, 1, 1), title: str = "某某条例") -> Regulation:
    told = RegulationTold(title, "state", "国务院", since, since)
    return publish(district, by=district.street.admin, told=told, is_shared=True)


def test_number_and_title_are_kept_in_one_way(district: District) -> None:
    made = publish(district)
    assert (made.title, made.number, made.subdistrict) == (
        "街道巡查制度",
        "甲街办〔2025〕3号",
        district.street.subdistrict,
    )
    assert [normal(one) for one in ("府〔2024〕1号", "府（２０２４） 1号", "府【2024】1号", "令第101号")] == [
        "府〔2024〕1号", "府〔2024〕1号", "府〔2024〕1号", "令第101号"
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["clerk", "leader", "admin"])
def test_who_keeps_the_office_s_own(district: District, who: str) -> None:
    by = getattr(district.street, who)
    made = publish(district, by=by)
    actions.change_regulation(by=by, at=NOW, pk=made.pk, told=replace(TOLD, number="新"))
    assert actions.abolish_regulation(by=by, at=NOW, pk=made.pk, on=date(2026, 1, 1)).abolished_on == date(2026, 1, 1)


@pytest.mark.parametrize("who", ["officer", "teamleader", "auditor", "secadmin"])
def test_who_does_not(district: District, who: str) -> None:
    by, made = getattr(district.street, who), publish(district)
    for ask in (
        lambda: publish(district, by=by),
        lambda: actions.change_regulation(by=by, at=NOW, pk=made.pk, told=TOLD),
        lambda: actions.abolish_regulation(by=by, at=NOW, pk=made.pk, on=date(2026, 1, 1)),
    ):
        with pytest.raises(NotPermitted):
            ask()


def test_laws_are_shared_and_kept_by_the_administrator(district: District) -> None:
    with pytest.raises(NotPermitted):
        publish(district, is_shared=True)
    shared = law(district)
    with pytest.raises(NotPermitted):
        actions.abolish_regulation(by=district.street.leader, at=NOW, pk=shared.pk, on=date(2026, 1, 1))
    with pytest.raises(NotFound):
        actions.abolish_regulation(by=district.other.leader, at=NOW, pk=publish(district).pk, on=date(2026, 1, 1))
    with pytest.raises(NotFound):
        actions.abolish_regulation(by=district.street.leader, at=NOW, pk=0, on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"title": "《》"}, "title"), ({"issuer": " "}, "issuer"), ({"kind": "x"}, "kind"),
        ({"issued_on": date(1900, 1, 1)}, "issued_on"), ({"effective_on": date(2025, 1, 1)}, "effective_on"),
        ({"source": "javascript:1"}, "source"), ({"words": "字" * 100_001}, "words"), ({"number": "字" * 61}, "number"),
    ],
)  # fmt: skip
def test_what_is_refused(district: District, told: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        publish(district, told=replace(TOLD, **told))
    assert set(refused.value.fields) == {field}


def test_the_same_is_entered_once(district: District) -> None:
    assert publish(district, request_key="a").pk == publish(district, request_key="a").pk
    with pytest.raises(KeyReused):
        publish(district, request_key="a", told=replace(TOLD, title="另一制度"))
    with pytest.raises(Invalid):
        publish(district)
    assert publish(district, by=district.other.leader).subdistrict == district.other.subdistrict


def test_files_are_kept_and_searched(district: District) -> None:
    made = publish(district, file=word("第一条 为加强ＡＢＣ巡查", "第二条 &lt;略&gt;"))
    assert made.words == "第一条 为加强ＡＢＣ巡查\n第二条 <略>"
    actions.change_regulation(by=district.street.clerk, at=NOW, pk=made.pk, told=TOLD, file=PDF)
    actions.change_regulation(by=district.street.clerk, at=NOW, pk=made.pk, told=TOLD, file=PDF)
    assert list(RegulationFile.objects.values_list("form", "size")) == [
        ("pdf", len(PDF)),
        ("docx", made.files.last().size),
    ]
    made = publish(district, told=replace(TOLD, title="乙"), file="第三条 巡查记录".encode("gb18030"))
    assert [Regulation.objects.filter(holding(one)).count() for one in ("巡查", "巡查 记录", "abc", "没有", "")] == [
        2, 1, 0, 0, 14
    ]  # fmt: skip
    with pytest.raises(Invalid):
        publish(district, told=replace(TOLD, title="丙"), file=b"\x00\x01")


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (PDF, "pdf"), (word("x"), "docx"), ("中文".encode(), "txt"), (b"PK\x03\x04x", ""), (b"\x00", ""),
        (b"\xff\xff", ""),
        (word("x", **{"word/vbaProject.bin": ""}), ""),
    ],
)  # fmt: skip
def test_a_file_is_what_its_content_says(content: bytes, form: str) -> None:
    assert (form_of(content), bool(fault_of(content))) == (form, not form)
    assert (words_of(PDF), words_of(b"\x00")) == ("", "")


def test_what_is_in_force_on_a_day(district: District) -> None:
    made = publish(district)
    actions.abolish_regulation(by=district.street.leader, at=NOW, pk=made.pk, on=date(2026, 1, 1))
    days = [date(2025, 1, 31), date(2025, 2, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert [Regulation.objects.filter(in_force(day), pk=made.pk).exists() for day in days] == [False, True, True, False]


def test_one_is_replaced_by_a_later_one(district: District, english: None) -> None:
    leader = {"by": district.street.leader, "at": NOW}
    old, new = publish(district), publish(district, told=replace(TOLD, effective_on=date(2026, 1, 1)))
    for pk, by_pk in ((new.pk, old.pk), (old.pk, old.pk)):
        with pytest.raises(Invalid):
            actions.replace_regulation(**leader, pk=pk, by_pk=by_pk)
    foreign = publish(district, by=district.other.leader, told=replace(TOLD, effective_on=date(2026, 1, 1)))
    with pytest.raises(NotFound):
        actions.replace_regulation(**leader, pk=old.pk, by_pk=foreign.pk)
    with pytest.raises(Invalid):  # a law that all share is not replaced by what one office has
        actions.replace_regulation(by=district.street.admin, at=NOW, pk=law(district).pk, by_pk=new.pk)
    replaced = actions.replace_regulation(**leader, pk=old.pk, by_pk=new.pk)
    assert (replaced.abolished_on, replaced.replaced_by) == (date(2026, 1, 1), new)
    with pytest.raises(WrongState):
        actions.abolish_regulation(**leader, pk=old.pk, on=date(2026, 2, 1))
    for pk, told in (
        (old.pk, replace(TOLD, effective_on=date(2026, 1, 1))),
        (new.pk, replace(TOLD, effective_on=date(2025, 2, 1), title="x")),
    ):
        with pytest.raises(Invalid) as refused:
            actions.change_regulation(**leader, pk=pk, told=told)
        assert set(refused.value.fields) == {"effective_on"}


def test_the_database_holds_that_only_a_later_one_replaces(district: District) -> None:
    old, new = law(district), law(district, date(2021, 1, 1))
    actions.replace_regulation(by=district.street.admin, at=NOW, pk=old.pk, by_pk=new.pk)
    for pk, columns in (
        (new.pk, {"replaced_by": old, "abolished_on": date(2022, 1, 1)}),
        (new.pk, {"effective_on": date(2020, 1, 1)}),
        (old.pk, {"effective_on": date(2021, 1, 1), "abolished_on": date(2021, 1, 1)}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Regulation.objects.filter(pk=pk).update(**columns)


@pytest.mark.parametrize("on", [date(2025, 1, 31), date(2101, 1, 1)])
def test_nothing_ends_before_it_began(district: District, on: date) -> None:
    made = publish(district)
    with pytest.raises(Invalid):
        actions.abolish_regulation(by=district.street.leader, at=NOW, pk=made.pk, on=on)
    actions.abolish_regulation(by=district.street.leader, at=NOW, pk=made.pk, on=date(2025, 3, 1))
    told = replace(TOLD, effective_on=date(2025, 3, 2))
    with pytest.raises(Invalid):
        actions.change_regulation(by=district.street.leader, at=NOW, pk=made.pk, told=told)


def test_two_who_abolish_at_once_do_it_once(committed: District) -> None:
    made = publish(committed)
    ask = {"by": committed.street.leader, "at": china("2026-03-04 10:00"), "pk": made.pk, "on": date(2026, 3, 4)}
    answers = race([lambda: actions.abolish_regulation(**ask)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["Regulation", "WrongState"]
