"""Notice sheets as PDF."""

from collections.abc import Sequence

from citymgmt.papers import fonts
from citymgmt.papers.poster import Poster


def poster_pdf(posters: Sequence[Poster], size: str) -> bytes:
    """The sheets, one a page, in this size (`SIZES`); the same sheets give the same bytes.

    Raises PangoMissing or ChineseFontMissing (both PaperNotPossible), with a sentence that says what to install.
    """
    fonts.chinese_file()
    try:
        from citymgmt.papers import posting  # here, because it loads libraries of the system that may be missing
    except OSError as error:
        raise fonts.PangoMissing from error
    return posting.rendered(posters, size)
