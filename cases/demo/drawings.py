"""Street scenes for the demo's photos: plain drawings, the same for the same seed, before and after of one place.

They are drawn and look it: nobody takes them for evidence. No text is in them, so no font is needed.
"""

import io
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 960, 720
HORIZON, KERB = 380, 560  # where house fronts end, and where the pavement does
QUALITY = 88
Colour = tuple[int, int, int]
Pen = ImageDraw.ImageDraw
WALLS: tuple[Colour, ...] = ((214, 203, 186), (196, 207, 209), (222, 196, 172), (203, 212, 190), (209, 196, 205))
AWNINGS: tuple[Colour, ...] = ((183, 65, 59), (46, 111, 122), (204, 145, 52), (88, 122, 76))
GOODS: tuple[Colour, ...] = ((214, 90, 49), (236, 186, 60), (112, 160, 72), (180, 52, 80))
BAGS: tuple[Colour, ...] = ((58, 62, 66), (86, 80, 74), (120, 134, 140), (168, 158, 132))
DARK: Colour = (52, 56, 60)

# by line of the catalogue: what its photo shows
SUBJECTS: Mapping[int, str] = {
    **dict.fromkeys((10, 20, 30, 40, 70, 100, 110, 131), "stall"),
    **dict.fromkeys((80, 200, 210, 220, 230, 240, 250, 260, 270, 590, 600, 700), "waste"),
    **dict.fromkeys((150, 160, 170, 180), "bicycles"),
    510: "posters",
    730: "hole",
}


def draw(subject: str, *, seed: str, is_after: bool) -> bytes:
    """A JPEG of a street with this subject of SUBJECTS, or of the same street once it is put right."""
    rng = Random(f"{subject} {seed}")
    picture = Image.new("RGB", (WIDTH, HEIGHT), (226, 234, 238))
    pen = ImageDraw.Draw(picture)
    _street(pen, rng)
    if is_after:
        _put_right(pen, rng, subject)
    else:
        THINGS[subject](pen, rng)
    out = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.8)).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def shade(colour: Colour, by: int) -> Colour:
    """A colour made lighter (or darker, below nothing)."""
    red, green, blue = (max(0, min(255, part + by)) for part in colour)
    return red, green, blue


# --- the street ----------------------------------------------------------------------------------------------
def _street(pen: Pen, rng: Random) -> None:
    left = 0
    while left < WIDTH:
        right = left + rng.randint(190, 300)
        _house(pen, rng, left, right)
        left = right
    _pavement(pen)
    pen.rectangle((0, KERB, WIDTH, HEIGHT), fill=(112, 116, 120))
    for start in range(rng.randint(-60, 0), WIDTH, 190):
        pen.polygon(_slanted(start, 660, 100, 12), fill=(224, 224, 220))
    _tree(pen, rng, rng.choice((90, 870)))


def _house(pen: Pen, rng: Random, left: int, right: int) -> None:
    wall, top = rng.choice(WALLS), rng.randint(10, 70)
    pen.rectangle((left, top, right, HORIZON), fill=wall)
    pen.line((right, top, right, HORIZON), fill=shade(wall, -40), width=3)
    for row in range(top + 24, 210, 72):
        for column in range(left + 22, right - 50, 66):
            pen.rectangle((column, row, column + 40, row + 48), fill=(138, 160, 172), outline=shade(wall, -50), width=3)
            pen.line((column + 20, row, column + 20, row + 48), fill=shade(wall, -30), width=2)
    _shop(pen, rng, left + 12, right - 12)


def _shop(pen: Pen, rng: Random, left: int, right: int) -> None:
    awning = rng.choice(AWNINGS)
    pen.rectangle((left, 262, right, HORIZON), fill=(92, 98, 104))
    pen.rectangle((left + 10, 284, right - 10, HORIZON - 4), fill=(172, 186, 190))
    middle = (left + right) // 2
    pen.line((middle, 284, middle, HORIZON), fill=(92, 98, 104), width=5)
    for index, start in enumerate(range(left, right, 24)):
        end = min(start + 24, right)
        pen.polygon(((start, 240), (end, 240), (end, 276), (start, 276)), fill=shade(awning, 60 * (index % 2)))


