"""THE table of the documents from which formulas come: what each is, whose, and where it can be read. Pure.

Codes are those of domain.md, appendix A. No document is called by a name that it does not bear: what was found without
a title is described, with where it comes from; an address stands where the list has one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from citymgmt.wording import gettext_noop


@dataclass(frozen=True)
class Source:
    """A document: its code, its name with the body that issued it, and its address, empty where none is known."""

    code: str
    title: str
    address: str = ""


_SOURCES = (
    Source(
        "S23",
        gettext_noop("Evaluation rules of Jinhua city (copy on a site of shared documents, year not known)"),
        "https://m.wenke99.com/p-414460.html",
    ),
    Source(
        "S24",
        gettext_noop("Statistics program and dictionary of the system in use in Ningbo city (eGova)"),
        "https://github.com/zhaiweixi/egova",
    ),
    Source("S25", gettext_noop("Definitions of indicators by the maker of the system in use in Ningbo (eGova)")),
    Source("S26", gettext_noop("Definitions of the score board of Jinniu district, Chengdu city")),
    Source("S35", gettext_noop("Regulations of Beijing city on handling complaints at once (2021-09-24), Art. 32")),
)
SOURCES: Mapping[str, Source] = {source.code: source for source in _SOURCES}
OF_BACKLOG = "S24"  # that what is suspended for more than 60 days is shown on its own


def sources_of(codes: str) -> tuple[Source, ...]:
    """The documents of codes written as "S25, S26". Any other text is a document of that name, and nothing none."""
    named = [code.strip() for code in codes.split(",")]
    if all(code in SOURCES for code in named):
        return tuple(SOURCES[code] for code in named)
    return (Source("", codes.strip()),) if codes.strip() else ()
