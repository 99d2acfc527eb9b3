"""Scales and gaps of the pages' own charts."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.web.chart import Chart, Series, chart


def drawn(*values: int | None, **options: object) -> Chart:
    figures = tuple(None if value is None else Decimal(value) for value in values)
    years = tuple(str(2020 + at) for at in range(len(values)))
    return chart(caption="Andel", alt="Andel per år", x=years, series=(Series("Totalt", figures),), **options)  # type: ignore[arg-type]


def ticks(of: Chart) -> list[str]:
    return [label.text for label in of.labels if label.anchor == "end"]


def test_the_axis_counts_in_steps_a_reader_can_follow() -> None:
    assert ticks(drawn(44, 52, 55, target=Decimal(38))) == ["35", "40", "45", "50", "55"]


def test_bars_stand_on_zero() -> None:
    assert ticks(drawn(48, 91, kind="bar"))[0] == "0"


def test_negative_bars_hang_from_zero() -> None:
    hanging, standing = drawn(-10, 10, kind="bar").bars
    assert hanging.height == standing.height
    assert Decimal(hanging.y) == Decimal(standing.y) + Decimal(standing.height)


def test_a_missing_year_breaks_the_line() -> None:
    found = drawn(1, 2, None, 4, 5)
    assert len(found.lines) == 2
    assert len(found.dots) == 4


def test_equal_values_do_not_divide_by_zero() -> None:
    assert ticks(drawn(0, 0)) == ["0,0", "0,2"]
    assert len(drawn(7, 7).dots) == 2


def test_one_series_needs_no_legend_and_writes_its_values() -> None:
    found = drawn(44, 52)
    assert found.legend == ()
    assert [label.text for label in found.labels if label.css == "chart__label"] == ["44", "52"]
