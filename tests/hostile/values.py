"""What nobody honest sends."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_from_bytes

NUL, SURROGATE, BROKEN = b"a\x00b", b"\xed\xa0\x80", b"\xff\xfe"
DIGITS = b"9" * 5000  # more than int() reads
LONG = b"x" * 1_000_000
ALONE: tuple[bytes, ...] = (b"9" * 40, b"0001-01-01T00:00")  # in one field, the others being valid
TOGETHER: tuple[bytes, ...] = (  # in all fields at once
    SURROGATE,
    b"",
    b"-1",
    DIGITS,
)
PARTS: tuple[bytes, ...] = (NUL, SURROGATE, b"-1", b"9" * 40, b"9999-12-31", b"%00", b"'\"<script>")  # of an address
JSON_ALONE: tuple[Any, ...] = (None, True, 10**30, ["x"], {"a": 1}, "a\x00b", "\ud800", "0001-01-01T00:00:00Z")
JSON_TOGETHER: tuple[Any, ...] = (
    -1, 0.1, 2**63, 1e308, [], [None] * 50, {}, "", "\u202eabc", "１２３", "9" * 5000, "1e400", "NaN", "-90.00000001",
    "9999-12-31T23:59:59-14:00", "2016-12-31T23:59:60Z", "2026-02-30", "x" * 60_000,
)  # fmt: skip
BODIES: Mapping[str, bytes] = {
    "nothing": b"",
    "not UTF-8": b"\xff\xfe",
    "half": b'{"a": ',
    "text": b'"x"',
    "number": b"1",
    "list": b"[]",
    "null": b"null",
    "deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 5000,
    "twice": b'{"note": "a", "note": "b"}',
    "NaN": b'{"limit_value": NaN}',
    "Infinity": b'{"longitude": -Infinity}',
    "5,000 digits": b'{"limit_value": ' + b"9" * 5000 + b"}",
    "NUL key": b'{"\\u0000": 1}',
    "NUL value": b'{"note": "\\u0000"}',
    "surrogate": b'{"note": "\\ud800"}',
    "surrogate key": b'{"\\udfff": 1}',
    "BOM": b"\xef\xbb\xbf{}",
    "overlong": b'{"note": "\xc0\x80"}',
    "prototype": b'{"__proto__": {"x": 1}, "constructor": 1}',
    "comment": b"{/* */}",
    "single quotes": b"{'a': 1}",
    "UTF-16": '{"note": "x"}'.encode("utf-16"),
    "many keys": b"{" + b",".join(b'"%d":1' % n for n in range(20_000)) + b"}",
}


def quoted(raw: bytes) -> str:
    """As it stands in an address or a form body."""
    return quote_from_bytes(raw, safe="")
