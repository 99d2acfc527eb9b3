"""What is settled about purchases, at a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.procurement.rules.words import LimitKey


@dataclass(frozen=True, slots=True)
class Settled:
    """One thing settled, from a date: an amount in öre, a percentage or words, as its key asks."""

    key: str
    valid_from: dt.date
    amount_ore: int | None = None
    percent: Decimal | None = None
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Everything settled, as it holds on a day. What is not settled is None or empty."""

    rows: tuple[Settled, ...] = ()

    def at(self, key: LimitKey) -> Settled | None:
        """The row of the key that holds."""
        return next((row for row in self.rows if row.key == key.value), None)

    def amount(self, key: LimitKey) -> int | None:
        """An amount in öre."""
        row = self.at(key)
        return row.amount_ore if row else None

    def percent(self, key: LimitKey) -> Decimal | None:
        """A percentage."""
        row = self.at(key)
        return row.percent if row else None

    def text(self, key: LimitKey) -> str:
        """Words; empty when nothing is settled."""
        row = self.at(key)
        return row.text if row else ""

    def words(self, key: LimitKey) -> tuple[str, ...]:
        """A list of keys."""
        return tuple(self.text(key).split())

    def named(self, key: LimitKey) -> tuple[str, ...]:
        """A list of names, which have semicolons between them."""
        return tuple(name for part in self.text(key).split(";") if (name := part.strip()))


def limits_on(rows: Iterable[Settled], day: dt.date) -> Limits:
    """What holds on a day: of each key the latest begun. A key that begins later does not hold yet."""
    begun = sorted((row for row in rows if row.valid_from <= day), key=lambda row: row.valid_from)
    return Limits(tuple({row.key: row for row in begun}.values()))


def over(amount_ore: int | None, limit_ore: int | None) -> bool:
    """Whether an amount is over a limit. Nothing is over a limit that is not settled."""
    return amount_ore is not None and limit_ore is not None and amount_ore > limit_ore
