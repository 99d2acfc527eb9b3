"""Figures in print and as read back: Swedish forms, one rounding rule (ROUND-1)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.kernel.numbers import canonical, format_decimal, format_signed, parse_decimal, round_half_away

figures = st.decimals(
    min_value=Decimal(-(10**12)), max_value=Decimal(10**12), allow_nan=False, allow_infinity=False, places=3
)


@pytest.mark.parametrize(
    ("figure", "decimals", "printed"),
    [
        ("74.5", None, "74,5"),
        ("74.50", None, "74,50"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "−3"),
        ("0.85", 1, "0,9"),
        ("-0.04", 1, "0,0"),
        ("1234567", None, "1\u00a0234\u00a0567"),
        ("-1234.5", 1, "−1\u00a0234,5"),
    ],
)
def test_figures_are_printed_the_swedish_way(figure: str, decimals: int | None, printed: str) -> None:
    assert format_decimal(Decimal(figure), decimals) == printed


def test_not_reported_is_a_dash_and_never_a_zero() -> None:
    assert format_decimal(None) == "–"
    assert format_decimal(Decimal(0)) == "0"


@pytest.mark.parametrize(("figure", "printed"), [("3", "+3"), ("-3", "−3"), ("0", "0"), ("0.04", "0,0")])
def test_changes_carry_their_sign_when_they_are_not_nothing(figure: str, printed: str) -> None:
    assert format_signed(Decimal(figure), 1 if "." in figure else 0) == printed


@pytest.mark.parametrize("text", ["", "en", "1,2,3", "1 23", "--3", "1e5", "NaN", "12 %"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    assert parse_decimal(text) is None


@given(figures)
def test_what_is_printed_reads_back_as_the_same_figure(figure: Decimal) -> None:
    assert parse_decimal(format_decimal(figure)) == figure
    assert parse_decimal(canonical(figure)) == figure


@given(figures, st.integers(min_value=0, max_value=3))
def test_rounding_is_symmetric_and_moves_at_most_half_a_step(figure: Decimal, decimals: int) -> None:
    rounded = round_half_away(figure, decimals)
    assert round_half_away(-figure, decimals) == -rounded
    assert abs(rounded - figure) <= Decimal(1).scaleb(-decimals) / 2
