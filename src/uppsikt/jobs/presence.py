"""Whether a worker lives: it holds a lock on a file of its own, which the system lets go when it dies.

Unlike a heartbeat in the database, the lock is right at once after a SIGKILL, and never wrong about a worker that
only waits for a database where another writer has its turn.
"""

from __future__ import annotations

import fcntl
import os
import platform
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from uppsikt.jobs.rules import same_machine, worker_name


def new_name() -> str:
    """A name for a worker of this machine."""
    return worker_name(platform.node(), secrets.token_hex(8))


@contextmanager
def present(name: str) -> Iterator[None]:
    """Be known as living inside the block."""
    path = _file(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("w", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.write(f"{os.getpid()}\n")  # for whoever looks for the process
        handle.flush()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def is_present(name: str) -> bool | None:
    """Whether the worker lives. None: it is of another machine, and cannot be asked from here."""
    if not same_machine(name, worker_name(platform.node(), "")):
        return None
    try:
        with _file(name).open("r", encoding="ascii") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    _file(name).unlink(missing_ok=True)  # left by one that was killed
    return False


def _file(name: str) -> Path:
    return Path(settings.VAR) / "workers" / name
