"""Skriv årets inköp till och med ett uppföljningstillfälle som öppna data (leverantörsreskontra 1.1, CSV)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from uppsikt.config.commands import choice
from uppsikt.config.database import ensure_database
from uppsikt.procurement.selectors import open_data
from uppsikt.procurement.selectors.spend import buying


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "round", metavar="TILLFÄLLE", help="uppföljningstillfällets nyckel, t.ex. 2024-bokslut"
    )
    parser.add_argument("--body", metavar="ORGAN", default="", help="bara ett organs inköp")
    parser.add_argument(
        "--from", metavar="MÅNAD", dest="first", type=int, default=1, help="från och med (1-12)"
    )
    parser.add_argument("--to", metavar="MÅNAD", dest="last", type=int, default=0, help="till och med (1-12)")
    parser.add_argument("--output", metavar="FIL", type=Path, help="filen; utan den skrivs allt på skärmen")


def run(options: argparse.Namespace) -> int:
    ensure_database()
    round_ = choice.round_(options.round)
    bodies = [choice.body(options.body).key] if options.body else None
    lines = open_data.lines(buying(round_, first=options.first, last=options.last, bodies=bodies))
    if options.output is None:
        for line in lines:
            sys.stdout.write(line.replace("\r\n", "\n"))
        return 0
    count = -1
    with options.output.open("w", encoding="utf-8", newline="") as out:
        for line in lines:
            out.write(line)
            count += 1
    print(f"{count} rader skrivna till {options.output}.")
    return 0
