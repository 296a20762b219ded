"""A program that speaks Open311, for tests: asks in both formats and reads the answers."""

import json
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from django.test import Client

from tests.intake.reported import KEY

KINDS = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
TOLD = {"service_code": "rubbish", "lat": "23.1298765", "long": "113.3512345", "description": "路口垃圾堆积"}


class Door:
    """The door of the portal, as a program of others meets it."""

    def __init__(self) -> None:
        self.web = Client(raise_request_exception=True)

    def ask(self, path: str, *, suffix: str = "json", headers: Any = None, **asked: Any) -> Any:
        """The answer to a GET below /open311/."""
        query = f"?{urlencode(asked, doseq=True)}" if asked else ""
        return self.web.get(f"/open311/{path}.{suffix}{query}", headers=headers)

    def read(self, path: str, *, expect: int = 200, **asked: Any) -> Any:
        """What it says as JSON; its XML must say the same."""
        answer, other = (self.ask(path, suffix=suffix, **asked) for suffix in ("json", "xml"))
        assert (answer.status_code, other.status_code) == (expect, expect), answer.content.decode()
        assert (answer["Content-Type"], other["Content-Type"]) == (KINDS["json"], KINDS["xml"])
        told = json.loads(answer.content)
        agree(told, ElementTree.fromstring(other.content.decode()))
        return told

    def requests(self, **asked: Any) -> list[str]:
        """The ids of the requests that are listed, in order."""
        return [one["service_request_id"] for one in self.read("v2/requests", **asked)]

    def send(self, *, suffix: str = "json", headers: Any = None, key: str | None = KEY, **told: Any) -> Any:
        """The answer to a report, as a form."""
        given = {**({} if key is None else {"api_key": key}), **told}
        body = urlencode({name: value for name, value in given.items() if value is not None}, doseq=True)
        kind = "application/x-www-form-urlencoded"
        return self.web.post(f"/open311/v2/requests.{suffix}", body, content_type=kind, headers=headers)

    def report(self, **told: Any) -> str:
        """Report something that is taken in; its id."""
        answer = self.send(**{**TOLD, **told})
        assert answer.status_code == 200, answer.content.decode()
        return str(json.loads(answer.content)[0]["service_request_id"])

    def refused(self, status: int, **told: Any) -> list[str]:
        """Report something that is refused; the codes of what is wrong with it."""
        answer = self.send(**told)
        assert answer.status_code == status, answer.content.decode()
        return [one["code"] for one in json.loads(answer.content)]


def agree(told: Any, element: ElementTree.Element) -> None:
    """Whether an element is what JSON tells, by the convention of the standard."""
    if isinstance(told, list):
        children = [*element]
        assert len(children) == len(told), (told, element.tag)
        for one, child in zip(told, children, strict=True):
            agree(one, child)
    elif isinstance(told, dict):
        assert [child.tag for child in element] == [*told]
        for child in element:
            agree(told[child.tag], child)
    elif isinstance(told, bool):
        assert element.text == str(told).lower()
    elif isinstance(told, float):
        assert element.text is not None
        assert float(element.text) == told
    else:
        assert element.text == (None if told is None else str(told)), element.tag
