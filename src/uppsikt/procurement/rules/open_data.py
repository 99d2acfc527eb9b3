"""Purchases as open data: leverantörsreskontra 1.1 (lankadedata.se/spec/leverantorsreskontra), a row an entry.

The specification has fifteen columns, of which the first nine must be filled. Figures have a decimal point and no
VAT; a cost is positive. What could tell of a private person is taken out before anything is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.kernel.identity import HIDDEN, SOLE_TRADER, holds_personal, is_personal, masked
from uppsikt.kernel.numbers import canonical

COLUMNS = (
    "kopare_id", "kopare", "verifikationsnummer", "leverantor", "leverantor_id", "konto_nr", "konto_text", "belopp",
    "datum", "forvaltning", "fakturanummer", "grund", "avtal", "kommun_id", "s_kod_nr",
)  # fmt: skip
MANDATORY = COLUMNS[:9]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys: `number` and `name` of the municipality, `code` its municipality code."""

    number: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells: `number` is the organisation's, else the ledger's own code."""

    name: str
    number: str
    sole_trader: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, in öre with a cost positive."""

    voucher: str
    account: str
    account_name: str
    amount_ore: int
    date: dt.date
    body: str
    agreement: str = ""


def shown(seller: Seller) -> Seller:
    """The seller as others may see it: neither name nor number of a sole trader, who is a private person."""
    if seller.sole_trader or is_personal(seller.number) or holds_personal(seller.name):
        return Seller(SOLE_TRADER, HIDDEN, sole_trader=True)
    return seller


def row(buyer: Buyer, seller: Seller, entry: Entry) -> dict[str, str]:
    """A row of the file. Columns that the ledger does not tell (invoice number, ground, service code) are empty."""
    known = shown(seller)
    values: Mapping[str, str] = {
        "kopare_id": buyer.number,
        "kopare": buyer.name,
        "verifikationsnummer": masked(entry.voucher),
        "leverantor": known.name,
        "leverantor_id": known.number,
        "konto_nr": entry.account,
        "konto_text": masked(entry.account_name),
        "belopp": canonical(ore_in_kronor(entry.amount_ore)),
        "datum": entry.date.isoformat(),
        "forvaltning": entry.body,
        "avtal": masked(entry.agreement),
        "kommun_id": buyer.code,
    }
    return {name: safe(values.get(name, "")) if name != "belopp" else values[name] for name in COLUMNS}


def safe(text: str) -> str:
    """The text on one line, and nothing that a spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line[:1] in ("=", "+", "-", "@") else line


def ore_in_kronor(ore: int) -> Decimal:
    """Kronor with two decimals."""
    return Decimal(ore).scaleb(-2)
