"""Pictures of the demo's publicity, drawn: a poster on a wall, a banner between two trees, people at a stall."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
WALLS: tuple[Colour, ...] = ((206, 196, 180), (190, 202, 204), (214, 206, 190))
PAPERS: tuple[Colour, ...] = ((252, 250, 244), (238, 246, 240), (250, 242, 230))
RED, TEAL, INK, LEAF = (192, 30, 44), (8, 92, 100), (70, 76, 80), (72, 120, 80)


def publicity(kind: str, seed: str) -> bytes:
    """A JPEG of an item of a kind; the same for the same seed."""
    rng = Random(seed)
    picture = Image.new("RGB", (960, 720), rng.choice(WALLS))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 590, 960, 720), fill=(150, 150, 146))
    DRAWN.get(kind, _poster)(pen, rng)
    out = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.8)).save(out, "JPEG", quality=88)
    return out.getvalue()


def _poster(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    """Sheets with a heading and lines, beside each other."""
    for left in (120, 380, 640):
        pen.rectangle((left, 120, left + 210, 440), fill=rng.choice(PAPERS), outline=INK, width=3)
        pen.rectangle((left + 16, 138, left + 194, 176), fill=rng.choice((RED, TEAL)))
        for line in range(8):
            pen.rectangle((left + 20, 200 + 27 * line, left + rng.randint(110, 190), 208 + 27 * line), fill=INK)


def _banner(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    """A red band between two trees, with bright marks for its words."""
    for left in (90, 820):
        pen.rectangle((left, 260, left + 30, 620), fill=(104, 84, 66))
        pen.ellipse((left - 90, 90, left + 120, 300), fill=LEAF)
    pen.rectangle((110, 320, 840, 410), fill=RED)
    for mark in range(10):
        pen.rectangle((150 + 66 * mark, 342, 194 + 66 * mark, 388), fill=(250, 226, 120))


def _stall(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    """A table with leaflets under a roof, and a few people before it."""
    pen.polygon([(230, 220), (730, 220), (790, 320), (170, 320)], fill=TEAL)
    pen.rectangle((220, 470, 740, 610), fill=(176, 150, 120))
    for sheet in range(6):
        pen.rectangle((250 + 80 * sheet, 450, 306 + 80 * sheet, 474), fill=rng.choice(PAPERS), outline=INK)
    for person in range(4):
        left = 140 + 190 * person + rng.randint(-20, 20)
        pen.ellipse((left, 400, left + 56, 456), fill=(224, 190, 160))
        pen.rounded_rectangle((left - 18, 456, left + 74, 660), radius=30, fill=rng.choice((TEAL, INK, (120, 90, 80))))


DRAWN = {"banner": _banner, "talk": _stall, "leaflet": _stall, "forum": _stall}
