"""A body's internal control on one page, and its summary assessment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from tests import build
from tests import controls_world as world
from tests.controls_world import sample
from tests.web.control.test_controls import signed_in, words
from uppsikt.control.selectors.summaries import summary_view
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
HOME = "/control/?body=ks&round=2024-bokslut"


@pytest.fixture
def failed() -> None:
    """One control made and failed: 10 of 20 wrong, with limits of 95 and 80."""
    build.year()
    build.reporting_round()
    row = world.control(key="2024-rep", name="Underlag för representation", frequency="tertial")
    world.measure(of=row)
    world.found(world.occasion(of=row, period="2024-T2", due=None), sample(20, 10))


def fields(client: Client, **more: str) -> dict[str, str]:
    form = client.get(address()).context["page"].form
    return {name: str(form.initial.get(name) or "") for name in form.fields} | more


def address() -> str:
    return f"/control/summary/{build.reporting_round().key}/{build.body().key}/"


@pytest.mark.usefixtures("failed")
def test_the_page_says_what_to_take_hold_of_and_what_the_rule_proposes(
    client: Client, query_budget: Callable[[str], AbstractContextManager[None]]
) -> None:
    signed_in(client, Role.APPROVER)
    client.get(HOME)
    with query_budget("control:home"):
        said = words(client.get(HOME))
    assert "Underkänd utan registrerad brist" in said
    assert "Regelns förslag: Otillräcklig" in said
    assert "1 kontroll är underkänd." in said


@pytest.mark.usefixtures("failed")
def test_an_assessment_that_departs_from_the_rule_asks_for_the_reason_and_is_shown_with_it(
    client: Client,
) -> None:
    signed_in(client, Role.APPROVER)
    refused = client.post(address(), fields(client, step="mainly", rationale=""))
    assert refused.status_code == 422
    assert "motivering saknas" in words(refused)
    saved = client.post(address(), fields(client, step="mainly", rationale="Felen är små."))
    assert saved.status_code == 302
    said = words(client.get(HOME))
    assert "I huvudsak tillräcklig" in said
    assert "Avviker från regelns förslag: Otillräcklig" in said
    assert "Felen är små." in said
    view = summary_view(build.body(), build.reporting_round())
    assert (view.row and view.row.proposed, view.departs) == ("insufficient", True)


@pytest.mark.usefixtures("failed")
def test_nobody_writes_over_anothers_assessment(client: Client) -> None:
    signed_in(client, Role.APPROVER)
    opened = fields(client, step="insufficient", rationale="Den första.")
    client.post(address(), opened)
    late = client.post(address(), opened | {"rationale": "Den andra."})
    assert late.status_code == 409
    assert "Den andra." in words(late) or "Den andra." in late.content.decode()
    assert summary_view(build.body(), build.reporting_round()).rationale == "Den första."


def test_a_body_without_a_plan_is_told_where_to_begin(client: Client) -> None:
    build.year()
    build.body()
    build.reporting_round()
    signed_in(client, Role.CONTROLLER)
    assert "Börja med riskerna" in words(client.get(HOME))
