"""Sparklines, worked out by hand on a drawing of 76 by 24 with a margin of 3."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from uppsikt.web.svg import SYMBOLS, Dot, coordinate, sparkline


def test_a_rising_series_ends_at_the_top_right() -> None:
    drawn = sparkline([Decimal(44), Decimal(52), Decimal(60)])
    assert drawn is not None
    assert drawn.lines == ("3,21 38,12 73,3",)
    assert drawn.dots == (Dot("73", "3", last=True),)
    assert drawn.target_y == ""


def test_the_target_keeps_its_true_height() -> None:
    # 10 to 30 over 18 points: 20 lies in the middle.
    drawn = sparkline([Decimal(10), Decimal(30)], Decimal(20))
    assert drawn is not None
    assert drawn.target_y == "12"


def test_a_target_outside_the_values_makes_room_for_itself() -> None:
    drawn = sparkline([Decimal(10), Decimal(20)], Decimal(0))
    assert drawn is not None
    assert drawn.target_y == "21"
    assert drawn.lines == ("3,12 73,3",)


def test_a_gap_stays_a_gap() -> None:
    drawn = sparkline([Decimal(1), Decimal(2), None, Decimal(3), Decimal(4)])
    assert drawn is not None
    assert len(drawn.lines) == 2


def test_a_value_between_gaps_is_a_dot() -> None:
    drawn = sparkline([Decimal(1), None, Decimal(3), Decimal(5)])
    assert drawn is not None
    assert drawn.dots[0] == Dot("3", "21", last=False)
    assert drawn.dots[-1].last


def test_the_latest_value_may_be_older_than_the_last_year() -> None:
    drawn = sparkline([Decimal("96.6"), Decimal("96.6"), None], Decimal("96.6"))
    assert drawn is not None
    assert drawn.dots == (Dot("38", "12", last=True),)


def test_one_value_alone_stands_in_the_middle() -> None:
    drawn = sparkline([Decimal(7)])
    assert drawn is not None
    assert (drawn.lines, drawn.dots) == ((), (Dot("38", "12", last=True),))


@pytest.mark.parametrize("values", [[], [None, None]])
def test_nothing_measured_draws_nothing(values: list[Decimal | None]) -> None:
    assert sparkline(values, Decimal(3)) is None


def test_coordinates_never_follow_the_language() -> None:
    assert [coordinate(Decimal(text)) for text in ("1024", "0.25", "-0.04", "7.96")] == [
        "1024",
        "0.3",
        "-0",
        "8",
    ]


@pytest.mark.parametrize("name", SYMBOLS)
def test_every_symbol_is_well_formed_and_takes_its_colour_from_the_text(name: str) -> None:
    drawing = SYMBOLS[name]
    ET.fromstring(f"<svg>{drawing}</svg>")
    assert "currentColor" in drawing
    assert "style" not in drawing
