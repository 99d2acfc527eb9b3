"""Reads stretches of a SIE file, here or in worker processes that end when their parent does.

A worker is this module run by itself: jobs come as pickles on its standard input, tallies go back on its output.
It imports nothing of the program but the reader, and closing (or killing) the parent ends its input.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO, cast

from uppsikt.ledger.encoding import codec
from uppsikt.ledger.sie.fast import Irregular, read_fast
from uppsikt.ledger.sie.stretches import Stretch
from uppsikt.ledger.sie.tally import Context, Tally
from uppsikt.ledger.sie.vouchers import read_exact
from uppsikt.ledger.staging import HEADING


@dataclass(frozen=True, slots=True)
class Job:
    """One stretch to read. `target`: the staged file to write."""

    source: Path
    stretch: Stretch
    context: Context
    target: Path
    exact: bool = False


def read(job: Job) -> Tally:
    """Read the stretch, write its rows, return the rest."""
    with job.source.open("rb") as file:
        file.seek(job.stretch.offset)
        data = file.read(job.stretch.length)
    tally = _tally(data, job)
    if tally.lines and not tally.problems:
        with job.target.open("w", encoding="utf-8", newline="") as out:
            out.write(HEADING)
            out.write("".join(tally.lines))
    return tally.plain()


def _tally(data: bytes, job: Job) -> Tally:
    context, row = job.context, job.stretch.row
    name = codec(context.encoding)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as fault:
        if name == "cp1252":  # a guess among single bytes: five of them have no sign there
            text = data.decode(name, "replace")
        else:
            tally = Tally()
            tally.refuse(
                context, row + data.count(b"\n", 0, fault.start), "encoding",
                f"Tecknen kan inte läsas som {context.encoding}.", "Välj en annan teckenkodning.",
            )  # fmt: skip
            return tally
    if not job.exact:
        try:
            return read_fast(text, row, context)
        except Irregular:
            pass
    return read_exact(text, row, context, last=job.stretch.last)


def read_all(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, Tally]]:
    """Every job with its tally, in order; in this process when `workers` is below two."""
    if workers < 2:
        for job in jobs:
            yield job, read(job)
        return
    idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    started: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(workers):
            started.append(_start())
            idle.put(started[-1])
        with ThreadPoolExecutor(workers) as threads:
            waiting: list[tuple[Job, Future[Tally]]] = [
                (job, threads.submit(_ask, idle, job)) for job in jobs
            ]
            try:
                for job, answer in waiting:
                    yield job, answer.result()
            finally:
                for _, answer in waiting:
                    answer.cancel()
    finally:
        for process in started:
            cast("BinaryIO", process.stdin).close()
            process.wait()
            cast("BinaryIO", process.stdout).close()


def _start() -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(  # noqa: S603 - this same interpreter and module
        [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )


def _ask(idle: SimpleQueue[subprocess.Popen[bytes]], job: Job) -> Tally:
    process = idle.get()
    try:
        stdin, stdout = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
        pickle.dump(job, stdin)
        stdin.flush()
        return cast("Tally", pickle.load(stdout))  # noqa: S301 - from our own worker
    finally:
        idle.put(process)


def serve(jobs: BinaryIO, tallies: BinaryIO) -> None:
    """A worker's life: read jobs until there are no more."""
    while True:
        try:
            job = pickle.load(jobs)  # noqa: S301 - from our own parent
        except EOFError:
            return
        pickle.dump(read(job), tallies)
        tallies.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
