"""What people write into lines and texts that end up on paper: what is wrong with it, in a sentence."""

import re

from django.utils.translation import gettext as _

# what no paper can hold: all that XML 1.0 forbids, and what turns the direction of the text around
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\x7f-\x9f]")


def in_lines(text: str) -> str:
    """The text with line feeds for all ends of lines, without blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def faults_of(text: str, most: int, *, is_needed: bool = False, is_one_line: bool = True) -> list[str]:
    """What is wrong with a line (or a text) of at most `most` characters; empty when nothing is."""
    found = []
    if is_needed and not text.strip():
        found.append(_("Please fill this in."))
    if len(text) > most:
        found.append(_("At most %(most)s characters.") % {"most": most})
    if UNPRINTABLE.search(text) or (is_one_line and "\n" in text):
        found.append(_("This holds characters that no paper can show."))
    return found
