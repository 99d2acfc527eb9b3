"""What the oversight page counts in SQL is what the pages it leads to count one by one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from uppsikt.control.rules.audit import RecommendationState
from uppsikt.control.selectors import deficiencies
from uppsikt.control.selectors import oversight as control
from uppsikt.control.selectors.audit import recommendation_facts
from uppsikt.control.selectors.controls import control_facts
from uppsikt.control.selectors.risks import risk_facts
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.steering import SteeringModel
from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.tables import Ask
from uppsikt.economy.selectors import models as economy_models
from uppsikt.economy.selectors import oversight as economy
from uppsikt.economy.selectors.answers import Reading, answers
from uppsikt.economy.selectors.forecast_accuracy import record
from uppsikt.economy.selectors.forecasts import Sheet
from uppsikt.exchange.actions import import_dataset
from uppsikt.followup.rules import is_overdue
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel import clock
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors as planning
from uppsikt.planning.rules.reporting import progress
from uppsikt.planning.selectors import oversight as plans
from uppsikt.planning.selectors.reporting_tasks import reporting_tasks

pytestmark = pytest.mark.django_db
DATASETS = Path(__file__).parents[2] / "datasets"
ROUNDS = ("2020-mars", "2024-augusti", "2024-bokslut", "2025-augusti")


def the_round(key: str) -> Round:
    found = cycle.round_by_key(key)
    assert found
    return found


@pytest.mark.parametrize("key", ROUNDS)
def test_plans_are_counted_as_the_pages_read_them(demo_database: None, key: str) -> None:
    round_ = the_round(key)
    model, day = cycle.model_for(round_.year_id), dt.date(2024, 12, 1)
    goals = plans.goal_counts(round_, model)
    tasks = plans.assignment_counts(round_, model, day)
    told = plans.reporting_counts(round_, model)
    seen = 0
    for body in organisation.bodies():
        view = planning.snapshot(year=round_.year_id, round_=round_, body=body)
        assessed = [goal for goal in view.committee_goals if goal.level.assessed]
        counted = goals.get(body.pk, plans.GoalCounts(0))
        assert counted.goals == len(assessed), body
        if model.fulfilment and counted.steps:
            steps = zip(model.fulfilment.steps, counted.steps, strict=True)
            assert {step.key: n for step, n in steps if n} == {step.key: n for step, n in view.rollup.by_step}
        own = [row for row in view.assignments if row.assignment.item.body_id == body.pk]
        mine = tasks.get(body.pk, plans.AssignmentCounts(0))
        assert mine.assignments == len(own), body
        assert sum(mine.steps) == sum(row.step is not None for row in own)
        assert mine.overdue == sum(is_overdue(row.assignment.item.deadline, row.done, day) for row in own)
        slow = progress(reporting_tasks(round_, {body.key}))
        fast = told.get(body.pk)
        assert ((fast.reported, fast.total) if fast else (0, 0)) == (slow.reported, slow.total)
        seen += slow.total
    assert seen


@pytest.mark.parametrize("key", ["2024-augusti", "2024-bokslut"])
def test_the_economy_is_what_the_tables_say(demo_economy: None, key: str) -> None:
    round_ = the_round(key)
    model = economy_models.model_for(round_.year_id)
    keys = dict(organisation.bodies().values_list("pk", "key"))
    found = economy.economy_standings(round_, keys)
    assert found
    lines = set(economy.result_lines(model))
    assert len(found.rows) >= 10
    for body in organisation.bodies().filter(pk__in=found.rows):
        row = found.rows[body.pk]
        sheet = Sheet(body, round_, model)
        total = sheet.total([cell for cell in {*sheet.budget, *sheet.standing} if cell[1] in lines])
        assert row.budget == total.budget
        if row.forecast is not None:
            assert row.forecast == total.forecast
        if row.outcome is not None:
            ask = Ask("outcome", 0, "cutoff", (("line", model.result_line),))
            [booked] = answers([ask], Reading(round_, body, model)).values()
            assert row.outcome == booked
        if (
            row.kept and body.key != "kf"
        ):  # the council also forecasts taxes, which are no part of the result line
            kept = record(Reading(round_, body, model), "unit").total.turned
            assert [one.error_ore for one in row.kept] == [one.accuracy.error_ore for one in kept if one]


def test_controls_are_counted_as_the_pages_read_them() -> None:
    result = import_dataset(DATASETS / "control", by=SYSTEM)
    assert not result.problems, "\n".join(map(str, result.problems))
    seen = 0
    for round_ in cycle.rounds():
        model = cycle.model_for(round_.year_id)
        seen += hold(round_, model, clock.today())
    assert seen


@pytest.mark.parametrize("key", ["2020-mars", "2024-bokslut", "2025-augusti"])
def test_the_demos_controls_are_counted_as_the_pages_read_them(demo_database: None, key: str) -> None:
    round_ = the_round(key)
    hold(round_, cycle.model_for(round_.year_id), clock.today())


def hold(round_: Round, model: SteeringModel, day: dt.date) -> int:
    """Hold every body's counts against the facts. Returns how many controls and risks there were."""
    checks = control.control_counts(round_, model)
    risks = control.risk_counts(round_, model.control)
    audit = control.audit_counts(round_, day)
    seen = 0
    for body in organisation.bodies():
        facts = control_facts(round_.year_id, [body.key], round_)
        counted = checks.get(body.pk, control.ControlCounts())
        assert counted.controls == len(facts), body
        assert counted.done == sum(one.latest is not None for one in facts), body
        assert counted.deficient == sum(one.judgement == "deficient" for one in facts), body
        assert counted.failed == sum(one.judgement == "failed" for one in facts), body
        if facts:
            open_ = [one for one in deficiencies.deficiency_facts(round_.year_id, [body.key]) if one.open]
            assert counted.open == len(open_), body
        held = risk_facts(round_.year_id, [body.key])
        high = risks.get(body.pk, control.RiskCounts())
        assert (high.risks, high.high, high.unanswered) == (
            len(held), sum(one.must_act for one in held), sum(one.unanswered for one in held),
        )  # fmt: skip
        given = [
            one
            for one in recommendation_facts([body.key], round_)
            if not one.recommendation.review.date or one.recommendation.review.date <= day
        ]
        told = audit.get(body.pk, control.AuditCounts())
        assert told.recommendations == len(given)
        assert told.open == sum(one.state.open for one in given), body
        assert told.overdue == sum(one.state is RecommendationState.OVERDUE for one in given)
        seen += len(facts) + len(held)
    return seen
