"""One code at a time: what it is, where it stands, and what is not placed at all."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.economy.models import CodingValue
from uppsikt.economy.rules.coding import line_of, trees
from uppsikt.economy.rules.model import EconomyModel, Line
from uppsikt.economy.selectors import coding as codings
from uppsikt.history.rules import digest


def code(year: int, dimension: str, key: str) -> CodingValue | None:
    """The code, None when the year has none such."""
    return codings.values(year, dimension).filter(key=key).first()


def version_of(row: CodingValue | None) -> str:
    """What a form started from: everything that is said of the code."""
    if row is None:
        return ""
    told = [row.name, row.parent, row.unit.key if row.unit else "", row.body.key if row.body else ""]
    return digest(told)


def lines_of(account: str, model: EconomyModel) -> list[Line]:
    """The statement lines that hold an account, one for each tree that does."""
    found = [line_of(account, tree) for tree in trees(model.lines).values()]
    return [line for key in found if key and (line := model.line(key)) is not None]


def unplaced(rows: Sequence[CodingValue], model: EconomyModel) -> frozenset[str]:
    """The codes that stand nowhere: an account on no line, a cost centre under nobody, another outside its groups.

    Args: rows: all codes of one dimension. A dimension where nothing stands under anything has no groups.
    """
    if not rows:
        return frozenset()
    if rows[0].dimension == "account":
        grown = list(trees(model.lines).values())
        return frozenset(row.key for row in rows if not any(line_of(row.key, tree) for tree in grown))
    alone = frozenset(row.key for row in rows if not (row.parent or row.unit_id or row.body_id))
    groups = {row.parent for row in rows if row.parent}
    if rows[0].dimension == "cost_centre":
        return alone - groups
    return alone - groups if groups else frozenset()
