"""A bulletin as an office writes it, in Chinese and in English."""

from dataclasses import replace
from datetime import date

from citymgmt.papers.paper import Chart, Heading, Paper, Paragraph, Picture, Series, Table

SENTENCE = "本月，街道共受理城市管理案件1286件，环比上升4.2%，同比下降11.3%；按期处置率96.8%，较上月提高1.4个百分点。"
COMMUNITIES = tuple(f"第{number}社区" for number in range(1, 37))
CHART = Chart("columns", ("占道经营", "乱堆乱放"), (Series("本月", (120, 80)), Series("上月", (100, None))), "件")
TABLE = Table(
    "表1 各社区案件处置情况",
    ("序号", "社区", "收案", "按期处置率"),
    (
        *((str(at), name, str(100 + at), "96.8%") for at, name in enumerate(COMMUNITIES, 1)),
        ("", "合计", "1286", "96.8%"),
    ),
    (10, 40, 20, 30),
    texts=2,
    total=True,
)
BULLETIN = Paper(
    mark="城市管理工作简报",
    number="第11期",
    issuer="清河街道城市管理办公室",
    issued_on=date(2026, 11, 28),
    title="清河街道2026年11月城市管理工作情况",
    blocks=(
        Heading("一、总体情况"),
        Paragraph(SENTENCE * 3),
        Heading("（一）分社区情况", 2),
        TABLE,
        Heading("1.占道经营", 3),
        Picture(CHART, "图1 两类问题比较", "占道经营由100件增加到120件。"),
        Paragraph("张三、李四", label="出席"),
    ),
    copies=(("报", "区城市管理委员会"), ("送", "各社区居委会")),
    printed_by="清河街道综合办公室",
    keywords=("城市管理", "简报"),
)
ENGLISH = replace(
    BULLETIN,
    mark="City Management Bulletin",
    number="No. 11",
    issuer="City Management Office",
    title="City management in November 2026",
    blocks=(
        Heading("I. Overview"),
        Paragraph("The office took in 1,286 cases, of which 96.8% were handled in time. " * 4),
        Heading("(1) By community", 2),
        Paragraph("Zhang San", label="Present"),
    ),
    copies=(("To", "District City Management Commission"),),
    printed_by="General Office",
    language="en",
)


def with_blocks(*blocks: Heading | Paragraph | Table | Picture, **more: str) -> Paper:
    """The Chinese bulletin with other blocks."""
    return replace(BULLETIN, blocks=blocks, **more)
