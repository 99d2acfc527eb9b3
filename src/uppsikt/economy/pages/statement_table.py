"""A finished table as the page prints it: every figure a way into what lies behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.utils.translation import gettext as _

from uppsikt.economy.pages import links
from uppsikt.economy.pages.following import Following
from uppsikt.economy.rules import tables as rules
from uppsikt.economy.rules.tables import BLANK, TEXT, Line
from uppsikt.economy.rules.tables import Table as Finished
from uppsikt.economy.selectors.variances import Variance
from uppsikt.kernel.numbers import MISSING
from uppsikt.web.parts import Badge, Text
from uppsikt.web.tables import Cell, Column, Row, Table

Kind = Literal["row", "section", "subtotal", "total"]
_KINDS: Mapping[str, Kind] = {"group": "section", "subtotal": "subtotal", "total": "total"}


def statement_table(
    table: Finished,
    *,
    place: Mapping[str, str],
    following: Following | None,
    explained: Mapping[tuple[str, str], Variance],
    source: Text,
) -> Table:
    """The table for the page. Args: explained: the variances over the threshold, by table and row."""
    page = _Page(table, place, following, explained)
    return Table(
        key=table.spec.key,
        caption=table.spec.title,
        caption_hidden=True,
        unit=table.spec.unit,
        columns=(
            Column("label", table.spec.unit, spoken=_("Rad"), width="wide"),
            *(
                Column(column.key, column.label, width="wide")
                if column.text
                else Column(column.key, column.label, "num")
                for column in table.columns
            ),
        ),
        rows=tuple(page.row(row) for row in table.rows),
        notes=table.notes,
        source=source,
    )


class _Page:
    def __init__(
        self,
        table: Finished,
        place: Mapping[str, str],
        following: Following | None,
        explained: Mapping[tuple[str, str], Variance],
    ) -> None:
        self.table, self.place, self.following, self.explained = table, place, following, explained
        self.address = links.address("economy:table", table.spec.key)

    def row(self, row: Line) -> Row:
        kind = _KINDS.get(row.role, "row")
        if kind == "section":
            return Row((Cell(row.label),), kind="section", key=row.key)
        cells = (self._label(row), *(self._cell(row, cell) for cell in row.cells))
        return Row(cells, kind=kind, key=row.key, level=1 if row.role == "of_which" else row.level)

    def _label(self, row: Line) -> Cell:
        found = self.explained.get((self.table.spec.key, row.key))
        if found is None:
            return Cell(row.label)
        if found.explained:
            return Cell(row.label, badges=(Badge(_("Förklarad"), "good", "check"),))
        return Cell(row.label, badges=(Badge(_("Oförklarad"), "warn"),))

    def _cell(self, row: Line, cell: rules.Cell) -> Cell:
        if cell.kind == TEXT:
            return Cell(cell.text)
        if cell.kind == BLANK or cell.exact is None:
            return Cell("" if _left_blank(row, cell) else MISSING, muted=True)
        worse = cell.operation == "difference" and cell.shown is not None and cell.shown < 0
        return Cell(
            cell.text,
            follow=self._href(row, cell),
            tone="bad" if worse else "",
            falls=worse,
            strong=cell.over,
            muted=cell.operation in ("percent", "change", "growth"),
            marked=self._followed(row, cell),
        )

    def _href(self, row: Line, cell: rules.Cell) -> str:
        query = {**self.place, "follow": f"{row.key}:{cell.column}"}
        return links.with_query(self.address, query)

    def _followed(self, row: Line, cell: rules.Cell) -> bool:
        following = self.following
        return following is not None and (following.row, following.column) == (row.key, cell.column)


def _left_blank(row: Line, cell: rules.Cell) -> bool:
    """Whether nothing is meant to stand there: then nothing is missing either."""
    return row.role == "empty" or bool(row.spec.columns and cell.column not in row.spec.columns)
