"""Any text in any document: its XML is well-formed, its JSON is JSON, and both say the same."""

import json
from typing import Any
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as some

from cases.intake.open311.spark import Document, Many, as_json, as_xml, readable
from tests.intake.open311.doors import agree

texts = some.text(some.characters(codec=None), max_size=40)
scalars = some.none() | some.booleans() | texts | some.floats(-180, 180)
names = some.sampled_from(["service_code", "lat", "notes", "value"])
mappings = some.dictionaries(names, scalars, max_size=4)
many = some.builds(lambda rows: Many("one", rows), some.lists(mappings | texts, max_size=3))
whole = some.builds(lambda told, parts: {**told, "parts": parts}, mappings, many)


def unblank(value: Any) -> Any:
    """An empty text is an empty element, as nothing is."""
    if isinstance(value, dict):
        return {name: unblank(part) for name, part in value.items()}
    if isinstance(value, list):
        return [unblank(part) for part in value]
    return None if value == "" else value


@given(many | whole)
def test_both_say_the_same(content: Any) -> None:
    document = Document("root", content)
    told, element = json.loads(as_json(document)), ElementTree.fromstring(as_xml(document).decode())
    assert element.tag == "root"
    agree(unblank(told), element)


@given(texts)
def test_what_is_readable_stays(text: str) -> None:
    once = readable(text)
    assert readable(once) == once
    assert not {*once} & {"\x00", "\x0b", "\x1f", "\r", "\ud800", "\uffff"}


def test_what_no_xml_holds_is_left_out() -> None:
    assert readable("a\x00\x08b\ud83dc\uffff\r\nd\re👍") == "abc\nd\ne👍"
