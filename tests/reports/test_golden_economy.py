"""Every economy table of two printed reports, made of ledger, budget and registers, held to the print cell by cell.

Some printed cells contradict other printed cells. There the system prints what adds up, and the cell stands below with
the reason: no amount behind the tables could print both.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from uppsikt.accounts import selectors as accounts
from uppsikt.cycle import selectors as cycle
from uppsikt.economy.rules.tables import Table
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors import tables
from uppsikt.investments.selectors import tables as investments
from uppsikt.organisation import selectors as organisation
from uppsikt.reports import selectors as reports
from uppsikt.reports.assembly import compose

GOLDEN = Path(__file__).parents[1] / "golden"
ROUNDS = {"2020": "2020-mars", "2024": "2024-bokslut"}
PRINTED: dict[tuple[str, str], dict[str, Any]] = {
    (year, table["id"]): table
    for year in ROUNDS
    for table in yaml.safe_load((GOLDEN / f"economy-{year}.yaml").read_text(encoding="utf-8"))
}

# (table, row label, column): what the system prints, and why it cannot be what the report prints.
CONTRADICTED: dict[tuple[str, str, str], tuple[str, str]] = {
    ("drift_per_verksamhet", "Politisk verksamhet", "utfall"): (
        "-60937", "the table of net cost prints -60 937, and its three parts cannot come to -60 938"
    ),
    ("drift_per_verksamhet", "Gemensamma verksamheter", "utfall"): (
        "-376787", "the table of net cost prints -376 787, and the total -804 505 needs it"
    ),
    ("nettokostnad_gemensamma", "Gemensamma verksamheter", "2023"): (
        "-322049", "the table by activity prints -322 049, and the total -750 925 of 2023 needs it"
    ),
    ("driftredovisning_resultatrakning", "Summa", "budget_helar"): (
        "-519.3", "the table by cost centre prints -519,3, and income 47,9 less costs 567,2 comes to it"
    ),
    ("driftredovisning_resultatrakning", "Balansresultat", "budget_helar"): (
        "-519.3", "the sum above it, with nothing drawn from equity"
    ),
    ("investeringar", "IT investeringar", "utfall_mars_2020"): (
        "-9.1", "a minus is missing in print: the table of IT investments and the sum above it have -9,1"
    ),
}  # fmt: skip


def made(year: str, key: str) -> Table:
    body, round_ = organisation.body("ks"), cycle.round_by_key(ROUNDS[year])
    assert body is not None
    assert round_ is not None
    spec = economy_models.model_for(round_.year_id).table(key)
    assert spec is not None
    make = investments.compose_table if spec.source == "projects" else tables.table
    return make(body, round_, key)


def expected(table: str, label: str, column: str, printed: Any) -> Decimal | None:
    ours = CONTRADICTED.get((table, label, column))
    if ours:
        return Decimal(ours[0])
    return None if printed is None else Decimal(str(printed))


@pytest.mark.usefixtures("demo_economy")
@pytest.mark.parametrize(("year", "key"), PRINTED, ids=[f"{y}-{k}" for y, k in PRINTED])
def test_a_table_is_as_printed(year: str, key: str) -> None:
    printed, table = PRINTED[year, key], made(year, key)
    columns = [column["id"] for column in printed["columns"]]
    assert [column.key for column in table.columns if not column.text] == columns
    assert [column.label for column in table.columns if not column.text] == [
        column["label"] for column in printed["columns"]
    ]
    assert [row.label for row in table.rows] == [row["label"] for row in printed["rows"]]
    wrong = [
        (row.label, column, row.cell(column).shown, wanted)
        for row, told in zip(table.rows, printed["rows"], strict=True)
        for column in columns
        if row.cell(column).shown
        != (wanted := expected(key, row.label, column, (told.get("values") or {}).get(column)))
    ]
    assert wrong == []


def test_what_is_contradicted_is_named_once() -> None:
    """Every exception is a cell of a printed table that prints something else."""
    for (key, label, column), (ours, _why) in CONTRADICTED.items():
        cells = [
            row["values"][column]
            for (_year, table), printed in PRINTED.items()
            if table == key
            for row in printed["rows"]
            if row["label"] == label and row.get("values")
        ]
        assert cells, (key, label)
        assert Decimal(str(cells[0])) != Decimal(ours)


@pytest.mark.usefixtures("demo_economy")
@pytest.mark.parametrize("year", ROUNDS)
def test_the_report_prints_every_table_with_the_origin_of_every_figure(year: str) -> None:
    body, round_ = organisation.body("ks"), cycle.round_by_key(ROUNDS[year])
    assert body is not None
    assert round_ is not None
    payload = compose(reports.report_or_new(body, round_))
    blocks = [block for chapter in payload["chapters"] for block in chapter["blocks"]]
    keys = [block["key"] for block in blocks if block["kind"] == "table"]
    for of_year, table in PRINTED:
        if of_year == year:
            assert any(key.endswith(f"economy-{table}") for key in keys), table
    economy = [b for b in blocks if b["kind"] == "table" and "economy-" in b["key"]]
    bare = [
        (block["key"], cell["text"])
        for block in economy
        for row in block["rows"]
        for cell in row["cells"]
        if cell and cell.get("value") is not None and not cell.get("origin")
    ]
    assert bare == []
    unsourced = [
        origin["label"]
        for origin in payload["origins"].values()
        if (origin.get("href") or "").startswith("/economy/") and not origin.get("formula")
    ]
    assert unsourced == []


@pytest.mark.usefixtures("demo_economy")
def test_the_register_shows_the_outcome_that_the_table_prints(client: Client) -> None:
    """Nobody has written the outcome of an initiative with a project code: page and table read it from the ledger."""
    client.force_login(accounts.by_key("economist"))
    page = client.get("/economy/registers/?round=2024-bokslut&body=ks").content.decode()
    for row in made("2024", "sarskilda_satsningar").rows:
        if row.role == "detail":
            assert row.cell("utfall").text in page
    assert "projekt 8001" in page
    assert "Huvudboken huvudbok-2024-12.se" in page
