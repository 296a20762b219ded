"""What a circular says, held against papers written by hand in both languages; Word, PDF and page say the same."""

import io
import json
from datetime import date
from typing import Any

import docx
import pypdfium2
from django.test import Client
from docx.oxml.ns import qn

from cases.meetings.circulars.actions import save_circular
from cases.meetings.circulars.composing import circular_paper, kept_content, read_content
from cases.meetings.circulars.models import Circular
from cases.meetings.circulars.wording import Concerned, Content, Frame, paper_of
from cases.meetings.circulars.work import make_circular_files
from citymgmt.papers.paper import Paragraph, Table
from tests.cases.stories import case_in
from tests.meetings.circulating import AT, LATER, made, text_to
from tests.meetings.gatherings import Gathering

CONTENT = Content(
    ["区城管局", "第一小学"],
    [Concerned("440106001-20260302-0001", "文明路12号", "待派遣"), Concerned("440106001-20260302-0002", "", "已结案")],
    (2026, 3, "关于检查情况的通报"),
)
BODY = "现将情况通报如下。\n\n 发现问题三处。 \n"


def blocks(language: str, **told: Any) -> list[Any]:
    frame = Frame("criticism", language, "标题", "某街道办事处", BODY, 2026, confirm_by=date(2026, 4, 1), **told)
    paper = paper_of(frame, CONTENT)
    return [paper.mark, paper.number, paper.draft, *paper.blocks]


def test_in_chinese() -> None:
    assert blocks("zh-hans", number=4, issued_on=date(2026, 3, 4)) == [
        "批评通报",
        "〔2026〕4号",
        "",
        Paragraph("区城管局、第一小学：", is_flush=True),
        Paragraph("本通报更正〔2026〕3号《关于检查情况的通报》。", label="更正说明"),
        Paragraph("现将情况通报如下。"),
        Paragraph("发现问题三处。"),
        Table(
            "涉及案件",
            ("案件编号", "地点", "办理状态"),
            (("440106001-20260302-0001", "文明路12号", "待派遣"), ("440106001-20260302-0002", "—", "已结案")),
            (5, 7, 3),
            texts=3,
        ),
        Paragraph("请于2026年4月1日前签收。", label="签收要求"),
    ]


def test_in_english() -> None:
    assert blocks("en") == [
        "Circular: Criticism",
        "[2026] No. …",
        "DRAFT",
        Paragraph("To: 区城管局, 第一小学", is_flush=True),
        Paragraph("This circular corrects [2026] No. 3, “关于检查情况的通报”.", label="Correction"),
        Paragraph("现将情况通报如下。"),
        Paragraph("发现问题三处。"),
        Table(
            "Cases concerned",
            ("Case number", "Place", "State"),
            (("440106001-20260302-0001", "文明路12号", "待派遣"), ("440106001-20260302-0002", "–", "已结案")),
            (5, 7, 3),
            texts=3,
        ),
        Paragraph("Please confirm the receipt by 2026-04-01.", label="Receipt"),
    ]


def test_a_draft_to_nobody_yet_has_its_text_alone() -> None:
    paper = paper_of(Frame("information", "zh-hans", "标题", "某街道办事处", "正文", 2026), Content([]))
    assert paper.blocks == (Paragraph("正文"),)


def test_what_is_kept_is_read_again() -> None:
    for content in (CONTENT, Content(["某单位"], [])):
        assert read_content(json.loads(json.dumps(kept_content(content)))) == content


def test_the_paper_has_its_own_language_whoever_reads_it(gathering: Gathering) -> None:
    case = case_in(gathering.district, "filed", at="2026-03-02 10:00")
    chinese, english = (made(gathering, cases=[case], language=language) for language in ("zh-hans", "en"))
    told = [circular_paper(one) for one in (chinese, english)]
    assert [one.issuer for one in told] == ["甲街办事处", "Office of 甲街"]
    tables = [block for one in told for block in one.blocks if isinstance(block, Table)]
    assert [one.rows[0][2] for one in tables] == ["待派遣", "filed, to be dispatched"]


def test_word_and_pdf_are_made_once_and_say_the_same(gathering: Gathering) -> None:
    case = case_in(gathering.district, "filed", at="2026-03-02 10:00")
    circular = made(gathering, "issued", cases=[case], confirm_by=date(2026, 3, 10))
    assert [make_circular_files(lambda: LATER) for _ in "12"] == [1, 0]
    files = {file.kind: bytes(file.content) for file in circular.files.all()}
    document = docx.Document(io.BytesIO(files["docx"]))
    word = "\n".join(one.text for one in document.paragraphs)
    pdf = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(files["pdf"]))
    for text in ("情况通报", "〔2026〕1号", "第一小学", "发现问题三处", "请于2026年3月10日前签收", "2026年3月4日"):
        assert text in word
        assert text in "".join(pdf.split())
    assert document.tables[0].cell(1, 0).text == case.number
    (to,) = (one for one in document.paragraphs if "区城管局、" in one.text)
    assert to._p.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "0"


def test_files_of_an_earlier_text_are_not_those_of_the_issued_one(gathering: Gathering, client: Client) -> None:
    clerk, circular = gathering.district.street.clerk, made(gathering)
    client.force_login(clerk)
    address = f"/circulars/{circular.pk}/files/docx/"
    client.post(f"/circulars/{circular.pk}/make/", {"request_key": "00000000-0000-4000-8000-000000000000"})
    make_circular_files(lambda: AT)
    answer = client.get(address)
    assert "%E6%83%85%E5%86%B5%E9%80%9A%E6%8A%A5" in answer["Content-Disposition"]
    save_circular(by=clerk, at=AT, pk=circular.pk, version=1, text=text_to(gathering, body="改过的文字"))
    assert client.get(address).status_code == 200
    client.post(f"/circulars/{circular.pk}/make/", {"request_key": "00000000-0000-4000-8000-000000000000"})
    make_circular_files(lambda: AT)
    document = docx.Document(io.BytesIO(bytes(Circular.objects.get().files.get(kind="docx").content)))
    assert "改过的文字" in "\n".join(one.text for one in document.paragraphs)
    assert client.get(f"/circulars/{circular.pk}/files/xlsx/").status_code == 404
