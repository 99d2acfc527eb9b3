"""Internal control as it was at a moment: what came later does not show, what was taken out later still does."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from tests import audit_world, build, control_world, controls_world, samples_world
from uppsikt.control.actions import controls, mitigations
from uppsikt.control.selectors.audit import recommendation_facts, review_facts
from uppsikt.control.selectors.controls import control_facts
from uppsikt.control.selectors.deficiencies import deficiency_facts
from uppsikt.control.selectors.groups import group_table
from uppsikt.control.selectors.risks import risk_facts
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SimpleNamespace:
    """A failed control of a committee with a deficiency, and a high risk, ten days ago; `then` is five days ago."""
    now = clock.now()
    with clock.frozen(now - dt.timedelta(days=10)):
        build.year()
        whole = controls_world.group()
        controls_world.measure(of=whole)
        control = controls_world.control(key="2024-kontroll", group=whole)
        occasion = controls_world.occasion(of=control)
        controls_world.found(occasion, controls_world.sample(20, 10))
        fault = samples_world.deficiency(occasion, found_on=dt.date(2024, 5, 1))
        risk = control_world.risk(before=(4, 4))
    return SimpleNamespace(
        whole=whole, control=control, occasion=occasion, fault=fault, risk=risk,
        then=now - dt.timedelta(days=5), later=now - dt.timedelta(days=2),
    )  # fmt: skip


def test_what_was_done_later_does_not_show(world: SimpleNamespace) -> None:
    with clock.frozen(world.later):
        mitigations.save_mitigation(
            key="a", year=2024, body=build.body(), deficiency=world.fault, title="Ny rutin", by=SYSTEM
        )
        control_world.mitigation(of=world.risk)
        controls_world.control(key="2024-senare", group=world.whole, risk=world.risk)
    (fault,), (risk,) = deficiency_facts(2024, None, world.then), risk_facts(2024, None, world.then)
    assert fault.mitigations == ()
    assert risk.nothing_done
    assert [one.control for one in control_facts(2024, None, None, world.then)] == [world.control]
    assert [row.control for row in group_table(world.whole, "", world.then).rows] == [world.control]


def test_what_was_taken_out_later_still_shows(world: SimpleNamespace) -> None:
    with clock.frozen(world.later):
        controls.remove_occasion(occasion=world.occasion, by=SYSTEM)
        controls.remove_control(control=world.control, by=SYSTEM)
    assert control_facts(2024, None) == []
    (facts,) = control_facts(2024, None, None, world.then)
    assert facts.judgement == "failed"
    assert [row.judgement for row in group_table(world.whole, "", world.then).rows] == ["failed"]
    assert len(deficiency_facts(2024, None, world.then)) == 1


def test_a_review_is_read_in_the_words_it_had() -> None:
    now = clock.now()
    due = dt.date(2025, 9, 20)
    with clock.frozen(now - dt.timedelta(days=10)):
        audit_world.recommendation(of=audit_world.review(judgement="Inte tillräcklig", answer_due=due))
    with clock.frozen(now - dt.timedelta(days=2)):
        audit_world.review(judgement="Tillräcklig", answer_due=dt.date(2030, 1, 1))
    then = now - dt.timedelta(days=5)
    (review,), (recommendation,) = review_facts(None, None, then), recommendation_facts(None, None, then)
    assert review.review.judgement == "Inte tillräcklig"
    assert review.recommendations[0].clock.due == recommendation.clock.due == due
    assert review_facts(None, None)[0].review.judgement == "Tillräcklig"
