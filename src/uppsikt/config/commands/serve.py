"""Starta webbservern på den här datorn. Avsluta med Ctrl+C."""

from __future__ import annotations

import argparse
import sys

from uppsikt.config import server
from uppsikt.config.database import ensure_database


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="PORT", help="port att lyssna på (8000)")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADRESS", help="adress att lyssna på (127.0.0.1)"
    )
    parser.add_argument(
        "--workers", type=int, default=1, metavar="ANTAL", help="antal processer (1; fler kräver PostgreSQL)"
    )
    parser.add_argument(
        "--no-worker", action="store_true", help="utför inga jobb här; kör uppsikt worker för sig"
    )


def run(options: argparse.Namespace) -> int:
    server.require_free(options.host, options.port)
    ensure_database()
    server.prepare()
    print(f"Uppsikt finns på http://{options.host}:{options.port}/", file=sys.stderr)
    server.become(host=options.host, port=options.port, workers=options.workers, jobs=not options.no_worker)
