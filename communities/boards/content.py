"""What a board of a community shows, as plain values that can be compared. Pure.

All texts are Chinese, as they are printed. Source: domain.md 8.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property

CODE_LETTERS = 8  # of the digest: what is printed on a sheet, so that it can be told from an older one


@dataclass(frozen=True)
class Person:
    """Who is shown, and what of the person; `portrait` is the hash of a picture. Empty texts are left out."""

    name: str
    badge: str = ""
    phone: str = ""
    duties: str = ""
    hours: str = ""
    portrait: str = ""


@dataclass(frozen=True)
class Content:
    """All that a board shows, whoever is away on the day; without an officer the post is vacant."""

    code: str
    community: str
    office: str
    officer: Person | None
    deputy: Person | None
    address: str
    phone: str
    supervision_phone: str
    supervision_hours: str
    report_url: str

    @cached_property
    def digest(self) -> str:
        """The same for the same content, SHA-256."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def check_code(self) -> str:
        """What is printed on the sheet: the beginning of the digest."""
        return self.digest[:CODE_LETTERS].upper()
