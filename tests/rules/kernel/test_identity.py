"""Personal numbers are found and taken out; organisations' numbers are left as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.kernel.identity import (
    HIDDEN,
    digits,
    holds_personal,
    is_personal,
    is_valid,
    masked,
    shown,
    written,
)

PERSON = "850709-9805"  # one of Skatteverket's numbers for tests


@pytest.mark.parametrize(
    ("number", "personal"),
    [
        ("556036-0793", False), ("5560360793", False), ("165560360793", False), ("212000-0142", False),
        (PERSON, True), ("19850709-9805", True), ("198507099805", True), ("850709+9805", True), ("850769-9802", True),
        ("DE123456789", False), ("4101", False), ("", False), ("850719-9805", True), ("851909-9805", True),
        ("SE850709980501", True), ("SE556036079301", False), ("L8507099805", True), ("0000012345", False),
    ],
)  # fmt: skip
def test_whose_number_it_is(number: str, personal: bool) -> None:
    assert is_personal(number) is personal


def test_the_check_digit() -> None:
    assert is_valid("556036-0793")
    assert not is_valid("556036-0794")
    assert not is_valid("DE123")


def test_a_number_is_printed_with_a_hyphen() -> None:
    assert written("165560360793") == "556036-0793"
    assert written("SE556036079301") == "556036-0793"
    assert written("DE 123 ") == "DE 123"


def test_a_code_that_is_a_persons_number_is_not_shown() -> None:
    assert shown("8507099805") == HIDDEN
    assert shown("4101") == "4101"


@pytest.mark.parametrize(
    "text",
    [
        f"Anna {PERSON}",
        f"({PERSON})",
        "nr 8507099805.",
        "19850709-9805",
        "850709 9805",
        "a:850709\u22129805;",
        "momsnr SE850709980501",
    ],
)
def test_a_personal_number_is_taken_out_of_a_text(text: str) -> None:
    assert holds_personal(text)
    assert "9805" not in masked(text)
    assert HIDDEN in masked(text)


@pytest.mark.parametrize(
    "text",
    ["Faktura 8507099806", "Org.nr 556036-0793", "2024-01-15", "belopp 1850709980500", "", "12,8507099805"],
)
def test_other_figures_stay(text: str) -> None:
    assert not holds_personal(text)
    assert masked(text) == text


@given(st.text(max_size=40))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = masked(text)
    assert masked(once) == once
    assert not holds_personal(once)


@given(st.dates(), st.integers(0, 999))
def test_every_persons_number_is_found(day: object, serial: int) -> None:
    stem = f"{day:%y%m%d}{serial:03d}"
    number = next(stem + str(check) for check in range(10) if is_valid(stem + str(check)))
    assert is_personal(number)
    assert digits(number) == number
    assert number not in masked(f"se {number[:6]}-{number[6:]} här")
    assert holds_personal(f"se {number[:6]}-{number[6:]} här")
