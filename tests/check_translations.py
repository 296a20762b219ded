"""Every sentence is translated: gather the source strings afresh and compare them with the catalogue.

Run by `make check`. Needs GNU gettext; without it the check says so and how to get it, and fails where
CITYMGMT_REQUIRE_ALL is set.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
SOURCES = ("citymgmt", "communities", "cases", "patrols", "templates", "locale", "manage.py")


def gathered(directory: Path) -> polib.POFile:
    """The catalogue as it would be after gathering all strings of the sources again."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, directory / name, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
        else:
            shutil.copy(source, directory / name)
    environment = {**os.environ, "VAR_DIR": str(directory / "var"), "DATABASE_URL": "postgres://nobody@localhost/none"}
    command = [sys.executable, "manage.py", "makemessages", "-l", "zh_Hans", "--no-obsolete", "--no-location"]
    subprocess.run(command, cwd=directory, env=environment, check=True, capture_output=True)
    return polib.pofile(str(directory / CATALOGUE))


def complaints(fresh: polib.POFile, kept: polib.POFile, compiled: polib.MOFile) -> list[str]:
    """What is missing, stale or not compiled, one line each."""
    found = [f"not translated: {entry.msgid!r}" for entry in [*fresh.untranslated_entries(), *fresh.fuzzy_entries()]]
    texts = {(entry.msgid, entry.msgstr, tuple(entry.msgstr_plural.values())) for entry in kept if entry.translated()}
    shipped = {(entry.msgid, entry.msgstr, tuple(entry.msgstr_plural.values())) for entry in compiled}
    found += [f"not compiled: {msgid!r}" for msgid, _text, _plural in sorted(texts - shipped)]
    used = {entry.msgid for entry in fresh}
    return found + [f"no longer used: {entry.msgid!r}" for entry in kept if entry.msgid not in used]


def main() -> int:
    """Print the complaints and return the exit code."""
    if shutil.which("xgettext") is None:
        print("Translations NOT checked: apt-get install gettext")
        return int(os.environ.get("CITYMGMT_REQUIRE_ALL", "") not in ("", "0"))
    with tempfile.TemporaryDirectory() as directory:
        fresh = gathered(Path(directory))
    kept = polib.pofile(str(ROOT / CATALOGUE))
    found = complaints(fresh, kept, polib.mofile(str((ROOT / CATALOGUE).with_suffix(".mo"))))
    print("\n".join(found) or f"{len(kept)} sentences, all translated")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
