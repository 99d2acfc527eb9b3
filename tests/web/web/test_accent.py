"""The municipality's colour. Contrasts checked against WCAG's own extremes and by a known pair."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.web.accent import accent, accent_contrast_ok, contrast, stylesheet


def test_black_on_white_is_21_and_a_colour_on_itself_is_1() -> None:
    assert contrast("#000000", "#ffffff") == Decimal(21)
    assert contrast("#0b5563", "#0b5563") == Decimal(1)


def test_the_grey_that_just_passes() -> None:
    # #767676 is the lightest grey that passes 4.5:1 on white.
    assert contrast("#767676", "#ffffff") >= Decimal("4.5")
    assert contrast("#777777", "#ffffff") < Decimal("4.5")


@pytest.mark.parametrize(
    ("colour", "ok"), [("#0b5563", True), ("#ffd100", False), ("teal", False), ("#fff", False)]
)
def test_what_may_be_set(colour: str, ok: bool) -> None:
    assert accent_contrast_ok(colour) is ok


def test_a_good_colour_is_kept_as_it_is() -> None:
    assert accent("#0b5563").light == "#0b5563"


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_becomes_readable_in_both_themes(number: int) -> None:
    shades = accent(f"#{number:06x}")
    assert accent_contrast_ok(shades.light)
    assert contrast(shades.dark, "#1f2528") >= Decimal("4.5")
    assert contrast(shades.dark, shades.dark_ink) >= Decimal("4.5")


def test_what_is_no_colour_becomes_the_usual_one() -> None:
    assert stylesheet("red; } body { display: none") == stylesheet("#0b5563")
