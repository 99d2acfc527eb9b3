"""Changing a report's outline: chapters move with what stands under them, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from uppsikt.reports.rules.outline import (
    Change,
    added,
    applied,
    moved,
    new_key,
    renamed,
    with_block,
    with_options,
    without_block,
)

DOCUMENT: list[dict[str, Any]] = [
    {"key": "a", "title": "A", "level": 1, "blocks": [{"kind": "text"}]},
    {"key": "b", "title": "B", "level": 1, "blocks": [{"kind": "text"}, {"kind": "sources_list"}]},
    {"key": "b1", "title": "B1", "level": 2, "blocks": []},
    {"key": "b2", "title": "B2", "level": 2, "blocks": []},
    {"key": "c", "title": "C", "level": 1, "blocks": []},
]


def keys(document: list[dict[str, Any]]) -> str:
    return " ".join(chapter["key"] for chapter in document)


@pytest.mark.parametrize(
    ("key", "step", "order"),
    [
        ("b", -1, "b b1 b2 a c"),
        ("b", 1, "a c b b1 b2"),
        ("c", -1, "a c b b1 b2"),
        ("a", 1, "b b1 b2 a c"),
        ("b2", -1, "a b b2 b1 c"),
        ("b1", 1, "a b b2 b1 c"),
        # At the edge nothing moves: not above the first, nor out of its own chapter.
        ("a", -1, "a b b1 b2 c"),
        ("c", 1, "a b b1 b2 c"),
        ("b1", -1, "a b b1 b2 c"),
        ("b2", 1, "a b b1 b2 c"),
    ],
)
def test_a_chapter_moves_among_its_equals_with_all_under_it(key: str, step: int, order: str) -> None:
    assert keys(moved(DOCUMENT, key, step)) == order
    assert keys(DOCUMENT) == "a b b1 b2 c"


def test_a_new_title_keeps_the_key_and_so_the_text() -> None:
    assert [chapter["title"] for chapter in renamed(DOCUMENT, "a", " Inledning ")][:2] == ["Inledning", "B"]
    assert keys(renamed(DOCUMENT, "a", "Inledning")) == keys(DOCUMENT)


def test_a_new_chapter_stands_after_all_under_the_one_before() -> None:
    made = added(DOCUMENT, "Året i siffror", after="b")
    assert keys(made) == "a b b1 b2 aret-i-siffror c"
    assert made[4] == {
        "key": "aret-i-siffror",
        "title": "Året i siffror",
        "level": 1,
        "blocks": [{"kind": "text"}],
    }


@pytest.mark.parametrize(
    ("title", "taken", "key"),
    [("Ekonomi", [], "ekonomi"), ("Ekonomi", ["ekonomi", "ekonomi-2"], "ekonomi-3"), ("…", [], "kapitel")],
)
def test_a_new_key_is_never_taken(title: str, taken: list[str], key: str) -> None:
    assert new_key(title, taken) == key


def test_blocks_come_and_go() -> None:
    more = with_block(DOCUMENT, "c", "disagreements")
    assert more[4]["blocks"] == [{"kind": "disagreements"}]
    assert without_block(DOCUMENT, "b", 0)[1]["blocks"] == [{"kind": "sources_list"}]


def test_a_blocks_options_are_set_one_by_one_and_go_back_to_their_default() -> None:
    with_chart = with_block(DOCUMENT, "c", "personnel")
    set_ = with_options(with_chart, "c", 0, {"charts": "yes", "section": "personal"})
    assert set_[4]["blocks"] == [{"kind": "personnel", "options": {"charts": True, "section": "personal"}}]
    assert with_options(set_, "c", 0, {"charts": ""})[4]["blocks"] == [
        {"kind": "personnel", "options": {"section": "personal"}}
    ]
    assert with_options(set_, "c", 0, {"charts": "", "section": ""}) == with_chart


@pytest.mark.parametrize("options", [{"indicator": "x"}, {"charts": "yes"}, {"by": "colour"}])
def test_an_option_that_the_block_has_not_is_refused(options: dict[str, str]) -> None:
    listed = with_block(DOCUMENT, "c", "assignment_list")
    with pytest.raises(ValueError, match=next(iter(options))):
        with_options(listed, "c", 0, options)
    with pytest.raises(KeyError):
        with_options(listed, "c", 9, {"by": "goal"})


def test_a_hidden_chapter_stays_in_the_outline() -> None:
    document, hidden = applied(DOCUMENT, [], Change("hide", "b"))
    assert (keys(document), hidden) == (keys(DOCUMENT), {"b"})
    assert applied(document, hidden, Change("show", "b")) == (DOCUMENT, frozenset())


def test_a_form_that_makes_no_sense_changes_nothing() -> None:
    assert Change.of({"verb": "add", "level": "99", "index": "x"}) == Change("add", level=3)
    with pytest.raises(ValueError, match="fly"):
        applied(DOCUMENT, [], Change("fly", "a"))
    with pytest.raises(KeyError):
        applied(DOCUMENT, [], Change("hide", "nothing"))
