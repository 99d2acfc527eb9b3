"""The finer points of the lint's rules; that each kind is found stands in tests/web/oversight/test_lint.py."""

from __future__ import annotations

import pytest

from uppsikt.cycle.presets import preset
from uppsikt.cycle.rules.steering_document import parse
from uppsikt.oversight.rules.lint.doing import without_frequency
from uppsikt.oversight.rules.lint.steering import LintControl, Place, Steering


@pytest.mark.parametrize(
    ("frequency", "period_text", "found"),
    [
        ("", "", True), ("", "januari till december", True), ("", "1 januari till 31 december", True),
        ("", "Fem gånger per år", False), ("", "Löpande", False), ("tertial", "", False), ("year", "december", False),
    ],
)  # fmt: skip
def test_how_often_may_be_said_in_words(frequency: str, period_text: str, found: bool) -> None:
    control = LintControl(Place("control:k"), "Attest", frequency, "", 0, period_text)
    model, _problems = parse(preset("malomrade-2024"))
    assert model
    steering = Steering("ks", 2025, model, controls=(control,))
    assert bool(list(without_frequency(steering))) is found
