"""The papers of the law (文书) as files: which PDF is let in. Pure.

What a file is its content says, not its name: a PDF begins with `%PDF-` at its first byte, so that it is nothing else
beside, and ends with `%%EOF`. It is kept as it came, because a paper that was served must not change, and given out to
be saved, never shown by the portal.
"""

from citymgmt.wording import gettext_noop

LARGEST = 10_000_000  # bytes
BEGINS, ENDS = b"%PDF-", b"%%EOF"
TAIL = 1024  # bytes in which a reader looks for the end, says ISO 32000


def fault_of(content: bytes) -> str:
    """Why a file cannot be a paper, in English; empty when it may be one."""
    if not content:
        return gettext_noop("The file is empty.")
    if len(content) > LARGEST:
        return gettext_noop("The file is larger than 10 MB.")
    if not content.startswith(BEGINS):
        return gettext_noop("This is no PDF.")
    if ENDS not in content[-TAIL:]:
        return gettext_noop("The file is damaged or incomplete.")
    return ""
