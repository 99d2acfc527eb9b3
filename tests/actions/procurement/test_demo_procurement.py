"""The demo's purchases give what the yearly report 2024 prints: shares by committee, direct procurements, suppliers."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml

from tests.exchange.reading import GOLDEN
from uppsikt.cycle import selectors as cycle
from uppsikt.procurement import selectors
from uppsikt.procurement.selectors.spend import buying

PRINTED: dict[str, Any] = yaml.safe_load((GOLDEN / "procurement-2024.yaml").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("demo_economy")
def test_contract_compliance_by_committee() -> None:
    """In the tests' ledger, which has few and large vouchers, a share may be some percent off."""
    round_ = cycle.round_by_key("2024-bokslut")
    assert round_ is not None
    found = buying(round_)
    for year in (2023, 2024):
        shares = {body: one.share for body, one in found.compliance(year).items()}
        for body, printed in PRINTED["compliance"][year].items():
            share = shares[body]
            assert share is not None
            assert abs(share * 100 - printed) < PRINTED["off_by"], (year, body, float(share))
    handled = Counter(row.category for row in selectors.handlings(2024))
    assert sorted(handled.values(), reverse=True)[:3] == PRINTED["over_limit"]["largest"]
    assert handled.total() == PRINTED["over_limit"]["suppliers"]


@pytest.mark.usefixtures("demo_database")
def test_direct_procurements_by_administration() -> None:
    rows = selectors.procurements().filter(kind="direct", date__year=2024)
    apart = Counter(row.unit.key for row in rows if row.unit and row.category == "Placeringar")
    counted = Counter(row.unit.key for row in rows if row.unit and row.category != "Placeringar")
    assert dict(counted) == PRINTED["direct"]["counted"]
    assert dict(apart) == PRINTED["direct"]["apart"]
    assert rows.filter(certified=False).count() == PRINTED["direct"]["uncertified"]
