"""The real queue on the database that the suite runs on, and workers that are processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests.concurrency.conftest import Writers

ROOT = Path(__file__).resolve().parents[3]
T = TypeVar("T")


class Queue:
    """Looks into the database, and starts workers that share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._database = Writers(folder / "queue.sqlite3")
        self.workers: list[subprocess.Popen[str]] = []

    def look(self, act: Callable[[], T]) -> T:
        """What `act` gives, with a connection to the database that the workers have."""
        return self._database.look(act)

    def wait(self, act: Callable[[], T]) -> T:
        """The first true answer of `act`."""
        for _ in range(600):
            answer = self.look(act)
            if answer:
                return answer
            time.sleep(0.1)
        said = "\n".join(path.read_text(encoding="utf-8") for path in self.folder.glob("*.log"))
        raise AssertionError(f"it never came\n{said}")

    def worker(self, *arguments: str) -> subprocess.Popen[str]:
        """A worker, started."""
        with (self.folder / f"worker-{len(self.workers)}.log").open("w", encoding="utf-8") as log:
            made = subprocess.Popen(
                [sys.executable, "-m", "uppsikt.config.cli", "worker", *arguments],
                env=self.environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=log, stderr=log, text=True,
            )  # fmt: skip
        self.workers.append(made)
        return made

    def batch(self) -> int:
        """Do what waits; the exit code."""
        return self.worker("--batch").wait(timeout=60)

    @property
    def environment(self) -> dict[str, str]:
        given = os.environ.get("DATABASE_URL", "")
        name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            address = f"sqlite:///{self.folder / 'queue.sqlite3'}"
        else:
            address = urlsplit(given)._replace(path=f"/{name}").geturl()
        return {
            **os.environ,
            "DATABASE_URL": address,
            "UPPSIKT_VAR": str(django_settings.VAR),
            "DJANGO_SETTINGS_MODULE": "uppsikt.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }


@pytest.fixture
def queue(transactional_db: None, settings, tmp_path: Path) -> Iterator[Queue]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    made = Queue(tmp_path)
    yield made
    for worker in made.workers:
        if worker.poll() is None:
            worker.send_signal(signal.SIGKILL)
        worker.wait(timeout=20)
        assert worker.stdin is not None
        worker.stdin.close()
