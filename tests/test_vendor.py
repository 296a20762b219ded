"""What is not ours in static/vendor: complete, unchanged, licensed, and fetching nothing from outside."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
VENDOR = STATIC / "vendor"
MANIFEST: list[dict[str, Any]] = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
GRANTS = {
    "MIT": "Permission is hereby granted",
    "Apache-2.0": "Grant of Copyright License",
    "BSD-2-Clause": "Redistribution and use in source and binary forms",
}
LINK = 'href="https://leafletjs.com"'  # a link that Leaflet shows on the map; nothing is fetched
OUTSIDE = re.compile(
    r"""url\(\s*["']?(?:https?:)?//|@import\s|(?:src|href)\s*=\s*["'](?:https?:)?//"""
    r"""|\bimport\s*\(?\s*["'](?:https?:)?//|fetch\(\s*["'`](?:https?:)?//""",
    re.IGNORECASE,
)


@pytest.mark.parametrize("row", MANIFEST, ids=lambda row: row["file"])
def test_file_is_the_one_named_in_the_manifest(row: dict[str, Any]) -> None:
    digest = hashlib.sha384((VENDOR / row["file"]).read_bytes()).digest()
    assert base64.b64encode(digest).decode() == row["sha384"]
    assert GRANTS[row["licence"]] in (VENDOR / row["licence_file"]).read_text("utf-8")


def test_manifest_names_every_file() -> None:
    present = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    named = {row["file"] for row in MANIFEST} | {row["licence_file"] for row in MANIFEST}
    assert present == named | {"manifest.json"}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(STATIC.rglob("*")) if path.suffix in {".css", ".js", ".svg", ".html"}],
    ids=lambda path: str(path.relative_to(STATIC)),
)
def test_nothing_is_fetched_from_outside(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "sourceMappingURL" not in text
    assert OUTSIDE.findall(text.replace(LINK, "")) == []
