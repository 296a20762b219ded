"""The text of a bulletin, sentence by sentence, for months told by hand."""

import re
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cases.statistics.bulletins import tables, wording
from cases.statistics.bulletins.month import Day, Hot, Month, Pending, Unit, best_first
from cases.statistics.bulletins.phrases import PHRASES, Speech
from cases.statistics.bulletins.wording import SECTIONS, best_and_last, count_beside, draw_up, rate_beside
from cases.statistics.measures import MEASURES

NOTHING = dict.fromkeys(MEASURES, 0)


def counts(**told: int) -> dict[str, int]:
    return {**NOTHING, **told}


def community(name: str, to_handle: int, on_time: int, score: int | None = None) -> Unit:
    told = counts(reported=to_handle, filed=to_handle, to_handle=to_handle, handled=to_handle, handled_on_time=on_time)
    return Unit(name, name, told, None if score is None else Fraction(score))


EMPTY = Month(
    first=date(2026, 3, 1),
    office="甲街道",
    language="zh-hans",
    judged_at=datetime(2026, 4, 2, 9, 0),
    drafted_at=datetime(2026, 4, 2, 9, 30),
    counts=NOTHING,
    before=NOTHING,
    year_before=NOTHING,
    communities=(),
    departments=(),
    disorders=(),
    pending=(),
    pending_count=0,
    pending_of={},
    spots=(),
    spot_count=0,
    days=tuple(Day(date(2026, 3, day), 0, 0) for day in range(1, 32)),
)
FULL = replace(
    EMPTY,
    counts=counts(
        reported=120, reported_filed=110, self_handled=7, filed=108, filed_on_time=100, to_dispatch=105,
        dispatched_on_time=104, dispatched_correctly=103, to_handle=100, handled=95, handled_on_time=88,
        overdue_unhandled=4, extended=3, reworked=2, suspended=5, to_close=96, closed=90, closed_on_time=80,
        ended_placed=60, recurred_7=3, recurred_30=9,
    ),
    before=counts(reported=100, to_handle=80, handled=78, handled_on_time=70),
    year_before=counts(reported=125, to_handle=50, handled=50, handled_on_time=44),
    disorders=(Unit("1", "乱摆卖", counts(reported=30)), Unit("2", "乱张贴", counts(reported=90))),
    departments=(
        Unit("7", "区城管局", counts(to_handle=8, handled=6, handled_on_time=5)),
        Unit("8", "区住建局", counts()),
    ),
    pending=(Pending("J-1", "C-1", "北门", "违建", "区住建局", date(2026, 2, 3), "红色"),),
    pending_count=3,
    pending_of={"7": 1, "8": 2},
    spots=(Hot("北门", "乱摆卖", 5, 2), Hot("南门", "乱张贴", 3, 0)),
    spot_count=2,
)  # fmt: skip


def test_the_overview_compares_with_the_month_before_and_the_year_before() -> None:
    assert draw_up("overview", FULL).splitlines() == [
        "2026年3月，甲街道共受理城市管理问题120件，比上月增加20件、上升20.0%，比上年同期减少5件、下降4.0%。"
        "其中已立案110件，立案率91.7%。另有当场处置7件，不计入受理数。",
        "本月派遣的案件中，应处置100件，已处置95件，处置率95.0%，比上月下降2.5个百分点。"
        "按期处置88件，按期处置率88.0%，比上月上升0.5个百分点，与上年同期持平。",
        "本期数据统计至2026年4月2日09:00，每项数字均可逐件核对。",
    ]


def test_handling() -> None:
    assert draw_up("handling", FULL).splitlines() == [
        "本月立案108件，按时立案率92.6%，应派遣105件，按期派遣率99.0%，准确派遣率98.1%。",
        "超期未处置4件，占应处置的4.0%，延期3件，延期率3.0%，返工2件，返工率2.1%，缓办5件，不计入应处置数。",
        "应结案96件，已结案90件，结案率93.8%，按期结案率83.3%。",
        "从问题类别看，乱张贴90件（占75.0%）、乱摆卖30件（占25.0%）。",
    ]


def test_departments_recurrence_and_escalations() -> None:
    assert draw_up("departments", FULL).splitlines() == [
        "本月派遣的案件中，上报区职能部门的应处置8件，涉及部门1个，已处置6件，处置率75.0%，按期处置率62.5%。",
        "截至2026年4月2日09:30，尚未办结的升级事项：区住建局2件、区城管局1件。",
    ]
    assert draw_up("recurrence", FULL).splitlines() == [
        "本月结案且地点明确的案件60件，其中7日内回潮3件，回潮率5.0%；30日内回潮9件，回潮率15.0%。",
        "同一地点同类问题在本月受理3件及以上的热点2处，突出的有北门（乱摆卖5件）、南门（乱张贴3件）。",
    ]
    assert draw_up("escalations", FULL) == (
        "截至2026年4月2日09:30，未办结的升级事项共3件，其中最早的为J-1，2026年2月3日上报区住建局。"
        "下表列出其中最早的1件，其余见附表。"
    )


