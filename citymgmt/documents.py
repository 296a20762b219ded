"""Documents that people hand in as files: which one is let in, as what. It reads bytes and nothing else.

What a file is its content says, not its name. A PDF begins with `%PDF-` at its first byte, so that it is nothing else
beside, and ends with `%%EOF`; a Word document is a zip archive with a text of Word and no macros; plain text is UTF-8
or GB18030 without control characters. It is kept as it came, and given out to be saved, never shown by the portal.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from django.utils.translation import gettext as _

LARGEST, LARGEST_UNPACKED = 10_000_000, 200_000_000  # bytes
PDF, WORD, TEXT = "pdf", "docx", "txt"
BEGINS, ENDS, ZIP = b"%PDF-", b"%%EOF", b"PK\x03\x04"
TAIL = 1024  # bytes in which a reader looks for the end, says ISO 32000
WORD_PARTS = frozenset({"[Content_Types].xml", "word/document.xml"})
WORD_TEXT = re.compile("<w:t(?: [^>]*)?>([^<]*)</w:t>")
CONTROLS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Form:
    """A form of documents: how it is served, and how it is called."""

    content_type: str
    name: str


FORMS: Mapping[str, Form] = {
    PDF: Form("application/pdf", "PDF"),
    WORD: Form("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
    TEXT: Form("text/plain; charset=utf-8", "TXT"),
}


def form_of(content: bytes) -> str:
    """As what a file may be let in (a key of FORMS); empty when it is none of them."""
    if content.startswith(BEGINS):
        return PDF
    if content.startswith(ZIP):
        return WORD if _is_word(content) else ""
    return TEXT if text_of(content) is not None else ""


def fault_of_pdf(content: bytes) -> str:
    """Why a file cannot be a paper, which is a PDF; empty when it may be one."""
    if content and len(content) <= LARGEST and not content.startswith(BEGINS):
        return _("This is no PDF.")
    return fault_of(content)


def fault_of(content: bytes) -> str:
    """Why a file cannot be let in; empty when it may be."""
    if not content:
        return _("The file is empty.")
    if len(content) > LARGEST:
        return _("The file is larger than 10 MB.")
    form = form_of(content)
    if not form:
        return _("This is no PDF, Word document or plain text.")
    if form == PDF and ENDS not in content[-TAIL:]:
        return _("The file is damaged or incomplete.")
    return ""


def text_of(content: bytes) -> str | None:
    """What a plain text says; None for what is none."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if CONTROLS.search(text) else text
    return None


def words_of(content: bytes) -> str:
    """What a plain text or a Word document says, by its paragraphs; empty for a PDF."""
    form = form_of(content)
    if form == TEXT:
        return (text_of(content) or "").strip()
    if form != WORD:
        return ""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode("utf-8", "replace")
    paragraphs = ("".join(WORD_TEXT.findall(part)) for part in body.split("</w:p>"))
    return "\n".join(unescape(text) for text in paragraphs if text).strip()


def _is_word(content: bytes) -> bool:
    """Whether it is an archive of Word without macros, which does not unpack to more than anybody writes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    names = {entry.filename for entry in entries}
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return names >= WORD_PARTS and not has_macros and sum(entry.file_size for entry in entries) <= LARGEST_UNPACKED