def _pavement(pen: Pen) -> None:
    pen.rectangle((0, HORIZON, WIDTH, KERB), fill=(184, 180, 172))
    for row, height in ((412, 2), (450, 2), (500, 3)):
        pen.line((0, row, WIDTH, row), fill=(166, 162, 154), width=height)
    for start in range(-200, WIDTH + 200, 80):
        pen.line((WIDTH // 2 + (start - WIDTH // 2) * 0.8, HORIZON, start, KERB), fill=(166, 162, 154), width=2)
    pen.rectangle((0, 512, WIDTH, 534), fill=(206, 176, 70))  # the strip for the blind
    for start in range(6, WIDTH, 20):
        pen.line((start, 516, start, 530), fill=(176, 146, 48), width=4)
    pen.rectangle((0, KERB - 8, WIDTH, KERB + 6), fill=(150, 148, 142))


def _tree(pen: Pen, rng: Random, middle: int) -> None:
    pen.rectangle((middle - 11, 240, middle + 11, 470), fill=(104, 84, 66))
    for _leaf in range(26):
        x, y, size = middle + rng.randint(-78, 78), 160 + rng.randint(-80, 90), rng.randint(28, 52)
        pen.ellipse((x - size, y - size, x + size, y + size), fill=shade((84, 124, 74), rng.randint(-22, 22)))


def _slanted(left: float, top: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(left, top), (left + width, top), (left + width - height, top + height), (left - height, top + height)]


# --- what is wrong -------------------------------------------------------------------------------------------
def _stall(pen: Pen, rng: Random) -> None:
    """A barrow under an umbrella, with goods in boxes over the strip for the blind."""
    left = rng.randint(250, 430)
    canopy = rng.choice(AWNINGS)
    pen.line((left + 150, 250, left + 150, 470), fill=DARK, width=8)
    pen.pieslice((left - 20, 190, left + 320, 350), 180, 360, fill=canopy)
    pen.pieslice((left + 80, 190, left + 220, 350), 180, 360, fill=shade(canopy, 50))
    pen.rectangle((left, 436, left + 300, 500), fill=(146, 112, 78), outline=(104, 78, 52), width=4)
    for wheel in (left + 50, left + 250):
        pen.ellipse((wheel - 30, 478, wheel + 30, 538), fill=DARK)
        pen.ellipse((wheel - 12, 496, wheel + 12, 520), fill=(150, 152, 154))
    for index in range(4):
        _box_of_goods(pen, rng, left + 6 + index * 73, 412)
    for index in range(rng.randint(2, 3)):
        _box_of_goods(pen, rng, left + 330 + index * 78, 500)


def _box_of_goods(pen: Pen, rng: Random, left: int, top: int) -> None:
    goods = rng.choice(GOODS)
    for row in range(2):
        for column in range(5):
            x, y = left + 4 + column * 12, top - 10 + row * 10
            pen.ellipse((x, y, x + 16, y + 16), fill=shade(goods, rng.randint(-18, 18)))
    pen.rectangle((left, top + 8, left + 68, top + 34), fill=(176, 138, 92), outline=(128, 96, 60), width=3)


def _waste(pen: Pen, rng: Random) -> None:
    """Sacks, boards and boxes in a heap on the pavement."""
    middle = rng.randint(380, 580)
    pen.ellipse((middle - 240, 496, middle + 240, 556), fill=(128, 120, 108))
    for _board in range(5):
        x = middle + rng.randint(-170, 150)
        pen.line((x, 520, x + rng.randint(-70, 70), rng.randint(390, 430)), fill=(150, 116, 78), width=12)
    for row, count in ((500, 7), (466, 5), (436, 3)):
        for index in range(count):
            place = middle + (index - count / 2) * 62 + rng.randint(-8, 22)
            _sack(pen, rng, place, row + rng.randint(-6, 6))
    left = middle + 150
    pen.rectangle((left, 470, left + 84, 536), fill=(182, 146, 100), outline=(130, 100, 64), width=3)
    pen.line((left, 490, left + 84, 490), fill=(206, 180, 140), width=8)


def _sack(pen: Pen, rng: Random, x: float, y: float) -> None:
    colour = rng.choice(BAGS)
    pen.ellipse((x - 38, y - 28, x + 38, y + 34), fill=colour)
    pen.polygon(((x - 10, y - 26), (x + 10, y - 26), (x + 4, y - 44), (x - 6, y - 44)), fill=shade(colour, 24))
    pen.arc((x - 22, y - 20, x + 14, y + 18), 190, 280, fill=shade(colour, 46), width=4)


def _bicycles(pen: Pen, rng: Random) -> None:
    """Bicycles across the pavement, some of them fallen."""
    for index in range(6):
        x, y = 200 + index * 104 + rng.randint(-18, 18), 486 + rng.randint(-14, 14)
        colour = rng.choice(AWNINGS + GOODS)
        for wheel in (x, x + 88):
            pen.ellipse((wheel - 34, y - 34, wheel + 34, y + 34), outline=DARK, width=6)
        lean = rng.choice((-14, 0, 12))
        pen.line((x, y, x + 34 + lean, y - 52, x + 76 + lean, y - 52, x + 88, y), fill=colour, width=7)
        pen.line((x, y, x + 42, y, x + 76 + lean, y - 52), fill=colour, width=7)
        pen.line((x + 34 + lean, y - 52, x + 28 + lean, y - 70), fill=DARK, width=6)
        pen.line((x + 76 + lean, y - 52, x + 74 + lean, y - 76, x + 96 + lean, y - 80), fill=DARK, width=6)


def _posters(pen: Pen, rng: Random) -> None:
    """Bills over each other on a box of the power company."""
    left = _cabinet(pen, rng)
    for _bill in range(17):
        x, y = left + rng.randint(-2, 206), rng.randint(304, 470)
        width, height = rng.randint(40, 62), rng.randint(48, 70)
        paper = rng.choice(((244, 240, 226), (250, 232, 150), (246, 208, 204), (214, 232, 244)))
        pen.polygon(_tilted(x, y, width, height, rng.randint(-8, 8)), fill=paper, outline=shade(paper, -50))
        for row in range(y + 10, y + height - 8, 9):
            pen.line((x + 8, row, x + width - rng.randint(8, 20), row), fill=shade(paper, -110), width=3)


def _cabinet(pen: Pen, rng: Random) -> int:
    left = rng.randint(300, 420)
    pen.rectangle((left, 300, left + 260, 548), fill=(132, 152, 142), outline=(88, 104, 96), width=5)
    pen.line((left + 130, 300, left + 130, 548), fill=(88, 104, 96), width=4)
    pen.rectangle((left + 142, 410, left + 152, 446), fill=DARK)
    return left


def _tilted(left: int, top: int, width: int, height: int, by: int) -> list[tuple[int, int]]:
    return [(left, top + by), (left + width, top), (left + width + by, top + height), (left + by, top + height + by)]


def _hole(pen: Pen, rng: Random) -> None:
    """A hole in the carriageway with water in it and broken asphalt around."""
    middle, ring = rng.randint(360, 600), []
    for step, (x, y) in enumerate(
        ((-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.75), (1, 0), (0.75, 0.7), (0, 1), (-0.7, 0.8))
    ):
        size = 1 + rng.uniform(-0.16, 0.16) + 0.04 * (step % 2)
        ring.append((middle + x * 190 * size, 636 + y * 50 * size))
    pen.polygon(ring, fill=(66, 66, 68), outline=(148, 146, 142), width=6)
    pen.ellipse((middle - 120, 622, middle + 120, 668), fill=(104, 124, 138))
    pen.arc((middle - 70, 630, middle + 50, 652), 200, 320, fill=(182, 198, 208), width=4)
    for _piece in range(16):
        x, y, size = middle + rng.randint(-290, 290), rng.randint(584, 700), rng.randint(5, 14)
        pen.polygon(_tilted(x, y, size * 2, size, rng.randint(-4, 4)), fill=(74, 74, 76))


# --- and put right -------------------------------------------------------------------------------------------
def _put_right(pen: Pen, rng: Random, subject: str) -> None:
    """The free pavement, freshly swept; a patched hole; a clean box; bicycles in a row in their place."""
    if subject == "hole":
        middle = rng.randint(360, 600)
        pen.rectangle((middle - 210, 580, middle + 210, 692), fill=(84, 86, 88), outline=(70, 72, 74), width=5)
    elif subject == "posters":
        _cabinet(pen, rng)
    elif subject == "bicycles":
        _bicycle_stand(pen)
    else:
        pen.ellipse((280, 470, 690, 508), fill=(172, 170, 164))
        pen.ellipse((340, 478, 560, 494), fill=(194, 194, 190))


def _bicycle_stand(pen: Pen) -> None:
    pen.rectangle((190, 396, 760, 500), outline=(240, 240, 236), width=5)
    for x in range(220, 740, 62):
        pen.ellipse((x, 446, x + 40, 490), outline=DARK, width=5)
        pen.line((x + 20, 468, x + 20, 416), fill=(46, 111, 122), width=6)
        pen.line((x + 4, 416, x + 36, 416), fill=DARK, width=5)


THINGS: Mapping[str, Callable[[Pen, Random], Any]] = {
    "stall": _stall,
    "waste": _waste,
    "bicycles": _bicycles,
    "posters": _posters,
    "hole": _hole,
}
