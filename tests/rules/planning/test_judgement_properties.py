"""Judging targets: the printed report's 18 indicators, and what must hold for all figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import figure
from uppsikt.kernel.period import parse_period
from uppsikt.planning.rules.judgement import (
    Direction,
    Judgement,
    Observed,
    TargetFact,
    Verdict,
    disagrees,
    judge,
    reported_met,
    target_text,
    trend,
)

GOLDEN = Path(__file__).parents[2] / "golden"
figures = st.decimals(min_value=-10_000, max_value=10_000, places=2)


def seen(value: Decimal | None, period: str = "2024", status: str = "value") -> Observed:
    return Observed(parse_period(period), value, status)


def milestone(kind: str, value: Decimal | None = None, **more: object) -> TargetFact:
    return TargetFact("milestone", 2024, kind, value, **more)  # type: ignore[arg-type]


def one(text: str, outcome: str, **more: object) -> Judgement:
    kind, _, value = text.partition(" ")
    return judge(milestone(kind, figure(value)), [seen(figure(outcome))], year=2024, direction=Direction.UP, **more)  # type: ignore[arg-type]  # fmt: skip


def _golden() -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load(
        (GOLDEN / "indicators-2024.yaml").read_text(encoding="utf-8")
    )
    return found


@pytest.mark.parametrize("fact", _golden(), ids=lambda fact: fact["key"])
def test_the_printed_report_by_its_own_comparators(fact: dict[str, object]) -> None:
    """The 18 indicators of the yearly report 2024, judged by what is printed (tests/golden/indicators-2024.yaml)."""
    printed = str(fact["milestone_2024"])
    kinds = {"≥": "ge", ">": "gt", "≤": "le", "<": "lt"}
    kind = kinds.get(printed[0], "bare")
    target = milestone(kind, figure(printed.lstrip("≥>≤<").split(" ")[0].replace("\u00a0", "")))
    outcomes = fact["outcomes"]
    assert isinstance(outcomes, dict)
    series = [
        seen(figure(str(value).replace("-", "−")), str(year)) for year, value in outcomes.items() if value
    ]
    lag = fact["lag_years"]
    assert isinstance(lag, int)
    verdict = judge(target, series, year=2024, direction=Direction.NONE, lag_years=lag).verdict
    expected = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.CANNOT_JUDGE}
    assert verdict is expected[fact["met_by_rule"]]  # type: ignore[index]


# ---------------------------------------------------------------- what holds for every figure


@given(figures, figures, st.sampled_from(["ge", "gt", "le", "lt", "eq"]))
def test_met_is_the_comparison_itself(bound: Decimal, value: Decimal, kind: str) -> None:
    met = {
        "ge": value >= bound, "gt": value > bound, "le": value <= bound, "lt": value < bound, "eq": value == bound,
    }[kind]  # fmt: skip
    judgement = judge(milestone(kind, bound), [seen(value)], year=2024, direction=Direction.UP)
    assert (judgement.verdict is Verdict.MET) == met


@given(figures, figures, st.sampled_from(["ge", "gt", "le", "lt", "eq"]))
def test_the_distance_tells_the_side(bound: Decimal, value: Decimal, kind: str) -> None:
    judgement = judge(milestone(kind, bound), [seen(value)], year=2024, direction=Direction.UP)
    assert judgement.distance is not None
    if judgement.verdict is Verdict.MET:
        assert judgement.distance >= 0
    else:
        assert judgement.distance <= 0
    assert abs(judgement.distance) == abs(value - bound)


@given(figures, figures)
def test_at_least_and_less_than_are_opposites(bound: Decimal, value: Decimal) -> None:
    at_least = judge(milestone("ge", bound), [seen(value)], year=2024, direction=Direction.UP).verdict
    less = judge(milestone("lt", bound), [seen(value)], year=2024, direction=Direction.UP).verdict
    assert {at_least, less} == {Verdict.MET, Verdict.NOT_MET}


@given(figures, figures, figures)
def test_an_interval_is_two_bounds(low: Decimal, high: Decimal, value: Decimal) -> None:
    low, high = min(low, high), max(low, high)
    inside = judge(milestone("interval", low, upper=high), [seen(value)], year=2024, direction=Direction.NONE)
    above = judge(milestone("ge", low), [seen(value)], year=2024, direction=Direction.NONE)
    below = judge(milestone("le", high), [seen(value)], year=2024, direction=Direction.NONE)
    assert (inside.verdict is Verdict.MET) == (above.verdict is below.verdict is Verdict.MET)


@given(figures, figures)
def test_a_trend_turns_with_the_figures(before: Decimal, after: Decimal) -> None:
    forth = trend([seen(before, "2023"), seen(after)], seen(after), Direction.UP)
    back = trend([seen(after, "2023"), seen(before)], seen(before), Direction.UP)
    assert {"better": "worse", "worse": "better", "unchanged": "unchanged"}[forth or ""] == back


@pytest.mark.parametrize(
    ("status", "word"),
    [("not_published", "publicerat"), ("not_measured", "mätning"), ("missing", "saknas")],
)
def test_a_missing_outcome_says_why(status: str, word: str) -> None:
    judgement = judge(
        milestone("ge", Decimal(1)), [seen(None, status=status)], year=2024, direction=Direction.UP
    )
    assert judgement.verdict is Verdict.NO_OUTCOME
    assert word in judgement.reason


def test_no_target_cannot_be_judged() -> None:
    judgement = judge(None, [seen(Decimal(1))], year=2024, direction=Direction.UP)
    assert (judgement.verdict, judgement.code) == (Verdict.CANNOT_JUDGE, "no_target")


def test_a_month_never_stands_for_its_year() -> None:
    series = [seen(Decimal(9), "2024-12"), seen(Decimal(1), "2024")]
    judgement = judge(milestone("ge", Decimal(5)), series, year=2024, direction=Direction.UP)
    assert judgement.observed is series[1]


def test_a_departure_is_what_differs_from_the_rule() -> None:
    judgement = one("gt 15", "15")
    assert disagrees(judgement, "met")
    assert not disagrees(judgement, "not_met")
    assert not disagrees(judgement, "")
    assert reported_met(judgement, "met")
    assert not reported_met(judgement, "")


@pytest.mark.parametrize(
    ("target", "printed"),
    [
        (milestone("ge", Decimal(200), period_text="per år"), "≥200 per år"),
        (milestone("gt", Decimal("0.86")), ">0,86"),
        (milestone("interval", Decimal(10), upper=Decimal(15)), "10–15"),
        (milestone("reference", comparator="lt", reference="Länssnitt"), "< Länssnitt"),
        (milestone("keep"), "Behåll"),
        (milestone("decrease"), "Minska"),
        (milestone("bare", Decimal(0)), "0"),
    ],
)
def test_targets_in_print(target: TargetFact, printed: str) -> None:
    assert target_text(target) == printed
