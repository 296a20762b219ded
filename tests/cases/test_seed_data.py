"""The shipped catalogue, checked against literal values of domain.md. Plain CSV: no Django, no database."""

import csv
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

SEED = Path(__file__).resolve().parents[2] / "cases" / "seed"

HEADERS = {
    "disorders": "key name_zh name_en is_six_disorder sort_order",
    "standards": (
        "row part disorder code_2026 code_2013 is_local_extension category_zh category_en pinyin "
        "condition_zh condition_en closing_zh closing_en limit_value limit_unit handled_by department "
        "legal_basis_zh street_may_penalise source alias_zh"
    ),
    "categories_without_standard": "disorder code_2026 code_2013 category_zh category_en pinyin department",
    "departments": (
        "key name_zh short_zh name_en matters_zh matters_en kind reply_limit_value reply_limit_unit source"
    ),
    "boundary_help": "categories help_zh help_en source",
    "handlers": "letter name_zh name_en source",
}
MAY_BE_EMPTY = {"part", "code_2026", "legal_basis_zh", "alias_zh"}

# Domain 3.7, the columns "#", "Code", "六乱 key" and "Limit". A star marks a local code; "/" a split row.
GOLDEN = """
 1 09001 0401  vending  2 uh
 2 09006 0406  vending  2 uh
 3 09005 0405  vending  2 uh
 4 09002 0402  vending  2 uh
 5 09002 0402  vending  2 uh
 6 09002 0402  vending  2 uh
 7 09022 0495* vending  2 uh
 8 09004 0404  vending  1 wd
 9 09021 0494* vending  2 wh
10 06029 0129  vending  2 uh
11 09020 0498* vending  2 wd
12 -     0492* vending  4 wh
13 -     0491* vending  4 wh / 1 wd
14 09013 0602  vending  2 wh
15 09010 0410  parking  2 wh
16 09011 0493* parking  2 wh
17 09011 0493* parking  1 wd
18 09012 0496* parking  2 wh
19 06040 0196* parking  2 wd
20 06036 0136  piling   1 wd
21 06035 0135  piling   2 wd
22 06011 0111  piling   5 wd
23 06010 0110  piling   4 wh
24 06042 0192* piling   4 wh
25 08006 0306  piling   1 wd
26 08005 0305  piling   2 wd
27 06018 0118  piling   4 wh
28 06014 0114  piling   4 wh
29 06030 0130  piling   2 wd
30 06030 0130  piling   1 wd
31 -     0131  piling   4 wh
32 06001 0101  building 2 ud
33 06001 0101  building 15 wd
34 06002 0102  building 1 ud
35 06003 0103  building 1 wd / 3 wd
36 06039 0197* building 3 wd
37 06045 0191* building 2 wh
38 -     0198* building 2 ud / 15 wd
39 -     0199* building 2 ud / 15 wd
40 08003 0303  building 1 wd
41 08002 0302  building 1 wd
42 06007 0107  hanging  2 uh
43 06008 0108  hanging  5 wd
44 06008 0108  hanging  4 wh
45 06019 0119  hanging  1 wd
46 06006 0106  hanging  1 wd
47 06005 0105  hanging  2 wd
48 07007 0207  hanging  1 wd
49 -     0180* hanging  1 wd
50 10002 0508  hanging  2 wh
51 07001 0201  posting  1 wd
52 07002 0202  posting  2 wh
53 07003 0203  posting  1 wd
54 07003 0203  posting  5 wd
55 07006 0206  posting  2 wd
56 06004 0104  posting  1 wd / 3 wd / 3 wd
57 07004 0204  posting  5 wd
58 07008 0299* posting  5 wd
59 06012 0112  clean    2 wh
60 06017 0117  clean    4 wh
61 06020 0120  clean    2 uh
62 06037 0137  clean    4 wh
63 06038 0138  clean    1 wd
64 06041 0193* clean    2 wd
65 06028 0128  clean    2 uh
66 -     0604  clean    4 wh
67 08001 0301  site     2 uh
68 08004 0304  site     2 wh
69 08007 0307  site     3 wd / 2 wd / 1 wd
70 08010 0310  site     2 wd
71 08011 0311  site     2 wd
72 08012 0312  site     1 wd
73 06013 0113  road     5 wd
74 -     0505  emergency 2 uh
75 -     0502  emergency 1 uh
76 -     0503  emergency 4 wh / 1 uh
""".strip().splitlines()

