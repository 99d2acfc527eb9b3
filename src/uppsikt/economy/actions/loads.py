"""Taking in ledger files: offered, read and checked, accepted or refused, and chosen by a round.

Nothing is half-loaded. The store's new file is in place before the load is accepted, and every reading names an
accepted load; a reader that dies between the two leaves the ledger as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from uppsikt.cycle.actions import require_open
from uppsikt.cycle.selectors import Round
from uppsikt.economy.actions.coding import save_codes
from uppsikt.economy.actions.store import (
    Options,
    Progress,
    check,
    lacks,
    needed,
    rebuild,
    rebuild_in_turn,
    stage,
)
from uppsikt.economy.models import LedgerLoad, RoundLedger
from uppsikt.economy.rules.coding import Value
from uppsikt.economy.rules.loads import TRANSITIONS, LoadMode, LoadState, accepted_at
from uppsikt.economy.selectors import changes
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.files.selectors import StoredFile
from uppsikt.history.actions import atomic, record
from uppsikt.history.events import EventKind
from uppsikt.history.rules import Actor
from uppsikt.history.superseding import supersede
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError, Problem, Where, refuse
from uppsikt.ledger.parts import parts_of
from uppsikt.ledger.staging import Staged
from uppsikt.ledger.store import LedgerStore
from uppsikt.ledger.workplace import turn, workplace

__all__ = ["Options", "Progress", "check", "choose", "offer", "read", "rebuild"]


@atomic
def offer(
    *,
    file: StoredFile,
    name: str,
    options: Options,
    replaces: LedgerLoad | None = None,
    by: Actor,
) -> tuple[LedgerLoad, bool]:
    """Hand in a stored file to be read. The same file again gives its own load: the one that waits to be read, or
    the one that stands in the ledger.

    Returns: the load, and whether it remains to be read.
    """
    same = _unread(file, options, replaces) or _standing(file, options)
    if same is not None:
        return same, same.state != LoadState.ACCEPTED.value
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


def _unread(file: StoredFile, options: Options, replaces: LedgerLoad | None) -> LedgerLoad | None:
    """The load of this very file that waits, or whose reader is at work or has died."""
    states = (LoadState.WAITING.value, LoadState.RUNNING.value)
    rows = ledgers.loads().filter(file=file, state__in=states, replaces=replaces)
    return next((row for row in rows if row.options == options.plain()), None)


def _standing(file: StoredFile, options: Options) -> LedgerLoad | None:
    """The accepted load of this very file, read the same way, when nothing later has taken any of its months."""
    newest = ledgers.accepted().last()
    if newest is None:
        return None
    months: dict[int, set[int]] = {}
    for part in ledgers.parts():
        if part.version == newest.pk:
            months.setdefault(part.load, set()).add(part.month)
    for row in ledgers.accepted().filter(file=file, pk__in=months):
        span = ledgers.span(row)
        if row.options == options.plain() and months[row.pk] == set(range(span.first, span.last + 1)):
            return row
    return None


def read(*, load: LedgerLoad, by: Actor, progress: Progress | None = None) -> LedgerLoad:
    """Read an offered load: accepted with its rows in the ledger, or refused with its problems.

    May be run again when whoever read it died. Files are read side by side and accepted one at a time.
    Raises: InputError when it is refused, or ended already.
    """
    _begin(load)
    with workplace(ledgers.path()) as folder:
        try:
            staged = stage(load, folder, progress)
        except InputError as error:
            _refuse(load=load, problems=error.problems, by=by)
            raise
        with turn(ledgers.path().with_name("accepting.lock")):
            _place(load, staged)
            problems = staged.problems or tuple(_misplaced(load, staged))
            if problems:
                _refuse(load=load, problems=problems, by=by)
                raise InputError(*problems)
            before = ledgers.accepted().last()
            _put(load, staged)
            moved = changes.between(before.pk, load, staged.codes.get("account", {})) if before else None
            return _accept(load=load, staged=staged, summary=changes.summary(staged, moved), by=by)


def _put(load: LedgerLoad, staged: Staged) -> None:
    """Have the store hold the load, and everything else that somebody reads."""
    versions = needed((load.pk,))
    parts = [part for part in parts_of([*ledgers.spans(), ledgers.span(load)]) if part.version in versions]
    if lacks(parts) - {load.pk} or (ledgers.path().exists() and not LedgerStore(ledgers.path()).loads()):
        rebuild_in_turn()
    LedgerStore(ledgers.path()).add(load.pk, staged.files, parts=parts, keep={part.load for part in parts})


def _place(load: LedgerLoad, staged: Staged) -> None:
    """Set what the file said of itself: its period, and whether it replaces or is added."""
    adds = staged.format == "sie4i"
    load.year, load.first_month, load.last_month = staged.year, staged.first, staged.last
    load.format = staged.format
    load.mode = Options.of(load.options).mode or (LoadMode.ADD.value if adds else LoadMode.REPLACE.value)


def _misplaced(load: LedgerLoad, staged: Staged) -> Iterable[Problem]:
    """What is wrong with where the load would stand: without a period, or in the place of something else."""
    where = Where(file=load.name)
    if not 1 <= staged.first <= staged.last <= 12:
        yield Problem(
            "period", where, "Filen säger inte vilka månader den gäller.",
            "Ta ut en fil med verifikat eller periodsaldon.",
        )  # fmt: skip
    replaced = load.replaces
    if replaced is None:
        return
    if replaced.year != staged.year:
        yield Problem(
            "year", where,
            f"Filen gäller {staged.year}, men inläsningen som den ska ersätta gäller {replaced.year}.",
            "Välj en annan inläsning att ersätta.",
        )  # fmt: skip
    if load.mode != LoadMode.ADD.value:
        yield Problem(
            "replaces", where, "Filen ersätter sina månader helt, så den kan inte ersätta bara en tillagd fil.",
            "Välj att filen läggs till, eller välj ingen inläsning att ersätta.",
        )  # fmt: skip
    if replaced.mode != LoadMode.ADD.value or replaced.state != LoadState.ACCEPTED.value:
        yield Problem(
            "replaces", where, "Bara en fil som har lagts till kan ersättas av en annan som läggs till.",
            "Välj bland de tillagda filerna.",
        )  # fmt: skip


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
    _require_running(load)
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
def _accept(*, load: LedgerLoad, staged: Staged, summary: dict[str, Any], by: Actor) -> LedgerLoad:
    """From here on the ledger has a new version, named by this load."""
    _require_running(load)
    new = [
        Value(dimension, key, name)
        for dimension, codes in staged.codes.items()
        for key, name in codes.items()
        if key and (dimension == "account" or key in staged.used.get(dimension, ()))
    ]
    load.rows, load.vouchers, load.debit_ore = staged.rows, staged.vouchers, staged.debit_ore
    newest = ledgers.accepted().last()
    load.finished_at = accepted_at(clock.now(), newest.finished_at if newest else None)
    load.state = LoadState.ACCEPTED.value
    load.summary = summary
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


def _require_running(load: LedgerLoad) -> None:
    """Two may read the same load, when the first seemed dead; the one that ends it is the only one that counts."""
    state = LedgerLoad.objects.values_list("state", flat=True).get(pk=load.pk)
    if state != LoadState.RUNNING.value:
        raise refuse("ended", f"Inläsningen är redan {LoadState(state).label}.")


def choose(
    *, round_: Round, load: LedgerLoad, by: Actor, importing: bool = False
) -> tuple[RoundLedger, bool]:
    """Let a round read the ledger as it was after this load.

    A version that nobody has read for a while is made anew from the stored files, before anything is written.
    Raises: InputError when the round is closed, or the load is not in the ledger.
    """
    if load.state == LoadState.ACCEPTED.value and load.pk not in LedgerStore(ledgers.path()).versions():
        rebuild(also=(load.pk,))
    return _choose(round_=round_, load=load, by=by, importing=importing)


@atomic
def _choose(*, round_: Round, load: LedgerLoad, by: Actor, importing: bool) -> tuple[RoundLedger, bool]:
    require_open(round_, importing=importing)
    if load.state != LoadState.ACCEPTED.value:
        raise refuse(
            "load", "Inläsningen är inte klar.", field="load", remedy="Välj en huvudbok som är inläst."
        )
    standing = ledgers.chosen(round_)
    if standing is not None and standing.load_id == load.pk:
        return standing, False
    row = supersede(standing, RoundLedger(round=round_, load=load), by=by)
    record(
        EventKind.LEDGER_CHOSEN,
        by=by,
        subject=f"round:{round_.key}",
        label=round_.name,
        data={"load": [standing.load_id if standing else None, load.pk]},
    )
    return row, True
