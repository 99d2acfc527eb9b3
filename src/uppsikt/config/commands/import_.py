"""Läs in en datamängd: en mapp, en zip-fil eller en Excel-arbetsbok. Allt eller inget."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from uppsikt.config.commands.administrator import COMMAND_LINE
from uppsikt.config.database import ensure_database
from uppsikt.exchange.actions import ImportResult, import_dataset
from uppsikt.exchange.rules.changes import Change, RowChange


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="SÖKVÄG", type=Path, help="mapp, zip-fil eller arbetsbok (.xlsx)")
    parser.add_argument("--dry-run", action="store_true", help="visa vad som skulle ändras, och ändra inget")


def run(options: argparse.Namespace) -> int:
    ensure_database()
    result = import_dataset(options.path, by=COMMAND_LINE, dry_run=options.dry_run)
    if result.problems:
        for problem in result.problems:
            print(problem, file=sys.stderr)
        count = len(result.problems)
        print(
            f"{count} fel. Ingenting har ändrats." if count > 1 else "Ett fel. Ingenting har ändrats.",
            file=sys.stderr,
        )
        return 1
    show(result, rows=options.dry_run)
    return 0


def show(result: ImportResult, *, rows: bool) -> None:
    """Write what was changed or would be, table by table, and with `rows` row by row."""
    print(f"{'Tabell':<24} {'Nya':>7} {'Ändrade':>8} {'Lika':>7}")
    for table in result.changes:
        print(f"{table.table.title:<24} {table.new:>7} {table.changed:>8} {table.unchanged:>7}")
        for row in table.rows if rows else ():
            print(_row(row))
    done = "Skulle ändra" if result.dry_run else "Ändrade"
    print(f"{done} {result.rows_changed} rader; {result.rows_unchanged} var redan lika.")


def _row(row: RowChange) -> str:
    head = f"  {'+' if row.kind is Change.NEW else '~'} {row.key}"
    if row.label != row.key:
        head += f"  {row.label}"
    return "\n".join([head, *(f"      {one.name}: {one.before} → {one.after}" for one in row.fields)])
