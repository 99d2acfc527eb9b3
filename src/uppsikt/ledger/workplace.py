"""A place to stage files in beside the ledger, and taking turns at it: both outlive a killed process."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "staged-"


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Hold the file at `path` alone, also against other processes. A process that dies lets go of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder to stage files in, gone afterwards, in the same folder as the file `beside`.

    What killed processes have left there is swept first: a folder that nobody holds is nobody's.
    """
    with turn(beside.with_name("staging.lock")):
        for left in beside.parent.glob(f"{PREFIX}*"):
            handle = os.open(left, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
            except BlockingIOError:
                continue
            finally:
                os.close(handle)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside.parent))
        held = os.open(folder, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)
