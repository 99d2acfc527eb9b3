"""A dataset as an Excel workbook, filled or as a template: Swedish headings, lists to choose from, help."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from uppsikt.exchange.rules.cells import write
from uppsikt.exchange.rules.models_sheet import lines
from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.rules.spec import Field, Kind, Table
from uppsikt.exchange.rules.tables import (
    BY_KEY,
    INSTRUCTION_SHEET,
    LISTS_SHEET,
    MODEL_SHEETS,
    TABLES,
    names_of,
)
from uppsikt.exchange.rules.writing.instructions import INSTRUCTIONS
from uppsikt.kernel.problems import refuse

SPARE_ROWS = 2_000  # rows below the last that have lists and formats too
LONGEST_CELL = 32_767
MADE = dt.datetime(2025, 1, 1)  # noqa: DTZ001 - the same rows give the same bytes, and Excel knows no zones
MOST_KRONOR = 10**12
_INLINE_LIST = 255
_WIDTHS = {
    Kind.KEY: 26, Kind.DATE: 12, Kind.INTEGER: 12, Kind.YEAR: 8, Kind.DECIMAL: 12, Kind.BOOLEAN: 12,
    Kind.CHOICE: 18, Kind.PERIOD: 14, Kind.PROSE: 50, Kind.RICH: 70, Kind.PARTS: 50, Kind.MONEY: 20, Kind.MONTHS: 40,
    Kind.OCCASION: 14, Kind.COUNTS: 40, Kind.STATED: 40,
}  # fmt: skip
_COLUMNS_BY_TABLE = {table.key: [f for f in table.fields if f.kind is not Kind.FILE] for table in TABLES}


Models = Mapping[str, dict[str, Any]]


def workbook(rows: Mapping[str, Sequence[Values]], documents: Mapping[str, Models]) -> bytes:
    """The workbook. Without rows it is the template. A logotype does not go into a workbook.

    Args: documents: the models by folder and name.
    Raises: InputError when a text is longer than a cell can hold.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": "Uppsikt", "author": "Uppsikt", "created": MADE})
    book.set_size(2400, 1600)
    _Writer(book).write(rows, documents)
    book.close()
    return out.getvalue()


