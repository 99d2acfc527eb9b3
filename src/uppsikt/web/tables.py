"""The generic table: pages build it, `{% data_table table %}` prints it.

A table carries its caption (always, if only for those who listen), its unit and its notes. Text is ready for
print; the table aligns, groups and links, and knows nothing of what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from django.http import QueryDict

from uppsikt.web.parts import Action, Badge, Empty, Judgement, Origin, Progress, Symbol, Text, Trend
from uppsikt.web.svg import Sparkline

Align = Literal["start", "num", "end", "center"]


@dataclass(frozen=True, slots=True)
class Sort:
    """A heading one can sort by: where the link goes, and how the table is sorted by it now."""

    href: str
    state: Literal["ascending", "descending", "none"] = "none"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and how its cells stand. `num` is right-aligned with tabular figures.

    `width` is fit (as narrow as its content), wide (room for a sentence) or empty. `spoken` names the
    column for those who listen where the heading is left empty.
    """

    key: str
    title: Text
    align: Align = "start"
    width: Literal["", "fit", "wide"] = ""
    sort: Sort | None = None
    spoken: Text = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one square. Parts are printed in the order of the fields; most cells have one.

    `follow` is the address of what lies behind a figure, which the page around the table swaps in beside it.
    `falls` puts a triangle before a figure that is for the worse.
    """

    text: Text = ""
    symbol: Symbol | None = None
    judgement: Judgement | None = None
    trend: Trend | None = None
    sparkline: Sparkline | None = None
    progress: Progress | None = None
    lines: tuple[Text, ...] = ()
    badges: tuple[Badge, ...] = ()
    action: Action | None = None
    href: str = ""
    follow: str = ""
    falls: bool = False
    departs: Text = ""
    sub: Text = ""
    origin: Origin | None = None
    note: str = ""
    tone: str = ""
    strong: bool = False
    muted: bool = False
    marked: bool = False
    colspan: int = 1
    rowspan: int = 1

    @property
    def is_plain(self) -> bool:
        """Whether text is all there is: most cells, printed without looking for the rest."""
        return self == Cell(
            text=self.text, strong=self.strong, muted=self.muted, marked=self.marked,
            colspan=self.colspan, rowspan=self.rowspan,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expand:
    """A row that holds more: `href` works without JavaScript, and answers htmx with the row group alone.

    `label` is what the toggle says to those who listen, such as "Indikatorer under Öka trygghet".
    """

    href: str
    is_open: bool = False
    label: Text = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. A section row has one cell, which spans all columns; None is a square covered
    by a rowspan from above. A head row names the columns anew for the rows after it.
    """

    cells: tuple[Cell | None, ...]
    kind: Literal["row", "section", "head", "subtotal", "total", "detail", "removed"] = "row"
    key: str = ""
    href: str = ""
    level: int = 0
    expand: Expand | None = None
    children: tuple[Row, ...] = ()
    strong: bool = False
    marked: bool = False

    @property
    def shown(self) -> tuple[Row, ...]:
        """The row itself and, when it is open, what it holds."""
        return (self, *self.children) if self.expand is None or self.expand.is_open else (self,)


@dataclass(frozen=True, slots=True)
class Square:
    """A cell where it stands: under its column, first in its row or not."""

    column: Column
    cell: Cell
    is_header: bool
    is_first: bool
    level: int = 0

    @property
    def css(self) -> str:
        """The classes of the printed cell."""
        cell = self.cell
        return " ".join(
            name
            for name, wanted in (
                # A cell over several columns is a remark: it reads from the left and may wrap.
                (self.column.align if cell.colspan == 1 else "start", True),
                (self.column.width, self.column.width and cell.colspan == 1),
                (f"level-{self.level}", self.level and self.is_first),
                ("strong", cell.strong),
                ("muted", cell.muted),
                ("cell--marked", cell.marked),
            )
            if wanted
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its cells set under their columns."""

    row: Row
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are swapped together: a tree row with its children, or a run of plain rows."""

    key: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table. `key` makes the ids unique on the page; `unit` stands beside the caption."""

    key: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption_hidden: bool = False
    unit: Text = ""
    row_header: bool = True
    sticky: bool = True
    dense: bool = False
    notes: tuple[Text, ...] = ()
    source: Text = ""
    empty: Empty | None = None

    @property
    def groups(self) -> tuple[Group, ...]:
        """The table's row groups in reading order."""
        groups: list[Group] = []
        run: list[Line] = []
        for row in self.rows:
            if row.expand is None:
                run.extend(map(self._line, row.shown))
                continue
            if run:
                groups.append(Group("", tuple(run)))
                run = []
            groups.append(self.group(row))
        if run:
            groups.append(Group("", tuple(run)))
        return tuple(groups)

    def group(self, row: Row) -> Group:
        """A tree row's own group: what htmx is answered with when the row is opened or closed."""
        return Group(row.key, tuple(map(self._line, row.shown)))

    def _line(self, row: Row) -> Line:
        squares: list[Square] = []
        position = 0
        for cell in row.cells:
            if cell is not None:
                first = position == 0
                squares.append(
                    Square(self.columns[position], cell, first and self.row_header, first, row.level)
                )
            position += cell.colspan if cell is not None else 1
        return Line(row, tuple(squares))

    @property
    def width(self) -> int:
        return len(self.columns)


def sort_state(params: QueryDict, *, default: str = "", parameter: str = "sort") -> tuple[str, bool]:
    """Which column the reader asked to sort by, and whether it is descending: "-name" gives ("name", True)."""
    asked = params.get(parameter) or default
    return asked.removeprefix("-"), asked.startswith("-")


def with_sorting(
    columns: Iterable[Column],
    params: QueryDict,
    *,
    sortable: Iterable[str],
    default: str = "",
    parameter: str = "sort",
) -> tuple[Column, ...]:
    """The columns with links that sort the table on the server; a second press turns the order round.

    Other parameters of the address are kept, except the page number, which means nothing in a new order.
    """
    key, descending = sort_state(params, default=default, parameter=parameter)
    names = frozenset(sortable)

    def link(column: Column) -> Column:
        if column.key not in names:
            return column
        is_current = column.key == key
        query = params.copy()
        query[parameter] = f"-{column.key}" if is_current and not descending else column.key
        query.pop("page", None)
        state: Literal["ascending", "descending", "none"] = "none"
        if is_current:
            state = "descending" if descending else "ascending"
        return replace(column, sort=Sort(f"?{query.urlencode()}", state))

    return tuple(link(column) for column in columns)