def test_next_steps_follow_from_what_is_behind() -> None:
    behind = replace(FULL, communities=(community("甲", 10, 9), community("乙", 10, 5), community("丙", 10, 8)))
    assert draw_up("next", behind).splitlines() == [
        "（一）督促按期处置率低于全街道水平（88.0%）的乙（按期处置率50.0%）、丙（按期处置率80.0%）"
        "逐件查明超期原因，限期整改。",
        "（二）对4件超期未处置案件逐件明确责任人和完成时限，尽快办结。",
        "（三）对返工的2件案件严把核查关，减少重复处置。",
        "（四）将2处热点纳入巡查计划和联席会议议题，落实长效管理。",
        "（五）对3件未办结升级事项持续催办，久拖不决的提请区政府督办。",
    ]
    assert draw_up("next", EMPTY) == "坚持日常巡查和及时处置，巩固管理成效。"
    assert draw_up("next", replace(EMPTY, spot_count=1)).startswith("将1处热点")  # a single step is not numbered


def test_a_month_without_anything_quotes_no_rate_and_praises_nobody() -> None:
    whole = "\n".join(draw_up(key, EMPTY) for key in SECTIONS)
    assert whole.splitlines() == [
        "2026年3月，甲街道没有受理城市管理问题。",
        "本月没有应处置的案件。",
        "本期数据统计至2026年4月2日09:00，每项数字均可逐件核对。",
        "本月没有立案。",
        "本月各社区都没有应处置的案件。",
        "本月派遣的案件中，没有上报区职能部门的应处置案件。",
        "本月没有地点明确的结案案件。",
        "本月没有同一地点同类问题受理3件及以上的热点。",
        "截至2026年4月2日09:30，没有未办结的升级事项。",
        "坚持日常巡查和及时处置，巩固管理成效。",
    ]
    assert "%" not in whole


@pytest.mark.parametrize(
    ("now", "was", "told"),
    [
        (12, 10, "比上月增加2件、上升20.0%"),
        (9, 10, "比上月减少1件、下降10.0%"),
        (10, 10, "与上月持平"),
        (1, 3, "比上月减少2件、下降66.7%"),
        (5, 0, ""),  # nothing is compared with nothing
        (0, 0, ""),
        (0, 4, "比上月减少4件、下降100.0%"),
    ],
)
def test_counts_compared(now: int, was: int, told: str) -> None:
    assert count_beside(now, was, "before", Speech("zh-hans")) == told


@pytest.mark.parametrize(
    ("now", "was", "told"),
    [
        ((9, 10), (8, 10), "比上月上升10.0个百分点"),
        ((8, 10), (9, 10), "比上月下降10.0个百分点"),
        ((1, 2), (2, 4), "与上月持平"),
        ((2, 3), (1, 3), "比上月上升33.4个百分点"),  # 66.7 % and 33.3 %, as they are printed
        ((0, 0), (1, 2), ""),
        ((1, 2), (0, 0), ""),
    ],
)
def test_rates_compared(now: tuple[int, int], was: tuple[int, int], told: str) -> None:
    here, there = (counts(handled=one, to_handle=of) for one, of in (now, was))
    assert rate_beside("handling_rate", here, there, "before", Speech("zh-hans")) == told


def named(units: list[Unit]) -> str:
    return "".join(unit.name for unit in units)


@pytest.mark.parametrize(
    ("scores", "best", "last"),
    [
        ("98 97 96 50 40 30 20", "ABC", "GFE"),
        ("98 97 96 50 40 30", "ABC", "FED"),
        ("98 90 80 70 60", "AB", "ED"),
        ("98 90", "A", "B"),
        ("90 80 80 80", "A", "DCB"),  # equal ones stay together
        ("90 90 90 80", "ABC", "D"),
        ("90 90 90 90 90 90 80", "ABCDEF", "G"),
        ("90 80 80 80 80 80 80", "A", "GFEDCB"),
        ("80 80 80", "ABC", ""),
    ],
)
def test_the_best_and_the_last_communities(scores: str, best: str, last: str) -> None:
    units = [community(name, 10, 9, int(one)) for name, one in zip("ABCDEFG", scores.split(), strict=False)]
    values = {unit.key: unit.score or Fraction() for unit in units}
    assert tuple(map(named, best_and_last(units, values))) == (best, last)


