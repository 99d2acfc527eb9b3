"""A dataset as sheets of cells that a test can spoil, and then as a workbook."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import xlsxwriter

from uppsikt.exchange import selectors
from uppsikt.exchange.rules.cells import write
from uppsikt.exchange.rules.models_sheet import lines
from uppsikt.exchange.rules.spec import Kind
from uppsikt.exchange.rules.tables import BY_KEY, MODEL_SHEETS, TABLES


class Formula(str):
    """A cell with a formula; what Excel last showed there is `shown`."""

    __slots__ = ()
    shown = "1"


class Error(Formula):
    """A cell with a formula that fails."""

    __slots__ = ()
    shown = "#N/A"


class Sheets:
    """Every table of the database as rows of cells with the Swedish headings."""

    def __init__(self) -> None:
        self.sheets: dict[str, list[list[Any]]] = {}
        rows = selectors.every_row()
        for table in TABLES:
            fields = [field for field in table.fields if field.kind is not Kind.FILE]
            cells = [
                [write(field, row[field.key], kronor=True) for field in fields] for row in rows[table.key]
            ]
            self.sheets[table.title] = [[field.title for field in fields], *cells]
        for folder, documents in selectors.documents().items():
            self.sheets[MODEL_SHEETS[folder]] = [
                ["Modell", "Väg", "Värde"],
                *([name, *line] for name, document in documents.items() for line in lines(document)),
            ]

    def place(self, table: str, field: str, **wanted: Any) -> tuple[list[Any], int]:
        """The row where the fields have these values, and the column of `field`."""
        spec = BY_KEY[table]
        heads = self.sheets[spec.title][0]
        columns = {name: heads.index(spec.field(name).title) for name in (field, *wanted)}
        for row in self.sheets[spec.title][1:]:
            if all(row[columns[name]] == value for name, value in wanted.items()):
                return row, columns[field]
        raise LookupError(wanted)

    def spoil(self, table: str, field: str, value: Any, **wanted: Any) -> None:
        """Put something else in one cell."""
        row, column = self.place(table, field, **wanted)
        row[column] = value

    def again(self, table: str, changes: dict[str, Any], **wanted: Any) -> None:
        """Add a copy of a row with some cells changed."""
        spec = BY_KEY[table]
        row, _column = self.place(table, spec.fields[0].key, **wanted)
        copy = list(row)
        for name, value in changes.items():
            copy[self.sheets[spec.title][0].index(spec.field(name).title)] = value
        self.sheets[spec.title].append(copy)

    def workbook(self) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in self.sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, Formula):
                        sheet.write_formula(at, column, str(value), None, value.shown)
                    elif isinstance(value, dt.date):
                        sheet.write_datetime(at, column, dt.datetime.combine(value, dt.time.min), day)
                    elif isinstance(value, bool):
                        sheet.write_boolean(at, column, value)
                    elif isinstance(value, int | Decimal):
                        sheet.write_number(at, column, value)
                    elif value is not None:
                        sheet.write_string(at, column, value)
        book.close()
        return out.getvalue()
