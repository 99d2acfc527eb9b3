"""What a target's author is promised is what the rule does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.kernel.period import parse_period
from uppsikt.planning.rules.judgement import Direction, Observed, TargetFact, Verdict, judge
from uppsikt.planning.rules.keys import new_key, next_key
from uppsikt.planning.rules.target_words import how_judged


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("ge", "38 eller högre"),
        ("gt", "38 räcker inte"),
        ("le", "38 eller lägre"),
        ("lt", "lägre än 38"),
        ("eq", "exakt 38"),
    ],
)
def test_comparators_in_words(kind: str, words: str) -> None:
    target = TargetFact("milestone", 2025, kind, Decimal(38))
    assert words in how_judged(target, year=2025, direction=Direction.UP)


def test_a_later_year_is_said_to_count_later() -> None:
    target = TargetFact("final", 2030, "ge", Decimal(38))
    assert "2030" in how_judged(target, year=2025, direction=Direction.UP)
    assert "2030" not in how_judged(target, year=2025, direction=Direction.UP, future_counts=True)


def test_a_lag_is_said() -> None:
    target = TargetFact("milestone", 2025, "ge", Decimal(38))
    assert "2024 års utfall" in how_judged(target, year=2025, direction=Direction.UP, lag_years=1)


@given(st.sampled_from(list(Direction)), st.booleans())
def test_bare_figures_promise_what_the_rule_does(direction: Direction, by_direction: bool) -> None:
    target = TargetFact("milestone", 2025, "bare", Decimal(0))
    words = how_judged(target, year=2025, direction=direction, bare_by_direction=by_direction)
    judgement = judge(
        target, [Observed(parse_period("2025"), Decimal(1))], year=2025, direction=direction,
        bare_by_direction=by_direction,
    )  # fmt: skip
    assert words.startswith("Bedöms inte") == (judgement.verdict is Verdict.CANNOT_JUDGE)


def test_keys_are_readable_and_new() -> None:
    assert (
        new_key(["2025", "ks", "Öka tryggheten & delaktigheten!"]) == "2025-ks-oka-tryggheten-delaktigheten"
    )
    assert new_key(["2025", "mål"], {"2025-mal", "2025-mal-2"}) == "2025-mal-3"
    assert new_key(["!!!"]) == "ny"


def test_keys_follow_the_year() -> None:
    assert next_key("2024-ks-mal", 2024, 2025) == "2025-ks-mal"
    assert next_key("ks-mal", 2024, 2025) == "2025-ks-mal"