# Row, part: 小类, initials, closing condition, handled by, department (domain 3.7 and 6).
SPOT = [
    ("1", "", "无照经营游商", "wzjyys", "取缔", "J", "cgj"),
    ("2", "", "占道经营", "zdjy", "取缔", "J", "cgj"),
    ("4", "", "早(夜)市管理问题", "zsglwt", "整改", "J", "cgj"),
    ("12", "", "便民服务摊点", "bmfwtd", "整改", "E;J", "cgj"),
    ("15", "", "非机动车乱停放", "fjdcltf", "规范停放", "J", "cgj"),
    ("18", "", "占用消防通道", "zyxftd", "制止、清理", "E;F;J", "xfdd"),
    ("20", "", "乱堆杂物", "ldzw", "清除、整改", "J", "cgj"),
    ("22", "", "积存垃圾渣土", "jcljzt", "查处、清除", "J", "cgj"),
    ("23", "", "暴露垃圾", "bllj", "清理", "H;S", "hw"),
    ("25", "", "施工物料乱堆放", "sgwlldf", "整改", "M;G;J", "zjj"),
    ("27", "", "绿化弃料", "lhql", "清理", "G", "ylj"),
    ("29", "", "乱倒乱排污水", "ldlpws", "查处、制止、清理", "J", "sthj"),
    ("32", "", "私搭乱建", "sdlj", "制止、恢复", "J", "cgj"),
    ("33", "", "私搭乱建", "sdlj", "按法定程序拆除", "J", "cgj"),
    ("35", "a", "违章接坡", "wzjp", "清除", "M;J", "cgj"),
    ("35", "b", "违章接坡", "wzjp", "拆除", "M;J", "cgj"),
    ("38", "a", "违法农村自建房", "wfnczjf", "初审、移交", "J", "gzfj"),
    ("38", "b", "违法农村自建房", "wfnczjf", "拆除", "J", "cgj"),
    ("44", "", "擅自架设管线、杆线", "szjsgxgx", "整改", "J", "xfdd"),
    ("49", "", "线体垂落", "xtcl", "整改", "X", "gy_telecom"),
    ("50", "", "架空线缆脱落", "jkxltl", "修复", "X", "gy_power"),
    ("51", "", "非法小广告", "ffxgg", "清除", "J", "cgj"),
    ("56", "c", "建筑物外立面污损", "jzwwlmws", "修复", "J", "cgj"),
    ("59", "", "道路不洁", "dlbj", "清理", "H", "hw"),
    ("65", "", "噪声扰民", "zsrm", "查处、整改", "P;J", "gafj"),
    ("69", "b", "工地围挡", "gdwd", "修复", "J", "zjj"),
    ("71", "", "渣土车未密闭", "ztcwmb", "整改", "E;J", "cgj"),
    ("73", "", "道路破损", "dlps", "修复", "M;S", "sz"),
    ("75", "", "燃气管道破裂", "rqgdpl", "消除险情", "X;S", "gy_gas"),
    ("76", "a", "排水管道堵塞、破裂", "psgddspl", "疏通", "D;S", "ps"),
]

# Every pair of value and unit in the column "Limit" of 3.7.
LIMITS = {
    ("1", "uh"), ("2", "uh"), ("1", "ud"), ("2", "ud"), ("2", "wh"), ("4", "wh"),
    ("1", "wd"), ("2", "wd"), ("3", "wd"), ("5", "wd"), ("15", "wd"),
}  # fmt: skip

# Laws whose articles were read; a basis names nothing else.
LAWS = {
    "城市市容和环境卫生管理条例", "城市道路管理条例", "城市绿化条例", "城乡规划法",
    "道路交通安全法", "消防法", "噪声污染防治法",
}  # fmt: skip


