"""Document numbers (文号) in one way of writing. Pure.

The year stands in six-cornered brackets (GB/T 9704-2012, 7.2.5): offices type square, round or other ones for them.
"""

import re
import unicodedata

YEAR = re.compile(r"[\[(【〔﹝]\s*([0-9]{4})\s*[\])】〕﹞]")


def normal(text: str) -> str:
    """The number as it is kept: no blanks, plain digits, the year in 〔〕."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return YEAR.sub(r"〔\1〕", plain)
