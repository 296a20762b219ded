"""A document of Open311 as XML and as JSON, by the convention "Spark": in JSON the outer container vanishes, and what
repeats is always a list. Pure. Source: Open311, JSON and XML Conversion.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # all that XML 1.0 cannot hold


@dataclass(frozen=True)
class Many:
    """What repeats: the name of each, and the things; each is a text, a mapping or has parts that repeat."""

    child: str
    rows: Sequence[Any]


@dataclass(frozen=True)
class Document:
    """The root of a document: its name in XML, and what it holds, a mapping or `Many`."""

    name: str
    content: "Mapping[str, Any] | Many"


def as_json(document: Document) -> bytes:
    """The document as JSON: numbers and truths as such, nothing as null."""
    return json.dumps(_plain(document.content), ensure_ascii=False, separators=(",", ":")).encode()


def as_xml(document: Document) -> bytes:
    """The document as XML: nothing as an empty element."""
    root = _element(document.name, document.content)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def readable(text: str) -> str:
    """The text without what no XML can hold, its lines ended by line feeds."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _plain(value: Any) -> Any:
    if isinstance(value, Many):
        return [_plain(row) for row in value.rows]
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return readable(value) if isinstance(value, str) else value


def _element(name: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Many):
        element.extend(_element(value.child, row) for row in value.rows)
    elif isinstance(value, Mapping):
        element.extend(_element(*part) for part in value.items())
    elif value is not None:
        element.text = str(value).lower() if isinstance(value, bool) else readable(str(value))
    return element
