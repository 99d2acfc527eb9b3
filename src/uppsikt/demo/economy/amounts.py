"""Invented amounts in whole steps of öre: parts and draws are Decimals, rounded once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from uppsikt.kernel.numbers import round_half_away

if TYPE_CHECKING:
    from random import Random

THOUSAND = 100_000
MILLION = 100_000_000
PER_MILLE = 1000


def exact(figure: float | str) -> Decimal:
    """A figure of a YAML document as it was written there."""
    return Decimal(str(figure))


def drawn(rng: Random, low: int, high: int) -> Decimal:
    """A factor between two limits given per mille."""
    return Decimal(rng.randint(low, high)) / PER_MILLE


def whole(amount: Decimal | int, step: int = 1) -> int:
    """The amount to the nearest whole step of öre."""
    return int(round_half_away(Decimal(amount) / step, 0)) * step
