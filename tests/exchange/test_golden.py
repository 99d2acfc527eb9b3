"""The demo against the two published reports, cell by cell (tests/golden/README.md says where they come from).

At the level of data: what the report prints of it is held to the same facts in the tests of reports.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.exchange.reading import GOLDEN, reading
from uppsikt.kernel.numbers import MINUS, format_decimal
from uppsikt.planning.rules.judgement import Trend, Verdict
from uppsikt.planning.selectors import GoalView, IndicatorView, Snapshot

pytestmark = pytest.mark.usefixtures("demo_database")


def facts(name: str) -> Any:
    return yaml.safe_load((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))


def printed(view: IndicatorView, period: str, breakdown: str = "") -> str:
    """The cell as the print has it: with a hyphen for minus, empty where there is nothing."""
    figure = view.figure(period, breakdown)
    if figure is None or figure.value is None:
        return ""
    return format_decimal(figure.value, view.indicator.decimals).replace(MINUS, "-")


def above(view: Snapshot, goal: GoalView, level: str) -> str:
    """The name of the goal above at a level."""
    by_id = {one.goal.pk: one for one in view.goals}
    while goal.level.key != level and goal.goal.parent_id:
        goal = by_id[goal.goal.parent_id]
    return goal.goal.name if goal.level.key == level else ""


def test_goals_and_their_fulfilment_2024() -> None:
    view = reading("2024-bokslut")
    found = [
        {
            "area": above(view, goal, "area"),
            "council_goal": above(view, goal, "council_goal"),
            "committee_goal": goal.goal.name,
            "fulfilment": goal.step.long if goal.step else "",
        }
        for goal in view.committee_goals
    ]
    assert found == facts("goals-2024")


def test_indicators_2024() -> None:
    view = reading("2024-bokslut")
    by_key = {one.indicator.key: (goal, one) for goal in view.goals for one in goal.indicators}
    assert list(by_key) == [fact["key"] for fact in facts("indicators-2024")]
    for fact in facts("indicators-2024"):
        goal, one = by_key[fact["key"]]
        milestone, final = one.target_for("milestone"), one.target_for("final")
        met = {Verdict.MET: True, Verdict.NOT_MET: False}.get(one.judgement.verdict)
        found = {
            "nr": fact["nr"],
            "key": one.indicator.key,
            "goal": goal.goal.name,
            "name": one.name,
            "measure": one.indicator.measure,
            "outcomes": {year: printed(one, str(year)) for year in (2022, 2023, 2024)},
            "milestone_2024": milestone.text.replace(MINUS, "-") if milestone else "",
            "final_2030": final.text.replace(MINUS, "-") if final else "",
            "lag_years": one.use.lag_years,
            "judged_on": 2024 - one.use.lag_years,
            "reported_met": one.reported_met,
            "met_by_rule": met,
            "source": one.indicator.source,
            "kolada_ids": [key for key in one.indicator.kolada_ids.split(";") if key],
            "published": one.indicator.published or None,
            "published_week": one.indicator.published_week,
        }
        assert found == fact


def test_assignments_2024() -> None:
    view = reading("2024-bokslut")
    found = [
        {
            "goal": goal.goal.name,
            "title": row.assignment.title,
            "text": row.assignment.text,
            "origin": (origin.label or None)
            if (origin := view.model.origin(row.assignment.origin))
            else None,
            "status": row.step.label if row.step else "",
        }
        for goal in view.goals
        for row in goal.assignments
    ]
    assert found == [
        {key: value for key, value in fact.items() if key != "nr"} for fact in facts("assignments-2024")
    ]


def test_goals_and_priorities_2020() -> None:
    view = reading("2020-mars")
    found = [
        {
            "goal": above(view, goal, "goal"),
            "committee_goal": goal.goal.name,
            "priorities": list(goal.priorities),
            "commitments": [int(row.assignment.number) for row in goal.assignments],
        }
        for goal in view.committee_goals
    ]
    assert found == facts("goals-2020")


def test_commitments_2020() -> None:
    view = reading("2020-mars")
    found = []
    for goal in view.goals:
        for row in goal.assignments:
            assignment = row.assignment
            parts = [f"{part['label']}) {part['text']}" for part in assignment.parts]
            found.append(
                {
                    "nr": int(assignment.number),
                    "goal": above(view, goal, "goal"),
                    "committee_goal": goal.goal.name,
                    "title": assignment.title,
                    "text": " ".join(filter(None, [assignment.text, *parts])),
                    "parts": [part["label"] for part in assignment.parts],
                    "carried_over_from": assignment.item.carried_from_year,
                    "origin_year": assignment.item.origin_year,
                    "status": row.step.label if row.step else "",
                }
            )
    assert sorted(found, key=lambda row: row["nr"]) == facts("commitments-2020")


def test_commitments_carried_over_are_chained() -> None:
    carried = [row.assignment.item for row in reading("2020-mars").assignments if row.carried_over]
    assert len(carried) == 17
    assert {item.carried_over_from.year_id for item in carried if item.carried_over_from} == {2019}
    assert all(item.carried_over_from for item in carried)


TRENDS = {"Positiv": Trend.BETTER, "Oförändrad": Trend.UNCHANGED, "Negativ": Trend.WORSE}
UNJUSTIFIED = {"Kön": "gender", "Nej": "none", None: ""}


def test_measures_by_gender_2020() -> None:
    view = reading("2020-mars")
    by_name = {one.name: (goal, one) for goal in view.goals for one in goal.indicators}
    for fact in facts("measures-2020"):
        goal, one = by_name[fact["name"]]
        for group, breakdown in (("total", ""), ("women", "gender=women"), ("men", "gender=men")):
            found = {period: printed(one, period, breakdown) for period in fact[group]}
            assert found == fact[group], fact["name"]
        assert above(view, goal, "goal") == fact["goal"]
        assert (goal.goal.name if goal.level.key == "committee_goal" else None) == fact["committee_goal"]
        assert one.indicator.measure == fact["measure"]
        target = one.target_for("milestone")
        assert (target.text if target else "") == fact["target_2020"]
        assert (one.report.unjustified if one.report else "") == UNJUSTIFIED[fact["unjustified"]]
        if fact["trend"]:
            assert one.trend is TRENDS[fact["trend"]], fact["name"]


SICK_LEAVE = {
    "totalt": "", "kvinnor": "gender=women", "män": "gender=men", "dag 1 till 14": "interval=1-14",
    "15-90 dagar": "interval=15-90", "över 181 dagar": "interval=181-",
}  # fmt: skip


def test_personnel_2024() -> None:
    section = {one.indicator.key: one for one in reading("2024-bokslut").sections["personal"]}
    expected = facts("personnel-2024")
    employees = section["antal-anstallda"]
    for period in ("2023-12", "2024-12"):
        assert printed(employees, period) == expected["employees"][period]
        assert printed(section["over-65"], period) == expected["over_65"][period]
    for year, text in expected["turnover_percent"].items():
        assert printed(section["personalomsattning"], year) == text
    for rows, key, period in (
        ("sick_leave_year", "sjukfranvaro", "{}"),
        ("sick_leave_november", "sjukfranvaro-manad", "{}-11"),
    ):
        for fact in expected[rows]:
            for year in ("2023", "2024"):
                found = printed(section[key], period.format(year), SICK_LEAVE[fact["group"]])
                assert found == (fact[year] or ""), (rows, fact["group"], year)
    for year, text in expected["hme"].items():
        assert printed(section["hme"], year) == text
    for year, text in expected["hme_leadership"].items():
        assert printed(section["hme"], year, "part=leadership") == text
