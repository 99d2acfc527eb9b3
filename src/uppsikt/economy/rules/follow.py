"""What a figure in a table is, in words and in parts, so that page and report say the same of it.

Figures in the words are the printed ones; percents are worked out from unrounded amounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.economy.rules.model import Column
from uppsikt.economy.rules.tables import MONEY, PERCENT, Ask, Cell, Line, Table
from uppsikt.kernel.numbers import NBSP, format_decimal
from uppsikt.kernel.period import MONTHS

OUTCOMES = ("outcome", "restated")
BUDGETS = ("budget", "budget_original", "budget_accumulated")
FORECASTS = ("forecast", "forecast_previous")
LISTED = 4
"""How many rows of a sum are named in a sentence; the rest are counted."""

_STORED: Mapping[str, str] = {
    "budget": "Budget för {year} med ändringar under året",
    "budget_original": "Ursprunglig budget för {year}, utan ändringar under året",
    "budget_accumulated": "Budget {span} {year}, fördelad på årets månader",
    "outcome": "Bokfört {span} {year}",
    "restated": "Bokfört {span} {year}, omräknat till {now} års organisation",
    "forecast": "Prognos för hela {year}",
    "forecast_previous": "Förra prognosen för hela {year}",
    "plan": "Plan för {year}",
    "decided_total": "Beslutad total",
    "estimated_total": "Beräknad total",
    "spent": "Upparbetat till och med {month} {year}",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of the same table that another is worked out from."""

    row: str
    column: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a figure is: its name, its printed value with unit, how it comes about, and what from."""

    label: str
    value: str
    formula: str
    parts: tuple[Part, ...]


def explain(table: Table, row_key: str, column_key: str) -> Explanation:
    """Everything that the table itself knows of one of its figures. Raises: KeyError for a square there is none of."""
    row, column = table.row(row_key), _column(table, column_key)
    return Explanation(
        label=f"{row.label}, {_lower(column.label)}",
        value=_with_unit(row.cell(column_key)),
        formula=formula(table, row_key, column_key),
        parts=parts(table, row_key, column_key),
    )


def formula(table: Table, row_key: str, column_key: str) -> str:
    """How the figure comes about, in one or two sentences. Raises: KeyError for a square there is none of.

    "Utfall helår −65 504 minus budget helår −35 789. Överskrider budget med 83,0 procent."
    """
    row, column = table.row(row_key), _column(table, column_key)
    cell = row.cell(column_key)
    if cell.exact is None:
        return ""
    match cell.operation:
        case "difference":
            return f"{_minus(table, row, column)} {_verdict(table, row, column)}".strip()
        case "percent":
            this, base = (_figure(table, row, key) for key in column.percent)
            return f"{_upper(this)} i procent av {base}, räknat utan tecken."
        case "change":
            this, last = (_figure(table, row, key) for key in column.change)
            return f"{_upper(this)} minus {last}, i procent av {_lower(_column(table, column.change[1]).label)} utan tecken."
        case "growth":
            this, last = (_figure(table, row, key) for key in column.growth)
            return f"Ökningen från {last} till {this}, i procent av det tidigare året."
        case "growth_of":
            return _growth(table, row, column)
        case "total":
            return f"{_upper(_plus([_figure(table, row, key) for key in column.total]))}."
        case "sum":
            named = [f"{table.row(key).label} {table.row(key).cell(column_key).text}" for key in row.spec.sum]
            return f"{_plus(named, LISTED)}."
    return _measured(table, row, column, cell)


def parts(table: Table, row_key: str, column_key: str) -> tuple[Part, ...]:
    """The figures of the same table that this one is worked out from; nothing for one that is stored."""
    row = table.row(row_key)
    cell = row.cell(column_key)
    if cell.operation == "growth_of":
        grown = table.row(row.spec.growth_of)
        return tuple(
            _part(table, grown, key) for key in (column_key, _before(table, column_key)) if key is not None
        )
    if cell.operation == "sum":
        return tuple(_part(table, table.row(key), column_key, by_row=True) for key in row.spec.sum)
    return tuple(_part(table, row, key) for key in cell.needs)


def stored(table: Table, row_key: str, column_key: str) -> tuple[tuple[Part, Ask], ...]:
    """The stored amounts that the figure comes from in the end, in order, each once."""
    row = table.row(row_key)
    cell = row.cell(column_key)
    if cell.operation in ("sum", "growth_of", "difference", "percent", "change", "growth", "total"):
        found: dict[tuple[str, str], tuple[Part, Ask]] = {}
        for part in parts(table, row_key, column_key):
            for leaf, ask in stored(table, part.row, part.column):
                found.setdefault((leaf.row, leaf.column), (leaf, ask))
        return tuple(found.values())
    return ((_part(table, row, column_key), cell.ask),) if cell.ask else ()


def outcome_of(table: Table, row_key: str, column_key: str) -> Ask | None:
    """The outcome that one may follow into the ledger from the figure: its own, or the first it is worked out from.

    A sum of rows, or a register's figure, has none of its own.
    """
    return _first(table, row_key, column_key, OUTCOMES)


def row_outcome(table: Table, row_key: str) -> Ask | None:
    """The year's outcome in another column of the row, for a figure that is worked out from a forecast."""
    return next(
        (
            cell.ask
            for cell in table.row(row_key).cells
            if cell.ask
            and cell.ask.measure in OUTCOMES
            and not cell.ask.years
            and not cell.ask.node("register")
        ),
        None,
    )


