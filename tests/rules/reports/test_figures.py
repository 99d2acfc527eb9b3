"""Live figures in the municipality's own words."""

from __future__ import annotations

import re
from pathlib import Path

from uppsikt.reports.rules.figures import ALIASES, FIGURES, Counts, live_figures

# The yearly report 2024 of tests/golden: 9 goals, 18 indicators, 21 assignments.
COUNTS = Counts(
    goals=9,
    goals_assessed=9,
    goals_fulfilled=8,
    by_step=(("I mycket hög grad", 2), ("I hög grad", 6), ("Delvis", 1)),
    indicators=18,
    met=8,
    not_met=9,
    reported_met=12,
    assignments=21,
    done=12,
    by_status=(("Klart", 12), ("Ej klart i år", 9)),
    disagreements=4,
)
WORDS = {"goals": "nämndmål", "indicators": "indikatorer", "assignments": "uppdrag", "target": "etappmål"}


def test_counts_in_print() -> None:
    found = live_figures(COUNTS, WORDS)
    assert {key: found[key].text for key in ("indicators_met_of_total", "indicators_reported_met")} == {
        "indicators_met_of_total": "8 av 18",
        "indicators_reported_met": "12 av 18",
    }
    assert found["goals_fulfilled_of_total"].text == "8 av 9"
    assert found["goals_by_step"].text == "2 i mycket hög grad, 6 i hög grad och 1 delvis"
    assert found["assignments_by_status"].text == "12 klart och 9 ej klart i år"
    assert found["assignments_done_of_total"].label == "Klara uppdrag av alla"


def test_nothing_to_count_is_said_so() -> None:
    assert live_figures(Counts(), {})["goals_by_step"].text == "–"


def test_the_municipalitys_own_word_is_an_alias() -> None:
    found = live_figures(COUNTS, WORDS)
    assert set(ALIASES.values()) <= set(FIGURES)
    assert found["commitments_total"] == found["assignments_total"]


def test_every_figure_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs" / "formats" / "live-figures.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(FIGURES)
    assert set(re.findall(r"`(commitments_\w+)`", page)) == set(ALIASES)
