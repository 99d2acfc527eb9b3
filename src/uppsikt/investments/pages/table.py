"""A table of projects as the municipality prints it; every square leads to the projects it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from uppsikt.cycle.context import Context
from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules import tables as rules
from uppsikt.economy.rules.model import EconomyModel, TableSpec
from uppsikt.investments.pages import links
from uppsikt.investments.pages.projects import tabs
from uppsikt.investments.selectors.facts import project_facts
from uppsikt.investments.selectors.tables import composed
from uppsikt.kernel.numbers import MISSING
from uppsikt.web.parts import Crumb, Empty, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table

Kind = Literal["row", "section", "subtotal", "total", "detail"]
KINDS: dict[str, Kind] = {
    "group": "section", "subtotal": "subtotal", "total": "total", "of_which": "detail",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TablePage:
    """One of the model's tables of projects."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    table: Table


def table_page(
    context: Context, round_: Round, model: EconomyModel, spec: TableSpec, bodies: frozenset[str] | None
) -> TablePage:
    """The table as the chosen round sees it. A constant number of queries."""
    facts = project_facts(None if spec.whole else bodies, round_, model=model)
    made = composed(spec, facts, model, round_)
    return TablePage(
        title=made.spec.title,
        lead=round_.name,
        crumbs=(
            Crumb(context.body.name if context.body and not spec.whole else _("Alla nämnder")),
            Crumb(str(round_.year_id)),
            Crumb(_("Investeringar"), links.projects(round_=round_)),
            Crumb(made.spec.title),
        ),
        tabs=tabs(model, context, f"table-{spec.key}"),
        table=web_table(made, round_),
    )


def web_table(made: rules.Table, round_: Round) -> Table:
    """A finished table as the page prints it."""
    return Table(
        key=made.spec.key,
        caption=made.spec.title,
        unit=rules.unit_words(made),
        columns=(
            Column("label", _("Projekt"), width="wide"),
            *(Column(one.key, one.label, "start" if one.text else "num") for one in made.columns),
        ),
        rows=tuple(_row(row, made, round_) for row in made.rows),
        notes=made.notes,
        empty=Empty(
            _("Inga projekt i tabellen än"),
            _("Den fylls när registret har projekt av det slag som tabellen visar."),
            icon="construction",
        ),
    )


def _row(row: rules.Line, made: rules.Table, round_: Round) -> Row:
    if row.role == "group":
        return Row((Cell(row.label),), kind="section")
    cells = (_cell(cell, row, made, round_) for cell in row.cells)
    return Row((Cell(row.label), *cells), kind=KINDS.get(row.role, "row"), level=row.level, key=row.key)


def _cell(cell: rules.Cell, row: rules.Line, made: rules.Table, round_: Round) -> Cell:
    if cell.kind == rules.TEXT:
        return Cell(cell.text)
    if cell.kind == rules.BLANK or cell.shown is None:
        return Cell("" if row.role == "empty" else MISSING, muted=True)
    href = links.projects(dict(cell.ask.scope), round_, whole=made.spec.whole) if cell.ask else ""
    worse = cell.operation == "difference" and cell.shown < 0 and not _reversed(cell, made)
    if worse:
        return Cell(cell.text, tone="bad", falls=True)
    return Cell(cell.text, href=href)


def _reversed(cell: rules.Cell, made: rules.Table) -> bool:
    """Whether the difference is printed the other way round (budget − outcome): then below zero is not worse."""
    first = next(column for column in made.columns if column.key == cell.needs[0])
    return first.measure in ("budget", "plan")
