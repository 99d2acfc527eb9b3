"""Keeps one worker running beside the server: starts it, starts it again when it dies, ends it with the server.

A small process of its own, without Django. The server holds the other end of its standard input and never writes
there: when the server is gone, however it went, the end closes. A worker likewise holds on to its keeper.
"""

from __future__ import annotations

import os
import select
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


def start(command: Sequence[str] = ()) -> None:
    """Start a keeper beside this process, to be called once, before it becomes the server."""
    reader, writer = os.pipe()
    subprocess.Popen(
        [sys.executable, "-m", "uppsikt.config.keeper", *command],
        stdin=reader,
        stdout=sys.stderr,  # standard output belongs to the command's result
    )
    os.close(reader)
    os.set_inheritable(writer, True)  # held, unused, by what this process becomes


def keep(command: Sequence[str], gone: Callable[[float], bool]) -> None:
    """Keep `command` running. `gone(seconds)`: wait that long; whether the server is gone."""
    pause = 0.0
    while not gone(pause):
        begun = time.monotonic()
        # In a session of its own: Ctrl+C in the terminal reaches the keeper, which tells the worker once.
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=sys.stderr, start_new_session=True)
        try:
            while worker.poll() is None and not gone(LOOK):
                pass
        finally:
            _end(worker)
        pause = 0.0 if time.monotonic() - begun > LIVED else min(LONGEST_PAUSE, pause * 2 or 1.0)


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Let the worker finish the job at hand, then end the job, then the worker."""
    for order in (worker.terminate, worker.terminate, worker.kill):
        if worker.poll() is not None:
            return
        order()
        with suppress(subprocess.TimeoutExpired):
            worker.wait(timeout=GRACE)


def _input_closed(seconds: float) -> bool:
    ready, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(ready) and not os.read(sys.stdin.fileno(), 1)


def main() -> None:
    """Keep the worker until standard input closes, or until told to stop."""

    def stop(_number: int, _frame: object) -> None:
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_IGN)
        sys.exit(0)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    keep(sys.argv[1:] or WORKER, _input_closed)


if __name__ == "__main__":
    main()
