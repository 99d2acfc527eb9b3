"""Skriv ut en av ekonomins tabeller för ett organ vid ett uppföljningstillfälle, så som den trycks."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import Any

from uppsikt.config.commands import choice
from uppsikt.config.database import ensure_database
from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.rules.tables import Table, as_json
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors import tables
from uppsikt.investments.selectors import tables as investments
from uppsikt.kernel.problems import refuse
from uppsikt.organisation.selectors import Body

Make = Callable[[Body | None, Round, str], Table]


def configure(parser: argparse.ArgumentParser) -> None:
    choice.add(parser)
    parser.add_argument("--table", metavar="NAMN", help="tabellens nyckel; utan den räknas tabellerna upp")
    parser.add_argument("--json", action="store_true", help="skriv som JSON (docs/formats/economy-table.md)")


def run(options: argparse.Namespace) -> int:
    ensure_database()
    body, round_ = choice.chosen(options)
    if not options.table:
        print(_listed(round_))
        return 0
    made = _made(body, round_, options.table)
    print(json.dumps(plain(made), ensure_ascii=False, indent=2) if options.json else in_words(made))
    return 0


def _listed(round_: Round) -> str:
    specs = [
        spec for spec in _model(round_).tables if not spec.round_kinds or round_.kind in spec.round_kinds
    ]
    width = max((len(spec.key) for spec in specs), default=0)
    return "\n".join(f"{spec.key:<{width}}  {spec.title}" for spec in specs)


def _model(round_: Round) -> EconomyModel:
    try:
        return economy_models.model_for(round_.year_id)
    except LookupError as error:
        raise refuse("no-model", f"År {round_.year_id} saknar ekonomimodell.") from error


def _made(body: Body, round_: Round, key: str) -> Table:
    spec = _model(round_).table(key)
    if spec is None:
        raise refuse(
            "unknown-table",
            f"Tabellen {key} finns inte.",
            remedy="Kör kommandot utan --table för att se vilka som finns.",
        )
    make: Make = investments.compose_table if spec.source == "projects" else tables.table
    return make(body, round_, key)


def plain(table: Table) -> dict[str, Any]:
    """The table with its figures as numbers, at the precision they are printed with."""
    found = as_json(table)
    for row in found["rows"]:
        row["values"] = {
            key: None if text is None else json.loads(text) for key, text in row["values"].items()
        }
    return found


def in_words(table: Table) -> str:
    """The table for a person to read."""
    heads = [column.label for column in table.columns]
    body = [[row.label, *(cell.text for cell in row.cells)] for row in table.rows]
    widths = [max(len(line[i]) for line in [["", *heads], *body]) for i in range(len(heads) + 1)]
    lines = [f"{table.spec.title}, {table.spec.unit}", ""]
    for line in [["", *heads], *body]:
        cells = [
            line[0].ljust(widths[0]),
            *(text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True)),
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([*lines, *([""] if table.notes else []), *table.notes])
