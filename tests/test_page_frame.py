"""The frame of the pages: nothing a strict Content-Security-Policy would stop, and icons that exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.translation import override

from citymgmt.people.templatetags.portal import symbols

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FORBIDDEN = re.compile(
    r"""\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']|javascript:|\shx-on|(?:src|href)="(?:https?:)?//""",
    re.IGNORECASE,
)
ICON = re.compile(r"""{%\s*icon\s+["']([^"']+)|\sicon="([^"]+)""")
BY_ITSELF = ["400.html", "500.html", "503.html"]


def sources() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_has_nothing_inline_and_known_icons(path: Path) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert FORBIDDEN.findall(text) == []
    assert {one or other for one, other in ICON.findall(text)} - set(symbols()) == set()


def test_icon_is_drawn_into_the_page() -> None:
    drawn = Template('{% load portal %}{% icon "bell" "icon-lg" %}').render(Context())
    assert drawn.startswith('<svg class="icon icon-lg" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true"')


def test_unknown_icon_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="No icon 'no-such'"):
        Template('{% load portal %}{% icon "no-such" %}').render(Context())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", BY_ITSELF)
def test_page_of_last_resort_needs_no_request(name: str, language: str) -> None:
    with override(language):
        page = render_to_string(name)
    assert f'<html lang="{language}">' in page
    assert page.count("<h1>") == 1
