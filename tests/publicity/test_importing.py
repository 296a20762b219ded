"""Lists of publicity: read row by row, imported once, what was put out before comes in as it stands."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.publicity.actions import import_items
from cases.publicity.models import PublicityItem
from cases.publicity.reading import TEMPLATE, read_items
from citymgmt.refusals import Invalid, NotPermitted
from tests.office import District, china
from tests.publicity.told import NOW, put_out

pytestmark = pytest.mark.usefixtures("english", "media")
KEY = {"request_key": "0" * 32}


def content(*rows: str) -> bytes:
    return "\n".join([",".join(TEMPLATE), *rows]).encode()


def imported(district: District, *rows: str, **options: Any) -> Any:
    found, errors = read_items(content(*rows))
    return import_items(rows=found, errors=errors, by=district.street.clerk, at=NOW, **options)


def test_rows_become_items_in_the_state_that_they_tell(district: District) -> None:
    place = district.street.communities[0]
    rows = [
        f"墙报,垃圾分类,{place.name_zh},公告栏,,2,期,officer1,2026-03-20,,2026-04-20,,,",
        f"墙报（板报）,门前三包,{place.code},市场口,司法所,1,,,2026/1/5,2026.1.6,2026-02-01,2026-02-01,600,",
        "公众号,红黑榜,,,,1,,,2026-02-10,2026-02-10,,,3260,https://example.org/1",
        f"横幅,占道整治,{place.name_zh},天桥,,4,条,,2026-03-01,2026-03-01,2026-05-01,,,",
    ]
    done = imported(district, *rows)
    assert (done.added, done.changed, done.unchanged, done.is_written, done.errors) == (4, 0, 0, True, [])
    found = PublicityItem.objects.order_by("pk").values_list("theme", "state", "quantity", "unit", "reached")
    assert list(found) == [
        ("垃圾分类", "planned", 2, "期", None),
        ("门前三包", "down", 1, "期", 600),
        ("红黑榜", "out", 1, "篇", 3260),
        ("占道整治", "out", 4, "条", None),
    ]
    first, _down, post, banner = PublicityItem.objects.order_by("pk")
    assert (first.responsible, post.community, post.web) == (district.street.officer, None, "https://example.org/1")
    assert (post.due_at, banner.due_at) == (None, china("2026-05-01 18:00"))
    again = imported(district, *rows)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 4)
    changed = imported(district, rows[0].replace(",2,期", ",5,期"), rows[3].replace(",4,条", ",9,条"))
    assert (changed.added, changed.changed, changed.unchanged) == (0, 1, 1)
    assert list(PublicityItem.objects.order_by("pk").values_list("quantity", flat=True)) == [5, 1, 1, 4]


WRONG = [
    ("雕塑,x,,,,1,,,2026-03-20,,,,,", "is no kind of publicity"),
    ("海报,x,,,,一,,,2026-03-20,,,,,", "is no whole number"),
    ("海报,x,,,,1,,,20 March,,,,,", "is no day such as"),
    ("海报,,,,,1,,,2026-03-20,,,,,", "“主题” is missing"),
    ("单张,x,别处,,,1,,,2026-03-20,,,,,", "is no community of this office"),
    ("单张,x,,,,1,,nobody,2026-03-20,,,,,", "is nobody of this office"),
    ("海报,x,,,,1,,,2026-03-20,,,,,", "Say by which day it is taken down"),
    ("单张,x,,,,1,,,2026-03-20,2026-03-20,,,,", "发布日期: Choose a day that is not in the future"),
    ("横幅,x,,天桥,,1,,,2026-01-01,2026-01-01,2026-02-01,,,", "say on which day it was taken down"),
    ("公众号,x,,,,1,,,2026-01-01,2026-01-01,,,,ftp://x", "网址: An address that begins with"),
    ("单张,\x01,,,,1,,,2026-03-20,,,,,", "characters that cannot be read"),
]


@pytest.mark.parametrize(("row", "sentence"), WRONG)
def test_what_is_wrong_is_told_by_row(district: District, row: str, sentence: str) -> None:
    good = "单张,好的,,,,1,,,2026-03-20,,,,,"
    done = imported(district, good, row)
    assert [(one.line, sentence in one.sentence) for one in done.errors] == [(3, True)], done.errors
    assert (done.is_written, PublicityItem.objects.count()) == (False, 0)
    kept = imported(district, good, row, skip_errors=True)
    assert (kept.is_written, PublicityItem.objects.get().theme) == (True, "好的")


def test_an_item_stands_in_a_file_once_and_a_dry_run_writes_nothing(district: District) -> None:
    row = "单张,x,,,,1,,,2026-03-20,,,,,"
    assert [one.sentence for one in imported(district, row, row).errors] == ["This item stands in the file twice."]
    done = imported(district, row, is_dry_run=True)
    assert (done.added, done.is_written, PublicityItem.objects.count()) == (1, False, 0)


def test_a_list_has_an_end(district: District) -> None:
    with pytest.raises(Invalid, match="more than 500 rows"):
        read_items(content(*["单张,x,,,,1,,,2026-03-20,,,,,"] * 501))


def test_what_went_further_stays_as_it_is(district: District) -> None:
    row = "单张,x,,,,1,,,2026-03-04,,,,,"
    imported(district, row)
    put_out(district, PublicityItem.objects.get())
    assert imported(district, row.replace(",1,", ",7,")).unchanged == 1
    assert PublicityItem.objects.get().quantity == 1


def test_the_clerks_alone_import(district: District) -> None:
    for name in ("leader", "officer", "admin"):
        with pytest.raises(NotPermitted):
            import_items(rows=[], by=getattr(district.street, name), at=NOW)


def test_the_page_of_the_import(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    good, bad = "单张,x,,,,1,,,2026-03-20,,,,,", "雕塑,x,,,,1,,,2026-03-20,,,,,"

    def sent(*rows: str, **options: str) -> int:
        file = SimpleUploadedFile("a.csv", content(*rows))
        return client.post("/publicity/import/", {"file": file, **KEY, **options}).status_code

    assert (sent(good, bad), PublicityItem.objects.count()) == (422, 0)
    assert (sent(good, is_dry_run="on"), PublicityItem.objects.count()) == (200, 0)
    assert (sent(good), PublicityItem.objects.count()) == (302, 1)
    file = SimpleUploadedFile("a.csv", b"x\n1")
    assert client.post("/publicity/import/", {"file": file, **KEY}).status_code == 422
    assert client.get("/publicity/import/template/").status_code == 200
