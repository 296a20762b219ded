"""Papers of the steps of an illegal building: which files are let in, who may open them, that none ever changes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from citymgmt.documents import LARGEST, fault_of_pdf
from citymgmt.refusals import Invalid, KeyReused
from patrols.illegal_buildings.actions import act_on_building
from patrols.illegal_buildings.actions.frame import MOST_PAPERS
from patrols.illegal_buildings.models import BuildingEvent, BuildingPaper
from tests.cases.list_pages import words
from tests.office import District
from tests.patrols.buildings import NOW, PDF, TODAY, building_in

pytestmark = pytest.mark.usefixtures("moment", "english")
Ask = Callable[..., Any]
OTHER = PDF.replace(b"1 0", b"2 0")


def stop(district: District, pk: int, **given: Any) -> BuildingEvent:
    told: dict[str, Any] = {"on": TODAY, "document": "停 1", "by": district.street.clerk, "at": NOW}
    return act_on_building("stop", pk=pk, **{**told, **given})


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (PDF, ""),
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf" + PDF, "This is no PDF."),
        (b"<html>" + PDF, "This is no PDF."),
        (b"%PDF-1.7\n" + b" " * 2000, "The file is damaged or incomplete."),
        (PDF + b" " * (LARGEST - len(PDF)), "The file is damaged or incomplete."),
        (PDF + b" " * (LARGEST - len(PDF) + 1), "The file is larger than 10 MB."),
        (b"%PDF-1.7\n" + b" " * (LARGEST - 14) + b"%%EOF", ""),
    ],
    ids=lambda one: repr(one)[:30],
)
def test_what_a_file_is_its_content_says(content: bytes, fault: str) -> None:
    assert fault_of_pdf(content) == fault


def test_papers_are_kept_with_the_event_each_once(district: District) -> None:
    building = building_in(district)
    event = stop(district, building.pk, papers=[PDF, OTHER, PDF])
    kept = [(one.ordinal, bytes(one.content), one.size, one.by) for one in event.papers.all()]
    assert kept == [(1, PDF, len(PDF), district.street.clerk), (2, OTHER, len(OTHER), district.street.clerk)]


def test_a_wrong_file_among_right_ones_and_too_many_change_nothing(district: District) -> None:
    building = building_in(district)
    for papers, sentence in (
        ([PDF, b"GIF89a"], "Paper 2: This is no PDF."),
        ([PDF] * (MOST_PAPERS + 1), f"At most {MOST_PAPERS} papers at once."),
    ):
        with pytest.raises(Invalid) as refused:
            stop(district, building.pk, papers=papers)
        assert refused.value.fields == {"papers": [sentence]}
    assert (building.events.count(), BuildingPaper.objects.count()) == (1, 0)


def test_a_visit_has_no_paper(district: District) -> None:
    told: dict[str, Any] = {"by": district.street.clerk, "at": NOW, "note": "x", "papers": [PDF]}
    with pytest.raises(Invalid) as refused:
        act_on_building("note", pk=building_in(district).pk, **told)
    assert refused.value.fields == {"papers": ["This step does not carry it."]}


def test_a_resend_keeps_them_once_and_another_file_is_another_request(district: District) -> None:
    building = building_in(district)
    event = stop(district, building.pk, papers=[PDF], request_key="k")
    assert stop(district, building.pk, papers=[PDF], request_key="k") == event
    with pytest.raises(KeyReused):
        stop(district, building.pk, papers=[OTHER], request_key="k")
    assert BuildingPaper.objects.count() == 1


def test_a_paper_never_changes(district: District) -> None:
    stop(district, building_in(district).pk, papers=[PDF])
    for change in (lambda: BuildingPaper.objects.update(size=1), lambda: BuildingPaper.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_the_form_takes_it_and_the_page_gives_it_to_be_saved(district: District, client: Client, send: Ask) -> None:
    building, clerk = building_in(district), district.street.clerk
    page = f"/buildings/{building.pk}/stop/"
    file = SimpleUploadedFile("../停工.html", b"<script>", content_type="application/pdf")
    assert send(clerk, page, document="停 1", papers=file).status_code == 422
    file = SimpleUploadedFile("../停工.html", PDF, content_type="text/html")
    assert send(clerk, page, document="停 1", papers=file).status_code == 302
    paper = BuildingPaper.objects.get()
    address = f"/buildings/papers/{paper.pk}/"
    body = client.get(building.get_absolute_url()).content.decode()
    assert (f'href="{address}"' in body, "Document 1 (PDF)" in words(client.get(building.get_absolute_url()))) == (
        True,
        True,
    )
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="{building.number}-2-1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("role", "status"), [("clerk", 200), ("leader", 200), ("teamleader", 200), ("officer", 403), ("member", 403)]
)
def test_who_may_not_read_whose_it_is_may_not_open_its_papers(
    district: District, get: Ask, role: str, status: int
) -> None:
    building = building_in(district)
    paper = stop(district, building.pk, papers=[PDF]).papers.get()
    person = getattr(district.street, role)
    get(person, f"/buildings/papers/{paper.pk}/", status)
    page = words(get(person, building.get_absolute_url()))
    assert ("Document 1 (PDF), not shown to you" in page) == (status == 403)


def test_outside_there_is_none(district: District, get: Ask) -> None:
    paper = stop(district, building_in(district).pk, papers=[PDF]).papers.get()
    get(district.other.clerk, f"/buildings/papers/{paper.pk}/", 404)
    get(district.street.clerk, "/buildings/papers/99999999999/", 404)
