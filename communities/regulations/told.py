"""A regulation as somebody tells of it: a person by a form, or a row of a list."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from communities.regulations import numbers


@dataclass(frozen=True)
class RegulationTold:
    """A regulation; `words` is its text, where somebody has it at hand."""

    title: str
    kind: str
    issuer: str
    issued_on: date
    effective_on: date
    number: str = ""
    source: str = ""
    words: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the row; a title is kept without the marks around it."""
        plain = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(self).items()}
        title = plain["title"].removeprefix("《").removesuffix("》").strip()
        return {**plain, "title": title, "number": numbers.normal(self.number)}