class _Writer:
    """The book with its formats and the lists that cells are chosen from."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        head = {"bold": True, "bg_color": "#E4EDEE", "bottom": 1, "text_wrap": True, "valign": "top"}
        self.head = book.add_format(head)
        self.must = book.add_format({**head, "bg_color": "#CFE1E4"})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.number = book.add_format({"num_format": "0", "valign": "top"})
        self.figure = book.add_format({"num_format": "@", "align": "right", "valign": "top"})
        self.money = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.strong = book.add_format({"bold": True, "font_size": 12})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.ranges: dict[tuple[str, ...], str] = {}

    def write(self, rows: Mapping[str, Sequence[Values]], documents: Mapping[str, Models]) -> None:
        self._instructions()
        sheets = {table.key: self.book.add_worksheet(table.title) for table in TABLES}
        for folder, title in MODEL_SHEETS.items():
            self._models(title, documents.get(folder, {}))
        lists = self.book.add_worksheet(LISTS_SHEET)
        lists.hide()
        self._lists(lists)
        for table in TABLES:
            self._table(sheets[table.key], table, rows.get(table.key, []))
        for sheet in sheets.values():
            sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _instructions(self) -> None:
        sheet = self.book.add_worksheet(INSTRUCTION_SHEET)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 100)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, "Uppsikt: data in och ut", self.title)
        at = 2
        for heading, text in INSTRUCTIONS:
            sheet.write_string(at, 0, heading, self.strong)
            sheet.write_string(at, 1, text, self.plain)
            at += 1
        at += 1
        sheet.write_string(at, 0, "Bladen", self.strong)
        for table in TABLES:
            at += 1
            sheet.write_url(at, 0, f"internal:'{table.title}'!A1", string=table.title)
            sheet.write_string(at, 1, table.help, self.plain)

    def _models(self, title: str, models: Models) -> None:
        sheet = self.book.add_worksheet(title)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 2, 60)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(("Modell", "Väg", "Värde")):
            sheet.write_string(0, column, heading, self.head)
        at = 0
        for name, document in models.items():
            for path, value in lines(document):
                at += 1
                for column, text in enumerate((name, path, value)):
                    sheet.write_string(at, column, text, self.text)

    def _lists(self, sheet: Any) -> None:
        """The lists that are too long to stand in the cell's own rule."""
        column = 0
        for table in TABLES:
            for field in table.fields:
                labels = tuple(label for _key, label in field.choices)
                if sum(map(len, labels)) + len(labels) > _INLINE_LIST and labels not in self.ranges:
                    sheet.write_column(0, column, labels)
                    name = _column(column)
                    self.ranges[labels] = f"='{LISTS_SHEET}'!${name}$1:${name}${len(labels)}"
                    column += 1

    def _table(self, sheet: Any, table: Table, rows: Sequence[Values]) -> None:
        sheet.freeze_panes(1, 1)
        fields = _COLUMNS_BY_TABLE[table.key]
        last = len(rows) + SPARE_ROWS
        for column, field in enumerate(fields):
            sheet.set_column(column, column, _WIDTHS.get(field.kind, 24), self._format(field))
            heading = f"{field.title} *" if field.required else field.title
            sheet.write_string(0, column, heading, self.must if field.required else self.head)
            if note := _note(field):
                sheet.write_comment(0, column, note, {"author": "Uppsikt", "x_scale": 1.6, "font_size": 10})
            if rule := self._rule(field):
                sheet.data_validation(1, column, last, column, rule)
        for at, row in enumerate(rows, start=1):
            for column, field in enumerate(fields):
                self._cell(sheet, at, column, field, row.get(field.key), table)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(fields) - 1)

    def _format(self, field: Field) -> Any:
        if field.kind is Kind.DATE:
            return self.date
        if field.kind in (Kind.INTEGER, Kind.YEAR):
            return self.number
        if field.kind is Kind.DECIMAL:
            return self.figure
        if field.kind is Kind.MONEY:
            return self.money
        return self.wrapped if field.kind in (Kind.PROSE, Kind.RICH, Kind.PARTS) else self.text

    def _cell(self, sheet: Any, at: int, column: int, field: Field, value: Any, table: Table) -> None:
        written = write(field, value, kronor=True)
        if written is None:
            return
        form = self._format(field)
        if isinstance(written, bool):
            sheet.write_string(at, column, "ja" if written else "nej", form)
        elif isinstance(written, dt.date):
            sheet.write_datetime(at, column, dt.datetime.combine(written, dt.time.min), form)
        elif isinstance(written, int | Decimal):
            sheet.write_number(at, column, written, form)
        else:
            text = field.label(written) if field.choices else str(written)
            if len(text) > LONGEST_CELL:
                raise refuse(
                    "long",
                    f"En text i {table.title} är längre än en cell i Excel kan vara.",
                    remedy="Exportera till en mapp i stället.",
                )
            sheet.write_string(at, column, text, form)

    def _rule(self, field: Field) -> dict[str, Any] | None:
        """What Excel lets one write in the cells below the heading."""
        rule: dict[str, Any] = {"input_title": field.title[:32], "input_message": field.help[:255]}
        if not field.help:
            rule = {}
        if field.choices:
            labels = tuple(label for _key, label in field.choices)
            listed = self.ranges.get(labels) or list(labels)
            return {**rule, "validate": "list", "source": listed, **_STRICT}
        if field.kind is Kind.BOOLEAN:
            return {**rule, "validate": "list", "source": ["ja", "nej"], **_STRICT}
        if len(field.tables) == 1:
            source = BY_KEY[field.table]
            fields = _COLUMNS_BY_TABLE[source.key]
            name = _column([one.key for one in fields].index(source.identity[0]))
            where = f"='{source.title}'!${name}$2:${name}$20000"
            # What is pointed at may be in the database and not in the workbook, so Excel warns and lets pass.
            return {**rule, "validate": "list", "source": where, "error_type": "information", **_MAYBE}
        if field.kind is Kind.DATE:
            return {**rule, "validate": "date", "criteria": ">=", "value": dt.date(1900, 1, 1), **_STRICT}
        if field.kind in (Kind.INTEGER, Kind.YEAR):
            least, most = (1900, 2199) if field.kind is Kind.YEAR else (0, field.maximum)
            between = {"criteria": "between", "minimum": least, "maximum": most}
            return {**rule, "validate": "integer", **between, **_STRICT}
        if field.kind is Kind.MONEY:
            between = {"criteria": "between", "minimum": -MOST_KRONOR, "maximum": MOST_KRONOR}
            return {**rule, "validate": "decimal", **between, **_STRICT}
        return {**rule, "validate": "any"} if rule else None


_STRICT = {
    "error_title": "Det går inte att läsa in",
    "error_message": "Välj ur listan, eller skriv värdet så som rubrikens kommentar säger.",
}
_MAYBE = {
    "error_title": "Finns inte i arbetsboken",
    "error_message": "Nyckeln måste finnas i databasen eller i bladet som den hör till.",
}


def _note(field: Field) -> str:
    parts = [field.help]
    if field.choices:
        parts.append("Välj: " + ", ".join(label for _key, label in field.choices) + ".")
    if field.tables:
        parts.append(f"En nyckel i bladet {names_of(field.tables)}.")
    if field.kind is Kind.BOOLEAN:
        parts.append("ja eller nej.")
    if field.required:
        parts.append("Måste fyllas i.")
    return " ".join(filter(None, parts))


def _column(index: int) -> str:
    """The letters of a column, from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
