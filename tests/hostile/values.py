"""What nobody honest sends."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_from_bytes

NUL, SURROGATE, BROKEN = b"a\x00b", b"\xed\xa0\x80", b"\xff\xfe"
DIGITS = b"9" * 5000  # more than int() reads
WORST: tuple[bytes, ...] = (NUL, SURROGATE, b"-1", str(2**63).encode(), b"9" * 40, b"9999-12-31", b"'\"<script>")
SHORT: tuple[bytes, ...] = (  # of what an address holds
    NUL,
    SURROGATE,
    BROKEN,
    b"\xc0\x80",
    "\u202e\x1b[31m".encode(),
    b" ",
    b"0",
    b"-1",
    str(2**31).encode(),
    str(2**63).encode(),
    b"9" * 40,
    "１２３".encode(),
    b"0001-01-01",
    b"9999-12-31T23:59",
    b"1e400",
    b"NaN",
    b"../..",
    b"%00",
    b"'\";--<script>{{7*7}}",
    "街".encode() * 300,
)
TYPED: tuple[bytes, ...] = (*SHORT, b"", DIGITS, b"x" * 1_000_000, "街".encode() * 60_000, b"[]", b"2026-02-30")
FEW: tuple[bytes, ...] = (NUL, SURROGATE, b"9" * 40, b"9999-12-31T23:59", b"x" * 200_000)
JSON_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 2**31, 2**63, 10**30, 1e308, 0.1, [], [[]], ["x"], [None] * 50, {}, {"a": 1},
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff x", "\u202eabc", "\x1b[31m", "\u200b", "１２３", "x" * 900_000,
    "9" * 5000, "1e400", "NaN", "Infinity", "-90.00000001", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00",
    "2016-12-31T23:59:60Z", "2026-02-30", "2026-03-04T09:00:00", "../../etc/passwd", "'; DROP TABLE x; --", "%00",
)  # fmt: skip
FEW_JSON: tuple[Any, ...] = (None, True, 10**30, ["x"], {"a": 1}, "", "\x00", "\ud800", "x" * 10_000, "9999-12-31")
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
