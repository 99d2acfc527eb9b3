"""Loading the example municipality's ledgers: written as SIE files, read in like anybody's, chosen by its rounds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from uppsikt.cycle import selectors as cycle
from uppsikt.demo.economy.ledger import FULL, DemoLedger, ledger_files
from uppsikt.economy.actions import loads
from uppsikt.economy.actions.loads import Options
from uppsikt.economy.selectors import LedgerLoad
from uppsikt.files.actions import store_large
from uppsikt.files.rules import SIE
from uppsikt.history.rules import Actor

ROUNDS = {"2020-mars": 2020, "2024-augusti": 2024, "2024-bokslut": 2024, "2025-augusti": 2025}
"""Which year's first ledger each round reads. The open round's newer ledger waits to be taken in."""


def load_ledgers(*, by: Actor, rows_per_year: int = FULL) -> list[LedgerLoad]:
    """Write the demo's ledgers, read them in, and let its rounds choose theirs.

    Args: rows_per_year: about how many rows a whole year gets; fewer for tests that need no crowd.
    """
    years: set[int] = set()
    read: list[LedgerLoad] = []
    with tempfile.TemporaryDirectory() as folder:
        for file in ledger_files(Path(folder), rows_per_year=rows_per_year):
            load = _read(file, by)
            read.append(load)
            if file.year not in years:
                years.add(file.year)
                # While it is the newest, the store has it: later it would have to be made anew from the files.
                _choose(file.year, load, by)
    return read


def _choose(year: int, load: LedgerLoad, by: Actor) -> None:
    for key in [key for key, of_year in ROUNDS.items() if of_year == year]:
        round_ = cycle.round_by_key(key)
        if round_ is not None:
            loads.choose(round_=round_, load=load, by=by, importing=True)


def _read(file: DemoLedger, by: Actor) -> LedgerLoad:
    stored = store_large(source=file.path, name=file.path.name, kind=SIE, by=by)
    load, new = loads.offer(file=stored, name=file.path.name, options=Options({}), by=by)
    return loads.read(load=load, by=by) if new else load
