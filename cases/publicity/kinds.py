"""THE table of kinds of publicity: what each is counted in, whether it has a place and an end, what shows that it was
put out. Pure.

Source: domain.md 1, row 5 (墙报、板报、单张、横幅、新媒体); posters, talks and stalls are added.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from citymgmt.wording import gettext_noop

PHOTO, WEB = "photo", "web"


@dataclass(frozen=True)
class Kind:
    """A kind of publicity. `unit` is what it is counted in unless somebody says otherwise; `ends` when it is taken down
    again; `evidence` shows that it was put out.
    """

    key: str
    label: str
    unit: str
    icon: str
    has_place: bool = True
    ends: bool = True
    evidence: str = PHOTO


_ALL = (
    Kind("wall", gettext_noop("wall poster or board"), "期", "easel"),
    Kind("leaflet", gettext_noop("leaflet"), "份", "file-earmark-text", has_place=False, ends=False),
    Kind("poster", gettext_noop("poster"), "张", "image"),
    Kind("banner", gettext_noop("banner"), "条", "flag"),
    Kind("online", gettext_noop("online post"), "篇", "globe", has_place=False, ends=False, evidence=WEB),
    Kind("talk", gettext_noop("talk or stall"), "场", "megaphone", ends=False),
)
KINDS: Mapping[str, Kind] = {one.key: one for one in _ALL}
KIND_CHOICES = [(one.key, one.label) for one in _ALL]
