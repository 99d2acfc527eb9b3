"""Rounding and printing figures: every row of docs/algorithms/rounding.md."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.tables import figure, names, table
from uppsikt.kernel.numbers import MINUS, NBSP, format_decimal

ROUND_1 = table("rounding.md", "ROUND-1")
ROUND_2 = table("rounding.md", "ROUND-2")


def printed(text: str) -> str:
    """As the table shows it, with the spaces that hold figures together."""
    return text.replace(" ", NBSP)


@pytest.mark.parametrize("row", ROUND_1, ids=names(ROUND_1))
def test_rounded_once(row: dict[str, str]) -> None:
    assert format_decimal(figure(row["figure"]), int(row["decimals"])) == printed(row["printed"])


@pytest.mark.parametrize("row", ROUND_2, ids=names(ROUND_2))
def test_as_written(row: dict[str, str]) -> None:
    kept = Decimal(row["kept"]) if row["kept"] else None
    assert format_decimal(kept) == printed(row["printed"])


def test_the_minus_is_a_minus() -> None:
    assert format_decimal(Decimal(-1)) == f"{MINUS}1"
