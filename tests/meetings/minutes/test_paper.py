"""What minutes say, held against papers written by hand in both languages; Word, PDF and page say the same."""

import io
import json

import docx
import pypdfium2
import pytest
from django.test import Client

from cases.meetings.actions import save_discussion
from cases.meetings.minutes.actions import ask_files
from cases.meetings.minutes.composing import kept_content, minutes_paper, read_content
from cases.meetings.minutes.models import Minutes
from cases.meetings.minutes.wording import Content, Frame, Item, Resolved, counted, paper_of
from cases.meetings.minutes.work import make_files
from citymgmt.papers.paper import Heading, Paragraph
from citymgmt.refusals import WrongState
from tests.meetings.gatherings import Gathering
from tests.meetings.minutes.conftest import AFTER, made

TEN_DAYS = "完成时限：纪要印发之日起10个工作日内。"
CONTENT = Content(
    [
        Item(
            "沿街违建雨棚",
            "会议听取了汇报。\n\n会议认为应限期拆除。",
            [
                Resolved("1", "拆除雨棚", "区城管局", ["执法队", "第一社区"], days=10),
                Resolved("2", "恢复立面。", "区住建局", day="2026-04-01"),
            ],
        ),
        Item("市场周边保洁"),
    ],
    {"present": [("区城管局", "张三、李四"), ("执法队", "")], "excused": [("第一小学", "王五")]},
    "赵六",
)  # fmt: skip


def written(language: str, **told: object) -> list[tuple[str, str]]:
    frame = Frame(language, "标题", "某街道办事处", "现将会议议定事项纪要如下。", 2026, **told)  # type: ignore[arg-type]
    blocks = paper_of(frame, CONTENT).blocks
    return [
        (one.label if isinstance(one, Paragraph) else "#", one.text)
        for one in blocks
        if isinstance(one, Heading | Paragraph)
    ]


def test_in_chinese() -> None:
    assert written("zh-hans", corrects=(2026, 3), reason="单位名称有误。") == [
        ("更正说明", "本纪要代替〔2026〕3号。单位名称有误。"),
        ("", "现将会议议定事项纪要如下。"),
        ("#", "一、沿街违建雨棚"),
        ("", "会议听取了汇报。"),
        ("", "会议认为应限期拆除。"),
        (
            "议定事项（1）",
            "拆除雨棚。　责任单位：区城管局。配合单位：执法队、第一社区。完成时限：纪要印发之日起10个工作日内。",
        ),
        ("议定事项（2）", "恢复立面。　责任单位：区住建局。完成时限：2026年4月1日前。"),
        ("#", "二、市场周边保洁"),
        ("出席", "区城管局　张三、李四；执法队"),
        ("请假", "第一小学　王五"),
        ("记录", "赵六"),
    ]


def test_in_english() -> None:
    assert written("en")[2:5] + written("en")[-3:] == [
        ("", "会议听取了汇报。"),
        ("", "会议认为应限期拆除。"),
        (
            "Resolved (1)",
            "拆除雨棚. Responsible: 区城管局. Supporting: 执法队, 第一社区. By: within 10 working days after issue.",
        ),
        ("Present", "区城管局 (张三、李四); 执法队"),
        ("Excused", "第一小学 (王五)"),
        ("Recorder", "赵六"),
    ]


@pytest.mark.parametrize(
    ("number", "told"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (99, "九十九")]
)
def test_headings_count_in_chinese(number: int, told: str) -> None:
    assert counted("zh-hans", number) == told


def test_what_is_kept_is_read_again() -> None:
    frame = Frame("en", "Title", "Office", "", 2026)
    kept = json.loads(json.dumps(kept_content(CONTENT)))
    assert paper_of(frame, read_content(kept)) == paper_of(frame, CONTENT)


def test_the_paper_of_a_meeting(discussed: Gathering) -> None:
    paper = minutes_paper(made(discussed, "issued"))
    assert (paper.mark, paper.number, paper.draft) == ("联席会议纪要", "〔2026〕1号", "")
    texts = [one.text for one in paper.blocks if isinstance(one, Heading | Paragraph)]
    assert f"拆除沿街违建雨棚。　责任单位：区城管局。配合单位：执法队。{TEN_DAYS}" in texts
    labelled = {one.label: one.text for one in paper.blocks if isinstance(one, Paragraph) and one.label}
    assert (labelled["出席"], labelled["列席"], labelled["请假"]) == (
        "区城管局　张三、李四",
        "执法队",
        "第一小学　王五",
    )


def test_word_and_pdf_are_made_once_and_say_the_same(discussed: Gathering) -> None:
    minutes = made(discussed, "issued")
    assert make_files(lambda: AFTER) == 1
    assert make_files(lambda: AFTER) == 0
    files = {file.kind: bytes(file.content) for file in minutes.files.all()}
    word = "\n".join(one.text for one in docx.Document(io.BytesIO(files["docx"])).paragraphs)
    pdf = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(files["pdf"]))
    for text in ("一、沿街违建雨棚", "会议认为应限期拆除", "责任单位：区城管局", "区城管局　张三、李四"):
        assert text in word
        assert "".join(text.split()) in "".join(pdf.split())
    with pytest.raises(WrongState):
        ask_files(by=discussed.district.street.clerk, at=AFTER, pk=minutes.pk)


def test_files_of_a_draft_are_made_of_the_text_as_it_is_now(discussed: Gathering) -> None:
    clerk, minutes = discussed.district.street.clerk, made(discussed, "draft")
    ask_files(by=clerk, at=AFTER, pk=minutes.pk)
    make_files(lambda: AFTER)
    item = discussed.meeting.items.first()
    assert item is not None
    save_discussion(by=clerk, at=AFTER, pk=discussed.meeting.pk, item=item.pk, version=item.version, text="改过的文字")
    ask_files(by=clerk, at=AFTER, pk=minutes.pk)
    make_files(lambda: AFTER)
    file = minutes.files.get(kind="docx")
    assert "改过的文字" in "\n".join(one.text for one in docx.Document(io.BytesIO(bytes(file.content))).paragraphs)


def test_the_file_has_its_official_name(discussed: Gathering, client: Client) -> None:
    minutes = made(discussed, "issued")
    make_files(lambda: AFTER)
    client.force_login(discussed.district.liaison)
    answer = client.get(f"/minutes/{minutes.pk}/files/docx/")
    assert (
        answer.status_code,
        "%E8%81%94%E5%B8%AD%E4%BC%9A%E8%AE%AE%E7%BA%AA%E8%A6%81" in answer["Content-Disposition"],
    ) == (200, True)
    assert client.get(f"/minutes/{minutes.pk}/files/xlsx/").status_code == 404


def test_before_the_issue_units_see_nothing(discussed: Gathering, client: Client) -> None:
    minutes = made(discussed, "signed")
    client.force_login(discussed.district.liaison)
    assert client.get(f"/minutes/{minutes.pk}/").status_code == 404
    assert Minutes.objects.get().state == "signed"
