"""The notice sheet of a community: what is printed, hung up and compared. Its words are Chinese, whoever prints it."""

from collections.abc import Iterable
from datetime import date

import segno

from citymgmt.papers.poster import Poster
from citymgmt.photos.stored import photo_store
from communities.boards.content import Content, Person

TITLE, VACANT = "社区城市管理责任人公示牌", "责任人暂缺"
WHILE_VACANT = "本社区城市管理责任人暂缺，期间请联系代理人或拨打下列电话，街道办事处照常受理。"
UNNAMED = "（姓名待公布）"
REPORT = ("扫码反映问题", "占道、垃圾、噪声等", "随手拍、可查进度")
HOTLINE = ("政务热线", "12345")
Lines = tuple[tuple[str, str], ...]


def poster_of(content: Content, printed_on: date) -> Poster:
    """The sheet that shows this content."""
    officer = content.officer
    return Poster(
        title=TITLE,
        issuer=f"{content.office}办事处",
        place=content.community,
        name=(officer.name or UNNAMED) if officer else VACANT,
        facts=_facts(content),
        texts=_texts(content),
        others=_others(content),
        code=code_of(content),
        code_words=REPORT,
        foot=f"社区代码 {content.code}　{printed_on:%Y-%m-%d} 制　核对码 {content.check_code}",
        portrait=_portrait(officer),
    )


def code_of(content: Content) -> str:
    """The code that leads to this community's form of reports, as SVG; a quarter of it may be scratched."""
    picture = segno.make(content.report_url, error="q", micro=False)
    return str(picture.svg_inline(omitsize=True, dark="#000", light="#fff", border=2)).replace(
        "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1
    )


def _facts(content: Content) -> Lines:
    """Beside the portrait: of the officer; of a vacant post, whom to call instead."""
    officer = content.officer
    if officer is None:
        return _given((("社区电话", content.phone), ("社区地址", content.address)))
    return _given(
        (
            ("联系电话", officer.phone or content.phone),
            ("工作证号", officer.badge),
            ("接待时间", officer.hours),
            ("办公地址", content.address),
        )
    )


def _texts(content: Content) -> Lines:
    if content.officer is None:
        return (("说明", WHILE_VACANT),)
    return _given((("工作职责", content.officer.duties),))


def _others(content: Content) -> Lines:
    """Below: the deputy, and where one complains."""
    deputy = content.deputy
    return _given(
        (
            ("代理人", f"{deputy.name or UNNAMED}　{deputy.phone}".strip() if deputy else ""),
            ("社区电话", content.phone if content.officer and content.officer.phone else ""),
            ("监督电话", content.supervision_phone),
            ("办公时间", content.supervision_hours),
            HOTLINE,
        )
    )


def _given(lines: Iterable[tuple[str, str]]) -> Lines:
    return tuple((label, value) for label, value in lines if value)


def _portrait(officer: Person | None) -> bytes | None:
    """The picture, where there is one; a lost file is none."""
    if officer is None or not officer.portrait:
        return None
    try:
        return photo_store().path(officer.portrait).read_bytes()
    except FileNotFoundError:
        return None
