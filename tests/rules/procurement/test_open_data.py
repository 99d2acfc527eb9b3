"""A row of the open data has the fifteen columns of leverantörsreskontra 1.1, and tells of no private person."""

from __future__ import annotations

import datetime as dt

import pytest

from uppsikt.kernel.identity import HIDDEN, SOLE_TRADER
from uppsikt.procurement.rules.open_data import COLUMNS, MANDATORY, Buyer, Entry, Seller, row, safe

BUYER = Buyer("212000-0142", "Kommunen", "0126")
ENTRY = Entry("LEV12", "7410", "Konsulter", 123_450, dt.date(2024, 3, 1), "Kommunstyrelsen", "A-24")


def test_a_row_as_the_specification_has_it() -> None:
    found = row(BUYER, Seller("Alfa AB", "556036-0793"), ENTRY)
    assert list(found.values()) == [
        "212000-0142", "Kommunen", "LEV12", "Alfa AB", "556036-0793", "7410", "Konsulter", "1234.50", "2024-03-01",
        "Kommunstyrelsen", "", "", "A-24", "0126", "",
    ]  # fmt: skip
    assert tuple(found) == COLUMNS
    assert len(COLUMNS) == 15
    assert all(found[name] for name in MANDATORY)


@pytest.mark.parametrize(
    "seller",
    [
        Seller("Annas trädgård", "K3", sole_trader=True), Seller("Anna", "8507099805"), Seller("Anna 850709-9805", "K3"),
        Seller("Anna", "19850709-9805"),
    ],
)  # fmt: skip
def test_a_sole_trader_is_told_by_neither_name_nor_number(seller: Seller) -> None:
    found = row(BUYER, seller, ENTRY)
    assert (found["leverantor"], found["leverantor_id"]) == (SOLE_TRADER, HIDDEN)
    assert "Anna" not in "".join(found.values())


def test_a_text_is_never_a_formula_and_a_credit_note_is_negative() -> None:
    assert safe("=1+1\nx") == "'=1+1 x"
    assert safe("-5") == "'-5"
    credit = row(BUYER, Seller("Alfa AB", "K1"), Entry("L1", "7410", "K", -5, dt.date(2024, 1, 1), ""))
    assert credit["belopp"] == "-0.05"
