"""Word, PDF and Excel of a bulletin: made by the worker whatever crashes; of an issued one for good."""

import hashlib
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest

from cases.models import Case
from cases.statistics.bulletins import work
from cases.statistics.bulletins.actions import ask_files, discard_bulletin
from cases.statistics.bulletins.work import make_files
from cases.statistics.frozen import counts_of
from cases.statistics.models import Bulletin, BulletinFile, BulletinJob, Dimension
from citymgmt.jobs import OvertakenError, claim
from citymgmt.papers import charts, pdf
from citymgmt.papers.fonts import ChineseFontMissing, PangoMissing
from citymgmt.paperwork.actions import keep_file
from citymgmt.refusals import NotFound, NotPermitted, WrongState
from tests.cases.stories import LATE, case_in, do
from tests.office import District, china
from tests.racing import race
from tests.statistics.bulletins.drafting import AFTER, LATER, a_month, drafted, issued, saved

KINDS = {"docx", "pdf", "xlsx"}


def asked(district: District, bulletin: Bulletin, **more: Any) -> BulletinJob:
    return ask_files(**{"by": district.street.clerk, "at": LATER, "pk": bulletin.pk, **more})


def made(bulletin: Bulletin) -> dict[tuple[str, int], bytes]:
    return {(file.kind, file.version): bytes(file.content) for file in bulletin.files.all()}


def words_of(paper: bytes) -> str:
    """The text of a Word file, with that of its tables."""
    document = docx.Document(io.BytesIO(paper))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def text_of_pdf(paper: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))


def test_word_and_pdf_hold_the_text_and_excel_the_cases(district: District) -> None:
    month = a_month(district)
    bulletin = drafted(district)
    asked(district, bulletin)
    assert make_files(lambda: LATER) == 1
    files = made(bulletin)
    assert set(files) == {(kind, 1) for kind in KINDS}
    job = BulletinJob.objects.get()
    assert (job.state, job.done, job.percent, job.trouble) == ("ready", job.total, 100, "")
    for text in (words_of(files["docx", 1]), text_of_pdf(files["pdf", 1]).replace("\r\n", "").replace("\n", "")):
        for section in bulletin.sections:
            assert section["heading"] in text
            assert section["text"].splitlines()[0][:20] in text
    kept = bulletin.files.get(kind="docx")
    assert kept.sha256 == hashlib.sha256(files["docx", 1]).hexdigest()
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx", 1])).worksheets[0]
    numbers = {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert numbers == {month[name].number for name in ("late", "good", "suspended", "reported")}


def book_of(bulletin: Bulletin) -> Any:
    (file,) = bulletin.files.filter(kind="xlsx")
    return openpyxl.load_workbook(io.BytesIO(bytes(file.content)))


def test_the_ledger_tells_what_was_judged_then(district: District) -> None:
    month = a_month(district)
    case = month["good"]
    Case.objects.filter(pk=case.pk).update(description="=1+1", address="+8613")
    bulletin = drafted(district, language="en")
    do(district, month["late"], "uphold_appeal", china(LATE))
    asked(district, bulletin)
    make_files(lambda: LATER)
    book = book_of(bulletin)
    assert book.sheetnames == ["Ledger of cases", "Open escalations", "community", "department", "Definitions"]
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert heads == ["case number", "reported at", "community", "place", "disorder", "category", "description",
                     "officer or team", "due", "handled at", "ended at", "on time?", "times of rework",
                     "extensions"]  # fmt: skip
    lines = {row[0]: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)}
    (whole,) = counts_of(bulletin.evaluation, Dimension.ALL).values()
    assert len(lines) == whole["reported"]
    assert [line["on time?"] for line in lines.values()].count("yes") == whole["handled_on_time"]
    assert {name: lines[one.number]["on time?"] for name, one in month.items() if one.number in lines} == {
        "late": "no", "good": "yes", "suspended": "–", "reported": "–",
    }  # fmt: skip
    good = lines[case.number]
    assert (good["description"], good["place"], good["community"]) == ("=1+1", "+8613", "甲街第1社区")
    assert (good["reported at"], good["handled at"] != "", good["ended at"] != "") == ("2026-03-04 09:00", True, True)
    assert {cell.data_type for one in book for row in one for cell in row} <= {"s", "n"}  # none is a formula
    for one in book.worksheets[:4]:
        setup = one.page_setup
        assert (setup.orientation, int(setup.paperSize), one.print_title_rows) == ("landscape", 9, "$1:$1")
    assert sheet.freeze_panes == "B2"


