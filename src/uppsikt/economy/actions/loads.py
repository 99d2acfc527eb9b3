"""Taking in ledger files: offered, read and checked, accepted or refused, and chosen by a round.

Nothing is half-loaded. The store's new file is in place before the load is accepted, and every reading names an
accepted load; a reader that dies between the two leaves the ledger as it was.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.economy.actions.coding import save_codes
from uppsikt.economy.models import LedgerLoad, RoundLedger
from uppsikt.economy.rules.coding import Value
from uppsikt.economy.rules.loads import TRANSITIONS, LoadMode, LoadState
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors.changes import summary
from uppsikt.files import selectors as files
from uppsikt.files.rules import XLSX
from uppsikt.files.selectors import StoredFile
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError, Problem, Where, refuse
from uppsikt.ledger.extract.reading import stage_extract
from uppsikt.ledger.parts import parts_of
from uppsikt.ledger.reader import LedgerMissing
from uppsikt.ledger.sie.reading import look_sie, stage_sie
from uppsikt.ledger.staging import Staged
from uppsikt.ledger.store import LedgerStore

EXTRACT = "extract"
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


@atomic
def offer(
    *,
    file: StoredFile,
    name: str,
    options: Options,
    replaces: LedgerLoad | None = None,
    by: Actor,
) -> tuple[LedgerLoad, bool]:
    """Hand in a stored file to be read. The same file again, while it stands in the ledger, gives its own load.

    Returns: the load and whether it is a new one.
    """
    same = _standing(file, options)
    if same is not None:
        return same, False
    row = LedgerLoad(
        file=file,
        name=name[:200],
        options=options.plain(),
        replaces=replaces,
        created_at=clock.now(),
        created_by_key=by.key,
        created_by_name=by.name,
    )
    row.full_clean()
    row.save(force_insert=True)
    record(
        EventKind.LEDGER_OFFERED,
        by=by,
        subject=f"ledger:{row.pk}",
        label=row.name,
        data={"file": file.digest, "options": options.plain(), "replaces": replaces.pk if replaces else None},
    )
    return row, True


def _standing(file: StoredFile, options: Options) -> LedgerLoad | None:
    """The accepted load of this very file, read the same way, when nothing later has taken its months."""
    parts = ledgers.parts()
    newest = max((part.version for part in parts), default=0)
    standing = {part.load for part in parts if part.version == newest}
    rows = ledgers.accepted().filter(file=file, pk__in=standing, options=options.plain())
    return rows.last()


def check(
    source: Path, *, name: str, options: Options, folder: Path, progress: Progress | None = None
) -> Staged:
    """Read and check a file without taking it in: rows for the store in `folder`, or problems and no rows.

    Raises: LookupError when there is no economy model for the file's year.
    """
    if options.is_extract:
        return stage_extract(
            source, folder, name=name, mapping=options.mapping, year=options.year, progress=progress
        )
    facts = look_sie(source)
    year = facts.get("year", "")
    model = _model(int(year) if year.isdigit() else options.year or clock.today().year)
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


def read(*, load: LedgerLoad, by: Actor, progress: Progress | None = None) -> LedgerLoad:
    """Read an offered load: accepted with its rows in the ledger, or refused with its problems.

    May be run again when whoever read it died. Raises: InputError when it is refused, or ended already.
    """
    _begin(load)
    options = Options.of(load.options)
    store = LedgerStore(ledgers.path())
    ledgers.path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ledgers.path().parent, prefix="staged-") as folder:
        source = Path(folder) / f"source{'.xlsx' if load.file.media_type == XLSX.media_type else ''}"
        source.symlink_to(files.path(load.file).resolve())
        try:
            staged = check(source, name=load.name, options=options, folder=Path(folder), progress=progress)
        except InputError as error:
            _refuse(load=load, problems=error.problems, by=by)
            raise
        problems = staged.problems or _period_problems(load, staged)
        if problems:
            _refuse(load=load, problems=problems, by=by)
            raise InputError(*problems)
        _placed(load, staged, options)
        spans = [*ledgers.spans(), ledgers.span(load)]
        parts = [part for part in parts_of(spans) if part.version in {load.pk, *_needed()}]
        try:
            store.add(load.pk, staged.files, parts=parts, keep={part.load for part in parts})
        except LedgerMissing:
            rebuild()
            store.add(load.pk, staged.files, parts=parts, keep={part.load for part in parts})
    return _accept(load=load, staged=staged, by=by)


def _placed(load: LedgerLoad, staged: Staged, options: Options) -> None:
    """Set what the file said of itself: its period, and whether it replaces or is added."""
    adds = staged.format == "sie4i"
    load.year, load.first_month, load.last_month = staged.year, staged.first, staged.last
    load.format = staged.format
    load.mode = options.mode or (LoadMode.ADD.value if adds else LoadMode.REPLACE.value)


def _needed() -> set[int]:
    """The versions that somebody reads: the newest, and those that rounds have chosen."""
    newest = ledgers.accepted().values_list("pk", flat=True).last()
    chosen = RoundLedger.objects.all().current().values_list("load_id", flat=True)
    return {*chosen, *((newest,) if newest else ())}


def _period_problems(load: LedgerLoad, staged: Staged) -> tuple[Problem, ...]:
    replaced = load.replaces
    if replaced is None or replaced.year == staged.year:
        return ()
    return (
        Problem(
            "year",
            Where(file=load.name),
            f"Filen gäller {staged.year}, men inläsningen som den ska ersätta gäller {replaced.year}.",
            "Välj en annan inläsning att ersätta.",
        ),
    )


@transaction.atomic
def _begin(load: LedgerLoad) -> None:
    load.refresh_from_db()
    if LoadState.RUNNING not in TRANSITIONS[LoadState(load.state)]:
        raise refuse(
            "ended", f"Inläsningen är redan {LoadState(load.state).label}.", remedy="Lämna in filen på nytt."
        )
    load.state = LoadState.RUNNING.value
    load.save(update_fields=["state"])


@atomic
def _refuse(*, load: LedgerLoad, problems: Collection[Problem], by: Actor) -> None:
    load.state = LoadState.REFUSED.value
    load.finished_at = clock.now()
    load.problems = [
        {
            "code": one.code, "file": one.where.file, "row": one.where.row, "field": one.where.field,
            "message": one.message, "remedy": one.remedy,
        }
        for one in problems
    ]  # fmt: skip
    load.save(update_fields=["state", "finished_at", "problems"])
    record(
        EventKind.LEDGER_REFUSED,
        by=by,
        subject=f"ledger:{load.pk}",
        label=load.name,
        data={"problems": len(load.problems)},
    )


@atomic
def _accept(*, load: LedgerLoad, staged: Staged, by: Actor) -> LedgerLoad:
    """From here on the ledger has a new version, named by this load."""
    new = [
        Value(dimension, key, name)
        for dimension, codes in staged.codes.items()
        for key, name in codes.items()
        if key and (dimension == "account" or key in staged.used.get(dimension, ()))
    ]
    load.rows, load.vouchers, load.debit_ore = staged.rows, staged.vouchers, staged.debit_ore
    load.state, load.finished_at = LoadState.ACCEPTED.value, clock.now()
    load.summary = summary(staged)
    load.full_clean()
    load.save()
    save_codes(year=staged.year, values=new, units={}, bodies={}, by=by, only_new=True)
    record(
        EventKind.LEDGER_LOADED,
        by=by,
        subject=f"ledger:{load.pk}",
        label=load.name,
        data={
            "file": load.file.digest,
            "year": load.year,
            "months": [load.first_month, load.last_month],
            "rows": load.rows,
            "debit_ore": load.debit_ore,
        },
    )
    return load


@atomic
def choose(
    *, round_: Round, load: LedgerLoad, by: Actor, importing: bool = False
) -> tuple[RoundLedger, bool]:
    """Let a round read the ledger as it was after this load.

    Raises: InputError when the round is closed, or the load is not in the ledger.
    """
    require_open(round_, importing=importing)
    if load.state != LoadState.ACCEPTED.value:
        raise refuse(
            "load", "Inläsningen är inte klar.", field="load", remedy="Välj en huvudbok som är inläst."
        )
    standing = ledgers.chosen(round_)
    if standing is not None and standing.load_id == load.pk:
        return standing, False
    row = supersede(standing, RoundLedger(round=round_, load=load), by=by)
    if load.pk not in LedgerStore(ledgers.path()).versions():
        rebuild()
    record(
        EventKind.LEDGER_CHOSEN,
        by=by,
        subject=f"round:{round_.key}",
        label=round_.name,
        data={"load": [standing.load_id if standing else None, load.pk]},
    )
    return row, True


def rebuild(*, progress: Callable[[int, int], None] | None = None) -> int:
    """Make the store anew from the stored files. Returns how many loads it holds.

    Raises: InputError when a stored file can no longer be read as it was.
    """
    needed = _needed()
    parts = [part for part in ledgers.parts() if part.version in needed]
    wanted = {part.load for part in parts}
    loads = [row for row in ledgers.accepted() if row.pk in wanted]
    target = ledgers.path()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="staged-") as name:
        staged = []
        for number, load in enumerate(loads, 1):
            folder = Path(name) / str(load.pk)
            folder.mkdir()
            source = folder / f"source{'.xlsx' if load.file.media_type == XLSX.media_type else ''}"
            source.symlink_to(files.path(load.file).resolve())
            found = check(source, name=load.name, options=Options.of(load.options), folder=folder)
            if found.problems:
                raise InputError(*found.problems)
            staged.append((load.pk, found.files))
            if progress:
                progress(number, len(loads))
        LedgerStore(target).rebuild(staged, parts)
    return len(loads)
