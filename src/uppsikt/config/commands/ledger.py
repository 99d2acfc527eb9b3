"""Läs in huvudboken (SIE 1-4 eller ett utdrag), eller bygg om det lager som tabellerna räknas ur."""

from __future__ import annotations

import argparse
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from uppsikt.config.commands.administrator import COMMAND_LINE
from uppsikt.config.database import ensure_database
from uppsikt.economy.actions import loads
from uppsikt.economy.actions.loads import Options
from uppsikt.economy.selectors import LedgerLoad
from uppsikt.files.actions import store_large
from uppsikt.files.rules import CSV, SIE, XLSX
from uppsikt.kernel.numbers import format_decimal
from uppsikt.kernel.problems import InputError, refuse
from uppsikt.ledger.extract.preview import columns_of

KINDS = {".xlsx": XLSX, ".csv": CSV, ".txt": CSV}


def configure(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(title="vad", metavar="VAD", dest="verb", required=True)
    taken = verbs.add_parser("import", help="läs in en eller flera filer, i ordning", allow_abbrev=False)
    taken.add_argument(
        "files", metavar="FIL", nargs="+", type=Path, help="SIE-fil (.se, .si) eller utdrag (.csv, .xlsx)"
    )
    taken.add_argument("--dry-run", action="store_true", help="läs och kontrollera, och ändra inget")
    taken.add_argument("--year", type=int, default=0, help="utdragets år (SIE säger det själv)")
    taken.add_argument(
        "--map",
        metavar="KOLUMN=RUBRIK",
        action="append",
        default=[],
        help="utdragets kolumner, där rubriken inte känns igen",
    )
    taken.add_argument(
        "--encoding", default="", help="filens teckenkodning, när den gissas fel (cp437, latin-1, utf-8)"
    )
    taken.add_argument(
        "--mode", choices=("", "replace", "add"), default="", help="ersätt filens månader eller lägg till"
    )
    verbs.add_parser("rebuild", help="bygg om lagret ur de sparade filerna", allow_abbrev=False)


def run(options: argparse.Namespace) -> int:
    ensure_database()
    if options.verb == "rebuild":
        count = loads.rebuild()
        print(f"Lagret är byggt av {count} inläsningar.")
        return 0
    code = 0
    for path in options.files:
        code = _one(path, options) or code
    return code


def _one(path: Path, options: argparse.Namespace) -> int:
    if not path.is_file():
        raise refuse("no-file", f"Filen {path} finns inte.", remedy="Kontrollera sökvägen.")
    chosen = _options(path, options)
    if options.dry_run:
        return _checked(path, chosen)
    kind = KINDS.get(path.suffix.lower(), SIE)
    stored = store_large(source=path, name=path.name, kind=kind, by=COMMAND_LINE)
    load, new = loads.offer(file=stored, name=path.name, options=chosen, by=COMMAND_LINE)
    if not new:
        print(f"{path.name}: filen är redan inläst (inläsning {load.pk}). Ingenting har ändrats.")
        return 0
    try:
        loads.read(load=load, by=COMMAND_LINE, progress=_progress(path.name))
    except InputError as error:
        return _refused(path.name, error)
    _show(load)
    return 0


def _options(path: Path, options: argparse.Namespace) -> Options:
    mapping: dict[str, str] = {}
    if path.suffix.lower() in KINDS:
        mapping = dict(columns_of(path).mapping)
        for pair in options.map:
            column, _equals, heading = pair.partition("=")
            mapping[column.strip()] = heading.strip()
        if not mapping:
            raise refuse(
                "columns",
                f"Rubrikerna i {path.name} känns inte igen.",
                remedy="Säg vilken rubrik som är vad med --map, t.ex. --map date=Bokföringsdatum --map amount=Belopp.",
            )
        if not options.year:
            raise refuse(
                "year", "Ange vilket år utdraget gäller.", remedy="Lägg till --year, t.ex. --year 2024."
            )
    return Options(mapping, options.year, options.encoding, options.mode)


def _checked(path: Path, chosen: Options) -> int:
    with tempfile.TemporaryDirectory() as folder:
        staged = loads.check(
            path, name=path.name, options=chosen, folder=Path(folder), progress=_progress(path.name)
        )
    if staged.problems:
        return _refused(path.name, InputError(*staged.problems))
    for warning in staged.warnings:
        print(f"Obs: {warning}", file=sys.stderr)
    print(
        f"{path.name}: {staged.format}, {staged.year} månad {staged.first}–{staged.last}, "
        f"{staged.rows} rader i {staged.vouchers} verifikat, debet {_kronor(staged.debit_ore)} kr. Ingenting har ändrats."
    )
    return 0


def _refused(name: str, error: InputError) -> int:
    for problem in error.problems:
        print(problem, file=sys.stderr)
    count = len(error.problems)
    print(
        f"{name}: {count} fel. Ingenting har ändrats."
        if count > 1
        else f"{name}: ett fel. Ingenting har ändrats.",
        file=sys.stderr,
    )
    return 1


def _show(load: LedgerLoad) -> None:
    load.refresh_from_db()
    for warning in load.summary.get("warnings", []):
        print(
            f"Obs: rad {warning['row']}: {warning['message']}"
            if warning["row"]
            else f"Obs: {warning['message']}",
            file=sys.stderr,
        )
    print(
        f"{load.name}: inläst som {load.pk} ({load.year} månad {load.first_month}–{load.last_month}), {load.rows} rader i "
        f"{load.vouchers} verifikat, debet {_kronor(load.debit_ore)} kr."
    )
    for dimension, keys in load.summary.get("new", {}).items():
        print(f"  nya koder, {dimension}: {len(keys)}")
    if load.summary.get("unmapped"):
        print(f"  konton utan rad: {', '.join(load.summary['unmapped'][:20])}")


def _progress(name: str) -> loads.Progress | None:
    if not sys.stderr.isatty():
        return None
    return lambda done, total: print(
        f"\r{name}: {done * 100 // max(total, 1)} %", end="", file=sys.stderr, flush=True
    )


def _kronor(ore: int) -> str:
    return format_decimal(Decimal(ore) / 100, 2)
