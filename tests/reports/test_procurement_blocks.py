"""Purchases in reports: the same figures as on the pages, worked out in tests/procurement_world.py."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.procurement_world import BUYER, PERSON, procurement_world
from uppsikt.cycle import actions as cycle
from uppsikt.cycle.presets import preset
from uppsikt.history.rules import SYSTEM
from uppsikt.procurement.actions import procurements, settling, suppliers
from uppsikt.reports import selectors as reports
from uppsikt.reports.assembly import compose

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return procurement_world(settings, tmp_path)


def table(world: SimpleNamespace, kind: str, **options: Any) -> dict[str, Any]:
    """The block in the executive board's report of the year's end."""
    document = preset("malomrade-2024") | {
        "outline": [
            {"key": "inkop", "title": "Inköp", "level": 1, "blocks": [{"kind": kind, "options": options}]}
        ]
    }
    cycle.save_model(year=2024, document=document, by=SYSTEM)
    payload = compose(reports.report_or_new(world.ks, world.year_end))
    chapter = next(one for one in payload["chapters"] if one["key"] == "inkop")
    return cast("dict[str, Any]", next(block for block in chapter["blocks"] if block["kind"] == "table"))


def lines(found: dict[str, Any]) -> list[list[str]]:
    return [
        [cell["text"].replace("\N{NO-BREAK SPACE}", " ") if cell else "" for cell in row["cells"]]
        for row in found["rows"]
    ]


def test_the_largest_suppliers_without_those_told_together(world: SimpleNamespace) -> None:
    suppliers.save_supplier(key="beta", name="Betas bygg", sole_trader=True, codes="K2", by=BUYER)
    found = table(world, "supplier_table", over=20_000)
    assert lines(found) == [
        ["Enskild näringsidkare", "0", "900", "900"],
        ["Staten", "500", "0", "500"],
        ["Alfa AB", "200", "0", "200"],
        ["Gamma AB", "30", "0", "30"],
        ["Samtliga leverantörer", "750", "900", "1 650"],
    ]
    assert "5 tkr är bokfört utan motpart och är inte med." in found["notes"]
    assert PERSON not in str(found)


def test_contract_compliance_is_weighted_and_has_the_year_before(world: SimpleNamespace) -> None:
    assert lines(table(world, "compliance_table")) == [
        ["Kommunstyrelsen", "100 %", "6 %", "1,1", "1,0"],
        ["Socialnämnden", "–", "0 %", "0,1", "0,1"],
        ["Totalt", "100 %", "5 %", "1,2", "1,1"],
    ]
    assert lines(table(world, "compliance_table", whole=False, earlier=False)) == [
        ["Kommunstyrelsen", "6 %", "1,1", "1,0"]
    ]


def test_procurements_one_by_one_and_direct_ones_counted(world: SimpleNamespace) -> None:
    day = dt.date(2024, 4, 1)
    made: list[tuple[str, str, Any, dict[str, Any]]] = [
        ("a", "open", world.ks, {"value_ore": 900_000_00, "supplier": world.alfa}),
        ("b", "direct", world.ks, {"value_ore": 60_000_00, "certified": False, "documented": True}),
        ("c", "direct", world.ks, {"value_ore": 40_000_00}),  # need not be documented
        ("d", "direct", world.sn, {"category": "Placeringar", "certified": True, "documented": False}),
    ]
    for key, kind, body, values in made:
        procurements.save_procurement(
            key=key, title=f"Köp {key}", kind=kind, body=body, date=day, by=BUYER, **values
        )
    settling.settle(key="apart_categories", valid_from=dt.date(2020, 1, 1), text="Placeringar", by=BUYER)
    assert lines(table(world, "procurement_table", over=100_000)) == [
        ["Köp a", "öppet förfarande", "Alfa AB", "", "900"]
    ]
    counted = table(world, "procurement_table", by="unit", whole=True)
    assert sorted(lines(counted)[:-1]) == [
        ["Kommunstyrelsen", "1", "1", "0"],
        ["Socialnämnden", "0 + 1 placeringar", "0", "1"],
    ]
    assert lines(counted)[-1] == ["Totalt", "1 (2)", "1", "1"]
