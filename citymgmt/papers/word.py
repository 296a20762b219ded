"""A paper as a Word file (.docx) in the layout of GB/T 9704-2012."""

from citymgmt.papers.paper import Paper
from citymgmt.papers.texts import cleaned


def word(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx; the same paper gives the same bytes.

    Raises ChineseFontMissing where it has charts and this machine cannot write Chinese in them.
    """
    from citymgmt.papers.wordfile import writing  # here, because web processes never write one

    return writing.written(cleaned(paper))
