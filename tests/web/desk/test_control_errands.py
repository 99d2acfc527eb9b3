"""What waits in internal control and audit, on the page of the one who is to do it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests import build
from tests import controls_world as world
from tests.controls_world import sample
from uppsikt.accounts.selectors import User
from uppsikt.control.actions import audit
from uppsikt.control.actions.mitigations import report_status, save_mitigation
from uppsikt.control.actions.risks import save_risk
from uppsikt.control.rules.words import ReviewKind, Stance
from uppsikt.control.selectors import Recommendation
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
PAGE = "/?body=ks&round=2024-bokslut"


@pytest.fixture
def somebody() -> User:
    build.year()
    build.reporting_round()
    return build.person(role=Role.CONTROLLER)


def waits(client: Client, user: User) -> list[str]:
    client.force_login(user)
    return [str(one.text) for one in client.get(PAGE).context["page"].control]


def recommendation() -> Recommendation:
    review, _ = audit.save_review(
        key="2024-rep",
        kind=ReviewKind.AUDIT_REPORT,
        year=2024,
        title="Granskning",
        bodies=(build.body(),),
        by=SYSTEM,
    )
    found, _ = audit.save_recommendation(
        key="2024-rep-1", review=review, body=build.body(), text="Se över attesten.", by=SYSTEM
    )
    return found


def test_a_control_whose_day_has_come_waits_for_the_one_who_makes_it(client: Client, somebody: User) -> None:
    row = world.control(key="2024-attest", name="Attest", performer=somebody)
    world.measure(of=row)
    due = world.occasion(of=row, period="2024-T2", due=dt.date(2024, 9, 10))
    world.occasion(of=row, period="2026", due=dt.date(2026, 12, 31))
    assert waits(client, somebody) == ["Kontroll att göra: Attest"]
    assert waits(client, build.person(key="annan", role=Role.REPORTER)) == []
    world.found(due, sample(20, 0))
    assert waits(client, somebody) == []


def test_an_action_waits_until_its_status_is_told(client: Client, somebody: User) -> None:
    risk, _ = save_risk(key="2024-r", year=2024, body=build.body(), process="Lön", title="Risk", by=SYSTEM)
    mine, _ = save_mitigation(
        key="2024-a",
        year=2024,
        body=build.body(),
        title="Utbilda chefer",
        risk=risk,
        responsible=somebody,
        by=SYSTEM,
    )
    assert waits(client, somebody) == ["Status saknas: Utbilda chefer"]
    report_status(mitigation=mine, round_=build.reporting_round(), status="done", comment="", by=SYSTEM)
    assert waits(client, somebody) == []


def test_an_unanswered_recommendation_waits_for_those_who_run_internal_control(
    client: Client, somebody: User
) -> None:
    asked = recommendation()
    assert waits(client, somebody) == ["En rekommendation är obesvarad"]
    assert waits(client, build.person(key="lasare", role=Role.READER)) == []
    audit.answer_recommendation(
        recommendation=asked,
        stance=Stance.ACCEPTED,
        text="Vi ser över.",
        answered_on=dt.date(2024, 10, 1),
        by=SYSTEM,
    )
    assert waits(client, somebody) == []
