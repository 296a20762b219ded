"""Pictures of the demo: neutral portraits and notice boards, drawn; they look it, and no person is real."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
GROUNDS: tuple[Colour, ...] = ((214, 226, 232), (226, 222, 212), (214, 228, 216), (222, 216, 230))
SKINS: tuple[Colour, ...] = ((236, 196, 164), (224, 178, 142), (241, 208, 180))
HAIRS: tuple[Colour, ...] = ((40, 34, 32), (64, 50, 42), (90, 88, 88))
SHIRTS: tuple[Colour, ...] = ((34, 62, 98), (40, 84, 92), (52, 58, 70))
WALLS: tuple[Colour, ...] = ((206, 196, 180), (190, 202, 204), (210, 190, 170))
TEAL, WHITE, RED, LINE = (8, 67, 75), (250, 250, 248), (200, 16, 46), (150, 166, 170)


def portrait(seed: str) -> bytes:
    """A JPEG of a head with shoulders; the same for the same seed."""
    rng = Random(seed)
    picture = Image.new("RGB", (480, 640), rng.choice(GROUNDS))
    pen = ImageDraw.Draw(picture)
    skin, hair = rng.choice(SKINS), rng.choice(HAIRS)
    pen.rounded_rectangle((60, 440, 420, 760), radius=120, fill=rng.choice(SHIRTS))
    pen.rectangle((205, 390, 275, 470), fill=skin)
    pen.polygon([(205, 440), (240, 500), (275, 440), (300, 470), (240, 560), (180, 470)], fill=WHITE)
    if rng.random() < 0.5:  # longer hair
        pen.rounded_rectangle((130, 150, 350, 420), radius=100, fill=hair)
    pen.ellipse((145, 150, 335, 410), fill=skin)
    pen.pieslice((138, 132, 342, 330), 180, 360, fill=hair)
    return _jpeg(picture.filter(ImageFilter.GaussianBlur(1.2)))


def street(seed: str, *, is_done: bool) -> bytes:
    """A JPEG of a lane between walls: with rubbish and holes, or put in order."""
    rng = Random(seed)
    picture = Image.new("RGB", (640, 480), (196, 216, 228))
    pen = ImageDraw.Draw(picture)
    for left, right in ((0, 200), (440, 640)):
        pen.rectangle((left, 60, right, 330), fill=rng.choice(WALLS))
        for top in (100, 180, 260):
            pen.rectangle((left + 50, top, left + 110, top + 45), fill=WHITE, outline=LINE, width=3)
    pen.polygon([(200, 300), (440, 300), (640, 480), (0, 480)], fill=(150, 152, 150) if is_done else (128, 124, 116))
    if is_done:
        pen.polygon([(316, 300), (324, 300), (334, 480), (306, 480)], fill=WHITE)
        return _jpeg(picture)
    for _spot in range(14):
        x, y, size = rng.randrange(120, 520), rng.randrange(330, 450), rng.randrange(10, 34)
        pen.ellipse((x, y, x + 2 * size, y + size), fill=rng.choice(((88, 78, 66), (74, 96, 60), (110, 108, 100))))
    return _jpeg(picture)


def board(seed: str) -> bytes:
    """A JPEG of a notice board before a wall; the same for the same seed."""
    rng = Random(seed)
    picture = Image.new("RGB", (960, 720), rng.choice(WALLS))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 600, 960, 720), fill=(150, 150, 146))
    for post in (318, 622):
        pen.rectangle((post, 120, post + 20, 640), fill=(120, 124, 126))
    pen.rectangle((330, 70, 630, 500), fill=WHITE, outline=LINE, width=6)
    pen.rectangle((336, 76, 624, 150), fill=TEAL)
    pen.rectangle((336, 150, 624, 156), fill=RED)
    pen.rectangle((356, 190, 436, 296), fill=(226, 232, 234), outline=TEAL, width=2)
    for number in range(9):
        left = 456 if number < 4 else 356
        pen.rectangle((left, 200 + 28 * number, left + rng.randint(90, 150), 208 + 28 * number), fill=LINE)
    pen.rectangle((540, 400, 610, 470), fill=(30, 30, 30))
    return _jpeg(picture.filter(ImageFilter.GaussianBlur(0.8)))


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()
