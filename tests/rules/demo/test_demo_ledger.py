"""The demo's ledgers say, to the öre, what the solved data says, and are books in balance."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from uppsikt.demo.economy import ledger
from uppsikt.demo.economy.ledger import ledger_files

HERE = Path(ledger.__file__).parent
SMALL = 3000
TRANS = re.compile(r"#TRANS (\d+) \{(.*?)\} (-?\d+)\.(\d\d) ")
OBJECT = re.compile(r'(\d+) "([^"]*)"')


def rows_of(path: Path) -> list[tuple[str, dict[str, str], int]]:
    text = path.read_bytes().decode("cp437")
    return [
        (account, dict(OBJECT.findall(objects)), int(kronor + ore))
        for account, objects, kronor, ore in TRANS.findall(text)
    ]


def places(year: int) -> dict[str, tuple[str, str]]:
    """Cost centre -> the unit and body of its group."""
    with (HERE.parent / "data" / f"coding-{year}.csv").open(encoding="utf-8") as source:
        rows = [row for row in csv.DictReader(source) if row["dimension"] == "cost_centre"]
    by_key = {row["key"]: row for row in rows}
    return {
        row["key"]: (by_key[row["parent"]]["unit"], by_key[row["parent"]]["body"])
        for row in rows
        if row["parent"]
    }


@pytest.mark.parametrize("year", [2020, 2022, 2023, 2024])
def test_every_cell_is_met_to_the_ore(tmp_path: Path, year: int) -> None:
    accounts = yaml.safe_load((HERE / "plan.yaml").read_text(encoding="utf-8"))["accounts"]["lines"]
    groups = places(year)
    booked: dict[tuple[str, ...], int] = defaultdict(int)
    [made] = ledger_files(tmp_path, rows_per_year=SMALL, years=[year])
    for account, objects, amount in rows_of(made.path):
        if "1" in objects:
            unit, body = groups[objects["1"]]
            booked[accounts[account][0], unit, body, objects["21"], objects.get("6", "")] -= amount
    wanted = {}
    with (HERE / f"outcome-{year}.csv").open(encoding="utf-8") as source:
        for row in csv.DictReader(source):
            body = "" if row["unit"] else row["body"]
            wanted[row["line"], row["unit"], body, row["activity"], row["project"]] = int(row["amount_ore"])
    assert dict(booked) == wanted


def test_vouchers_and_balances_add_up(tmp_path: Path) -> None:
    [made] = ledger_files(tmp_path, rows_per_year=SMALL, years=[2024])
    text = made.path.read_bytes().decode("cp437")
    for voucher in text.split("#VER ")[1:]:
        assert sum(int(kronor + ore) for _, _, kronor, ore in TRANS.findall(voucher)) == 0
    stated = {
        (label, account): int(amount.replace(".", ""))
        for label, account, amount in re.findall(r"#(IB|UB|RES) 0 (\d+) (-?\d+\.\d\d)", text)
    }
    booked: dict[str, int] = defaultdict(int)
    for account, _, amount in rows_of(made.path):
        booked[account] += amount
    for account, amount in booked.items():
        if account[0] in "12":
            assert stated["UB", account] == stated.get(("IB", account), 0) + amount
        else:
            assert stated["RES", account] == amount
    assert sum(amount for (label, _), amount in stated.items() if label == "IB") == 0


def test_a_year_opens_with_the_balances_of_the_year_before(tmp_path: Path) -> None:
    first, second = ledger_files(tmp_path, rows_per_year=SMALL, years=[2022, 2023])
    balance = r"#{} 0 (\d+) (-?\d+\.\d\d)"
    closed = dict(re.findall(balance.format("UB"), first.path.read_bytes().decode("cp437")))
    opened = dict(re.findall(balance.format("IB"), second.path.read_bytes().decode("cp437")))
    assert {key for key in closed if closed[key] != opened[key]} == {"2011"}


def test_the_later_load_adds_a_month_and_late_invoices_of_july(tmp_path: Path) -> None:
    july, august = ledger_files(tmp_path, rows_per_year=20_000, years=[2025])
    earlier, later = ({*found.path.read_bytes().split(b"#VER ")[1:]} for found in (july, august))
    assert earlier < later
    dates = {re.search(rb" (2025\d{4}) ", voucher).group(1)[:6] for voucher in later - earlier}  # type: ignore[union-attr]
    assert dates == {b"202507", b"202508"}


def test_the_same_files_every_time(tmp_path: Path) -> None:
    digests = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        [made] = ledger_files(tmp_path / name, rows_per_year=SMALL, years=[2023])
        digests.append(hashlib.sha256(made.path.read_bytes()).hexdigest())
    assert digests[0] == digests[1]


def test_a_whole_year_has_three_hundred_thousand_rows(tmp_path: Path) -> None:
    [made] = ledger_files(tmp_path, years=[2024])
    assert made.rows == made.path.read_bytes().count(b"#TRANS") >= 300_000
