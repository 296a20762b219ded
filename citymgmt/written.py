"""What people write into lines, texts and numbers that others read: what is wrong with it, in a sentence."""

import re
import string
import unicodedata

from django.utils.translation import gettext as _

LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
PHONE = re.compile(r"[0-9+][0-9 ()-]{2,28}[0-9](?: ?[转x] ?[0-9]{1,6})?\Z", re.ASCII)
MOBILE = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}\Z")
# what no paper can hold: all that XML 1.0 forbids, and what turns the direction of the text around
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\x7f-\x9f]")


def in_lines(text: str) -> str:
    """The text with line feeds for all ends of lines, without blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def folded(text: str) -> str:
    """The text as it is compared: full-width characters made plain, ASCII in lower case. Equal to SQL `cjk_fold`."""
    return unicodedata.normalize("NFKC", text).translate(LOWER)


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


def faults_of_office_phone(phone: str, most: int, *, is_needed: bool = False) -> list[str]:
    """What is wrong with a number of an office: many can read it, so a private mobile number has no place there."""
    text = phone.strip()
    faults = faults_of(text, most, is_needed=is_needed)
    if text and not faults and not PHONE.match(text):
        return [_("This is no telephone number.")]
    if MOBILE.match(re.sub(r"[ ()-]", "", text)):
        return [_("This is a mobile number. Give a number of the office.")]
    return faults
