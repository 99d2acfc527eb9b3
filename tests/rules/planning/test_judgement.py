"""Targets are judged as docs/algorithms/judgement.md says, row by row."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.rules.tables import figure, table
from uppsikt.kernel.numbers import parse_decimal
from uppsikt.kernel.period import parse_period
from uppsikt.planning.rules.judgement import (
    Direction,
    Observed,
    TargetFact,
    Trend,
    judge,
    latest,
    target_in,
    target_text,
    trend,
)

SIGNS = {"≥": "ge", ">": "gt", "≤": "le", "<": "lt", "=": "eq", "": "bare"}
WORDS = {"Behåll": "keep", "Minska": "decrease", "Öka": "increase"}


def target(text: str, year: int = 2024) -> TargetFact:
    if text in WORDS:
        return TargetFact("milestone", year, WORDS[text])
    if "–" in text:
        low, high = text.split("–")
        return TargetFact("milestone", year, "interval", parse_decimal(low), parse_decimal(high))
    found = re.fullmatch(r"([≥>≤<=]?) ?([\d,]+) ?(.*)", text)
    assert found, text
    return TargetFact("milestone", year, SIGNS[found[1]], parse_decimal(found[2]), period_text=found[3])


def observed(period: str, value: str | None, status: str = "value", *, preliminary: bool = False) -> Observed:
    return Observed(parse_period(period), figure(value or ""), status, preliminary)


@pytest.mark.parametrize("row", table("judgement.md", "JUDGE-3"), ids=lambda row: " ".join(row.values()))
def test_absolute_targets(row: dict[str, str]) -> None:
    series = [observed("2024", row["outcome"])]
    found = judge(target(row["target"]), series, year=2024, direction=Direction(row["direction"]))
    assert (found.verdict.value, found.distance) == (row["verdict"], figure(row["distance"]))


@pytest.mark.parametrize("row", table("judgement.md", "JUDGE-4"), ids=lambda row: " ".join(row.values()))
def test_bare_targets(row: dict[str, str]) -> None:
    found = judge(
        target(row["target"]),
        [observed("2024", row["outcome"])],
        year=2024,
        direction=Direction(row["direction"]),
        bare_by_direction=row["by direction"] == "yes",
    )
    assert (found.verdict.value, found.code) == (row["verdict"], row["code"])


@pytest.mark.parametrize("row", table("judgement.md", "JUDGE-5"), ids=lambda row: " ".join(row.values()))
def test_relative_targets(row: dict[str, str]) -> None:
    before = [] if not row["before"] else [observed("2023", row["before"])]
    # neither another kind of period nor a later year is anything to compare with
    series = [observed("2024-T1", "1"), *before, observed("2024", row["outcome"]), observed("2025", "99")]
    found = judge(target(row["target"]), series, year=2024, direction=Direction(row["direction"]))
    expected = figure(row["distance"])
    assert (found.verdict.value, found.distance) == (row["verdict"], expected)


@pytest.mark.parametrize("row", table("judgement.md", "JUDGE-6"), ids=lambda row: " ".join(row.values()))
def test_targets_in_time(row: dict[str, str]) -> None:
    found = judge(
        target(row["target"], int(row["target year"])),
        [observed(row["period"], row["outcome"])],
        year=2024,
        direction=Direction.UP,
        future_counts=row["counts"] == "always",
    )
    expected = figure(row["distance"])
    assert (found.verdict.value, found.code, found.distance) == (row["verdict"], row["code"], expected)


@pytest.mark.parametrize("row", table("judgement.md", "JUDGE-7"), ids=lambda row: row["what stands"])
def test_five_ways_to_have_no_judgement(row: dict[str, str]) -> None:
    what = row["what stands"]
    series = [observed("2024", "5")] if what == "no target" else []
    if what not in ("no target", "nothing"):
        series = [observed("2023", "5"), observed("2024", None, what)]
    aimed = None if what == "no target" else target("≥ 5")
    found = judge(aimed, series, year=2024, direction=Direction.UP)
    assert (found.verdict.value, found.code, found.distance) == (row["verdict"], row["code"], None)
    assert trend(series, found.observed, Direction.UP) is None


def test_each_reason_is_its_own() -> None:
    reasons = {
        judge(target("≥ 5"), [observed("2024", None, status)], year=2024, direction=Direction.UP).reason
        for status in ("not_published", "not_measured", "missing", "hidden")
    }
    assert len(reasons) == 4
    zero = judge(target("≥ 5"), [observed("2024", "0")], year=2024, direction=Direction.UP)
    assert zero.code == "not_met"


def test_the_reason_tells_what_was_compared() -> None:
    series = [observed("2023", "4,7"), observed("2024", "4,0", preliminary=True)]
    found = judge(target("Minska"), series, year=2024, direction=Direction.DOWN)
    assert found.reason == "4,0 (2024, preliminärt) mot Minska: 4,7 (2023)."


def test_a_year_is_not_judged_by_one_of_its_months() -> None:
    announced = [observed("2024-11", "7"), observed("2024-12", "8"), observed("2024", None, "not_published")]
    assert judge(target("≥ 5"), announced, year=2024, direction=Direction.UP).code == "no_outcome"
    assert latest(announced[:2], 2024) == announced[1]
    assert latest([*announced[:2], observed("2024", "9"), observed("2024-12/R12", "9")], 2024) == observed(
        "2024", "9"
    )


def test_a_lagging_outcome_is_held_against_this_year_s_target() -> None:
    series = [observed("2022", "1"), observed("2023", "80"), observed("2024", "1")]
    found = judge(target("≥ 80"), series, year=2024, direction=Direction.UP, lag_years=1)
    assert (found.code, found.observed) == ("met", series[1])


@pytest.mark.parametrize(
    ("sign", "period", "code"),
    [("lt", "2024", "met"), ("ge", "2024", "not_met"), ("lt", "2023", "met"), ("lt", "2025", "no_reference")],
)
def test_a_comparison_has_a_figure_of_its_own(sign: str, period: str, code: str) -> None:
    aimed = TargetFact("milestone", 2024, "reference", comparator=sign, reference="Länssnitt")
    others = [observed("2024-T1", "0"), observed(period, "4,9")]
    found = judge(aimed, [observed("2024", "4")], year=2024, direction=Direction.DOWN, references=others)
    assert found.code == code


def test_the_target_that_a_year_is_held_against() -> None:
    milestone, ahead, final, passed, gone = (
        TargetFact(role, year, "ge", Decimal(1))
        for role, year in [
            ("milestone", 2024),
            ("milestone", 2025),
            ("final", 2030),
            ("final", 2023),
            ("milestone", 2023),
        ]
    )
    everything = [final, gone, passed, ahead, milestone]
    assert target_in(everything, 2024) == milestone
    assert target_in([final, gone, passed, ahead], 2024) == ahead
    assert target_in([gone, final, passed], 2024) == final
    assert target_in([gone, passed], 2024) == passed
    assert target_in([gone], 2024) is None


@pytest.mark.parametrize(
    ("values", "direction", "unchanged", "expected"),
    [
        (("10", "11"), "up", 0, Trend.BETTER),
        (("10", "11"), "down", 0, Trend.WORSE),
        (("10", "9"), "down", 0, Trend.BETTER),
        (("10", "11"), "none", 0, Trend.RISING),
        (("10", "9"), "none", 0, Trend.FALLING),
        (("10", "11"), "up", 10, Trend.UNCHANGED),
        (("10", "10,0"), "up", 0, Trend.UNCHANGED),
        (("0", "0,1"), "up", 10, Trend.BETTER),
        (("−10", "−9"), "up", 0, Trend.BETTER),
    ],
)
def test_trend(values: tuple[str, str], direction: str, unchanged: int, expected: Trend) -> None:
    series = [observed("2022", "99"), observed("2023", values[0]), observed("2024", values[1])]
    assert trend(series, series[2], Direction(direction), Decimal(unchanged)) is expected


def test_a_trend_passes_over_years_that_say_nothing() -> None:
    series = [observed("2022", "3"), observed("2023", None, "not_measured"), observed("2024", "4")]
    assert trend(series, series[2], Direction.UP) is Trend.BETTER
    assert trend(series[1:], series[2], Direction.UP) is None


def test_targets_in_print() -> None:
    texts = ["≥200 per år", "10–15", "Behåll", "90"]
    aimed = [target("≥ 200 per år"), target("10–15"), target("Behåll"), target("90")]
    assert [target_text(one) for one in aimed] == texts