def test_what_happened_after_the_judging_is_not_in_the_ledger(district: District) -> None:
    case = case_in(district, "handling", at="2026-03-31 15:00", line=40)
    bulletin = drafted(district, at=china("2026-04-01 08:00"))
    for action in ("report_back", "pass"):
        do(district, case, action, china("2026-04-01 09:00"))
    asked(district, bulletin)
    make_files(lambda: LATER)
    line = next(book_of(bulletin).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert (line[9], line[10]) == ("", "")


def test_open_escalations_stand_in_the_ledger(district: District) -> None:
    case = case_in(district, "escalated")
    bulletin = drafted(district)
    asked(district, bulletin)
    make_files(lambda: LATER)
    (line,) = book_of(bulletin).worksheets[1].iter_rows(min_row=2, values_only=True)
    assert line[:2] == (f"{case.number}-D1", case.number)


def test_asking_again_makes_nothing_new(district: District) -> None:
    bulletin = drafted(district)
    assert asked(district, bulletin) == asked(district, bulletin, by=district.street.leader)
    make_files(lambda: LATER)
    before = made(bulletin)
    asked(district, bulletin)
    assert (make_files(lambda: LATER), made(bulletin)) == (0, before)


def test_who_asks(district: District) -> None:
    bulletin = drafted(district)
    for by, refusal in ((district.street.auditor, NotPermitted), (district.street.officer, NotFound),
                        (district.other.leader, NotFound), (district.liaison, NotFound)):  # fmt: skip
        with pytest.raises(refusal):
            asked(district, bulletin, by=by)
    with pytest.raises(NotFound):
        asked(district, bulletin, pk=2**63)
    assert BulletinJob.objects.count() == 0


def test_a_newer_text_replaces_the_files_of_the_older(district: District) -> None:
    bulletin = drafted(district)
    asked(district, bulletin)
    make_files(lambda: LATER)
    saved(district, bulletin, title="第二稿")
    assert {version for _kind, version in made(bulletin)} == {1}
    asked(district, bulletin)
    make_files(lambda: LATER)
    assert set(made(bulletin)) == {(kind, 2) for kind in KINDS}
    assert "第二稿" in words_of(made(bulletin)["docx", 2])
    assert BulletinJob.objects.get().version == 2


def test_a_text_saved_while_files_wait_is_the_one_that_is_made(district: District) -> None:
    bulletin = drafted(district)
    asked(district, bulletin)
    saved(district, bulletin)
    assert [(job.version, job.state) for job in BulletinJob.objects.all()] == [(2, "waiting")]


def test_a_text_saved_while_files_are_made_stops_the_worker(district: District) -> None:
    bulletin = drafted(district)
    asked(district, bulletin)
    assert make_files(meanwhile(lambda: saved(district, bulletin))) == 1  # the new job, in the same turn
    assert set(made(bulletin)) == {(kind, 2) for kind in KINDS}


def meanwhile(act: Callable[[], Any]) -> Callable[[], datetime]:
    """A clock that lets something happen when it is read for the third time: after claiming and the first step."""
    reads = 0

    def now() -> datetime:
        nonlocal reads
        reads += 1
        if reads == 3:
            act()
        return LATER

    return now


def test_a_draft_discarded_while_files_are_made(district: District) -> None:
    bulletin = drafted(district)
    asked(district, bulletin)
    discard = partial(discard_bulletin, by=district.street.clerk, at=LATER, pk=bulletin.pk)
    assert make_files(meanwhile(discard)) == 0
    assert (BulletinJob.objects.count(), BulletinFile.objects.count()) == (0, 0)


def test_issued_it_is_made_anew_without_the_mark_of_a_draft_and_then_never(district: District) -> None:
    bulletin = drafted(district)
    asked(district, bulletin)
    make_files(lambda: LATER)
    draft = made(bulletin)
    bulletin = issued(district, bulletin)
    assert make_files(lambda: LATER) == 1
    final = made(bulletin)
    assert set(final) == {(kind, 2) for kind in KINDS}
    marks = [b"\xe8\x8d\x89\xe7\xa8\xbf".decode() in text_of_pdf(one) for one in (draft["pdf", 1], final["pdf", 2])]
    assert marks == [True, False]
    assert "2026年第1期" in words_of(final["docx", 2])
    with pytest.raises(WrongState):
        asked(district, bulletin)
    assert (make_files(lambda: LATER), made(bulletin)) == (0, final)


class CrashError(Exception):
    """A worker that dies."""


def crash(*_given: Any) -> bytes:
    raise CrashError


def test_after_a_crash_another_goes_on_and_keeps_what_is_there(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulletin = drafted(district)
    asked(district, bulletin)
    monkeypatch.setattr(work, "ledger_of", crash)
    with pytest.raises(CrashError):
        make_files(lambda: LATER)
    monkeypatch.undo()
    first = made(bulletin)
    assert set(first) == {("docx", 1), ("pdf", 1)}
    assert make_files(lambda: LATER + timedelta(minutes=4)) == 0  # the lease still runs
    assert make_files(lambda: LATER + timedelta(minutes=6)) == 1
    assert set(made(bulletin)) == {(kind, 1) for kind in KINDS}
    assert first.items() <= made(bulletin).items()


def test_what_crashed_three_times_is_given_up_until_somebody_asks_again(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulletin = issued(district)
    monkeypatch.setattr(work, "ledger_of", crash)
    for hour in range(3):
        with pytest.raises(CrashError):
            make_files(lambda hour=hour: LATER + timedelta(hours=hour))
    assert make_files(lambda: LATER + timedelta(hours=3)) == 0
    assert BulletinJob.objects.get().state == "failed"
    monkeypatch.undo()
    asked(district, bulletin)
    assert make_files(lambda: LATER + timedelta(hours=4)) == 1
    assert set(made(bulletin)) == {(kind, 2) for kind in KINDS}


def test_a_worker_whose_lease_ran_out_keeps_nothing(district: District) -> None:
    bulletin = drafted(district)
    asked(district, bulletin)
    first = claim(BulletinJob.objects.all(), LATER)
    second = claim(BulletinJob.objects.all(), LATER + timedelta(minutes=6))
    assert first is not None
    assert second is not None
    with pytest.raises(OvertakenError):
        keep_file(first, "docx", b"old", LATER)
    keep_file(second, "docx", b"new", LATER)
    assert made(bulletin) == {("docx", 1): b"new"}


def test_two_workers_make_one_of_each(committed: District) -> None:
    case_in(committed, "closed")
    bulletin = drafted(committed)
    asked(committed, bulletin)
    assert sorted(race([lambda: make_files(lambda: LATER)] * 2)) == [0, 1]
    assert set(made(bulletin)) == {(kind, 1) for kind in KINDS}


def lacking(error: type[Exception]) -> Callable[..., bytes]:
    def draw(*_given: Any) -> bytes:
        raise error

    return draw


def test_without_pango_there_is_no_pdf_and_the_job_says_so(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    bulletin = drafted(district)
    asked(district, bulletin)
    monkeypatch.setattr(pdf, "pdf", lacking(PangoMissing))
    assert make_files(lambda: LATER) == 1
    assert ({kind for kind, _version in made(bulletin)}, BulletinJob.objects.get().trouble) == (
        {"docx", "xlsx"}, "no_pango",
    )  # fmt: skip
    monkeypatch.undo()
    asked(district, bulletin)  # once it is installed
    make_files(lambda: LATER)
    assert ({kind for kind, _version in made(bulletin)}, BulletinJob.objects.get().trouble) == (KINDS, "")


def test_without_a_chinese_font_word_has_no_charts(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    bulletin = drafted(district)
    asked(district, bulletin)
    for module, name in ((pdf, "pdf"), (charts, "png")):
        monkeypatch.setattr(module, name, lacking(ChineseFontMissing))
    assert make_files(lambda: LATER) == 1
    files = made(bulletin)
    assert (set(files), BulletinJob.objects.get().trouble) == ({("docx", 1), ("xlsx", 1)}, "no_font")
    document = docx.Document(io.BytesIO(files["docx", 1]))
    assert (len(document.inline_shapes), bulletin.sections[0]["heading"] in words_of(files["docx", 1])) == (0, True)


def test_progress_rises_to_the_end(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    a_month(district)
    bulletin = drafted(district)
    asked(district, bulletin)
    seen: list[tuple[str, int, int]] = []

    def now() -> datetime:
        seen.append(BulletinJob.objects.values_list("step", "done", "total").get())
        return AFTER

    make_files(now)
    assert [step for place, (step, *_rest) in enumerate(seen) if place == 0 or seen[place - 1][0] != step] == [
        "charts", "word", "pdf", "ledger",
    ]  # fmt: skip
    done = [count for _step, count, _total in seen]
    assert (done, done[-1], seen[-1][2]) == (sorted(done), 7, 7)  # three steps and four cases
