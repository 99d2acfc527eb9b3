"""Skriv ut hela databasen som en datamängd: till en mapp eller en Excel-arbetsbok (.xlsx)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from uppsikt.config.database import ensure_database
from uppsikt.exchange import exporting
from uppsikt.kernel.problems import refuse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="SÖKVÄG", type=Path, help="en mapp, eller en fil som slutar på .xlsx")
    parser.add_argument(
        "--template", action="store_true", help="skriv i stället en tom arbetsbok att fylla i"
    )


def run(options: argparse.Namespace) -> int:
    path: Path = options.path
    if options.template:
        if path.suffix.lower() != exporting.WORKBOOK_ENDING:
            raise refuse("target", "Mallen är en arbetsbok.", remedy="Välj ett namn som slutar på .xlsx.")
        exporting.replace(path, exporting.template())
        print(f"Mallen finns i {path}.", file=sys.stderr)
        return 0
    ensure_database()
    count = exporting.export_dataset(path)
    what = "1 fil" if count == 1 else f"{count} filer"
    print(f"{what} skrivna till {path}.", file=sys.stderr)
    return 0
