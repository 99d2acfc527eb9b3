"""Skapa databasen, eller för den till den här versionen. Övriga kommandon gör det själva vid behov."""

from __future__ import annotations

import argparse
import sys

from uppsikt.config.database import ensure_database


def configure(parser: argparse.ArgumentParser) -> None:
    del parser  # takes no arguments


def run(options: argparse.Namespace) -> int:
    del options
    if not ensure_database():
        print("Databasen är redan i rätt version.", file=sys.stderr)
    return 0
