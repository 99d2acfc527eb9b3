"""The column model's small dataset, composed by the same code: years in columns, one later target, late marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.reports.golden import lines, rows, sections, tables
from uppsikt.exchange.actions import import_dataset
from uppsikt.history.rules import SYSTEM
from uppsikt.reports import selectors
from uppsikt.reports.assembly import compose
from uppsikt.typeset.check import validate

pytestmark = pytest.mark.django_db
DATASET = Path(__file__).parents[1] / "datasets" / "preset_c"


@pytest.fixture
def payload(db: None) -> dict[str, Any]:
    assert import_dataset(DATASET, by=SYSTEM).problems == ()
    report = selectors.report("2025-ar-tn")
    assert report is not None
    return compose(report)  # type: ignore[return-value]


def indicators(payload: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        goal: table
        for goal, under in sections(payload, "mal")
        for table in under
        if table["kind"] == "table" and "-i-" in table["key"]
    }


def test_it_follows_the_payloads_schema(payload: dict[str, Any]) -> None:
    assert validate(payload) == []


def test_one_target_of_a_later_year_names_the_year_in_its_heading(payload: dict[str, Any]) -> None:
    table = indicators(payload)["1.2 Alla har en park inom gångavstånd"]
    assert [column["title"] for column in table["columns"]][1:] == ["2023", "2024", "2025", "Målvärde 2027"]
    (row,) = rows(table)
    assert [cell["text"] for cell in row.values()][1:] == ["ej mätt", "89,4", "90,1", "92"]


def test_targets_of_different_years_name_theirs_in_the_cell(payload: dict[str, Any]) -> None:
    table = indicators(payload)["1.1 Gator och torg är trygga att röra sig på"]
    assert table["columns"][-1]["title"] == "Målvärde"
    assert [row["final"]["text"] for row in rows(table)] == ["95 (2026)", "0,8 (2027)"]


def test_a_star_marks_outcomes_that_come_later(payload: dict[str, Any]) -> None:
    table = indicators(payload)["1.1 Gator och torg är trygga att röra sig på"]
    assert [row["2025"]["text"] for row in rows(table)] == ["96", "*"]
    assert table["notes"] == ["* Utfallet publiceras senare."]


def test_a_preliminary_figure_is_marked(payload: dict[str, Any]) -> None:
    table = indicators(payload)["4 Granvik använder resurserna klokt"]
    (row,) = rows(table)
    assert (row["2025"]["text"], row["2025"]["note"]) == ("98,0", "1")
    assert table["notes"] == ["Preliminär uppgift."]


def test_an_interval_stands_as_decided(payload: dict[str, Any]) -> None:
    table = indicators(payload)["4.1 Anläggningarna underhålls i tid"]
    assert [row["final"]["text"] for row in rows(table)] == ["40", "60–80"]


def test_assignments_cite_case_and_decision(payload: dict[str, Any]) -> None:
    table = next(
        table
        for _goal, under in sections(payload, "mal")
        for table in under
        if table["kind"] == "table" and "-a-" in table["key"]
    )
    assert [column["title"] for column in table["columns"]] == [
        "Ärende och beslut", "Uppdrag", "Läge", "Återrapportering",
    ]  # fmt: skip
    first = next(rows(table))
    assert first["decision"]["text"] == "KS-2024/418, Kommunfullmäktige 2024-11-18 § 112"
    assert lines(first["text"])[0] == "Kommunfullmäktiges uppdrag"


def test_only_the_councils_assignments_stand_in_their_chapter(payload: dict[str, Any]) -> None:
    (table,) = tables(payload, "uppdrag")
    assert {row["origin"]["text"] for row in rows(table)} == {"Kommunfullmäktige"}


def test_sources_stand_under_council_goals_and_committee_goals(payload: dict[str, Any]) -> None:
    (table,) = tables(payload, "kallor")
    placed = [(row["above"]["text"][:2].strip(), row["goal"]["text"][:3]) for row in rows(table)]
    assert placed == [
        ("1", ""),
        ("1", "1.1"),
        ("1", "1.1"),
        ("1", "1.2"),
        ("4", ""),
        ("4", "4.1"),
        ("4", "4.1"),
    ]
