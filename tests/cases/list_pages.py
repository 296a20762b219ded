"""What a page with a list shows, read from its HTML."""

import re
from typing import Any

NUMBER = re.compile(r"/cases/(\d{9}-\d{8}-\d{4,})/\"")


def numbers(answer: Any) -> list[str]:
    """The cases to which a page leads, each once, in the page's order."""
    return list(dict.fromkeys(NUMBER.findall(answer.content.decode())))


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))
