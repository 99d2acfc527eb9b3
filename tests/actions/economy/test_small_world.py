"""The small economy that other tests stand on comes to the figures its docstring says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.economy_world import THOUSAND, economy_world
from uppsikt.economy.selectors import tables

pytestmark = pytest.mark.django_db


def test_statement_comes_to_the_figures_worked_out_by_hand(settings: Any, tmp_path: Path) -> None:
    world = economy_world(settings, tmp_path)
    table = tables.table(world.board, world.round, "resultat")
    found = {row.key: [cell.exact for cell in row.cells[:4]] for row in table.rows}
    assert found == {
        "revenue": [180 * THOUSAND, 180 * THOUSAND, 200 * THOUSAND, 20 * THOUSAND],
        "personnel": [-1550 * THOUSAND, -1500 * THOUSAND, -1500 * THOUSAND, 50 * THOUSAND],
        "consultants": [-350 * THOUSAND, -600 * THOUSAND, -650 * THOUSAND, -300 * THOUSAND],
        "goods": [-60 * THOUSAND, -60 * THOUSAND, -50 * THOUSAND, 10 * THOUSAND],
        "costs": [-1960 * THOUSAND, -2160 * THOUSAND, -2200 * THOUSAND, -240 * THOUSAND],
        "result": [-1780 * THOUSAND, -1980 * THOUSAND, -2000 * THOUSAND, -220 * THOUSAND],
    }
    assert [row.key for row in table.rows if any(cell.over for cell in row.cells)] == ["consultants"]