def read(name):
    with (SEED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STANDARDS = read("standards")
UNLIMITED = read("categories_without_standard")
DEPARTMENTS = read("departments")
DISORDERS = read("disorders")
HELP = read("boundary_help")
HANDLERS = read("handlers")


def category(row):
    return row["code_2026"] or row["code_2013"]


def han(text):
    """The Han characters of a name, brackets and what they hold left out."""
    return re.findall(r"[\u4e00-\u9fff]", re.sub(r"[(（].*?[)）]", "", text))


@pytest.mark.parametrize("name", HEADERS)
def test_file_is_clean_utf8_with_the_agreed_columns(name):
    raw = (SEED / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    header, *rows = csv.reader(raw.decode("utf-8").splitlines())
    assert header == HEADERS[name].split()
    for row in rows:
        assert len(row) == len(header)
        for column, cell in zip(header, row, strict=True):
            assert cell == cell.strip()
            assert cell or column in MAY_BE_EMPTY, (column, row)


def test_the_six_disorders_come_first_and_the_catch_all_last():
    ordered = sorted(DISORDERS, key=lambda d: int(d["sort_order"]))
    assert [d["key"] for d in ordered] == [
        "vending", "building", "piling", "hanging", "posting", "parking",
        "clean", "site", "road", "emergency", "other",
    ]  # fmt: skip
    assert [d["key"] for d in ordered if d["is_six_disorder"] == "1"] == [d["key"] for d in ordered[:6]]
    assert {d["is_six_disorder"] for d in DISORDERS} == {"0", "1"}
    assert len({d["sort_order"] for d in DISORDERS}) == len(DISORDERS)
    assert ordered[-1]["name_zh"] == "其他乱象"


def test_rows_cover_1_to_76_in_order():
    numbers = [int(row["row"]) for row in STANDARDS]
    assert numbers == sorted(numbers)
    assert sorted(set(numbers)) == list(range(1, 77))
    assert len(STANDARDS) == 85


def test_split_rows_are_lettered_and_single_rows_are_not():
    parts = defaultdict(list)
    for row in STANDARDS:
        parts[int(row["row"])].append(row["part"])
    split = {number: "".join(letters) for number, letters in parts.items() if len(letters) > 1}
    assert split == {13: "ab", 35: "ab", 38: "ab", 39: "ab", 56: "abc", 69: "abc", 76: "ab"}
    assert all(letters == [""] for number, letters in parts.items() if number not in split)


@pytest.mark.parametrize("line", GOLDEN, ids=lambda line: line.split()[0])
def test_codes_disorder_and_limits_are_those_of_domain_3_7(line):
    number, code_2026, code_2013, disorder, limits = line.split(maxsplit=4)
    rows = [row for row in STANDARDS if row["row"] == number]
    assert [f"{row['limit_value']} {row['limit_unit']}" for row in rows] == limits.split(" / ")
    for row in rows:
        assert row["disorder"] == disorder
        assert row["code_2026"] == code_2026.strip("-")
        assert row["code_2013"] == code_2013.rstrip("*")
        assert row["is_local_extension"] == ("1" if code_2013.endswith("*") else "0")
        assert row["source"] == f"Yuncheng standard [S10], domain 3.7 row {number}"


def test_the_golden_list_is_complete():
    assert [int(line.split()[0]) for line in GOLDEN] == list(range(1, 77))


@pytest.mark.parametrize("expected", SPOT, ids=lambda row: row[0] + row[1])
def test_names_closing_conditions_and_units(expected):
    columns = ("row", "part", "category_zh", "pinyin", "closing_zh", "handled_by", "department")
    assert expected in [tuple(row[column] for column in columns) for row in STANDARDS]


def test_limits_are_those_seen_in_domain_3_7():
    assert {(row["limit_value"], row["limit_unit"]) for row in STANDARDS} == LIMITS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_condition_occurs_once_in_a_category(language):
    seen = Counter((category(row), row[f"condition_{language}"]) for row in STANDARDS)
    assert [key for key, times in seen.items() if times > 1] == []


def test_a_category_has_one_name_and_one_place():
    columns = ("code_2026", "code_2013", "is_local_extension", "disorder", "category_zh", "category_en",
               "pinyin", "alias_zh")  # fmt: skip
    same = defaultdict(set)
    for row in STANDARDS:
        same[category(row)].add(tuple(row[column] for column in columns))
    assert [code for code, variants in same.items() if len(variants) > 1] == []
    for column in ("code_2013", "category_zh", "category_en"):
        assert len({next(iter(v))[columns.index(column)] for v in same.values()}) == len(same), column
    assert not {category(row) for row in UNLIMITED} & set(same)


def test_2013_codes_map_to_2026_by_the_rule_of_domain_3_4_4():
    exceptions = {"0602": "09013", "0508": "10002"}
    for row in [*STANDARDS, *UNLIMITED]:
        if row["code_2026"] and row.get("is_local_extension", "0") == "0":
            old = row["code_2013"]
            assert row["code_2026"] == exceptions.get(old, f"{int(old[:2]) + 5:02}{int(old[2:]):03}")


def test_codes_have_their_shape():
    for row in [*STANDARDS, *UNLIMITED]:
        assert re.fullmatch(r"\d{5}|", row["code_2026"])
        assert re.fullmatch(r"\d{4}", row["code_2013"])


@pytest.mark.parametrize("row", [*STANDARDS, *UNLIMITED], ids=lambda row: category(row))
def test_pinyin_has_one_ascii_letter_for_each_character(row):
    assert re.fullmatch(r"[a-z]+", row["pinyin"])
    assert len(row["pinyin"]) == len(han(row["category_zh"]))


def test_references_resolve():
    departments = {row["key"] for row in DEPARTMENTS}
    disorders = {row["key"] for row in DISORDERS}
    letters = {row["letter"] for row in HANDLERS}
    codes = {row["code_2026"] for row in [*STANDARDS, *UNLIMITED]}
    for row in [*STANDARDS, *UNLIMITED]:
        assert row["department"] in departments
        assert row["disorder"] in disorders
    for row in STANDARDS:
        assert set(row["handled_by"].split(";")) <= letters
        assert row["street_may_penalise"] == "0"
    for row in HELP:
        assert set(row["categories"].split(";")) <= codes


def test_help_calls_categories_by_their_names():
    names = {row["category_zh"] for row in STANDARDS}
    for row in HELP:
        assert set(re.findall("“(.+?)”", row["help_zh"])) <= names


def test_legal_basis_names_only_laws_that_were_read():
    article = r"第\d+条(第\d+款|第（[一二三四五六七]）项)?"
    basis = rf"《([^》]+)》{article}(、{article})*"
    for row in STANDARDS:
        for part in filter(None, row["legal_basis_zh"].split("；")):
            match = re.fullmatch(basis, part)
            assert match, part
            assert match[1] in LAWS


def test_categories_without_a_standard():
    columns = ("code_2026", "code_2013", "category_zh", "department")
    assert [tuple(row[column] for column in columns) for row in UNLIMITED] == [
        ("09009", "0409", "机动车乱停放", "jjdd"),
        ("06034", "0134", "废弃车辆", "jjdd"),
        ("09003", "0403", "流浪乞讨", "mzj"),
    ]


def test_departments_are_all_of_domain_6():
    kinds = defaultdict(set)
    for row in DEPARTMENTS:
        kinds[row["kind"]].add(row["key"])
    assert kinds == {
        "department": {"cgj", "zjj", "gzfj", "scj", "gafj", "jjdd", "sthj", "swj", "wjj", "ylj", "jtj", "yjj",
                       "xfdd", "mzj", "sfj", "swuj", "wlj"},
        "government": {"qzf"},
        "enterprise": {"gy_power", "gy_telecom", "gy_gas", "gy_water"},
        "unit": {"hw", "sz", "ps"},
    }  # fmt: skip
    for column in ("key", "name_zh", "short_zh", "name_en"):
        assert len({row[column] for row in DEPARTMENTS}) == len(DEPARTMENTS)


def test_departments_reply_in_five_working_days_and_name_their_matters_in_both_languages():
    for row in DEPARTMENTS:
        assert (row["reply_limit_value"], row["reply_limit_unit"]) == ("5", "wd")
        matters = row["matters_zh"].split("；"), row["matters_en"].split("; ")
        assert len(matters[0]) == len(matters[1]), row["key"]
        assert all(matters[0] + matters[1])


def test_english_text_is_english_and_chinese_text_is_chinese():
    for rows in (STANDARDS, UNLIMITED, DEPARTMENTS, DISORDERS, HELP, HANDLERS):
        for row in rows:
            for column, text in row.items():
                if column.endswith("_en"):
                    assert not han(text), text
                    assert "  " not in text
                if column.endswith("_zh") and text:
                    assert re.search(r"[\u4e00-\u9fff]", text), text
                    assert not re.search(r"[,;]", text), text


def test_rows_of_one_disorder_follow_each_other():
    order = [row["disorder"] for row in STANDARDS]
    changes = sum(a != b for a, b in pairwise(order))
    assert changes == len(set(order)) - 1
