"""Where formulas come from: documents by their names, with an address where one is known; what is ours says so."""

import re
from typing import Any

from cases.statistics.figures import sources_in_words
from cases.statistics.indicators import INDICATORS
from cases.statistics.models import Formula
from cases.statistics.sources import SOURCES, Source, sources_of
from tests.cases.list_pages import words
from tests.cases.stories import PATHS
from tests.office import District
from tests.statistics.varied import MARCH, through

JINHUA = "https://m.wenke99.com/p-414460.html"
CODE = re.compile(r"\bS[0-9]{2}\b")
PAGES = (("dashboard", ""), ("evaluation", ""), ("map", "?shade=rework_rate"))


def test_codes_lead_to_their_documents() -> None:
    assert [one.title for one in sources_of("S25, S23")] == [SOURCES["S25"].title, SOURCES["S23"].title]
    assert sources_of("") == sources_of("  ") == ()


def test_a_text_that_is_no_code_is_the_name_of_a_document() -> None:
    assert sources_of("区城管委考核办法 <2026>") == (Source("", "区城管委考核办法 <2026>"),)
    assert sources_of("S25, S999") == (Source("", "S25, S999"),)


def test_each_code_of_the_table_is_known_and_each_document_needed() -> None:
    used = {source.code for one in INDICATORS.values() for source in one.documents}
    assert used == set(SOURCES)


def test_what_no_document_says_is_a_decision() -> None:
    assert {code for code, one in INDICATORS.items() if not one.documents} == {
        "recurrence_rate_7",
        "recurrence_rate_30",
    }
    assert sources_in_words(()) == ""
    assert sources_in_words(sources_of("S25, S26")).count("; ") == 1


def test_pages_name_documents_and_no_codes(district: District, show: Any) -> None:
    through(district, PATHS["closed"], MARCH)
    for page, query in PAGES:
        said = words(show(page, district.street.leader, query))
        assert f"Source: {SOURCES['S26'].title}" in said, page
        assert "domain" not in said, page
        assert CODE.search(said) is None, page


def test_a_document_with_an_address_is_a_link(district: District, show: Any) -> None:
    html = show("evaluation", district.street.leader).content.decode()
    definition = re.findall(r'<div id="closing_rate">.*?</div>', html, re.DOTALL)[0]
    assert f'<a href="{JINHUA}" rel="noreferrer external">Evaluation rules of Jinhua' in definition
    assert "<a" not in re.findall(r'<div id="valid_report_rate">.*?</div>', html, re.DOTALL)[0]  # no address is known


def test_the_dashboard_says_what_is_decided_here(district: District, show: Any) -> None:
    assert "Decision: suspended cases are left out" in words(show("dashboard", district.street.leader))


def test_a_score_of_the_own_office_shows_what_it_says_of_its_source(district: District, show: Any) -> None:
    Formula.objects.update(source="区考核办法 <script>")
    html = show("evaluation", district.street.leader).content.decode()
    assert "Source: 区考核办法 &lt;script&gt;" in html
    Formula.objects.update(source="")
    html = show("evaluation", district.street.leader).content.decode()
    assert "Source:" not in re.findall(r'<div id="score">.*?</div>', html, re.DOTALL)[0]
