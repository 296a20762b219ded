"""Settings, read from the environment (see .env.example) with safe defaults for one machine.

DATABASE_URL chooses the PostgreSQL server; without it the embedded server below VAR_DIR is used, whose
address and password `citymgmt.embedded` keeps in VAR_DIR/postgres.json.
"""

import json
import os
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import pghistory
from cryptography.fernet import Fernet
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from citymgmt.bells import beat_schedule
from citymgmt.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(str(BASE_DIR / ".env"))

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()


def kept_secret(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(50)) -> str:
    """The secret of this installation, made on first use and readable by its owner alone."""
    if not path.is_file():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make(), encoding="ascii")
    return path.read_text(encoding="ascii")


def embedded_database(address_file: Path) -> dict[str, Any]:
    """Django's entry for the embedded server; empty values while it has never been started."""
    address = json.loads(address_file.read_text("utf-8")) if address_file.is_file() else {}
    return {
        "NAME": address.get("name", "citymgmt"),
        "USER": address.get("user", "citymgmt"),
        "PASSWORD": address.get("password", ""),
        "HOST": address.get("host", str(address_file.parent)),
        "PORT": address.get("port", ""),
    }


def replica_database(primary: dict[str, Any], address: dict[str, Any]) -> dict[str, Any]:
    """Django's entry for a standby: as the primary's, elsewhere; its sessions write nothing and wait for it no longer
    than two seconds. In tests it is the primary.
    """
    options = {
        **primary["OPTIONS"],
        "connect_timeout": 2,
        "tcp_user_timeout": 2000,
        "application_name": "citymgmt-replica",
        "options": f"{primary['OPTIONS']['options']} -c default_transaction_read_only=on",
    }
    return {**primary, **address, "ENGINE": primary["ENGINE"], "OPTIONS": options, "TEST": {"MIRROR": "default"}}


def tile_hosts(tile_url: str) -> list[str]:
    """The hosts from which a browser may load map tiles; the part of the name that varies becomes a `*`."""
    address = urlsplit(tile_url)
    first, dot, rest = address.netloc.partition(".")
    host = f"*.{rest}" if dot and "{" in first else address.netloc
    return [f"{address.scheme}://{host}"] if host else []


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(VAR_DIR / "secret-key")
PERSONAL_DATA_KEYS = env.list("PERSONAL_DATA_KEYS", default=[]) or [
    kept_secret(VAR_DIR / "personal-data-key", lambda: Fernet.generate_key().decode())
]
PERSONAL_DATA_MONTHS = env.int("PERSONAL_DATA_MONTHS", default=12)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL] if PUBLIC_BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "citymgmt.people",
    "citymgmt.worktime",
    "citymgmt.outbox",
    "communities",
    "cases",
    "cases.statistics",
    "cases.meetings",
    "cases.intake",
    "cases.publicity",
    "patrols",
    "citymgmt.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "citymgmt.watching.watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "citymgmt.middleware.request_time",
    "citymgmt.middleware.hostile_text",
    "citymgmt.people.kept.versions_once",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "citymgmt.middleware.personal_language",
    "citymgmt.middleware.private_pages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "citymgmt.middleware.refusals_as_pages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "citymgmt.urls"
WSGI_APPLICATION = "citymgmt.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "citymgmt.context.portal",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "citymgmt.forms.PortalRenderer"

DATABASES = {
    "default": {
        **(
            env.db("DATABASE_URL")
            if env.str("DATABASE_URL", default="")
            else embedded_database(VAR_DIR / "postgres.json")
        ),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=600),  # bells ring each minute
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "application_name": "citymgmt",
            # join_collapse_limit: planning eight joins in every order takes 8 ms where running them takes 0.4 ms
            "options": "-c lock_timeout=3s -c idle_in_transaction_session_timeout=60s -c join_collapse_limit=4",
        },
    }
}
REPLICA_URL = env.str("REPLICA_URL", default="")  # a standby that follows; pages of figures read it
REPLICA_MOST_LAG_SECONDS = env.float("REPLICA_MOST_LAG_SECONDS", default=30.0)
if REPLICA_URL:
    DATABASES["replica"] = replica_database(DATABASES["default"], env.db("REPLICA_URL"))
    DATABASE_ROUTERS = ["citymgmt.replica.routing.Router"]
    MIDDLEWARE.append("citymgmt.replica.doors.read_own_writes")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "citymgmt.people.log_in.PortalBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "citymgmt.people.log_in.name_tried"
AXES_CLIENT_IP_CALLABLE = "citymgmt.people.log_in.address_of"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_TEMPLATE = "people/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Source maps are for developers: compressed, they took most of the time of a first start
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "citymgmt.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

MAP_TILE_URL = env.str("MAP_TILE_URL", default="")
MAP_TILE_ATTRIBUTION = env.str("MAP_TILE_ATTRIBUTION", default="")
MAP_COORDINATES = env.str("MAP_COORDINATES", default="wgs84")
SIMILAR_WITHIN_M = env.int("SIMILAR_WITHIN_M", default=50)
SIMILAR_WITHIN_DAYS = env.int("SIMILAR_WITHIN_DAYS", default=7)

