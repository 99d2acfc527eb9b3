"""The demo's data give what the published reports say: counts here, cell by cell in test_golden.py."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.exchange.reading import GOLDEN, reading
from uppsikt.planning import selectors as planning

pytestmark = pytest.mark.usefixtures("demo_database")
COUNTS: dict[str, Any] = yaml.safe_load((GOLDEN / "counts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("part", ["goals", "indicators", "assignments"])
def test_status_of_the_yearly_report(part: str) -> None:
    assert planning.status(reading("2024-bokslut"))[part] == COUNTS["2024-bokslut"][part]


def test_every_departure_has_its_reason() -> None:
    found = planning.status(reading("2024-bokslut"))["disagreements"]
    indicators = [row for row in found if row["kind"] == "indicator"]
    assert sorted(row["key"] for row in indicators) == sorted(COUNTS["2024-bokslut"]["departures"])
    assert [row["key"] for row in found if not row["reason"]] == []


@pytest.mark.parametrize("part", ["goals", "assignments"])
def test_status_of_the_interim_report(part: str) -> None:
    assert planning.status(reading("2020-mars"))[part] == COUNTS["2020-mars"][part]


def test_what_came_in_autumn_was_not_known_in_august() -> None:
    august = reading("2024-augusti").indicator("2024-oro-brottslighet")
    december = reading("2024-bokslut").indicator("2024-oro-brottslighet")
    assert august is not None
    assert december is not None
    assert august.figure("2024") is None
    assert december.figure("2024") is not None
