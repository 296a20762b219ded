"""What a page with a list shows, read from its HTML."""

import base64
import json
import re
from typing import Any

NUMBER = re.compile(r"/cases/(\d{9}-\d{8}-\d{4,})/\"")


def numbers(answer: Any) -> list[str]:
    """The cases to which a page leads, each once, in the page's order."""
    return list(dict.fromkeys(NUMBER.findall(answer.content.decode())))


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def cursor_of(*told: Any) -> str:
    """A cursor that says this."""
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
