"""The basic review's answers, by the tables of docs/algorithms/basic-review.md."""

from __future__ import annotations

import pytest

from tests.rules.tables import figure, names, table
from uppsikt.desk.rules.basic_review import (
    Answer,
    Basis,
    Counted,
    findings,
    of_count,
    of_economy,
    of_plan,
    of_reports,
)

COUNTS = table("basic-review.md", "REVIEW-1 COUNTS")
BUDGET = table("basic-review.md", "REVIEW-1 BUDGET")
REPORTS = table("basic-review.md", "REVIEW-1 REPORTS")
ORE = 100_000


def ore(text: str) -> int | None:
    found = figure(text)
    return None if found is None else int(found * ORE)


@pytest.mark.parametrize("row", COUNTS, ids=names(COUNTS))
def test_counts(row: dict[str, str]) -> None:
    counted = Counted(int(row["part"]), int(row["whole"]))
    assert of_count(counted, Answer(row["without"])) is Answer(row["answer"])


@pytest.mark.parametrize("row", BUDGET, ids=names(BUDGET))
def test_the_budget(row: dict[str, str]) -> None:
    assert of_economy(ore(row["budget (tkr)"]), ore(row["variance (tkr)"])) is Answer(row["answer"])


@pytest.mark.parametrize("row", REPORTS, ids=names(REPORTS))
def test_reports(row: dict[str, str]) -> None:
    whole = int(row["rounds"])
    reports, timely = Counted(int(row["adopted"]), whole), Counted(int(row["in time"]), whole)
    assert of_reports(reports, timely) is Answer(row["answer"])


def test_the_plan() -> None:
    assert [of_plan(plan) for plan in ("adopted", "written", "")] == [Answer.YES, Answer.PARTLY, Answer.NO]


def test_a_committee_of_which_nothing_is_known() -> None:
    answers = {one.key: one.answer for one in findings(Basis())}
    assert {key for key, answer in answers.items() if answer is Answer.NO} == {
        "goals", "plan", "risks_assessed", "controls_done",
    }  # fmt: skip
    assert {key for key, answer in answers.items() if answer is Answer.YES} == {
        "high_risks_handled", "deficiencies_closed",
    }  # fmt: skip
