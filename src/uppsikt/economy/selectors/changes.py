"""What a load brings, and what a newer ledger changes for who reads an older one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uppsikt.cycle.selectors import Round
from uppsikt.economy.models import LedgerLoad
from uppsikt.economy.rules.coding import line_of, trees
from uppsikt.economy.rules.model import EconomyModel, Line
from uppsikt.economy.rules.tables import MONEY, Table
from uppsikt.economy.selectors import coding as codings
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors import tables
from uppsikt.economy.selectors.answers import Reading
from uppsikt.kernel.problems import Problem
from uppsikt.ledger.reader import LedgerMissing
from uppsikt.ledger.staging import Staged
from uppsikt.organisation.selectors import Body

WARNINGS_KEPT = 50
CHANGES_KEPT = 200


@dataclass(frozen=True, slots=True)
class AccountChange:
    """How much more an account comes to in a newer ledger; presented sign (income positive)."""

    account: str
    name: str
    line: str
    amount_ore: int


def summary(staged: Staged, moved: Sequence[AccountChange] | None) -> dict[str, Any]:
    """What is told of an accepted load: what is new, what is not mapped, what the file warned of.

    Args: moved: what it changed against the ledger before it; None when there was none.
    """
    year = staged.year
    known = {(row.dimension, row.key) for row in codings.values(year)}
    new = {
        dimension: sorted(key for key in used if key and (dimension, key) not in known)
        for dimension, used in {**staged.used, "account": frozenset(staged.codes.get("account", {}))}.items()
    }
    alone = unmapped(staged.used.get("account", frozenset()), economy_models.model_for(year))
    balance = (
        staged.opening.keys() | staged.closing.keys()
    )  # what a SIE file states these for is no result (#IB, #UB)
    return {
        "facts": dict(staged.facts),
        "months": {str(month): list(told) for month, told in staged.months.items()},
        "new": {dimension: keys for dimension, keys in new.items() if keys},
        "unmapped": [account for account in alone if account not in balance],
        "balance": [account for account in alone if account in balance],
        "warnings": [_plain(one) for one in staged.warnings[:WARNINGS_KEPT]],
        "first": moved is None,
        "moved": len(moved or ()),
        "changes": [
            [one.account, one.name, one.line, one.amount_ore] for one in (moved or ())[:CHANGES_KEPT]
        ],
    }


def unmapped(accounts: Iterable[str], model: EconomyModel) -> list[str]:
    """The accounts in use that no statement line holds."""
    grown = trees(model.lines)
    return sorted(
        account for account in accounts if not any(line_of(account, tree) for tree in grown.values())
    )


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "row": problem.where.row,
        "field": problem.where.field,
        "message": problem.message,
        "remedy": problem.remedy,
    }


def between(before: int, after: LedgerLoad, named: Mapping[str, str]) -> list[AccountChange]:
    """What the ledger after one load has more than another version of it in the load's year, the largest first.

    Args: named: what the load's own file calls its accounts.
    Returns: nothing when the store has not got both versions.
    """
    assert after.year is not None
    return _between(before, after, after.year, 12, "*", named)


def of_round(round_: Round, newer: LedgerLoad, place: str) -> list[AccountChange]:
    """What taking in a newer ledger would change in what a round shows of a place, January to the cut-off.

    Returns: nothing when the round reads no ledger, or the store has not got both versions.
    """
    held = ledgers.chosen(round_)
    if held is None:
        return []
    return _between(held.load_id, newer, round_.year_id, round_.cutoff.month, place, {})


def _between(
    before: int, after: LedgerLoad, year: int, last: int, place: str, named: Mapping[str, str]
) -> list[AccountChange]:
    try:
        view = ledgers.view_of(after, year, last)
    except LedgerMissing:
        return []
    if before not in view.ledger.versions:
        return []
    found = view.ledger.compare(before, after.pk, year, last, place)
    names = view.coding().names["line"]
    lines = economy_models.model_for(year).lines
    grown = list(trees(lines).values())
    changes = [
        AccountChange(account, names.get(account) or named.get(account, ""), _line(account, grown), -amount)
        for account, amount in found.items()
    ]
    return sorted(changes, key=lambda change: (-abs(change.amount_ore), change.account))


def _line(account: str, grown: list[list[Line]]) -> str:
    labels = {line.key: line.label for tree in grown for line in tree}
    return next((labels[key] for tree in grown if (key := line_of(account, tree))), "")


@dataclass(frozen=True, slots=True)
class TableChange:
    """A row of a table whose outcome of the year is another in a newer ledger; presented sign, öre."""

    table: str
    row: str
    before: int | None
    after: int | None
    unit: str
    decimals: int


def of_tables(round_: Round, body: Body | None, newer: LedgerLoad) -> list[TableChange]:
    """The rows of a body's tables (without a body: the municipality's) that a newer ledger would change.

    Returns: nothing when the round reads no ledger, or the store has not got both versions.
    """
    try:
        model = economy_models.model_for(round_.year_id)
        before = Reading(round_, body, model)
        after = Reading(round_, body, model, before.stamped)
        after.forecast, after.earlier_forecast = before.forecast, before.earlier_forecast
        after._budgets = before._budgets  # noqa: SLF001 - what is planned is the same
        after.ledger = ledgers.view_of(newer, round_.year_id, round_.cutoff.month)
    except (LookupError, LedgerMissing):
        return []
    if before.ledger is None:
        return []
    found: list[TableChange] = []
    for spec in tables.specs(model, round_, whole=body is None):
        if spec.source == "statement":
            found += _row_changes(tables.made(spec, before), tables.made(spec, after))
    return found


def _row_changes(before: Table, after: Table) -> Iterable[TableChange]:
    held = {row.key: row for row in before.rows}
    outcomes = {column.key for column in after.columns if (column.measure, column.years) == ("outcome", 0)}
    for row in after.rows:
        for cell in row.cells:
            if cell.kind != MONEY or cell.column not in outcomes:
                continue
            old = held[row.key].cell(cell.column) if row.key in held else None
            was, now = old.exact if old else None, cell.exact
            if was != now:
                yield TableChange(
                    after.spec.title, row.label, int(was) if was is not None else None,
                    int(now) if now is not None else None, cell.unit or after.spec.unit, cell.decimals,
                )  # fmt: skip
            break
