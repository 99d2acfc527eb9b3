"""The demo's ledgers as SIE 4E files, made the same every time from the solved cells.

Whole years together with the other committees and the financing; an open year as an earlier and a later load.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

from uppsikt.demo.economy.postings import YEAR, Plan, cells_of, spread, written
from uppsikt.demo.economy.vouchers import Book, bind
from uppsikt.ledger.sie.model import SieHeader
from uppsikt.ledger.sie.writing import write_sie

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HERE = Path(__file__).parent
FULL = 315_000
CODED = 63  # percent of a year's rows that carry a cell's money; the others are balance rows
RESULT_CLASSES = tuple("345678")
BATCH = 4000


@dataclass(frozen=True, slots=True)
class DemoLedger:
    """A written file: its year, the last month it holds, and what it should be read as."""

    path: Path
    year: int
    last_month: int
    rows: int
    vouchers: int


def ledger_files(
    folder: Path, *, rows_per_year: int = FULL, years: Iterable[int] | None = None
) -> list[DemoLedger]:
    """Write the ledgers in the folder, oldest first; a year's earlier load before its later.

    Args: rows_per_year: about how many #TRANS a whole year gets; fewer for quick tests. years: only these.
    """
    rules, plan = _read("ledger"), _read("plan")
    chosen = None if years is None else set(years)
    files: list[DemoLedger] = []
    opening: dict[str, int] = {}
    before = 0
    for one in rules["years"]:
        year = one["year"]
        if chosen is not None and year not in chosen:
            continue
        if year != before + 1 or not opening:
            opening = _opening(rules)
        last = max(one["months"])
        book = _book(Plan(plan, _stored(rules), year), last, rows_per_year * last // YEAR)
        for month in one["months"]:
            path = folder / f"huvudbok-{year}-{month:02d}.se"
            files.append(_write(path, year, month, book, opening, rules, covers=one.get("covers", False)))
        opening = _carried(opening, book.totals(last), rules["equity"])
        before = year
    return files


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def _stored(node: Any) -> Any:
    """The rules with every text as the file writes it."""
    if isinstance(node, str):
        return written(node)
    if isinstance(node, dict):
        return {_stored(key): _stored(value) for key, value in node.items()}
    return [_stored(value) for value in node] if isinstance(node, list) else node


def _book(plan: Plan, months: int, rows: int) -> Book:
    with (HERE / f"outcome-{plan.year}.csv").open(encoding="utf-8", newline="") as source:
        cells = cells_of(csv.DictReader(source))
    rng = Random(f"ledger {plan.year}")  # noqa: S311 -- a demo that is the same every time
    return bind(spread(cells, months, rows * CODED // 100, plan, rng), plan.year, plan.rules, rng)


def _opening(rules: Mapping[str, Any]) -> dict[str, int]:
    found = {account: kronor * 100 for account, kronor in rules["opening"].items()}
    found[rules["equity"]] = -sum(found.values())
    return found


def _carried(opening: Mapping[str, int], totals: Mapping[str, int], equity: str) -> dict[str, int]:
    closing = _closing(opening, totals)
    result = sum(amount for account, amount in totals.items() if account.startswith(RESULT_CLASSES))
    closing[equity] = closing.get(equity, 0) + result
    return closing


def _closing(opening: Mapping[str, int], totals: Mapping[str, int]) -> dict[str, int]:
    accounts = sorted({*opening, *(a for a in totals if not a.startswith(RESULT_CLASSES))})
    return {account: opening.get(account, 0) + totals.get(account, 0) for account in accounts}


def _write(
    path: Path,
    year: int,
    month: int,
    book: Book,
    opening: Mapping[str, int],
    rules: Mapping[str, Any],
    *,
    covers: bool,
) -> DemoLedger:
    totals = book.totals(month)
    accounts, objects = _names(year, rules)
    end = dt.date(year, month, calendar.monthrange(year, month)[1])
    header = SieHeader(
        company=rules["company"],
        org_number=rules["org_number"],
        first_day=dt.date(year, 1, 1),
        last_day=dt.date(year, 12, 31),
        generated=end,
        covers_to=end if covers else None,
        dimensions=rules["dimensions"],
        accounts=accounts,
        objects=objects,
        opening=dict(sorted(opening.items())),
        closing=_closing(opening, totals),
        result={a: totals[a] for a in sorted(totals) if a.startswith(RESULT_CLASSES)},
    )
    write_sie(path, header)
    rows = vouchers = 0
    with path.open("ab") as out:
        batch: list[str] = []
        for text, count in book.text(month):
            batch.append(text)
            rows += count
            vouchers += 1
            if len(batch) == BATCH:
                out.write("".join(batch).encode("latin-1"))
                batch.clear()
        out.write("".join(batch).encode("latin-1"))
    return DemoLedger(path, year, month, rows, vouchers)


def _names(year: int, rules: Mapping[str, Any]) -> tuple[dict[str, str], dict[tuple[int, str], str]]:
    accounts: dict[str, str] = {}
    objects: dict[tuple[int, str], str] = {}
    source = HERE.parent / "data" / f"coding-{year}.csv"
    with source.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["dimension"] == "account":
                if len(row["key"]) == 4:
                    accounts[row["key"]] = row["name"]
            elif row["parent"] or row["dimension"] in {"project", "counterparty"}:
                objects[rules["numbers"][row["dimension"]], row["key"]] = row["name"]
    return accounts, objects
