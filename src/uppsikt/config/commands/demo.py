"""Läs in exempelkommunen om den saknas, och visa vilka man kan logga in som."""

from __future__ import annotations

import argparse
import os
import sys

from django.conf import settings

from uppsikt.config import server
from uppsikt.config.database import ensure_database, location
from uppsikt.demo import actions as demo

DEMO_PASSWORD = "uppsikt-demo-2025"  # noqa: S105 - printed on purpose; only the demo's invented people have it


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reset", action="store_true", help="töm demons databas först och börja om")
    parser.add_argument("--serve", action="store_true", help="starta sedan webbservern (bin/demo gör det)")
    parser.add_argument("--no-serve", action="store_true", help="förbered allt men starta ingen webbserver")
    parser.add_argument("--port", type=int, default=8000, metavar="PORT", help="webbserverns port (8000)")
    parser.add_argument("--no-worker", action="store_true", help="utför inga jobb vid sidan av webbservern")


def run(options: argparse.Namespace) -> int:
    serve = options.serve and not options.no_serve
    host = "127.0.0.1"
    if serve:
        server.require_free(host, options.port)
    ensure_database()
    if options.reset:
        demo.wipe()
    password = settings.UPPSIKT_DEMO_PASSWORD or DEMO_PASSWORD
    loaded = demo.load(password=password)
    new = loaded.result.rows_changed if loaded.result else 0
    print(f"Demon är inläst ({new} rader)." if new else "Demon var redan inläst.", file=sys.stderr)
    print(f"Databas: {location()}", file=sys.stderr)
    width = max((len(person.email) for person in loaded.people), default=0)
    print(f"Logga in på http://{host}:{options.port}/ med lösenordet {password} som")
    for person in loaded.people:
        print(f"  {person.email:<{width}}  {person.name}, {person.title}")
    if serve:
        sys.stdout.flush()
        os.environ["UPPSIKT_DEMO_PASSWORD"] = password
        server.prepare()
        server.become(host=host, port=options.port, workers=1, jobs=not options.no_worker)
    return 0
