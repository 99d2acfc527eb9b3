"""Serving pages with the application server, and the files that pages need."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.test.utils import override_settings

from uppsikt.config import environment, keeper
from uppsikt.kernel.problems import refuse

# A request waits for the database or for typesetting far more than it computes.
THREADS = 4


def prepare() -> None:
    """Collect and compress the static files, when any of them changed since last time."""
    stamp = settings.STATIC_ROOT / ".collected"
    wanted = _fingerprint()
    with environment.locked(settings.VAR, "static"):
        if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            return
        print("Samlar sidornas filer ...", file=sys.stderr)
        compressed = {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        }
        with override_settings(STORAGES=compressed):
            call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=sys.stderr)
        stamp.write_text(wanted, encoding="ascii")


def _fingerprint() -> str:
    """One value for all static files as they are now: name, size and time of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def require_free(host: str, port: int) -> None:
    """Stop before anything is served when another program has the port.

    Raises: InputError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise refuse(
                "port-taken",
                f"Det går inte att lyssna på {host}:{port}: porten är upptagen.",
                remedy=f"Välj en annan port, t.ex. --port {port + 1}.",
            ) from error


def become(*, host: str, port: int, workers: int = 1, jobs: bool = True) -> NoReturn:
    """Replace this process by the application server, with a worker for jobs beside it."""
    os.environ["UPPSIKT_STATIC"] = "collected"
    if jobs:
        keeper.start()
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(
        sys.executable,
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws",
            "--host", host, "--port", str(port), "--workers", str(workers),
            "--blocking-threads", str(THREADS), "--log-level", "warning",
            "uppsikt.config.wsgi:application",
        ],
    )  # fmt: skip
