"""Django's settings. All that differs between installations comes from the environment (environment.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from uppsikt.config import environment

PACKAGE = Path(__file__).resolve().parents[1]
VAR = environment.var_folder()

DEBUG = environment.flag("UPPSIKT_DEBUG")
SECRET_KEY = environment.secret_key(VAR)

# ---------------------------------------------------------------- packages
# Bottom to top, as the import contracts have them. A package is a Django app when it has an apps.py.
DOMAIN_PACKAGES = (
    "web", "history", "texts", "files", "accounts", "organisation", "jobs", "cycle", "publishing", "followup",
    "planning", "economy", "control", "investments", "procurement", "oversight", "reports", "desk", "exchange", "demo",
)  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials",
    "django_htmx",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    *(f"uppsikt.{name}" for name in DOMAIN_PACKAGES if (PACKAGE / name / "apps.py").exists()),
]
if "uppsikt.accounts" in INSTALLED_APPS:
    AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------------------------------------------------------------- address and transport
_address = urlsplit(environment.value("UPPSIKT_URL", "http://127.0.0.1:8000"))
_https = _address.scheme == "https"
ALLOWED_HOSTS = [
    "127.0.0.1", "localhost", "[::1]",
    *([_address.hostname] if _address.hostname else []),
    *environment.entries("UPPSIKT_HOSTS"),
]  # fmt: skip
CSRF_TRUSTED_ORIGINS = [f"{_address.scheme}://{_address.netloc}"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; a draft text outlives the session that wrote it
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _https else 0
SECURE_SSL_REDIRECT = _https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the report's preview stands in a frame of the same site
if _https:
    # The application server speaks plain HTTP, so an https address means a proxy in front that sets this.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ROOT_URLCONF = "uppsikt.config.urls"
WSGI_APPLICATION = "uppsikt.config.wsgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # closed unless a view says otherwise
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "uppsikt.web.htmx.VaryOnHtmx",
    "uppsikt.web.csp.SecurityHeaders",
    "uppsikt.web.nul.RefuseNul",
]
CSRF_FAILURE_VIEW = "uppsikt.web.errors.csrf_failure"

# ---------------------------------------------------------------- pages
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "uppsikt.web.chrome.context",
            ],
        },
    }
]

FORM_RENDERER = "uppsikt.web.renderer.FormRenderer"
UPPSIKT_CHROME = "uppsikt.config.navigation.chrome"
UPPSIKT_ACCENT = "uppsikt.config.navigation.accent"

# ---------------------------------------------------------------- database
# SQLite: a writer takes its lock when the transaction begins, so two of them wait for each other instead of
# failing half-way; readers go on meanwhile (WAL).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def _database() -> dict[str, Any]:
    given = environment.value("DATABASE_URL")
    if not given:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "uppsikt.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
        }
    parsed: dict[str, Any] = dict(dj_database_url.parse(given, conn_max_age=600, conn_health_checks=True))
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        parsed["OPTIONS"] = {**SQLITE_OPTIONS, **parsed.get("OPTIONS", {})}
        parsed["CONN_MAX_AGE"] = 0
    return parsed


DATABASES = {"default": _database()}

# ---------------------------------------------------------------- jobs
# A queue in the database itself: a job is enqueued in the transaction that asks for it, and there is no broker.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ---------------------------------------------------------------- identity
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
# Set only where the installation is a demonstration: its people are then offered on the sign-in page.
UPPSIKT_DEMO_PASSWORD = environment.value("UPPSIKT_DEMO_PASSWORD", "")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# ---------------------------------------------------------------- language and time
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
USE_THOUSAND_SEPARATOR = True

# ---------------------------------------------------------------- files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
_collected = environment.value("UPPSIKT_STATIC") == "collected"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not _collected
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    "jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff", "woff2",
    "map",  # read by developers' tools only, and larger than all the rest together
)  # fmt: skip
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = VAR / "files"
UPPSIKT_LEDGER = VAR / "ledger" / "ledger.duckdb"  # derived: uppsikt ledger rebuild
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_PERMISSIONS = 0o600

# ---------------------------------------------------------------- log
# To standard error: standard output belongs to the command's result.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.value("UPPSIKT_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "ERROR"},  # says at every stop that it was told to stop
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether every other host of the municipality has TLS is not ours to say
    "security.W019",  # the report's preview stands in a frame of the same site
    "security.W021",  # nor is a browser's preload list
]
