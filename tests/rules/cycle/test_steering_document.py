"""A steering model is data: the presets read as they are, and a faulty document says all that is wrong."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

import uppsikt.cycle
from uppsikt.cycle.rules.rounds import TRANSITIONS, RoundState, may_move, needs_reason, short_name
from uppsikt.cycle.rules.steering_document import parse

PRESETS = sorted((Path(uppsikt.cycle.__file__).parent / "presets").glob("*.yaml"))


def document(name: str = "malomrade-2024") -> dict[str, Any]:
    path = next(path for path in PRESETS if path.stem == name)
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def faults(changed: dict[str, Any]) -> list[str]:
    model, problems = parse(changed)
    assert (model is None) == bool(problems)
    return [str(problem) for problem in problems]


def test_there_are_presets_of_three_kinds() -> None:
    assert len(PRESETS) == 3


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_presets_have_no_faults(path: Path) -> None:
    assert faults(yaml.safe_load(path.read_text(encoding="utf-8"))) == []


def test_steps_are_found_by_label_and_by_long_form() -> None:
    model, _ = parse(document())
    assert model is not None
    assert model.fulfilment is not None
    for text in ("I hög grad", "i hög grad uppfyllt"):
        step = model.fulfilment.by_label(text)
        assert step is not None
        assert step.key == "high"


def test_the_year_s_end_has_its_own_scale() -> None:
    model, _ = parse(document())
    assert model is not None
    assert [step.label for step in model.status_scale("year_end").steps] == ["Klart", "Ej klart i år"]
    assert len(model.status_scale("interim").steps) == 4


def test_breakdowns_are_told_in_the_model_s_words() -> None:
    model, _ = parse(document())
    assert model is not None
    assert model.breakdown_label("gender=women,interval=15-90") == "Kvinnor, Dag 15–90"
    assert model.breakdown_label("") == ""


FAULTS: dict[str, Any] = {
    "målnivåer": lambda d: d.update(levels=[]),
    "Okänd del": lambda d: d.update(colours=[]),
    "Okänt fält": lambda d: d["levels"][0].update(colour="red"),
    "symbol": lambda d: d["scales"]["fulfilment"][0].update(symbol="star"),
    "heltal": lambda d: d["scales"]["fulfilment"][0].update(rank="best"),
    "saknas": lambda d: d["scales"]["fulfilment"][0].pop("label"),
    "flera gånger": lambda d: d["origins"].append(d["origins"][0]),
    "assessment.scale": lambda d: d["assessment"].update(scale="colours"),
    "från 0 procent": lambda d: d["assessment"].update(thresholds=[{"step": "high", "from_percent": 50}]),
    "scale_interim": lambda d: d["assignments"].update(scale_interim="none"),
    "blocks": lambda d: d["outline"][0]["blocks"].append({"kind": "dance"}),
    "goal_texts": lambda d: d["goal_texts"][0].update(levels=["nowhere"]),
    "true eller false": lambda d: d["levels"][0].update(assessed="ja"),
    "en lista": lambda d: d.update(rounds={"key": "x"}),
    "targets.kinds": lambda d: d["targets"].update(kinds=["about"]),
}


@pytest.mark.parametrize("words", FAULTS)
def test_each_fault_is_told_with_its_place(words: str) -> None:
    changed = copy.deepcopy(document())
    FAULTS[words](changed)
    told = faults(changed)
    assert any(words in fault for fault in told), told


def test_all_faults_are_told_at_once() -> None:
    changed = copy.deepcopy(document())
    for words in ("symbol", "Okänd del", "blocks", "scale_interim"):
        FAULTS[words](changed)
    assert len(faults(changed)) >= 4


def test_a_round_is_planned_open_and_closed_and_reopened_only_with_a_reason() -> None:
    assert may_move(RoundState.PLANNED, RoundState.OPEN)
    assert not may_move(RoundState.PLANNED, RoundState.CLOSED)
    assert not may_move(RoundState.OPEN, RoundState.PLANNED)
    assert [pair for pair in TRANSITIONS if needs_reason(*pair)] == [(RoundState.CLOSED, RoundState.OPEN)]


@pytest.mark.parametrize(
    ("kind", "day", "name"),
    [
        ("year_end", "2024-12-31", "2024 årsbokslut"),
        ("interim", "2025-08-31", "2025 delår augusti"),
        ("month", "2025-03-31", "2025 mars"),
    ],
)
def test_rounds_have_a_name_for_little_room(kind: str, day: str, name: str) -> None:
    assert short_name(kind, dt.date.fromisoformat(day)) == name