def base_of(table: Table, row_key: str, column_key: str) -> Ask | None:
    """The budget that the figure's outcome is held against, when the figure is worked out from one."""
    return _first(table, row_key, column_key, BUDGETS)


def _first(table: Table, row_key: str, column_key: str, measures: tuple[str, ...]) -> Ask | None:
    found = [
        ask
        for part, ask in stored(table, row_key, column_key)
        if part.row == row_key and ask.measure in measures and not ask.node("register")
    ]
    return found[0] if found else None


def span_words(ask: Ask, month: int) -> str:
    """The months an amount covers: "januari–augusti"."""
    last = 12 if ask.through == "year" else month
    return MONTHS[0] if last == 1 else f"{MONTHS[0]}–{MONTHS[last - 1]}"


def _measured(table: Table, row: Line, column: Column, cell: Cell) -> str:
    ask = cell.ask
    if ask is None:
        return ""
    if ask.node("goal"):
        return f"{row.label}: andelen räknas på orundade belopp."
    words = _STORED.get(ask.measure)
    if words is None or ask.node("register"):
        return f"Registrerat belopp: {row.label}, {_lower(column.label)}."
    said = words.format(
        year=table.year + ask.years, now=table.year, span=span_words(ask, table.month), month=MONTHS[table.month - 1]
    )  # fmt: skip
    turned = " Visas med omvänt tecken." if column.negate else ""
    return f"{said}: {row.label}.{turned}"


def _minus(table: Table, row: Line, column: Column) -> str:
    this, other = (_figure(table, row, key) for key in column.difference)
    return f"{_upper(this)} minus {other}."


def _verdict(table: Table, row: Line, column: Column) -> str:
    """What a difference means, when it is an outcome or a forecast held against something."""
    this, other = (_column(table, key) for key in column.difference)
    against = _AGAINST.get(other.measure if other.years == 0 else "before", "")
    exact, base = row.cell(column.key).exact, row.cell(other.key).exact
    if this.measure not in (*OUTCOMES, *FORECASTS) or not against or exact is None or base is None:
        return ""
    if exact == 0:
        return f"I linje med {against}."
    if base == 0:
        return f"Det finns inget i {against} att jämföra med."
    share = f"{format_decimal(abs(Decimal(exact)) * 100 / abs(Decimal(base)), 1)} procent"
    if row.role == "total":
        return f"{'Bättre' if exact > 0 else 'Sämre'} än {against} med {share}."
    if base > 0:
        return f"{share} {'mer' if exact > 0 else 'mindre'} än {against}."
    return f"{_upper(share)} lägre än {against}." if exact > 0 else f"Överskrider {against} med {share}."


_AGAINST: Mapping[str, str] = {
    **dict.fromkeys(BUDGETS, "budget"), **dict.fromkeys(FORECASTS, "prognosen"), "before": "förra året",
}  # fmt: skip


def _growth(table: Table, row: Line, column: Column) -> str:
    before = _before(table, column.key)
    if before is None:
        return ""
    grown = table.row(row.spec.growth_of)
    this, last = (_figure(table, grown, key) for key in (column.key, before))
    return f"{grown.label}: ökningen från {last} till {this}, i procent av det tidigare året."


def _before(table: Table, column_key: str) -> str | None:
    order = [column.key for column in table.columns]
    place = order.index(column_key)
    return order[place - 1] if place else None


def _plus(named: list[str], limit: int = 0) -> str:
    if limit and len(named) > limit + 1:
        return f"Summan av {', '.join(named[:limit])} och {len(named) - limit} rader till"
    return " plus ".join(named)


def _figure(table: Table, row: Line, key: str) -> str:
    """A figure with the name of its column, in the middle of a sentence: "budget helår −35 789"."""
    return f"{_lower(_column(table, key).label)} {_bare(row.cell(key))}"


def _part(table: Table, row: Line, key: str, *, by_row: bool = False) -> Part:
    label = row.label if by_row else _column(table, key).label
    return Part(row.key, key, label, row.cell(key).text)


def _bare(cell: Cell) -> str:
    return cell.text or "–"


def _with_unit(cell: Cell) -> str:
    if cell.kind == PERCENT or not cell.text:
        return cell.text
    return f"{cell.text}{NBSP}{cell.unit}" if cell.kind == MONEY else cell.text


def _column(table: Table, key: str) -> Column:
    for column in table.columns:
        if column.key == key:
            return column
    raise KeyError(key)


def _lower(text: str) -> str:
    """The text in the middle of a sentence; an abbreviation stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
