"""The open data file has every purchase once, and adds up to what the page shows."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.procurement_world import BUYER, procurement_world
from uppsikt.config.cli import main
from uppsikt.kernel.problems import InputError
from uppsikt.procurement.actions import settling
from uppsikt.procurement.selectors import limit_rows, open_data
from uppsikt.procurement.selectors.spend import buying

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return procurement_world(settings, tmp_path)


def test_the_command_writes_the_file(
    world: SimpleNamespace, tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(open_data, "PAGE", 2)  # so that a month is read in several pages
    target = tmp_path / "ut.csv"
    assert main(["purchases", "2024-bokslut", "--output", str(target)]) == 0
    with target.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == 7
    total = sum(Decimal(row["belopp"]) for row in found)
    assert total * 100 == sum(spend.total_ore for spend in buying(world.year_end).parties.values())
    assert [(row["leverantor"], row["leverantor_id"], row["avtal"], row["datum"]) for row in found][:3] == [
        ("Alfa AB", "556036-0793", "", "2024-01-15"),
        ("Beta AB", "K2", "", "2024-02-01"),
        ("Alfa AB", "556036-0793", "A-24", "2024-03-20"),
    ]
    private = next(row for row in found if row["datum"] == "2024-07-03")
    assert (private["leverantor"], private["leverantor_id"]) == (
        "Enskild näringsidkare", "innehåller personuppgifter",
    )  # fmt: skip
    assert {row["kommun_id"] for row in found} == {"0126"}
    assert "9805" not in target.read_text(encoding="utf-8")
    assert main(["purchases", "2024-bokslut", "--body", "sn", "--from", "4", "--to", "4"]) == 0
    assert (
        len(capsys.readouterr().out.strip().splitlines()) == 1 + 1 + 1
    )  # what was said of the file, heading, one row
    assert main(["purchases", "2023-finns-inte"]) != 0


def test_what_is_missing_is_said_before_anything_is_written(world: SimpleNamespace) -> None:
    for row in limit_rows():
        if row.key in ("buyer_number", "operating_lines"):
            settling.unsettle(row=row, by=BUYER)
    with pytest.raises(InputError) as caught:
        open_data.lines(buying(world.year_end))
    assert {problem.where.field for problem in caught.value.problems} == {"buyer_number", "operating_lines"}
