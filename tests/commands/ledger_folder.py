"""An installation's folder for the command line: a database with an economy model, and SIE files to read in."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from uppsikt.ledger.reader import open_ledger
from uppsikt.ledger.rows import Members, Scope
from uppsikt.ledger.sie.model import SieHeader, SieRow, SieVoucher
from uppsikt.ledger.sie.writing import write_sie

ROOT = Path(__file__).resolve().parents[2]
MODEL = {
    "name": "liten",
    "dimensions": [{"key": "cost_centre", "label": "Ansvar", "sie": [1]}],
    "lines": [
        {"key": "result", "label": "Resultat"},
        {"key": "costs", "label": "Kostnader", "parent": "result", "accounts": ["5"]},
    ],
}
SETUP = """
import django, json, sys
django.setup()
from uppsikt.config.database import ensure_database
from uppsikt.economy.actions.coding import save_model
from uppsikt.history.rules import SYSTEM
ensure_database()
save_model(year=2024, document=json.loads(sys.argv[1]), by=SYSTEM)
"""


def environment(folder: Path) -> dict[str, str]:
    """The settings of an installation of its own in `folder`."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith(("UPPSIKT_", "DATABASE_"))}
    return kept | {"UPPSIKT_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "uppsikt.config.settings"}


def set_up(folder: Path) -> None:
    """Make the database, with a model."""
    subprocess.run(
        [sys.executable, "-c", SETUP, json.dumps(MODEL)], env=environment(folder), cwd=ROOT, check=True
    )


def sie(target: Path, vouchers: int, kronor: int) -> Path:
    """A SIE file of 2024: every voucher books as many kronor from the bank to salaries."""
    header = SieHeader(
        "Kommunen", dt.date(2024, 1, 1), dt.date(2024, 12, 31), dimensions={1: "Ansvar"},
        accounts={"5010": "Löner", "1930": "Bank"}, objects={(1, "110"): "Kansliet"},
        closing={"1930": -kronor * vouchers * 100}, result={"5010": kronor * vouchers * 100},
    )  # fmt: skip
    rows = (SieRow("5010", kronor * 100, ((1, "110"),)), SieRow("1930", -kronor * 100, ()))
    write_sie(
        target,
        header,
        [
            SieVoucher("A", str(number + 1), dt.date(2024, number % 12 + 1, 1 + number % 28), "Lön", rows)
            for number in range(vouchers)
        ],
    )
    return target


def newest(folder: Path) -> int | None:
    """The load that names the ledger as it stands."""
    query = "SELECT id FROM economy_ledgerload WHERE state = 'accepted' ORDER BY finished_at DESC LIMIT 1"
    with closing(sqlite3.connect(folder / "uppsikt.sqlite3")) as database:
        found = database.execute(query).fetchone()
    return found[0] if found else None


def salaries(folder: Path) -> int | None:
    """What the ledger as it stands says of account 5010, in kronor; None when there is no ledger."""
    version = newest(folder)
    if version is None:
        return None
    axes = ("line", "place", "activity", "project", "counterparty")
    members = Members("test", [2024] * 5, list(axes), ["*"] * 5, ["", "", "", "", ""])
    ledger = open_ledger(folder / "ledger" / "ledger.duckdb", members)
    assert version in ledger.versions
    return ledger.sums("account", Scope(version, 2024))["5010"] // 100