def test_communities_are_ranked_by_score_and_told_with_their_rates() -> None:
    units = (community("丙", 10, 5, 50), community("甲", 10, 9, 95), community("丁", 0, 0), community("乙", 4, 3, 80))
    assert draw_up("communities", replace(EMPTY, communities=units)).splitlines() == [
        "本月有应处置案件的社区3个，居前的为甲（95.00分，按期处置率90.0%）。居后的为丙（50.00分，按期处置率50.0%）。",
        "丁没有应处置案件，不参加排名。",
    ]


def test_without_scores_they_are_ranked_by_what_was_handled_on_time() -> None:
    units = (community("乙", 4, 3), community("甲", 10, 9))
    assert named(best_first(units)) == "甲乙"
    assert draw_up("communities", replace(EMPTY, communities=units)) == (
        "本月有应处置案件的社区2个，居前的为甲（按期处置率90.0%）。居后的为乙（按期处置率75.0%）。"
    )


@pytest.mark.parametrize(
    ("units", "told"),
    [
        ([community("甲", 3, 3, 99)], "本月有应处置案件的社区仅甲（99.00分，按期处置率100.0%）。"),
        ([community("甲", 3, 3, 99), community("乙", 2, 2, 99)], "本月有应处置案件的社区2个，成绩相同，为99.00分。"),
        ([community("甲", 2, 1), community("乙", 4, 2)], "本月有应处置案件的社区2个，成绩相同，为按期处置率50.0%。"),
        ([community("甲", 0, 0), community("乙", 0, 0)], "本月各社区都没有应处置的案件。"),
    ],
)
def test_few_or_equal_communities(units: list[Unit], told: str) -> None:
    assert draw_up("communities", replace(EMPTY, communities=units)) == told


def test_of_many_equal_ones_three_are_named() -> None:
    units = [community(name, 10, 9, 90) for name in "甲乙丙丁戊"] + [community("己", 10, 1, 10)]
    first = draw_up("communities", replace(EMPTY, communities=units)).split("。")[0]
    assert first.startswith("本月有应处置案件的社区6个，居前的为甲（90.00分")
    assert first.endswith("丙（90.00分，按期处置率90.0%）等5个")


NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


def numbers(text: str) -> set[str]:
    """The numbers of a text, without those of days and moments."""
    return set(NUMBER.findall(re.sub(r"\d+年\d+月(\d+日)?(\d\d:\d\d)?|\d+日内|[A-Z]-\d|3件及以上", "", text)))


@pytest.mark.parametrize("key", ["communities", "departments", "recurrence"])
def test_numbers_of_the_text_stand_in_the_table(key: str) -> None:
    month = replace(FULL, communities=(community("甲", 10, 9, 90), community("乙", 10, 5, 50)))
    told = {cell for shown in tables.shown_in(key, month) if isinstance(shown, tables.Table)
            for row in shown.rows for cell in row}  # fmt: skip
    own = {"communities": {"2"}, "departments": {"1", "75.0%"}, "recurrence": {"60", "3", "5.0%", "9", "15.0%", "2"}}
    assert numbers(draw_up(key, month)) - told <= own[key]


@pytest.mark.parametrize("month", [EMPTY, FULL], ids=["empty", "full"])
@pytest.mark.parametrize("key", SECTIONS)
def test_english_says_the_same_numbers(key: str, month: Any) -> None:
    units = (community("甲", 10, 9, 90), community("乙", 10, 5, 50)) if month is FULL else ()
    chinese, english = (draw_up(key, replace(month, communities=units, language=one)) for one in ("zh-hans", "en"))
    plain = re.sub(r"\(\d\) |within \d+ days|\d+ \w+ \d{4}( \d\d:\d\d)?|March 2026|[A-Z]-\d", "", english)
    assert not re.search("[一-龥]", re.sub("甲街道|[甲乙]|乱摆卖|乱张贴|区城管局|区住建局|北门|南门", "", english))
    assert set(NUMBER.findall(plain)) == numbers(chinese)


def test_every_phrase_is_said_somewhere_and_fits_its_places_in_both_languages() -> None:
    room = Path(wording.__file__).parent
    code = "\n".join(path.read_text() for path in room.rglob("*.py") if path.name != "phrases.py")
    said = (code + Path(room / "phrases.py").read_text().split("class Speech")[1]).replace("'", '"')
    built = {f"col_{one}" for one in (*tables.COUNTED, "handled_on_time")}
    for name, (chinese, english) in PHRASES.items():
        assert f'"{name}"' in said or name in built, name
        places = [set(re.findall(r"%\((\w+)\)s", text)) for text in (chinese, english)]
        assert places[1] <= places[0], name