# What somebody without a log-in may do, all together in a web process, then from one address; 0: no limit
GUESTS_AT_ONCE = env.int("GUESTS_AT_ONCE", default=1)  # requests
GUESTS_WAITING = env.int("GUESTS_WAITING", default=6)  # more requests, which wait
GUESTS_WAIT_SECONDS = env.float("GUESTS_WAIT_SECONDS", default=8.0)
REPORT_RATE = env.int("REPORT_RATE", default=20)  # reports an hour
REPORT_RATE_UNPROVEN = env.int("REPORT_RATE_UNPROVEN", default=6)  # of these without proof of work (no JavaScript)
REPORT_POST_RATE = env.int("REPORT_POST_RATE", default=60)  # forms in ten minutes, whatever comes of them
FOLLOW_RATE = env.int("FOLLOW_RATE", default=20)  # tries to follow a report in ten minutes
FOLLOW_NUMBER_RATE = env.int("FOLLOW_NUMBER_RATE", default=5)  # wrong ones for one number, from wherever
PUBLIC_POINT_DECIMALS = env.int("PUBLIC_POINT_DECIMALS", default=3)  # of coordinates everybody reads: about 100 m
OPEN311_RATE = env.int("OPEN311_RATE", default=120)  # requests of Open311 a minute and address; 0: no limit
OPEN311_WRITE_RATE = env.int("OPEN311_WRITE_RATE", default=60)  # reports a minute and program
PUBLIC_FILE_RATE = env.int("PUBLIC_FILE_RATE", default=4)  # tables of open data a minute and address; 0: no limit
OPEN311_TYPE = env.str("OPEN311_TYPE", default="production")  # or "test"
OPEN311_CONTACT = env.str("OPEN311_CONTACT", default="")  # whom programmers ask; else the offices are named

SESSION_ENGINE = "citymgmt.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
BEHIND_HTTPS = PUBLIC_BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=BEHIND_HTTPS)
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *tile_hosts(MAP_TILE_URL)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

EMAIL_URL = env.str("EMAIL_URL", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="citymgmt@localhost")
EMAIL_TIMEOUT = 10
if EMAIL_URL:
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")

REDIS_URL = env.str("REDIS_URL", default="")
BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 900, "socket_timeout": 5, "socket_connect_timeout": 2}
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.2,
    }
)
if not REDIS_URL:
    (BROKER_DIR / "queue").mkdir(mode=0o700, parents=True, exist_ok=True)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1 if REDIS_URL else 20
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = beat_schedule()

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["citymgmt.api.StrictJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "citymgmt.api.PortalPagination",
    "DEFAULT_SCHEMA_CLASS": "citymgmt.api_schema.PortalSchema",
    "EXCEPTION_HANDLER": "citymgmt.api.problem_response",
    "DEFAULT_VERSIONING_CLASS": None,
}
TOKEN_DAYS = env.int("TOKEN_DAYS", default=90)
KNOX_TOKEN_MODEL = "people.ApiToken"
API_RATE = env.int("API_RATE", default=600)  # requests a minute and person; 0: no limit
API_WRITE_RATE = env.int("API_WRITE_RATE", default=120)  # of them, those that write
LOGIN_RATE = env.int("LOGIN_RATE", default=60)  # log-ins a minute and address
REST_KNOX = {"TOKEN_TTL": timedelta(days=TOKEN_DAYS), "AUTH_HEADER_PREFIX": "Token"}
SPECTACULAR_SETTINGS = {
    "TITLE": "citymgmt API",
    "DESCRIPTION": "What a person can do in the portal, for programs. Errors are problem+json (RFC 9457).",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "CaseStateEnum": "cases.workflow.STATE_CHOICES",
        "EscalationStateEnum": "cases.models.Escalation.State",
        "TimeRequestStateEnum": "cases.models.TimeRequest.State",
        "PhotoStateEnum": "cases.models.Photo.State",
        "PhotoKindEnum": "cases.models.Photo.Kind",
        "ExportKindEnum": "cases.models.ExportJob.Kind",
        "ExportStateEnum": "cases.models.ExportJob.State",
        "UnitEnum": "citymgmt.worktime.models.UnitChoice",
    },
}
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True

SILENCED_SYSTEM_CHECKS = [
    # HTTPS ends at the proxy; citymgmt.checks warns when PUBLIC_BASE_URL is not https in production.
    *(() if BEHIND_HTTPS else ("security.W004", "security.W008", "security.W012", "security.W016")),
]

LOGGING = logging_settings(env.str("LOG_LEVEL", default="WARNING"))

METRICS_DIR = VAR_DIR / "metrics"
METRICS_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)  # read once, when prometheus_client is imported
METRICS_ALLOW = env.list("METRICS_ALLOW", default=["127.0.0.1", "::1"])
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
BACKUP_MARKER = env.str("BACKUP_MARKER", default="")
