"""A small municipality's purchases, whose every figure can be worked out by hand.

Two bodies: ks (cost centre 110) and sn (210). Kronor, debit positive; account 7410 and 6110 are operating purchases,
1151 is an investment; 5010 (salaries) is no purchase.

2024        ks                                                   sn
K1 Alfa     7410: 15 Jan 100 000, 20 Mar 60 000                  7410: 5 Apr 40 000
K2 Beta     1151: 1 Feb 900 000                                  –
K3 (none)   6110: 10 May 30 000                                  –
K4 Staten   6110: 2 Jun 500 000 (exempt)                         –
person      –                                                    6110: 3 Jul 20 000, code is a personal number
(no code)   6110: 9 Aug 5 000                                    –
2023        K1 7410: 80 000                                      –

Alfa's agreement holds for ks alone, 16 January to 31 December 2024; in 2023 it had another for all. Beta has none.
Compliance 2024: ks 60 000 of 1 090 000, sn 0 of 60 000; 2023 ks 80 000 of 80 000.
Outside agreements: Beta 900 000, Alfa 100 000 + 40 000, K3 30 000, the person 20 000.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests import build
from uppsikt.economy.actions import coding, loads
from uppsikt.economy.rules.coding import Value
from uppsikt.economy.selectors import LedgerLoad
from uppsikt.files.actions import store_large
from uppsikt.files.rules import SIE
from uppsikt.history.rules import SYSTEM, Actor
from uppsikt.ledger.sie.model import SieHeader, SieRow, SieVoucher
from uppsikt.ledger.sie.writing import write_sie
from uppsikt.organisation import actions as organisation
from uppsikt.procurement.actions import agreements, settling, suppliers

BUYER = Actor("in", "Ines Inköpare")
PERSON = (
    "8507099805"  # the check digit is right, and nobody has it: it is one of Skatteverket's numbers for tests
)
PERSON_TEXT = "850709-9805"
KRONA = 100

MODEL: dict[str, Any] = {
    "name": "inköp",
    "dimensions": [
        {"key": "cost_centre", "label": "Ansvar", "sie": [1]},
        {"key": "counterparty", "label": "Motpart", "sie": [22]},
    ],
    "lines": [
        {"key": "result", "label": "Resultat"},
        {"key": "staff", "label": "Personal", "parent": "result", "accounts": ["5"]},
        {"key": "bought", "label": "Köpt", "parent": "result"},
        {"key": "consultants", "label": "Konsulter", "parent": "bought", "accounts": ["74"]},
        {"key": "goods", "label": "Varor", "parent": "bought", "accounts": ["61"]},
        {"key": "capital", "label": "Investeringar"},
        {"key": "out", "label": "Investeringsutgift", "parent": "capital", "accounts": ["115"]},
    ],
    "tables": [],
}
ACCOUNTS = {
    "1151": "Pågående investering", "5010": "Löner", "6110": "Kontorsmaterial", "7410": "Konsultarvoden",
    "2440": "Leverantörsskulder",
}  # fmt: skip
CODES = {"K1": "Alfa AB", "K2": "Beta AB", "K3": "Gamma AB", "K4": "Staten", PERSON: "Personen"}
CENTRES = {"110": "ks", "210": "sn"}

_Row = tuple[str, str, str, str, int]  # day, account, cost centre, counterparty, kronor
BOOKED: dict[int, list[_Row]] = {
    2023: [("2023-03-01", "7410", "110", "K1", 80_000)],
    2024: [
        ("2024-01-15", "7410", "110", "K1", 100_000), ("2024-02-01", "1151", "110", "K2", 900_000),
        ("2024-03-20", "7410", "110", "K1", 60_000), ("2024-04-05", "7410", "210", "K1", 40_000),
        ("2024-05-10", "6110", "110", "K3", 30_000), ("2024-06-02", "6110", "110", "K4", 500_000),
        ("2024-07-03", "6110", "210", PERSON, 20_000), ("2024-08-09", "6110", "110", "", 5_000),
        ("2024-09-25", "5010", "110", "", 700_000),
    ],
}  # fmt: skip


def load(folder: Path, year: int, booked: list[_Row]) -> LedgerLoad:
    """Write a SIE file with a voucher for each thing booked, and read it into the ledger."""
    vouchers = []
    closing: dict[str, int] = {}
    for number, (day, account, centre, code, kronor) in enumerate(booked, 1):
        ore = kronor * KRONA
        objects = ((1, centre), *(((22, code),) if code else ()))
        vouchers.append(
            SieVoucher(
                "LEV",
                str(number),
                dt.date.fromisoformat(day),
                f"Faktura {number}",
                (SieRow(account, ore, objects), SieRow("2440", -ore, ())),
            )
        )
        for one, amount in ((account, ore), ("2440", -ore)):
            closing[one] = closing.get(one, 0) + amount
    header = SieHeader(
        "Kommunen", dt.date(year, 1, 1), dt.date(year, 12, 31), dimensions={1: "Ansvar", 22: "Motpart"}, accounts=ACCOUNTS,
        objects={(22, code): name for code, name in CODES.items()} | {(1, code): code for code in CENTRES},
        closing={account: ore for account, ore in closing.items() if account[0] in "12"},
        result={account: ore for account, ore in closing.items() if account[0] not in "12"},
    )  # fmt: skip
    target = folder / f"huvudbok-{year}.se"
    write_sie(target, header, vouchers)
    file = store_large(source=target, name=target.name, kind=SIE, by=BUYER)
    row, _ = loads.offer(file=file, name=target.name, options=loads.Options({}), by=BUYER)
    return loads.read(load=row, by=BUYER)


def settle(key: str, **values: Any) -> None:
    """Something settled from 2020 on."""
    settling.settle(key=key, valid_from=dt.date(2020, 1, 1), by=BUYER, **values)


def procurement_world(settings: Any, folder: Path, *, ledger: bool = True) -> SimpleNamespace:
    """The whole of it, or the registers alone. Returns: ks, sn (bodies), alfa, beta, state (suppliers), agreement, august and year_end (rounds)."""
    settings.UPPSIKT_LEDGER = folder / "ledger" / "ledger.duckdb"
    ks = build.body(key="ks", kind="executive_board", name="Kommunstyrelsen")
    sn = build.body(key="sn", name="Socialnämnden")
    build.year(number=2024)
    coding.save_model(year=2024, document=MODEL, by=SYSTEM)
    august = build.reporting_round(key="2024-augusti", kind="interim", cutoff="2024-08-31")
    year_end = build.reporting_round()
    organisation.save_municipality(key="kommunen", name="Kommunen", by=SYSTEM)
    if ledger:
        _ledger(folder, {"ks": ks, "sn": sn}, (august, year_end))
    found = registers(ks)
    return SimpleNamespace(ks=ks, sn=sn, august=august, year_end=year_end, **found)


def _ledger(folder: Path, bodies: dict[str, Any], rounds: tuple[Any, ...]) -> None:
    for year in BOOKED:
        values = [Value("account", key, name) for key, name in ACCOUNTS.items()]
        values += [Value("counterparty", code, name) for code, name in CODES.items()]
        values += [Value("cost_centre", code, code, body=body) for code, body in CENTRES.items()]
        coding.save_codes(year=year, values=values, units={}, bodies=bodies, by=SYSTEM)
    held = [load(folder, year, booked) for year, booked in BOOKED.items()]
    for round_ in rounds:
        loads.choose(round_=round_, load=held[-1], by=BUYER)


def registers(ks: Any) -> dict[str, Any]:
    """Suppliers, agreements, and what is settled."""
    for key, ore in (("documentation", 50_000), ("direct", 100_000), ("top", 100_000), ("listed", 500_000)):
        settle(key, amount_ore=ore * KRONA)
    settle("compliance_good", percent=Decimal(90))
    settle("compliance_poor", percent=Decimal(70))
    settle("operating_lines", text="bought consultants")
    settle("investment_lines", text="out")
    settle("buyer_number", text="212000-0142")
    settle("municipality_code", text="0126")
    alfa, _ = suppliers.save_supplier(
        key="alfa", name="Alfa AB", org_number="5560360793", codes="K1", by=BUYER
    )
    beta, _ = suppliers.save_supplier(key="beta", name="Beta AB", codes="K2", by=BUYER)
    state, _ = suppliers.save_supplier(
        key="staten", name="Staten", codes="K4", exempt="Annan myndighet", by=BUYER
    )
    agreement, _ = agreements.save_agreement(
        key="alfa-2024", title="Konsulttjänster", number="A-24", supplier=alfa, bodies=[ks], valid_from=dt.date(2024, 1, 16),
        valid_to=dt.date(2024, 12, 31), category="Konsulter", by=BUYER,
    )  # fmt: skip
    agreements.save_agreement(
        key="alfa-2022", title="Konsulttjänster 2022", number="A-22", supplier=alfa, valid_from=dt.date(2022, 1, 1),
        valid_to=dt.date(2023, 12, 31), by=BUYER,
    )  # fmt: skip
    return {"alfa": alfa, "beta": beta, "state": state, "agreement": agreement}
