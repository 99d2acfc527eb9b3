"""`uppsikt ledger import` killed at twenty moments: the ledger is the one before or the one after, and goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.commands.ledger_folder import ROOT, environment, salaries, set_up, sie

KILLS, VOUCHERS = 20, 600
# The command line itself. It is started once and forks for every file, which spares twenty starts; each fork says when
# it begins, so that the moments fall in the work.
IMPORTS = """
import os, sys
import django
django.setup()
from uppsikt.config import cli, commands
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.dup2(2, 1)
        os._exit(cli.main(["ledger", "import", line.strip()]))
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@contextmanager
def importer(folder: Path) -> Iterator[Importer]:
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTS],
        env=environment(folder), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        yield Importer(process)


class Importer:
    """Imports files in processes of their own, one at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._asked, self._told = process.stdin, process.stdout

    def begin(self, source: Path) -> int:
        """Start with a file; the id of the process that reads it."""
        self._asked.write(f"{source}\n")
        self._asked.flush()
        return int(self._told.readline())

    def end(self) -> int:
        """Wait for it; its exit code, negative when it was killed."""
        return int(self._told.readline())


def test_killed_at_twenty_moments(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    set_up(folder)
    with importer(folder) as imports:
        began = time.monotonic()
        imports.begin(sie(tmp_path / "0.se", VOUCHERS, 1))
        assert imports.end() == 0
        whole = time.monotonic() - began
        standing = salaries(folder)
        assert standing == VOUCHERS

        moments, left = random.Random(20240101), {"before": 0, "after": 0}
        for number in range(1, KILLS + 1):
            source = sie(tmp_path / f"{number}.se", VOUCHERS, number + 1)
            process = imports.begin(source)
            time.sleep(moments.uniform(0, whole))
            with suppress(ProcessLookupError):  # it was done before
                os.kill(process, signal.SIGKILL)
            assert imports.end() in {0, -signal.SIGKILL}
            after, found = VOUCHERS * (number + 1), salaries(folder)
            assert found in {standing, after}, number
            left["before" if found == standing else "after"] += 1
            standing = found
        assert left["before"], "no kill came before the work was done"

        # The last one again: what was left half-way is taken up, and every trace of the killed is gone.
        imports.begin(tmp_path / f"{KILLS}.se")
        assert imports.end() == 0
    assert salaries(folder) == VOUCHERS * (KILLS + 1)
    names = {one.name for one in (folder / "ledger").iterdir()}
    assert names == {"ledger.duckdb", "ledger.duckdb.lock", "accepting.lock", "staging.lock"}
