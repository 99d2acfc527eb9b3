"""The ledger's store as the accepted loads say it should be: checked files in, derived anew when it is not whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uppsikt.economy.models import LedgerLoad, RoundLedger
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors import models as economy_models
from uppsikt.files import selectors as files
from uppsikt.files.rules import XLSX
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError, refuse
from uppsikt.ledger.extract.reading import stage_extract
from uppsikt.ledger.parts import PartRow
from uppsikt.ledger.sie.reading import look_sie, stage_sie
from uppsikt.ledger.staging import Staged
from uppsikt.ledger.store import LedgerStore
from uppsikt.ledger.workplace import turn, workplace

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read. `mapping`: for an extract, the heading of each column; `year`: its year.

    `mode` empty: a SIE 4I file is added, everything else replaces its months. `encoding` empty: told by the content.
    """

    mapping: Mapping[str, str]
    year: int = 0
    encoding: str = ""
    mode: str = ""

    @property
    def is_extract(self) -> bool:
        """Whether the file is a table with columns, and not SIE."""
        return bool(self.mapping)

    def plain(self) -> dict[str, Any]:
        """The options as JSON keeps them."""
        return {
            "mapping": dict(self.mapping),
            "year": self.year,
            "encoding": self.encoding,
            "mode": self.mode,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Options:
        """The options that were kept."""
        return cls(
            dict(data.get("mapping", {})), data.get("year", 0), data.get("encoding", ""), data.get("mode", "")
        )


def check(
    source: Path, *, name: str, options: Options, folder: Path, progress: Progress | None = None
) -> Staged:
    """Read and check a file without taking it in: rows for the store in `folder`, or problems and no rows.

    Raises: InputError when there is no economy model to read it by.
    """
    if options.is_extract:
        _model(options.year)
        return stage_extract(
            source, folder, name=name, mapping=options.mapping, year=options.year, progress=progress
        )
    ends = look_sie(source).get("year", "").rpartition("–")[2][:4]
    model = _model(int(ends) if ends.isdigit() else options.year or clock.today().year)
    return stage_sie(
        source,
        folder,
        name=name,
        dimensions=model.sie_dimensions,
        encoding=options.encoding or None,
        progress=progress,
    )


def _model(year: int) -> EconomyModel:
    try:
        return economy_models.model_for(year)
    except LookupError as error:
        raise refuse(
            "no-model",
            "Det finns ingen ekonomimodell.",
            remedy="Läs in en ekonomimodell först: den säger vilken dimension i filen som är ansvar och verksamhet.",
        ) from error


def stage(load: LedgerLoad, folder: Path, progress: Progress | None = None) -> Staged:
    """Read and check a load's stored file; its rows come to lie in `folder`.

    Raises: InputError when the stored file is gone, or there is no economy model to read it by.
    """
    stored = files.path(load.file).resolve()
    if not stored.is_file():
        raise refuse(
            "file-gone",
            f"Den sparade filen {load.name} finns inte längre på servern.",
            remedy="Återställ mappen med filer ur säkerhetskopian, eller lämna in filen på nytt.",
        )
    source = folder / f"source{'.xlsx' if load.file.media_type == XLSX.media_type else ''}"
    source.symlink_to(stored)
    options = Options.of(load.options)
    return check(source, name=load.name, options=options, folder=folder, progress=progress)


def needed(also: Collection[int] = ()) -> set[int]:
    """The versions that somebody reads: the newest, those that rounds have chosen, and `also`."""
    newest = ledgers.accepted().values_list("pk", flat=True).last()
    chosen = RoundLedger.objects.all().current().values_list("load_id", flat=True)
    return {*chosen, *also, *((newest,) if newest else ())}


def lacks(parts: Collection[PartRow]) -> set[int]:
    """The loads of these parts that the store has not got."""
    held = LedgerStore(ledgers.path()).loads()
    return {part.load for part in parts} - held.keys()


def rebuild(*, also: Collection[int] = (), progress: Progress | None = None) -> int:
    """Make the store anew from the stored files. Returns how many loads it holds.

    Args: also: versions to hold beside those that somebody reads. progress: called with loads done and loads in all.
    Raises: InputError when a stored file can no longer be read as it was.
    """
    with turn(ledgers.path().with_name("accepting.lock")):
        return rebuild_in_turn(also, progress)


def rebuild_in_turn(also: Collection[int] = (), progress: Progress | None = None) -> int:
    """As `rebuild`, for who has the turn already."""
    versions = needed(also)
    parts = [part for part in ledgers.parts() if part.version in versions]
    wanted = {part.load for part in parts}
    loads = [row for row in ledgers.accepted() if row.pk in wanted]
    with workplace(ledgers.path()) as place:
        staged = []
        for number, load in enumerate(loads, 1):
            folder = place / str(load.pk)
            folder.mkdir()
            found = stage(load, folder)
            if found.problems:
                raise InputError(*found.problems)
            staged.append((load.pk, found.files))
            if progress:
                progress(number, len(loads))
        LedgerStore(ledgers.path()).rebuild(staged, parts)
    return len(loads)
