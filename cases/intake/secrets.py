"""Secrets by which reports are followed: 160 bits, written so that they can be read out and typed.

A secret is worked out of the key of the form and the portal's secret key, so a form that is sent twice gets the same
answer while the database keeps its hash alone. The key of a form is drawn by the portal and known to its sender only.
"""

import base64
import re
import secrets

from django.utils.crypto import salted_hmac

SECRET_BYTES = 20
GROUP = 4  # characters between two hyphens
LONGEST_TYPED = 100
NOISE = re.compile(r"[\s\-–—_.·]+")
LOOKS_LIKE = str.maketrans({"0": "O", "1": "I", "8": "B"})  # base32 has no 0, 1 and 8


def new_key() -> str:
    """A key for a form: 160 bits that nobody can guess."""
    return secrets.token_urlsafe(SECRET_BYTES)


def secret_of(form_key: str) -> str:
    """The secret of a report that came under this key, in groups: "ABCD-EFGH-…", 32 characters of base32."""
    keyed = salted_hmac("citymgmt.report", form_key, algorithm="sha256").digest()
    text = base64.b32encode(keyed[:SECRET_BYTES]).decode()
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def as_typed(text: str) -> str:
    """What somebody typed, as the secret is written: capitals in groups, whatever stands between."""
    plain = NOISE.sub("", text[:LONGEST_TYPED]).upper().translate(LOOKS_LIKE)
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))
