"""Settings of the tests: the portal's own on a throwaway PostgreSQL and a throwaway VAR_DIR.

Both are made when pytest first reads these settings, unless DATABASE_URL names a server. The workers of
pytest-xdist inherit the server; each has a VAR_DIR of its own.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from citymgmt.embedded.temporary import temporary_postgres


def use_throwaway_directory() -> None:
    """Set VAR_DIR to an empty directory that this process (or the one that started it) removes."""
    root = os.environ.get("CITYMGMT_TEST_DIR")
    if root is None:
        root = tempfile.mkdtemp(prefix="citymgmt-test-")
        os.environ["CITYMGMT_TEST_DIR"] = root
        atexit.register(shutil.rmtree, root, ignore_errors=True)
    own = Path(root) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    own.mkdir(mode=0o700, exist_ok=True)
    os.environ["VAR_DIR"] = str(own)


def use_throwaway_server() -> None:
    """Set DATABASE_URL to a server that ends with this process, unless it is set."""
    if os.environ.get("DATABASE_URL") or "pytest" not in sys.modules:
        return
    running = temporary_postgres()
    os.environ["DATABASE_URL"] = running.__enter__().address.url
    os.environ["CITYMGMT_TEST_SERVER"] = "throwaway"  # what is left on it harms nobody
    atexit.register(running.__exit__, None, None, None)


def ignore_installation() -> None:
    """Keep a .env of this machine out of the tests: what is set already is not read from it."""
    os.environ.update(REDIS_URL="", REPLICA_URL="", EMAIL_URL="", DEBUG="0", SECRET_KEY="only-for-tests-" + "x" * 50)
    os.environ.update(PUBLIC_BASE_URL="http://localhost:8000", ALLOWED_HOSTS="localhost,127.0.0.1,testserver")


use_throwaway_directory()
use_throwaway_server()
ignore_installation()

from citymgmt.settings import *  # noqa: E402, F403
from citymgmt.settings import INSTALLED_APPS, STORAGES, TEMPLATES  # noqa: E402
from tests.strict_templates import UndefinedVariable  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TEMPLATES = [
    {**engine, "OPTIONS": {**engine["OPTIONS"], "string_if_invalid": UndefinedVariable("undefined")}}
    for engine in TEMPLATES
]
API_RATE = API_WRITE_RATE = LOGIN_RATE = 0  # tests ask often; test_rates.py sets limits
OPEN311_RATE = OPEN311_WRITE_RATE = PUBLIC_FILE_RATE = 0
INSTALLED_APPS = [*INSTALLED_APPS, "tests.promises"]  # a timed thing of the tests' own
