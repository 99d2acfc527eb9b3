from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.typeset import fonts
from uppsikt.typeset.clean import PLACEHOLDER, clean_text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Åtgärder på 3\u00a0§ – klart ≤ 38 −1 ◊ ✓", "Åtgärder på 3\u00a0§ – klart ≤ 38 −1 ◊ ✓"),
        ("a\x00b", f"a{PLACEHOLDER}b"),
        ("a\tb\u2028c", "a b c"),
        ("55\u202e44", "5544"),
        ("\ue000", PLACEHOLDER),
        ("\ud800", PLACEHOLDER),
        ("A\u030a", "Å"),
        ("a\ufeffb\u200b", "ab"),
        ("rad\r\nrad", "rad\nrad"),
    ],
)
def test_what_cannot_be_shown_is_seen(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"), [("Läs 🙂", f"Läs {PLACEHOLDER}"), ("漢", PLACEHOLDER), ("ﬁn", "fin"), ("２", "2")]
)
def test_what_the_face_lacks_is_replaced(text: str, cleaned: str) -> None:
    assert clean_text(text, glyphs=fonts.covered()) == cleaned


def test_numbers_do_not_break_in_print() -> None:
    text = "20 000 av 2023 2024, 74 % § 41"
    assert clean_text(text) == text
    assert clean_text(text, glyphs=fonts.covered()) == "20\u00a0000 av 2023 2024, 74\u00a0% §\u00a041"


def test_the_face_has_what_a_swedish_report_needs() -> None:
    assert set("ÅÄÖåäöéüÉ§–—−≤≥≠≈±×½²³µ%‰€…“”’•→↑↓◊✓□\u00a0\u202f") <= fonts.covered()


@given(st.text(alphabet=st.characters()))
def test_any_text_becomes_text_the_face_can_print(text: str) -> None:
    cleaned = clean_text(text, glyphs=fonts.covered())
    cleaned.encode("utf-8")
    assert all(c in fonts.covered() or c in "\n\u00ad" for c in cleaned)
    assert clean_text(cleaned, glyphs=fonts.covered()) == cleaned
