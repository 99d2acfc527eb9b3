"""The interim report per 31 March 2020 as composed from the demo, held against the published one.

Source: tests/golden (taken from the print).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from tests.reports.golden import blocks, facts, rows, sections, tables
from uppsikt.reports import selectors
from uppsikt.reports.assembly import compose

pytestmark = pytest.mark.django_db

MONTH = {"02": "feb", "03": "mar"}


@pytest.fixture
def payload(demo_database: None) -> dict[str, Any]:
    report = selectors.report("2020-mars-ks")
    assert report is not None
    return compose(report)  # type: ignore[return-value]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_goals_in_printed_order_with_priorities(payload: dict[str, Any]) -> None:
    headings = [
        b for b in blocks(payload, "mal") if b["kind"] == "heading" and b.get("eyebrow") == "Nämndmål"
    ]
    golden = facts("goals-2020")
    assert [heading["text"] for heading in headings] == [goal["committee_goal"] for goal in golden]
    priorities = {}
    for goal, under in sections(payload, "mal"):
        told = []
        for before, block in pairwise(under):
            if before.get("text") == "Särskilt prioriterat" and block["kind"] == "text":
                told += [
                    plain(node["children"][0]["children"][0]["text"])
                    for node in block["content"]
                    if node["type"] == "quote"
                ]
        priorities[goal] = told
    for goal in golden:
        assert priorities[goal["committee_goal"]] == [plain(text) for text in goal["priorities"]]


def test_commitments(payload: dict[str, Any]) -> None:
    printed = []
    area = ""
    for block in blocks(payload, "mal"):
        if block["kind"] == "heading" and block.get("eyebrow") == "Mål":
            area = block["text"]
        elif block["kind"] == "heading" and block.get("eyebrow") == "Nämndmål":
            goal = block["text"]
        elif block["kind"] == "commitment":
            parts = [f"{part['label']}) {part['text']}" for part in block["parts"]]
            printed.append(
                {
                    "goal": area,
                    "committee_goal": goal,
                    "title": block["title"],
                    "text": plain(" ".join(filter(None, [block["text"], *parts]))),
                    "parts": [part["label"] for part in block["parts"]],
                    "badges": block["badges"],
                    "status": block["status"]["label"],
                }
            )
    wanted = []
    for fact in facts("commitments-2020"):
        badges = []
        if fact["carried_over_from"]:
            badges.append(f"Överflyttad från verksamhetsberättelse för {fact['carried_over_from']}.")
        if fact["origin_year"]:
            badges.append(f"Åtagandet är från {fact['origin_year']}.")
        wanted.append(
            {
                "goal": fact["goal"],
                "committee_goal": fact["committee_goal"],
                "title": plain(fact["title"]),
                "text": plain(fact["text"]),
                "parts": fact["parts"],
                "badges": badges,
                "status": fact["status"],
            }
        )
    assert printed == wanted


def test_overview_counts_by_status(payload: dict[str, Any]) -> None:
    (table,) = tables(payload, "ataganden")
    heads = [row["cells"][0]["text"] for row in table["rows"] if row["kind"] == "section"]
    assert heads == ["Klart (1)", "Blir klart i år (25)", "Troligen klart i år (10)", "Ej klart i år (3)"]


def test_measures_by_gender(payload: dict[str, Any]) -> None:
    found = [block for block in tables(payload, "mal") if "-m-" in block["key"]]
    assert [column["title"] for column in found[0]["columns"]] == [
        "Mått", "Tidpunkt", "Utfall", "Kvinnor", "Män", "Trend för totalresultat",
        "Etappmål, ranking & genomsnitt", "Omotiverade skillnader?",
    ]  # fmt: skip
    printed = [{key: cell["text"] for key, cell in row.items()} for table in found for row in rows(table)]
    wanted = [
        {
            "name": fact["name"],
            "period": f"{MONTH[period[5:7]]}\u00a0{period[:4]}",
            "total": fact["total"][period],
            "gender=women": fact["women"][period],
            "gender=men": fact["men"][period],
            "trend": fact["trend"] or "",
            "target": fact["target_2020"],
            "unjustified": fact["unjustified"] or "",
        }
        for fact in facts("measures-2020")
        for period in fact["total"]
    ]
    assert printed == wanted


def test_measures_stand_under_their_goal(payload: dict[str, Any]) -> None:
    placed = {
        row["name"]["text"]: goal
        for goal, under in sections(payload, "mal")
        for table in under
        if table["kind"] == "table"
        for row in rows(table)
    }
    for fact in facts("measures-2020"):
        assert placed[fact["name"]] == (fact["committee_goal"] or fact["goal"])


def test_no_goal_is_assessed(payload: dict[str, Any]) -> None:
    assert not any(block["kind"] == "fulfilment" for block in blocks(payload, "mal"))
