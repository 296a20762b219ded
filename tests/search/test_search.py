"""Search finds every word in all that a case says, nothing else, and whoever writes keeps it true."""

from typing import Any

import pytest
from django.db import connection

from cases import search
from cases.models import Case, CaseText
from cases.querysets import seen_by
from cases.search import tokens_of
from cases.verification import verify_history
from citymgmt.written import folded
from communities.models import KeyPlace
from tests.cases.stories import MORNING, case_in, do
from tests.office import District, china

AT = china(MORNING)
TEXTS = [
    "天桥底下占道卖水果",
    "Fruit stall, No.12 Main Street 中山路34号-2",
    "ＡＢＣ１２３ 全角",
    "号",
    "𠀀𠀁 罕见字 㐀㐁",
    "440106001-20260304-0001",
    "a" * 300 + "字" * 300,
    "100% _下划线_ \\反斜杠",
    "É ê ß",
    "",
]


def found(text: str) -> list[str]:
    return sorted(case.description for case in search.search(Case.objects.all(), text))


@pytest.mark.parametrize("text", TEXTS)
def test_the_query_is_cut_as_the_database_cuts(text: str, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cjk_fold(%s), cjk_tokens(cjk_fold(%s))", [text, text])
        text_folded, tokens = cursor.fetchone()
    assert (folded(text), tokens_of(folded(text))) == (text_folded, sorted(tokens))


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("水果", ["天桥底下占道卖水果"]),
        ("占道", ["天桥底下占道卖水果"]),
        ("道卖水", ["天桥底下占道卖水果"]),
        ("桥", ["天桥底下占道卖水果"]),
        ("天桥 水果", ["天桥底下占道卖水果"]),
        ("天桥 路灯", []),
        ("果水", []),
        ("水卖", []),
        ("fruit", ["Fruit stall at the gate"]),
        ("FRUIT  gate", ["Fruit stall at the gate"]),
        ("fru", []),
        ("路34", ["中山路34号路灯不亮"]),
        ("中山路34号", ["中山路34号路灯不亮"]),
        ("路3", []),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("路灯' OR 1=1", []),
        ("  ", ["Fruit stall at the gate", "中山路34号路灯不亮", "天桥底下占道卖水果"]),
    ],
)
def test_words_find_what_holds_them_and_nothing_else(words: str, hits: list[str], log: Any) -> None:
    for description in ("天桥底下占道卖水果", "Fruit stall at the gate", "中山路34号路灯不亮"):
        log(AT, description=description, line=330)
    assert found(words) == hits


def test_all_that_a_case_says_is_searched(district: District, log: Any) -> None:
    street = district.street
    place = KeyPlace.objects.create(
        community=street.communities[0], kind="market", name_zh="石牌菜场", name_en="Shipai Market"
    )
    case = log(AT, description="垃圾外溢", address="体育东路12号", key_place=place, line=330)
    do(district, case, "note", AT, note="已电话联系物业")
    other = case_in(district, "reported")
    for words in ("垃圾", "体育东路", "石牌", "shipai", "物业", "第1社区 垃圾", case.category.name_zh, case.number):
        assert list(search.search(Case.objects.exclude(pk=other.pk), words)) == [case], words
    assert found("乙街") == []


def test_a_number_is_found_by_its_beginning_and_its_end(district: District) -> None:
    first, second = case_in(district, "reported"), case_in(district, "reported")
    numbers = {one.number: set() for one in (first, second)}
    assert set(numbers) == {"440106001-20260304-0001", "440106001-20260304-0002"}
    for words, hits in {
        "0002": [second],
        "304-0002": [second],
        "440106001-2026": [first, second],
        "20260304": [first, second],
        "440106002": [],
    }.items():
        assert list(search.search(Case.objects.order_by("pk"), words)) == hits, words


@pytest.mark.parametrize("bound", ["FEW", "COMMON"])
def test_a_common_word_is_found_too(bound: str, district: District, log: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, bound, 0)
    made = [log(AT, description=f"占道经营{n}", line=330) for n in range(4)]
    log(AT, description="路灯不亮", line=40)
    assert list(search.search(Case.objects.filter(description__startswith="占道").order_by("pk"), "占道")) == made


def test_nobody_finds_what_is_not_theirs(district: District, log: Any) -> None:
    log(AT, description="天桥底下占道卖水果", line=330)
    users = {"clerk": 1, "officer": 1, "officer2": 0, "admin": 0}
    for username, count in users.items():
        seen = seen_by(getattr(district.street, username), AT.date())
        assert search.search(seen, "水果").count() == count
    assert search.search(seen_by(district.other.clerk, AT.date()), "水果").count() == 0


def test_corrections_and_new_names_are_followed(district: District, log: Any) -> None:
    case = log(AT, description="旧描述文字", line=330)
    do(district, case, "correct", AT, description="新描述文字")
    assert (found("旧描述"), found("新描述")) == ([], ["新描述文字"])
    community = district.street.communities[0]
    community.name_zh = "云山社区"
    community.save()
    assert (found("云山"), found("第1社区")) == (["新描述文字"], [])


def test_the_reporter_is_never_searched(district: District, log: Any) -> None:
    log(AT, description="占道", reporter_name="王小明", reporter_phone="13800000000", line=330)
    assert (found("王小明"), found("13800000000")) == ([], [])


def test_verification_finds_a_text_that_is_not_true(district: District) -> None:
    case = case_in(district, "reported")
    kept = CaseText.objects.get(case=case)
    CaseText.objects.filter(case=case).update(text="别的")
    assert dict(verify_history()) == {case.number: ["text: what is searched is not what the case says"]}
    kept.save()


def test_the_planner_has_the_indexes(db: None) -> None:
    """With the scan forbidden, the index of tokens serves the probe: its expression is the query's."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT case_id FROM cases_casetext WHERE cjk_tokens(text) @> ARRAY['占道']::text[]")
        assert "case_text_tokens" in str(cursor.fetchall())
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT id FROM cases_case WHERE reverse(number) LIKE '2000%'")
        assert "case_by_number_end" in str(cursor.fetchall())
