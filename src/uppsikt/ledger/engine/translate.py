"""The queries in `sql/` for an engine: its dialect, and only the conditions that the question has.

Two things are settled in the text, since no optimiser does it as well once they are bound (both halve the time on ten
million rows): a condition `$x = '*' OR …` disappears or stands alone, and `= ANY($slices)` becomes a list of
numbers. So does a choice, `$axis` or `$largest`. Everything else is bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

import sqlglot
from sqlglot import exp

from uppsikt.ledger.engine import Value
from uppsikt.ledger.rows import EVERYTHING

CHOICES = ("axis", "largest")


def statement(name: str, dialect: str, parameters: Mapping[str, Value]) -> tuple[str, dict[str, Value]]:
    """The text of `sql/<name>.sql` in a dialect ("duckdb", "postgres", "spark") and the parameters to bind.

    Raises:
        KeyError: if a parameter of the query is not given.
    """
    settled = tuple(
        (key, value)
        for key, value in sorted(parameters.items())
        if key in CHOICES or (isinstance(value, str) and value == EVERYTHING)
    )
    text, lists, bound = _translated(name, dialect, settled)
    for key in lists:
        numbers = parameters[key]
        assert not isinstance(numbers, (str, int))
        text = text.replace(f"LIST_{key}", ", ".join(str(int(number)) for number in numbers) or "NULL")
    return text, {key: parameters[key] for key in bound}


@cache
def source(name: str) -> str:
    """The query as it is written."""
    return resources.files("uppsikt.ledger").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _translated(
    name: str, dialect: str, settled: tuple[tuple[str, Value], ...]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Text, names of the lists in it (as LIST_name), names of what is bound."""
    tree = sqlglot.parse_one(source(name), read="duckdb")
    known = dict(settled)
    lists = []
    for either in list(tree.find_all(exp.Or)):
        asked = either.left
        if isinstance(asked, exp.EQ) and _named(asked.left) and asked.right.name == EVERYTHING:
            everything = known.get(_named(asked.left)) == EVERYTHING
            either.replace(exp.true() if everything else either.right)
    for one in list(tree.find_all(exp.Any)):
        equal = one.parent
        assert isinstance(equal, exp.EQ)
        key = _named(one.this.unnest())
        lists.append(key)
        equal.replace(exp.In(this=equal.left, expressions=[exp.var(f"LIST_{key}")]))
    bound = []
    for parameter in list(tree.find_all(exp.Parameter, exp.Placeholder)):
        key = _named(parameter)
        if key in CHOICES:
            parameter.replace(exp.convert(known[key]))
        elif key not in bound:
            bound.append(key)
    return tree.sql(dialect=dialect, identify=True, comments=False), tuple(lists), tuple(bound)


def _named(node: exp.Expr) -> str:
    """A parameter's name, "" for anything else."""
    return node.name if isinstance(node, (exp.Parameter, exp.Placeholder)) else ""
