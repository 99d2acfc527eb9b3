"""The worked tables of docs/algorithms/controls.md."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from tests.rules.tables import figure, names, table
from uppsikt.control.rules import figures
from uppsikt.control.rules.figures import PartInput
from uppsikt.kernel.numbers import format_decimal

VERDICTS = table("controls.md", "CONTROL-2")
TOTALS = table("controls.md", "CONTROL-4")


@dataclass(frozen=True)
class Limits:
    approved_from: Decimal | None
    deficient_from: Decimal | None
    above: bool


def whole(text: str) -> int:
    return int(text.replace(" ", ""))


@pytest.mark.parametrize("row", VERDICTS, ids=names(VERDICTS))
def test_verdicts(row: dict[str, str]) -> None:
    part = PartInput(checked=whole(row["checked"]), faulty=whole(row["faulty"]))
    limits = Limits(figure(row["approved from"]), figure(row["deficient from"]), row["above"] == "yes")
    share = figures.share(part)
    assert (figures.judge(share, limits) or "") == row["verdict"]
    assert ("" if share is None else format_decimal(figures.as_decimal(share), 0)) == row["prints as"]


def parts(text: str) -> list[PartInput]:
    found = []
    for one in text.split():
        checked, _slash, faulty = one.partition("/")
        found.append(
            PartInput(checked=int(checked), faulty=int(faulty))
            if faulty
            else PartInput(value=Decimal(one.rstrip("%")))
        )
    return found


@pytest.mark.parametrize("row", TOTALS, ids=names(TOTALS))
def test_totals(row: dict[str, str]) -> None:
    total = figures.total(parts(row["rows (checked/faulty, or %)"]), "sample")
    if not row["share"]:
        assert total is None
        return
    assert total is not None
    assert (str(total.checked), str(total.faulty)) == (row["checked"], row["faulty"])
    assert figures.percent_text(figures.share(total)) == f"{row['share']}\u00a0%"
