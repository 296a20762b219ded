"""Photos: bytes in, a checked, upright and small JPEG with its thumbnail out. Pure: no Django, no files.

What is kept is drawn anew, so that nothing of the upload survives but what can be seen: no EXIF, comments,
colour profiles or foreign data. Moment and place are read first, only to be offered to whoever took the photo.
"""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from PIL import Image, ImageCms, ImageDraw, ImageOps

LARGEST_UPLOAD = 20_000_000  # bytes
MOST_PIXELS = 50_000_000  # of the upload; asked of its header before anything is decoded
LONGEST_SIDE = 1920  # pixels of what is kept
THUMBNAIL_SIDE = 320
QUALITY = 85
SMALLEST_SIDE = 8  # a photo that shows anything has more
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"})
# Five bytes or more: shorter ones stand by chance in one of a hundred honest photos
FOREIGN = (b"<script", b"<html", b"<!doctype", b"<svg ", b"<svg>", b"<svg\n", b"<?php", b"<iframe", b"<body")
CHINA = timezone(timedelta(hours=8))
Box = tuple[float, float, float, float]  # left, top, width, height as shares of the picture


class Refused(Exception):
    """The upload is no photo that can be kept; `reason` says why in one word."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Picture:
    """What is kept: JPEG and thumbnail, the size in pixels; and what the upload said of when and where."""

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_at: datetime | None = None
    point: tuple[float, float] | None = None  # longitude, latitude (WGS-84)


def format_of(head: bytes) -> str:
    """The format that the first bytes of an upload tell: JPEG, PNG, WEBP or HEIF; empty for anything else."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return "HEIF" if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS else ""


def check(content: bytes) -> str:
    """The format of an upload that may be a photo, without decoding it. Raises: Refused."""
    if not content:
        raise Refused("empty")
    if len(content) > LARGEST_UPLOAD:
        raise Refused("too_large")
    found = format_of(content[:32])
    if not found:
        raise Refused("format")
    if _holds_something_else(content):
        raise Refused("polyglot")
    return found


def _holds_something_else(content: bytes) -> bool:
    """Whether the file is also an archive, a document or a page: what a browser or a program could run."""
    lowered = content.lower()
    if any(mark in lowered for mark in FOREIGN) or b"%PDF-" in content[:1024]:
        return True
    return b"PK\x03\x04" in content and zipfile.is_zipfile(io.BytesIO(content))


def develop(content: bytes) -> Picture:
    """Check, decode, turn upright, make small and draw anew. Raises: Refused, whatever the bytes are."""
    kind = check(content)
    try:
        _reads_heif()
        with Image.open(io.BytesIO(content), formats=[kind]) as opened:
            _check_size(opened.size)
            taken_at, point = _told(opened)
            return _picture(_upright(opened), taken_at, point)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("too_many_pixels") from error
    except Exception as error:  # decoders raise whatever they like
        raise Refused("damaged") from error


@cache
def _reads_heif() -> None:
    """Have Pillow read HEIC too."""
    import pi_heif  # here, because web processes develop no photo: 10 MB

    pi_heif.register_heif_opener()


def _check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise Refused("too_many_pixels")
    if min(size) < SMALLEST_SIDE:
        raise Refused("too_small")


def _upright(opened: Image.Image) -> Image.Image:
    """The decoded picture in sRGB, at most LONGEST_SIDE, turned as its EXIF says, transparent parts white."""
    if opened.mode.startswith("I;16"):
        opened = opened.point(lambda value: value / 256).convert("L")
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    turned = ImageOps.exif_transpose(opened)
    drawn = Image.new("RGB", turned.size, "white")
    if turned.has_transparency_data:
        layer = turned.convert("RGBA")
        drawn.paste(layer, mask=layer.getchannel("A"))
    else:
        drawn.paste(_in_srgb(turned))
    return drawn


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The colours as seen: those of a phone's wide profile fade when the profile is only dropped."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB")


def _picture(drawn: Image.Image, taken_at: datetime | None, point: tuple[float, float] | None) -> Picture:
    small = drawn.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Picture(_jpeg(drawn), _jpeg(small), drawn.width, drawn.height, taken_at, point)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def redact(jpeg: bytes, boxes: Iterable[Box]) -> Picture:
    """A kept JPEG with black rectangles burnt in; each covers every pixel that it touches."""
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as opened:
        drawn = opened.convert("RGB")
    pen = ImageDraw.Draw(drawn)
    for left, top, width, height in boxes:
        corner = (int(left * drawn.width), int(top * drawn.height))
        pen.rectangle((*corner, (left + width) * drawn.width, (top + height) * drawn.height), fill="black")
    clean = Image.new("RGB", drawn.size)
    clean.paste(drawn)
    return _picture(clean, None, None)


# --- what the upload says of when and where ----------------------------------------------------------------
def _told(opened: Image.Image) -> tuple[datetime | None, tuple[float, float] | None]:
    exif = _read(opened.getexif)
    if exif is None:
        return None, None
    return _read(lambda: _moment(exif.get_ifd(0x8769))), _read(lambda: _point(exif.get_ifd(0x8825)))


def _read(question: Callable[[], Any]) -> Any:
    """The answer, or None: EXIF of all kinds of makers says nothing in all kinds of ways."""
    try:
        return question()
    except Exception:
        return None


def _moment(photo: Any) -> datetime | None:
    """When it was taken, by the camera's clock; Chinese time unless it says its offset."""
    text, offset = str(photo[0x9003]).strip("\0 "), str(photo.get(0x9011, "")).strip("\0 ")
    naive = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 (made aware below)
    zone = datetime.strptime(offset, "%z").tzinfo if offset else CHINA
    return naive.replace(tzinfo=zone) if 2000 <= naive.year <= 2100 else None


def _point(place: Any) -> tuple[float, float] | None:
    """Longitude and latitude in degrees; None unless they lie on the earth."""
    latitude, longitude = _degrees(place[2], place[1] == "S"), _degrees(place[4], place[3] == "W")
    is_on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180 and (latitude, longitude) != (0, 0)
    return (round(longitude, 7), round(latitude, 7)) if is_on_earth else None


def _degrees(parts: Any, is_negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if is_negative else value
