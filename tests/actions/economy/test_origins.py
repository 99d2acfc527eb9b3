"""Every printed figure tells its source, who and when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.economy_world import economy_world
from uppsikt.economy.selectors import models, tables
from uppsikt.economy.selectors.answers import Reading
from uppsikt.economy.selectors.origins import Origins

pytestmark = pytest.mark.django_db


def test_figures_tell_formula_source_who_and_when(settings: Any, tmp_path: Path) -> None:
    world = economy_world(settings, tmp_path)
    reading = Reading(world.round, world.board, models.model_for(2024))
    statement, initiatives = (
        tables.made(spec, reading) for spec in reading.model.tables if spec.key in ("resultat", "satsningar")
    )
    origins = Origins(reading)
    variance = origins.of(statement, "consultants", "avvikelse")
    assert variance.source == "huvudbok-2024.se; Detaljbudget 2024"
    assert (variance.by, variance.at) == ("Eva Ekonom", "2025-09-10")
    assert variance.formula.replace("\u00a0", " ") == (
        "Utfall helår −650 minus budget helår −350. Överskrider budget med 85,7 procent."
    )
    assert origins.of(statement, "costs", "prognos").source == "Prognos Uppföljning 2024-bokslut"
    registered = origins.of(initiatives, "klimat", "utfall")
    assert registered.source == "Beslut KS § 12"
    assert registered.formula == "Registrerat belopp: Klimatsatsning, utfall."
