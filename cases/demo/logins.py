"""The demo log-ins: random passwords in a file that only its owner may read."""

import json
import os
import secrets
from pathlib import Path

from cases.demo.names import DEMO_LOGINS


def kept_passwords(path: Path) -> dict[str, str]:
    """The passwords of the demo log-ins by name; those not yet in the file are made and written at once.

    The file is replaced as a whole (mode 0600), so that nobody ever reads half of it.
    """
    kept = _read(path)
    passwords = {name: kept.get(name) or secrets.token_urlsafe(9) for name in DEMO_LOGINS}
    if passwords != kept:
        _write(path, json.dumps(passwords, indent=2) + "\n")
    return passwords


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: text for name, text in found.items() if isinstance(text, str)} if isinstance(found, dict) else {}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
