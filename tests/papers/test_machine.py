"""What the machine lacks is said, and a web process loads nothing that draws."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from citymgmt.papers import fonts

SAMPLE = "from tests.papers.samples import BULLETIN, CHART\n"


def said(code: str, tmp_path: Path) -> str:
    """What the code prints in a process of its own with the portal's settings."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "citymgmt.settings", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "DEBUG": "1", "VAR_DIR": str(tmp_path), "SECRET_KEY": "x" * 60,
    }  # fmt: skip
    program = f"import django\ndjango.setup()\nfrom django.utils import translation\ntranslation.activate('en')\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def english(sentence: object) -> str:
    """A sentence as an English process says it."""
    with translation.override("en"):
        return str(sentence)


def test_web_process_loads_nothing_that_draws(tmp_path: Path) -> None:
    code = (
        "import sys, citymgmt.urls, citymgmt.wsgi, citymgmt.papers.pdf, citymgmt.papers.word, citymgmt.papers.charts\n"
        "print([name for name in ('matplotlib', 'weasyprint', 'docx', 'fontTools') if name in sys.modules])"
    )
    assert said(code, tmp_path) == "[]"


def test_missing_pango_is_said(tmp_path: Path, chinese_font: None) -> None:
    code = SAMPLE + (
        "import cffi\n"
        "def missing(*names): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = lambda self, *names: missing()\n"
        "from citymgmt.papers.pdf import pdf\n"
        "from citymgmt.papers.fonts import PangoMissing\n"
        "try: pdf(BULLETIN)\n"
        "except PangoMissing as error: print(error)\n"
    )
    assert said(code, tmp_path).splitlines()[-1] == english(fonts.PangoMissing.sentence)


def test_missing_font_is_said(tmp_path: Path) -> None:
    code = SAMPLE + (
        "from matplotlib import font_manager\n"
        "font_manager.fontManager.ttflist = [one for one in font_manager.fontManager.ttflist if 'DejaVu' in one.name]\n"
        "from citymgmt.papers import charts, fonts, pdf, word\n"
        "for draw, what in ((pdf.pdf, BULLETIN), (word.word, BULLETIN), (charts.png, CHART), (charts.svg, CHART)):\n"
        "    try: draw(what)\n"
        "    except fonts.ChineseFontMissing as error: print(error)\n"
    )
    assert said(code, tmp_path).splitlines() == [english(fonts.ChineseFontMissing.sentence)] * 4


def test_unknown_families_are_missing() -> None:
    with pytest.raises(fonts.ChineseFontMissing):
        fonts.chinese_file(("No Such Font",))


def test_first_installed_family_is_taken(chinese_font: None) -> None:
    assert fonts.chinese_file(("No Such Font", "DejaVu Sans", "DejaVu Serif")).path.endswith("DejaVuSans.ttf")
