"""Utför jobb som väntar i kön, tills det avbryts (Ctrl+C: efter pågående jobb). `uppsikt serve` startar en själv."""

from __future__ import annotations

import argparse

from uppsikt.config.database import ensure_database
from uppsikt.jobs.worker import work


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--batch", action="store_true", help="utför det som väntar och avsluta sedan")
    parser.add_argument(
        "--with-parent", action="store_true", help="avsluta när standard in stängs (så gör uppsikt serve)"
    )


def run(options: argparse.Namespace) -> int:
    ensure_database()
    work(batch=options.batch, with_parent=options.with_parent)
    return 0
