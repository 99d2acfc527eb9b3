"""Skriv ut ett organs rapport eller plan som PDF, Word, webbsida, Excel eller JSON. En fastställd rapport lämnas ut så som den fastställdes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from uppsikt.config.commands import choice
from uppsikt.config.database import ensure_database
from uppsikt.kernel.problems import refuse
from uppsikt.organisation import selectors as organisation
from uppsikt.publishing import selectors as publishing
from uppsikt.reports import rendering, selectors
from uppsikt.reports.assembly import assemble
from uppsikt.reports.selectors import Report


def configure(parser: argparse.ArgumentParser) -> None:
    choice.add(parser)
    parser.add_argument(
        "--format", choices=tuple(rendering.FORMATS), help="format (annars efter filnamnet, annars pdf)"
    )
    parser.add_argument(
        "--out",
        metavar="FIL",
        default="",
        help="fil att skriva till, - för standard ut (ORGANETS rapport.pdf)",
    )
    parser.add_argument(
        "--plan", action="store_true", help="skriv ut årets plan; ange då året i stället för tillfälle"
    )
    parser.add_argument(
        "--control-plan",
        action="store_true",
        help="skriv ut årets internkontrollplan; ange då året i stället för tillfälle",
    )
    parser.add_argument(
        "--draft", action="store_true", help="skriv ut läget just nu, även när rapporten är fastställd"
    )


def run(options: argparse.Namespace) -> int:
    ensure_database()
    row = _report(options)
    ending = Path(options.out).suffix.lstrip(".").lower()
    format_ = options.format or (ending if ending in rendering.FORMATS else "pdf")
    content = None if options.draft else _adopted(row, format_)
    if content is None:
        content = _draft(row, format_)
    if options.out == "-":
        sys.stdout.buffer.write(content)
        return 0
    target = Path(options.out or f"{row.key}.{format_}")
    try:
        target.write_bytes(content)
    except OSError as error:
        raise refuse("out", f"Kan inte skriva till {target}: {error.strerror}.") from error
    print(f"Skrev {target} ({len(content)} byte).", file=sys.stderr)
    return 0


def _report(options: argparse.Namespace) -> Report:
    """The report asked for; one nobody has begun to write is printed by the steering model's outline."""
    if not (options.plan or options.control_plan):
        body, round_ = choice.chosen(options)
        return selectors.report_or_new(body, round_)
    found = organisation.body(options.body)
    if found is None or not options.round.isdigit():
        raise refuse(
            "unknown-plan",
            f"Det finns ingen plan {options.body} {options.round}.",
            remedy="Ange organ och år, t.ex. ks 2024.",
        )
    try:
        kind = selectors.CONTROL_PLAN if options.control_plan else selectors.PLAN
        return selectors.plan_report_or_new(found, int(options.round), kind)
    except LookupError as error:
        raise refuse("no-model", f"År {options.round} saknar styrmodell.") from error


def _adopted(row: Report, format_: str) -> bytes | None:
    publication = publishing.latest(selectors.subject(row))
    return publishing.content(publication, format_) if publication else None


def _draft(row: Report, format_: str) -> bytes:
    try:
        made = assemble(row)
    except LookupError as error:
        raise refuse("no-model", f"År {row.year_id} saknar styrmodell.") from error
    if made.gaps:
        print(f"Utkast. {len(made.gaps)} uppgifter saknas ännu.", file=sys.stderr)
    return rendering.render(made.payload, format_)
