"""What is shown of somebody to those who need not know everything, and what a text tells of people. Pure.

Source: domain 10.2.
"""

import re
from collections.abc import Iterable

HIDDEN = "*"
SHORTEST_PARTLY = 7  # characters of a number of which a part is shown
SHORTEST_NAME = 2  # characters: a shorter one stands in too many words
COVERED = "***"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
TELLING = re.compile(
    rf"""
      [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}             # an e-mail address
    | (?<!\d)[1-9]\d{{5}}(?:19|20)\d{{2}}[01]\d[0-3]\d{{4}}[\dXx](?!\d) # an identity card, GB 11643
    | (?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}(?!\d)     # a mobile telephone
    | [{PROVINCES}][A-Z][·• ]?[A-Z0-9]{{4,5}}[A-Z0-9挂学警港澳](?![A-Z0-9])  # a number plate, GA 36
    """,
    re.VERBOSE | re.ASCII,
)


def masked_name(name: str) -> str:
    """The first character: "王小明" is "王**"."""
    return name[:1] + HIDDEN * 2 if name else ""


def masked_phone(phone: str) -> str:
    """The first three and the last four characters: "138****5678"; of a short number nothing."""
    if not phone:
        return ""
    return phone[:3] + HIDDEN * 4 + phone[-4:] if len(phone) > SHORTEST_PARTLY else HIDDEN * 4


def masked_email(email: str) -> str:
    """The first character and the domain: "w****@example.org"."""
    if not email:
        return ""
    return email[:1] + HIDDEN * 4 + "@" + email.rpartition("@")[2]


def covered(text: str, names: Iterable[str] = ()) -> str:
    """The text without what tells who somebody is: telephone, e-mail, identity card, number plate, and these names."""
    for name in names:
        if len(name) >= SHORTEST_NAME:
            text = text.replace(name, masked_name(name))
    return TELLING.sub(COVERED, text)
