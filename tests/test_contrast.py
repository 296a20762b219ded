"""WCAG 2.1 AA: the colours of static/css/portal.css that stand on each other."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = (Path(settings.BASE_DIR) / "static/css/portal.css").read_text("utf-8")
COLOURS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", CSS))

TONES = ("alert", "soon", "done", "calm")
TEXT = [
    *((tone, f"{tone}-ground") for tone in (*TONES, "district", "still")),
    *((tone, "paper") for tone in (*TONES, "brand-500", "brand-600", "ink", "ink-soft")),
    *((f"rung-{rung}-ink", f"rung-{rung}") for rung in range(5)),
    *(("paper", ground) for ground in ("alert", *(f"brand-{step}00" for step in range(5, 10)))),
    *((ink, "ground") for ink in ("ink", "ink-soft", "brand-600", "alert")),
    *((ink, ground) for ink in ("ink", "brand-800", "brand-700") for ground in ("brand-50", "brand-100")),
    ("ink", "alert-ground"), ("ink", "soon-ground"), ("ink", "done-ground"), ("ink", "calm-ground"),
]  # fmt: skip
EDGES = [("line-strong", "paper"), ("brand-500", "ground"), ("brand-500", "paper")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_can_be_seen(edge: str, ground: str) -> None:
    assert contrast(edge, ground) >= 3
