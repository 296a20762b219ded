"""A paper as PDF in the layout of GB/T 9704-2012."""

from citymgmt.papers import fonts
from citymgmt.papers.paper import Paper
from citymgmt.papers.texts import cleaned


def pdf(paper: Paper) -> bytes:
    """The paper as the bytes of a PDF/A-2a with bookmarks; the same paper gives the same bytes.

    Raises PangoMissing or ChineseFontMissing (both PaperNotPossible), with a sentence that says what to install.
    """
    fonts.chinese_file()
    try:
        from citymgmt.papers import rendering  # here, because it loads libraries of the system that may be missing
    except OSError as error:
        raise fonts.PangoMissing from error
    return rendering.rendered(cleaned(paper))
