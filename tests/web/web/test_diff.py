"""Two versions side by side."""

from __future__ import annotations

from uppsikt.web.diff import DiffPart, side_by_side


def test_equal_texts_have_nothing_marked() -> None:
    rows = side_by_side("Ett.\n\nTvå.", "Ett.\nTvå.")
    assert [part.kind for row in rows for part in (*row.before, *row.after)] == ["same"] * 4


def test_a_changed_word_is_marked_on_both_sides() -> None:
    (row,) = side_by_side("Tre mål nås.", "Fyra mål nås.")
    assert row.before[0] == DiffPart("removed", "Tre")
    assert row.after[0] == DiffPart("added", "Fyra")


def test_an_added_paragraph_has_an_empty_left_side() -> None:
    rows = side_by_side("Ett.", "Ett.\nTvå.")
    assert (rows[1].before, rows[1].after) == ((), (DiffPart("added", "Två."),))


def test_nothing_is_lost() -> None:
    before, after = "Alla uppdrag är klara.\nTvå mål nås inte.", "Alla fem uppdrag är klara."
    rows = side_by_side(before, after)
    assert "\n".join("".join(part.text for part in row.before) for row in rows if row.before) == before
    assert "\n".join("".join(part.text for part in row.after) for row in rows if row.after) == after
