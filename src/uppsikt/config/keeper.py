"""Keeps one worker running beside the server: starts it, starts it again when it dies, ends it with the server.

A small process of its own, without Django, and a child of the server: when the server is gone, however it went, the
keeper has another parent. A worker knows its keeper by the pipe between them, which closes when the keeper is gone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

WORKER = (sys.executable, "-m", "uppsikt.config.cli", "worker", "--with-parent")
LOOK = 0.5  # seconds between looks at the worker
LIVED = 60.0  # seconds: one that lived this long is started again at once
LONGEST_PAUSE = 30.0  # seconds between attempts, at most
GRACE = 20.0  # seconds for the job at hand, then for ending it, before the worker is killed


def start() -> None:
    """Start a keeper beside this process, before it becomes the server."""
    subprocess.Popen(
        [sys.executable, "-m", "uppsikt.config.keeper", str(os.getpid())],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,  # standard output belongs to the command's result
    )


def keep(command: Sequence[str], gone: Callable[[], bool]) -> None:
    """Keep `command` running until `gone()`: whether the server is."""
    pause = 0.0
    while not gone():
        begun = time.monotonic()
        # In a session of its own: Ctrl+C in the terminal reaches the keeper, which tells the worker once.
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=sys.stderr, start_new_session=True)
        try:
            while worker.poll() is None and not gone():
                time.sleep(LOOK)
        finally:
            _end(worker)
        pause = 0.0 if time.monotonic() - begun > LIVED else min(LONGEST_PAUSE, pause * 2 or 1.0)
        resume = time.monotonic() + pause
        while time.monotonic() < resume and not gone():
            time.sleep(LOOK)


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Let the worker finish the job at hand, then end the job, then the worker."""
    for order in (worker.terminate, worker.terminate, worker.kill):
        if worker.poll() is not None:
            return
        order()
        with suppress(subprocess.TimeoutExpired):
            worker.wait(timeout=GRACE)


def main(server: int) -> None:
    """Keep a worker until the process `server` is gone, or until told to stop."""

    def stop(_number: int, _frame: object) -> None:
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_IGN)
        sys.exit(0)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    keep(WORKER, lambda: os.getppid() != server)


if __name__ == "__main__":
    main(int(sys.argv[1]))
