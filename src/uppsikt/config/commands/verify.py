"""Kontrollera att historiken är hel: att ingen händelse har ändrats eller tagits bort i efterhand."""

from __future__ import annotations

import argparse

from uppsikt.config.database import ensure_database
from uppsikt.history import selectors as history


def configure(parser: argparse.ArgumentParser) -> None:
    del parser  # takes no arguments


def run(options: argparse.Namespace) -> int:
    del options
    ensure_database()
    broken = history.broken_at()
    if broken is not None:
        print(f"Historiken är bruten vid händelse {broken}.")
        return 1
    print(f"Historiken är hel: {history.recent().count()} händelser.")
    return 0
