"""The one place that knows fonts: their names in offices, and which of them this machine draws with.

Word files name the fonts that Chinese offices have; the reader's machine brings them. PDF and charts are drawn here,
and a machine without a Chinese font would silently draw boxes, so they ask first.
"""

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

WORD_TITLE, WORD_TEXT, WORD_BLACK, WORD_KAI, WORD_SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
WORD_LATIN = "Times New Roman"

TITLE_FAMILIES = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05")  # bold as they are; others are made bold
SANS_FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "SimHei", "Microsoft YaHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "PingFang SC",
)  # fmt: skip
SERIF_FAMILIES = (
    "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN", "FangSong_GB2312", "FangSong",
    "SimSun", "STSong", "Songti SC", "AR PL UMing CN",
)  # fmt: skip


class PaperNotPossible(Exception):
    """This machine cannot draw a paper; the sentence says what to install."""

    sentence: Any = _("The PDF cannot be made on this machine.")

    def __str__(self) -> str:
        return str(self.sentence)


class PangoMissing(PaperNotPossible):
    """The library that sets the text of a PDF is not there."""

    sentence: Any = _(
        "The PDF cannot be made: the server lacks the text library Pango. "
        "Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0."
    )


class ChineseFontMissing(PaperNotPossible):
    """No font with Chinese characters is installed."""

    sentence: Any = _("The paper cannot be drawn: the server has no Chinese font. Install fonts-noto-cjk.")


def chinese_file(families: tuple[str, ...] = SANS_FAMILIES + SERIF_FAMILIES) -> Any:
    """The file of the first of these families that is installed, as matplotlib's FontPath (with the index of its face).

    Raises ChineseFontMissing; so what is installed later is found without a restart.
    """
    path = _installed(families)
    if path is None:
        _installed.cache_clear()
        raise ChineseFontMissing
    return path


def has_title_font() -> bool:
    """Whether a 小标宋 is installed, which must not be made bold a second time."""
    return _installed(TITLE_FAMILIES) is not None


@lru_cache(maxsize=8)
def _installed(families: tuple[str, ...]) -> Any:
    from matplotlib import font_manager  # here, because web processes never draw: 20 MB

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    for family in families:
        if family in known:
            return font_manager.findfont(family, fallback_to_default=False)
    return None
