"""What is kept of an upload, by literal cases; and what is refused, with the reason."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image, ImageCms

from citymgmt.photos.imaging import LARGEST_UPLOAD, Refused, check, develop, format_of, redact
from tests.photos.pictures import HEIC, archive, drawing, exif, opened, photo, png_that_claims, saved, seen

LEFT, RIGHT = (8, 16), (56, 16)


def reason(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        develop(content)
    return refused.value.reason


@pytest.mark.parametrize(("kind", "options"), [("JPEG", {"quality": 95}), ("PNG", {}), ("WEBP", {"quality": 95})])
def test_each_format_becomes_a_jpeg(kind: str, options: dict[str, Any]) -> None:
    picture = develop(saved(drawing(), kind, **options))
    assert (opened(picture.jpeg).format, opened(picture.thumbnail).format) == ("JPEG", "JPEG")
    assert (picture.width, picture.height) == (64, 32) == opened(picture.jpeg).size
    assert seen(picture.jpeg, LEFT, RIGHT) == ["red", "blue"]


def test_the_photo_of_an_iphone() -> None:
    picture = develop(HEIC)
    assert (picture.width, picture.height) == (16, 8)
    assert seen(picture.jpeg, (2, 4), (13, 4)) == ["red", "blue"]


# What is seen left, right, top and bottom of the middle when the camera was held so; red was on the left of the sensor
HELD = {
    1: ((64, 32), ["red", "blue"]),
    2: ((64, 32), ["blue", "red"]),
    3: ((64, 32), ["blue", "red"]),
    4: ((64, 32), ["red", "blue"]),
    5: ((32, 64), ["red", "blue"]),
    6: ((32, 64), ["red", "blue"]),
    7: ((32, 64), ["blue", "red"]),
    8: ((32, 64), ["blue", "red"]),
}


@pytest.mark.parametrize("orientation", HELD)
def test_each_orientation_is_turned_upright(orientation: int) -> None:
    picture = develop(photo(exif=exif(orientation)))
    size, colours = HELD[orientation]
    assert opened(picture.jpeg).size == size
    points = [LEFT, RIGHT] if size == (64, 32) else [(16, 8), (16, 56)]
    assert seen(picture.jpeg, *points) == colours


def test_nothing_of_the_upload_stays_but_what_is_seen() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = photo(exif=exif(), comment=b"SECRETCOMMENT", icc_profile=profile)
    assert b"SECRETPHONE" in content
    assert b"SECRETCOMMENT" in content
    picture = develop(content)
    for kept in (picture.jpeg, picture.thumbnail):
        assert set(opened(kept).info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert dict(opened(kept).getexif()) == {}
        assert b"SECRET" not in kept


def test_when_and_where_are_read_first_to_be_offered() -> None:
    picture = develop(photo(exif=exif()))
    assert picture.taken_at == datetime(2026, 3, 4, 0, 15, 30, tzinfo=UTC)
    assert picture.point == (113.3265, 23.1366)


@pytest.mark.parametrize(
    ("ifd", "tag", "value", "told"),
    [
        (0x8769, 0x9003, "0000:00:00 00:00:00", (None, (113.3265, 23.1366))),
        (0x8769, 0x9003, "1970:01:01 00:00:00", (None, (113.3265, 23.1366))),
        (0x8769, 0x9011, "+00:00", (datetime(2026, 3, 4, 8, 15, 30, tzinfo=UTC), (113.3265, 23.1366))),
        (0x8825, 2, (91.0, 0.0, 0.0), (datetime(2026, 3, 4, 0, 15, 30, tzinfo=UTC), None)),
        (0x8825, 1, "S", (datetime(2026, 3, 4, 0, 15, 30, tzinfo=UTC), (113.3265, -23.1366))),
    ],
)
def test_a_camera_that_talks_nonsense(ifd: int, tag: int, value: Any, told: Any) -> None:
    says = exif()
    says.get_ifd(ifd)[tag] = value
    picture = develop(photo(exif=says))
    assert (picture.taken_at, picture.point) == told


def test_a_big_photo_becomes_small_and_a_small_one_stays() -> None:
    big = develop(photo(4000, 3000))
    assert (opened(big.jpeg).size, opened(big.thumbnail).size) == ((1920, 1440), (320, 240))
    small = develop(photo(100, 80))
    assert (opened(small.jpeg).size, opened(small.thumbnail).size) == ((100, 80), (100, 80))


def test_the_same_upload_gives_the_same_bytes() -> None:
    assert develop(photo()) == develop(photo())


@pytest.mark.parametrize(
    ("content", "colours"),
    [
        (saved(drawing(mode="CMYK"), quality=95), ["red", "blue"]),
        (saved(drawing(mode="P"), "PNG"), ["red", "blue"]),
        (saved(Image.new("I;16", (64, 32), 65535), "PNG"), ["white", "white"]),
        (saved(Image.new("I;16", (64, 32), 0), "PNG"), ["black", "black"]),
        (saved(Image.new("RGBA", (64, 32), (0, 0, 0, 0)), "PNG"), ["white", "white"]),
        (saved(Image.new("LA", (64, 32), (0, 255)), "PNG"), ["black", "black"]),
        (saved(Image.new("1", (64, 32), 1), "PNG"), ["white", "white"]),
        (saved(drawing(mode="P"), "PNG", transparency=drawing(mode="P").getpixel(LEFT)), ["white", "blue"]),
    ],
    ids=["CMYK", "palette", "16 bits white", "16 bits black", "alpha", "grey alpha", "1 bit", "transparent red"],
)
def test_each_mode_of_colour(content: bytes, colours: list[str]) -> None:
    assert seen(develop(content).jpeg, LEFT, RIGHT) == colours


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind: str) -> None:
    content = saved(drawing(), kind, save_all=True, append_images=[Image.new("RGB", (64, 32), "white")])
    assert seen(develop(content).jpeg, LEFT, RIGHT) == ["red", "blue"]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff" + b"0" * LARGEST_UPLOAD, "too_large"),
        (SVG, "format"),
        (saved(drawing(), "GIF"), "format"),
        (b"GIF89a/*<html><script>alert(1)</script>*/", "format"),
        (saved(drawing(), "BMP"), "format"),
        (saved(drawing(), "TIFF"), "format"),
        (b"%PDF-1.7 " + photo(), "format"),
        (archive(), "format"),
        (b"\0\0\0\x18ftypmp42" + b"0" * 100, "format"),
        (photo() + archive(), "polyglot"),
        (saved(drawing(), "PNG") + archive(), "polyglot"),
        (photo(comment=b"%PDF-1.7"), "polyglot"),
        (photo(comment=b"<?php system($_GET[0]); ?>"), "polyglot"),
        (photo() + b"<HTML><ScRiPt>alert(1)</script>", "polyglot"),
        (png_that_claims(30000, 30000), "too_many_pixels"),
        (png_that_claims(10000, 5001), "too_many_pixels"),
        (png_that_claims(2_000_000_000, 2_000_000_000), "too_many_pixels"),
        (saved(Image.new("RGB", (7, 100))), "too_small"),
        (photo()[:-200], "damaged"),
        (photo()[:20], "damaged"),
        (saved(drawing(), "PNG")[:-30], "damaged"),
        (saved(drawing(), "WEBP")[:60], "damaged"),
        (HEIC[:500], "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 1000, "damaged"),
        (png_that_claims(1000, 1000), "damaged"),
        (b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0", "damaged"),
    ],
)
def test_what_is_no_photo_is_refused_with_its_reason(content: bytes, why: str) -> None:
    assert reason(content) == why


def test_what_the_request_checks_needs_no_decoding() -> None:
    assert check(png_that_claims(30000, 30000)) == "PNG"  # the worker will say that it is a bomb
    with pytest.raises(Refused):
        check(SVG)


def test_a_photo_may_carry_what_phones_append() -> None:
    assert seen(develop(photo() + b"\0\0\0\x18ftypmp42MotionPhoto" + b"7" * 100).jpeg, LEFT) == ["red"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"RIFF1234WEBP", "WEBP"),
        (b"RIFF1234WAVE", ""),
        (b"\0\0\0\x18ftypheic", "HEIF"),
        (b"\0\0\0\x18ftypavif", ""),
        (b"", ""),
    ],
)
def test_the_format_is_told_by_the_content(head: bytes, kind: str) -> None:
    assert format_of(head) == kind


def test_a_rectangle_is_burnt_in_and_the_rest_stays() -> None:
    kept = develop(photo(640, 320)).jpeg
    covered = redact(kept, [(0.0, 0.0, 0.25, 0.5), (0.9, 0.9, 0.1, 0.1)])
    assert (covered.width, covered.height) == (640, 320)
    points = [(0, 0), (80, 80), (155, 155), (200, 80), (80, 200), (500, 80), (600, 300), (639, 319)]
    assert seen(covered.jpeg, *points) == ["black"] * 3 + ["red", "red", "blue", "black", "black"]
    assert seen(covered.thumbnail, (20, 20), (100, 40)) == ["black", "red"]


def outcome(content: bytes) -> str:
    try:
        return f"{develop(content).width} wide"
    except Refused as refused:
        return refused.reason


@pytest.mark.parametrize("part", range(0, 600, 7))
def test_damage_anywhere_is_refused_and_never_an_error(part: int) -> None:
    for whole in (HEIC, saved(drawing(), "WEBP"), saved(drawing(), "PNG"), photo(exif=exif())):
        broken = bytearray(whole)
        broken[part % len(broken)] ^= 0xFF
        found = outcome(bytes(broken))
        assert found.endswith(" wide") or found in ("damaged", "format", "too_many_pixels", "too_small", "polyglot")
