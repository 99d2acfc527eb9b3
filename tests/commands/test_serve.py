"""The server and the worker beside it: one starts the other, and neither outlives the installation."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest

from tests.commands.test_cli import ROOT, uppsikt

T = TypeVar("T")


def wait(act: Callable[[], T]) -> T:
    for _ in range(600):
        if answer := act():
            return answer
        time.sleep(0.1)
    raise AssertionError("it never came")


def running(pid: int) -> bool:
    """Whether the process still does anything; one that is dead and not yet fetched does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


class Served:
    """A served installation."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port: int = one.getsockname()[1]
        environment = {key: text for key, text in os.environ.items() if not key.startswith("UPPSIKT_")}
        environment |= {"UPPSIKT_VAR": str(folder), "DATABASE_URL": ""}
        environment["DJANGO_SETTINGS_MODULE"] = "uppsikt.config.settings"
        with (folder / "server.log").open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "uppsikt.config.cli", "serve", "--port", str(self.port), *arguments],
                env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def answers(self) -> bool:
        assert self.process.poll() is None, (self.folder / "server.log").read_text(encoding="utf-8")
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/styleguide/", timeout=5)
            return True
        return False

    def workers(self) -> set[int]:
        """The process ids of the workers that live."""
        texts = [path.read_text(encoding="ascii").strip() for path in (self.folder / "workers").glob("*")]
        return {int(text) for text in texts if text and running(int(text))}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    assert uppsikt("migrate", folder=folder).returncode == 0
    return folder


@pytest.fixture
def serve(prepared: Path) -> Iterator[Callable[..., Served]]:
    made: list[Served] = []

    def start(*arguments: str) -> Served:
        made.append(Served(prepared, *arguments))
        wait(made[-1].answers)
        return made[-1]

    yield start
    for one in made:
        if one.process.poll() is None:
            one.process.terminate()
        one.process.wait(timeout=30)
        wait(lambda one=one: not one.workers())


def test_a_worker_starts_and_stops_with_the_server(serve: Callable[..., Served]) -> None:
    served = serve()
    (worker,) = wait(served.workers)
    served.process.terminate()
    served.process.wait(timeout=30)
    wait(lambda: not running(worker))
    said = (served.folder / "server.log").read_text(encoding="utf-8")
    assert "Traceback" not in said, said


def test_a_worker_that_dies_is_replaced(serve: Callable[..., Served]) -> None:
    served = serve()
    (first,) = wait(served.workers)
    os.kill(first, signal.SIGKILL)
    (second,) = wait(lambda: served.workers() - {first})
    assert running(second)


def test_no_worker_is_left_when_the_server_is_killed(serve: Callable[..., Served]) -> None:
    served = serve()
    (worker,) = wait(served.workers)
    children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text(
        encoding="ascii"
    )
    served.process.kill()
    served.process.wait(timeout=30)
    try:
        wait(lambda: not running(worker))
    finally:
        for child in map(int, children.split()):  # Granian's own process outlives it
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)


def test_the_worker_can_be_left_out(serve: Callable[..., Served]) -> None:
    served = serve("--no-worker")
    assert not served.workers()
    time.sleep(3)  # longer than a worker needs to start
    assert not served.workers()
