"""Printed cells of hand-made figures: the five kinds of missing never look the same, and no figure lacks its origin."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from tests.build import PRESETS
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.rules.steering_document import parse
from uppsikt.kernel.period import parse_period
from uppsikt.planning.rules.judgement import Direction, Observed, TargetFact, judge
from uppsikt.planning.selectors import Figure, IndicatorView
from uppsikt.reports import cells
from uppsikt.reports.composition import Composition, Notes

AT = dt.datetime(2025, 1, 20, 12, tzinfo=dt.UTC)


def model(name: str = "malomrade-2024") -> SteeringModel:
    found, problems = parse(yaml.safe_load((PRESETS / f"{name}.yaml").read_text(encoding="utf-8")))
    assert problems == []
    assert found is not None
    return found


def composition(steering: SteeringModel | None = None) -> Composition:
    view: Any = SimpleNamespace(
        model=steering or model(), round=SimpleNamespace(key="2024-bokslut"), year=2024
    )
    return Composition(view, "ks", "2024-bokslut-ks", {}, {}, plan_source="Verksamhetsplan 2024")


def figure(value: str | None = "74.50", **more: Any) -> Figure:
    known = {"status": "value", "preliminary": False, "hidden": False, "footnote": "", "breakdown": ""} | more
    return Figure(
        period=parse_period("2024"),
        value=Decimal(value) if value is not None else None,
        source="Egen statistik",
        by="Jorid Tallberg",
        at=AT,
        **known,
    )


def indicator(found: Figure | None, *, decimals: int | None = None, **more: Any) -> IndicatorView:
    row: Any = SimpleNamespace(
        key="sjuk", decimals=decimals, small_group_limit=11, periodicity="year", direction="down"
    )
    series = (Observed(found.period, found.value, found.status),) if found else ()
    target = TargetFact("milestone", 2024, "lt", Decimal("4.1"), printed="<4,1")
    values: dict[str, Any] = {
        "use": SimpleNamespace(lag_years=0, note=""),
        "indicator": row,
        "name": "Sjukfrånvaro (%)",
        "figures": {(found.breakdown, found.period.code): found} if found else {},
        "series": series,
        "targets": (target,),
        "target": target,
        "judgement": judge(target, series, year=2024, direction=Direction.DOWN),
        "trend": None,
        "report": None,
    }
    return IndicatorView(**values | more)


@pytest.mark.parametrize(
    ("found", "printed"),
    [
        (None, "–"),
        (figure("0"), "0"),
        (figure(None, status="not_measured"), "ej mätt"),
        (figure(None, status="not_published"), "kommer senare"),
        (figure(None, status="missing"), "saknas"),
        (figure(None, hidden=True), "för få"),
    ],
)
def test_why_there_is_no_figure(found: Figure | None, printed: str) -> None:
    assert cells.outcome(composition(), indicator(found), 2024, Notes())["text"] == printed


def test_a_late_outcome_gets_the_models_mark_and_its_legend() -> None:
    notes = Notes()
    late = indicator(figure(None, status="not_published"))
    assert cells.outcome(composition(model("kolumner-ett-malar")), late, 2024, notes)["text"] == "*"
    assert notes.all() == ["* Utfallet publiceras senare."]


def test_a_hidden_group_says_why_without_the_figure() -> None:
    notes = Notes()
    cell = cells.outcome(composition(), indicator(figure(None, hidden=True)), 2024, notes)
    assert cell["value"] is None
    assert "origin" not in cell
    assert notes.all()[0].startswith("För få: färre än 11 personer")


@pytest.mark.parametrize(("decimals", "printed"), [(None, "74,50"), (1, "74,5"), (0, "75")])
def test_decimals_are_those_reported_or_those_of_the_indicator(decimals: int | None, printed: str) -> None:
    cell = cells.outcome(composition(), indicator(figure(), decimals=decimals), 2024, Notes())
    assert (cell["text"], cell["value"]) == (printed, "74.50")


def test_a_figure_has_its_origin() -> None:
    c = composition()
    cell = cells.outcome(c, indicator(figure("-3")), 2024, Notes())
    assert cell["text"] == "\u22123"
    assert c.origins.entries[cell["origin"] or ""] == {
        "label": "Sjukfrånvaro (%), 2024",
        "value": "\u22123",
        "source": "Egen statistik",
        "formula": None,
        "by": "Jorid Tallberg",
        "at": "2025-01-20",
        "href": "/indicators/sjuk/",
    }


def test_preliminary_and_footnote_share_one_mark() -> None:
    notes = Notes()
    cell = cells.outcome(
        composition(), indicator(figure(preliminary=True, footnote="Ny mätmetod.")), 2024, notes
    )
    assert cell["note"] == "1"
    assert notes.all() == ["Preliminär uppgift. Ny mätmetod."]


def test_a_target_is_printed_exactly_as_decided() -> None:
    c, view = composition(), indicator(figure("3.1"))
    cell = cells.target(c, view, view.target, "Etappmål", Notes())
    assert (cell["text"], cell["value"]) == ("<4,1", None)
    assert c.origins.entries[cell["origin"] or ""]["source"] == "Verksamhetsplan 2024"
    assert cells.target(c, view, None, "Etappmål", Notes())["text"] == ""


def test_a_departure_says_rule_and_reason() -> None:
    report: Any = SimpleNamespace(reported="met", reason="Nivån hålls.", trend="")
    view = indicator(figure("4.3"), report=report)
    assert cells.departure(view) == (
        "Redovisas som uppnått. Enligt regeln: ej uppnått (4,3 (2024) mot <4,1). Skäl: Nivån hålls."
    )
    notes = Notes()
    cell = cells.judgement(view, notes, remark=cells.departure(view))
    assert (cell["text"], cell["note"]) == ("Uppnått", "1")
    assert cells.departure(indicator(figure("4.3"))) == ""


def test_the_same_origin_is_kept_once() -> None:
    c = composition()
    view = indicator(figure("3.1"))
    first = cells.outcome(c, view, 2024, Notes())
    second = cells.outcome(c, view, 2024, Notes())
    assert first["origin"] == second["origin"]
    assert len(c.origins.entries) == 1
