"""Columns share the page by what they hold. The widths asked for are worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.typeset import sample
from uppsikt.typeset.columns import balanced, fit, must_hyphenate, table_widths
from uppsikt.typeset.labels import decimal, long_date


def test_each_gets_what_it_needs_and_the_rest_is_shared_by_weight() -> None:
    assert fit([100, 100], [150, 300], [1, 1], 600) == pytest.approx([225, 375])


def test_too_little_room_is_shared_in_proportion() -> None:
    assert fit([100, 300], [200, 400], [1, 1], 200) == pytest.approx([50, 150])


def test_the_weights_share_the_width_between_the_least_and_the_natural() -> None:
    assert fit([100, 100], [900, 900], [3, 1], 480) == pytest.approx([360, 120])
    assert fit([100, 200], [900, 900], [3, 1], 480) == pytest.approx([280, 200])
    assert fit([100, 100], [300, 900], [3, 1], 480) == pytest.approx([300, 180])


def test_a_title_is_broken_evenly_and_its_date_is_not() -> None:
    assert balanced("Delårsrapport per 31 augusti 2025", 459, size=31) == [
        "Delårsrapport per",
        "31\u00a0augusti\u00a02025",
    ]
    assert balanced("Plan 2025", 459, size=40) == ["Plan 2025"]
    assert balanced("", 459, size=40) == [""]


@given(
    st.lists(st.tuples(st.floats(1, 200), st.floats(0, 300), st.floats(0.1, 10)), min_size=1, max_size=12),
    st.floats(50, 800),
)
def test_the_columns_always_fill_the_page(columns: list[tuple[float, float, float]], total: float) -> None:
    least = [c[0] for c in columns]
    natural = [c[0] + c[1] for c in columns]
    assert sum(fit(least, natural, [c[2] for c in columns], total)) == pytest.approx(total, rel=1e-3)


def test_figures_and_short_words_stay_whole_beside_long_names() -> None:
    widths = table_widths(sample.indicator_table("t"), 459)
    assert sum(widths) == pytest.approx(459)
    assert widths[0] == max(widths)
    assert not must_hyphenate(["lokalförsörjningsverksamheten,"], widths[0])
    assert not must_hyphenate(["Bedömning"], widths[5], head=True)


@pytest.mark.parametrize(
    ("canonical", "printed"),
    [
        ("74.50", "74,50"),
        ("-1204.5", "−1\u00a0204,5"),
        ("1234567", "1\u00a0234\u00a0567"),
        ("0", "0"),
        ("-0.3", "−0,3"),
    ],
)
def test_decimals_as_printed(canonical: str, printed: str) -> None:
    assert decimal(canonical) == printed


def test_dates_as_words() -> None:
    assert long_date("2025-03-26T10:00:00+01:00") == "26\u00a0mars 2025"
    assert long_date("våren") == "våren"
