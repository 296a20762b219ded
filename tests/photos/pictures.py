"""Uploads of all kinds, made on the spot."""

import base64
import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9j"
    "AAAAAERAAAIAAQAAAAAB4QABAAAAAAAAAEEAAgAAAAACIgABAAAAAAAAADYAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAA"
    "ABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/GlwcnAAAADcaXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNg"
    "AAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQApQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQB"
    "wXPBiQAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFwAAAAEAAAAAEAAAAIAAAAAf///9AAAAAC////yAAA"
    "AAIAAAAQcGl4aQAAAAADCAgIAAAAGGlwbWEAAAAAAAAAAQABBYECAwWEAAAAGmlyZWYAAAAAAAAADmNkc2MAAgABAAEAAAB/bWRhdAAAAD0o"
    "Aa8JyF8g0COYlv97f/x1yE57j/tNFcP0fY2afdtBevq7VMm/N9DzUxq72cQGD6DqI0Vy1U6A4yhiq9p8AAAABkV4aWYAAE1NACoAAAAIAAIB"
    "DwACAAAABgAAACYBEgADAAAAAQABAAAAAAAAcGhvbmUA"
)  # 16 x 8, red on the left and blue on the right, with EXIF


def drawing(width: int = 64, height: int = 32, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    made = Image.new("RGB", (width, height), RED)
    made.paste(BLUE, (width // 2, 0, width, height))
    return made.convert(mode)


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def photo(width: int = 64, height: int = 32, **options: Any) -> bytes:
    """A JPEG as a camera gives it."""
    return saved(drawing(width, height), quality=95, **options)


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone tells: make, when, where, and how it was held."""
    told = Image.Exif()
    told[0x0112], told[0x010F] = orientation, "SECRETPHONE"
    told.get_ifd(0x8769)[0x9003] = "2026:03:04 08:15:30"
    told.get_ifd(0x8825).update({1: "N", 2: (23.0, 8.0, 11.76), 3: "E", 4: (113.0, 19.0, 35.4)})
    return told


def archive() -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("evil.js", "alert(1)")
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say that they are a picture of this size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def opened(content: bytes) -> Image.Image:
    """The picture in a file."""
    return Image.open(io.BytesIO(content))


def seen(content: bytes, *points: tuple[int, int]) -> list[str]:
    """What colour one sees at these points: red, blue, white, black, or the numbers."""
    names = {"red": RED, "blue": BLUE, "white": (255, 255, 255), "black": (0, 0, 0)}
    picture = opened(content).convert("RGB")

    def name(point: tuple[int, int]) -> str:
        colour: Any = picture.getpixel(point)
        near = [key for key, value in names.items() if all(abs(a - b) < 45 for a, b in zip(colour, value, strict=True))]
        return near[0] if near else str(colour)

    return [name(point) for point in points]
